"""`slabot triage`: kind, impact and severity of messages, for a reason one can read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slabot.cli.batch import for_workspace

if TYPE_CHECKING:
    from slabot.wire.batch_triage import TriageLine

EXAMPLE = """\b
Example:
  echo '{"id": 1, "text": "nobody in our company can log in"}' | slabot triage prosper-ex
"""


@click.command(epilog=EXAMPLE)
@for_workspace
def triage(workspace: str, policies: Path, kb: Path) -> None:  # noqa: ARG001 (all batch commands take both folders)
    """How severe each message is by the policy of WORKSPACE, and why.

    Reads one JSON object a line from standard input, {id, text}, and writes {id, kind, impact, severity,
    claimed, confidence, reasons: [{clause, because}]} a line. A line that cannot be answered is told on
    standard error: exit 2. An unknown workspace or a bad policy file: exit 3.
    """
    from slabot.cli.lines import BadFile, answer_lines
    from slabot.domain.triage.assess import assess
    from slabot.domain.triage.lexicon import BadPhrase
    from slabot.policies.cues import UnknownCue, load_cues
    from slabot.policies.loader import load_workspace
    from slabot.policies.problems import PolicyError
    from slabot.wire.batch_triage import TriageAnswer, TriageLine, TriageReason

    try:
        policy = load_workspace(policies, workspace).policy
        cues = load_cues(policy)
    except (PolicyError, UnknownCue, BadPhrase, OSError) as error:
        raise BadFile(str(error)) from None

    def answer(line: TriageLine) -> Mapping[str, Any]:
        found = assess(line.text, policy, cues)
        return TriageAnswer(
            id=line.id,
            kind=found.kind.value,
            impact=found.impact.value,
            severity=found.severity,
            claimed=found.claimed,
            confidence=found.confidence,
            reasons=tuple(
                TriageReason(clause=_quoted(reason.clause, reason.quote), because=reason.because)
                for reason in found.reasons
            ),
        ).model_dump()

    raise SystemExit(answer_lines(TriageLine, answer))


def _quoted(clause: str, quote: str) -> str:
    """The clause as an assessment names it: "4.1: Total platform downtime or inability to log in."."""
    return f"{clause}: {quote}" if quote and quote != clause else clause
