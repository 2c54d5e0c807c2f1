"""What a sound policy file still deserves to hear: contradictions are errors, doubts are warnings."""

from __future__ import annotations

from slabot.policies.lint.calendars import calendar_findings
from slabot.policies.lint.finding import Finding, Weight
from slabot.policies.lint.reach import reach_findings
from slabot.policies.lint.targets import target_findings
from slabot.policies.loader import PolicyFile

__all__ = ["Finding", "Weight", "lint"]


def lint(file: PolicyFile) -> tuple[Finding, ...]:
    """Every finding in the order of the file."""
    found = (*target_findings(file), *calendar_findings(file), *reach_findings(file))
    return tuple(sorted(found, key=lambda finding: (finding.line, finding.column, finding.rule)))
