"""The clause that a reason quotes, for every signal, in every policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from slabot.domain.policy import Impact
from slabot.domain.triage.severity import reason_for, severity_of
from slabot.policies.cues import load_cues
from slabot.policies.loader import load_workspace

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
SIGNALS = {
    Impact.CRITICAL: "whole_service_down data_lost data_corrupt data_exposed security integration_stopped",
    Impact.MAJOR: "cannot_log_in service_down function_fails blocked",
    Impact.MINOR: "nonessential workaround fault",
    Impact.LOW: "cosmetic wish account question",
}
PARTIAL = "slow intermittent part_of_the_users integration_unsteady integration_stopped data_wrong data_late data_missing"
# The key of the level, the clause, and how the quoted words begin. "*" stands for every signal of the level.
CLAUSES = {
    "prosper-ex": {
        "whole_service_down": ("T1", "4.1", "Total platform downtime or inability to log in."),
        "data_lost": ("T1", "4.1", "Data loss or corruption."),
        "data_corrupt": ("T1", "4.1", "Data loss or corruption."),
        "data_exposed": ("T1", "4.1", "Customer data exposure due to a bug."),
        "security": ("T1", "4.1", "Major security vulnerabilities or breaches."),
        "integration_stopped": ("T1", "4.1", "Critical integrations with other systems failing."),
        "cannot_log_in": ("T2", "4.2", "Important features not functioning as expected."),
        "service_down": ("T2", "4.2", "Important features not functioning as expected."),
        "function_fails": ("T2", "4.2", "Important features not functioning as expected."),
        "blocked": ("T2", "4.2", "Important features not functioning as expected."),
        "partial slow": ("T2", "4.2", "Performance slowdowns affecting productivity."),
        "partial intermittent": ("T2", "4.2", "Frequent crashes or errors in key workflows."),
        "partial part_of_the_users": ("T2", "4.2", "Issues affecting a subset of users."),
        "partial integration_unsteady": (
            "T2",
            "4.2",
            "Third-party integrations experiencing intermittent problems.",
        ),
        "partial integration_stopped": (
            "T2",
            "4.2",
            "Third-party integrations experiencing intermittent problems.",
        ),
        "partial data_wrong": ("T2", "4.2", "Delayed or incorrect data synchronization."),
        "partial data_late": ("T2", "4.2", "Delayed or incorrect data synchronization."),
        "partial data_missing": ("T2", "4.2", "Delayed or incorrect data synchronization."),
        "nonessential": ("T3", "4.3", "Non-essential features not working as expected."),
        "workaround": ("T3", "4.3", "Non-essential features not working as expected."),
        "fault": ("T3", "4.3", "Non-essential features not working as expected."),
        "cosmetic": ("T3", "4.3", "Cosmetic UI glitches that do not affect functionality."),
        "wish": ("T3", "4.3", "Non-urgent requests for additional features or improvements."),
        "account": ("T3", "4.3", "General questions about platform usage."),
        "question": ("T3", "4.3", "General questions about platform usage."),
    },
    "element-human": {
        "whole_service_down": ("P1", "Priority 1", 'The entire Service is "down" and inaccessible.'),
        "data_lost": ("P2", "Priority 2", "Operation of the Services is severely degraded"),
        "data_corrupt": ("P2", "Priority 2", "Operation of the Services is severely degraded"),
        "data_exposed": ("P2", "Priority 2", "Operation of the Services is severely degraded"),
        "security": ("P2", "Priority 2", "Operation of the Services is severely degraded"),
        "* major": ("P2", "Priority 2", "major components of the Service are not operational"),
        "integration_stopped": ("P2", "Priority 2", "major components of the Service are not operational"),
        "* partial": ("P3", "Priority 3", "Certain non-essential features of the Service are impaired"),
        "* minor": ("P3", "Priority 3", "Certain non-essential features of the Service are impaired"),
        "cosmetic": ("P4", "Priority 4", "non disabling or cosmetic"),
        "wish": ("P4", "Priority 4", "non disabling or cosmetic"),
        "* low": (
            "P4",
            "Priority 4",
            "Errors that are, non disabling or cosmetic and have little or no impact",
        ),
    },
    "velsoft": {
        "* critical": ("high", "High Priority definition", "Solution faults that prevent normal wide"),
        "* major": ("high", "High Priority definition", "Solution faults that prevent normal wide"),
        "* partial": ("medium", "Medium Priority definition", "Solution faults that impact on certain"),
        "* minor": ("medium", "Medium Priority definition", "Solution faults that impact on certain"),
        "cosmetic": ("medium", "Medium Priority definition", "Solution faults that impact on certain"),
        "* low": ("medium", "Medium Priority definition", "E-Learning development issues of function"),
    },
    "human-esources": {
        "* critical": ("high", "Communication & Response Times", "high-priority issues related to technical"),
        "* major": ("high", "Communication & Response Times", "high-priority issues related to technical"),
        "* partial": ("high", "Communication & Response Times", "high-priority issues related to technical"),
        "* minor": ("normal", "Communication & Response Times", "all general questions and lower priority"),
        "* low": ("normal", "Communication & Response Times", "all general questions and lower priority"),
    },
}


def cases() -> Iterator[tuple[str, str, Impact, bool, tuple[str, str, str]]]:
    """Every workspace, signal, impact, whether it is partial, and the clause expected of it."""
    for workspace, clauses in CLAUSES.items():
        for impact, names in SIGNALS.items():
            for name in names.split():
                yield workspace, name, impact, False, clauses.get(name) or clauses[f"* {impact.value}"]
        for name in PARTIAL.split():
            yield workspace, name, Impact.MAJOR, True, clauses.get(f"partial {name}") or clauses["* partial"]


@pytest.mark.parametrize(("workspace", "signal", "impact", "partial", "expected"), list(cases()))
def test_a_reason_quotes_the_clause_that_speaks_of_its_signal(
    workspace: str, signal: str, impact: Impact, partial: bool, expected: tuple[str, str, str]
) -> None:
    policy = load_workspace(SEEDS, workspace).policy
    signals = {signal, "partial"} if partial else {signal}
    level = severity_of(policy, impact, signals)
    reason = reason_for(level, signal, "the visitor's words", load_cues(policy).grounds)
    key, clause, quote = expected
    assert (level.key, reason.clause, reason.quote[: len(quote)]) == (key, clause, quote)
