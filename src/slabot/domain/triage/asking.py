"""The at most two short questions whose answers would put the trouble on another level."""

from __future__ import annotations

from slabot.domain.policy import Impact
from slabot.domain.triage.assessment import Option, SeparatingQuestion
from slabot.domain.triage.cues import Cues, Wording
from slabot.domain.triage.statement import Trouble

_MOST = 2
_ABOUT_ACCESS = frozenset({"cannot_log_in", "service_down"})
_ABOUT_FUNCTIONS = frozenset({"function_fails", "blocked", "nonessential", "part_of_the_users"})


def separating_questions(worst: Trouble, cues: Cues, language: str) -> tuple[SeparatingQuestion, ...]:
    """Asked only where the answer is not in the message and would change the level."""
    wanted = []
    unsaid = worst.scope.value in ("unsaid", "self")
    if worst.signal in _ABOUT_ACCESS and unsaid:
        wanted.append("scope_of_access")
    elif worst.signal in _ABOUT_FUNCTIONS and unsaid:
        wanted.append("scope_of_fault")
    if worst.signal in _ABOUT_FUNCTIONS and worst.impact is Impact.MAJOR:
        wanted.append("way_round")
    if worst.signal == "data_missing":
        wanted.append("gone_or_late")
    return tuple(_worded(cues.wordings[key], language) for key in wanted[:_MOST] if key in cues.wordings)


def _worded(wording: Wording, language: str) -> SeparatingQuestion:
    return SeparatingQuestion(
        wording.key,
        wording.text.get(language, wording.text["en"]),
        tuple(
            Option(labels.get(language, labels["en"]), criterion, impact)
            for criterion, impact, labels in wording.options
        ),
    )
