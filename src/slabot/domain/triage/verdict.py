"""What a message comes down to, as one of seventeen: the scale on which rules and experience are compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from slabot.domain.policy import Impact
from slabot.domain.triage.assessment import Assessment, Kind


class Verdict(StrEnum):
    """Kind and impact in one, fine enough to tell the level that a policy gives it."""

    DOWN = "down"
    EXPOSED = "exposed"
    LOST = "lost"
    STOPPED = "stopped"
    FAULT = "fault"
    PARTIAL = "partial"
    MINOR = "minor"
    COSMETIC = "cosmetic"
    BESPOKE = "bespoke"
    WISH = "wish"
    ASKED = "asked"
    QUESTION = "question"
    RESOLVED = "resolved"
    OUT_OF_SCOPE = "out_of_scope"
    PRIVACY = "privacy"
    SMALLTALK = "smalltalk"
    ABUSE = "abuse"


@dataclass(frozen=True, slots=True)
class Criterion:
    """The trouble that an incident's verdict stands for."""

    signal: str
    impact: Impact
    more: tuple[str, ...] = ()


INCIDENTS = {
    Verdict.DOWN: Criterion("service_down", Impact.CRITICAL, ("whole_service_down",)),
    Verdict.EXPOSED: Criterion("data_exposed", Impact.CRITICAL),
    Verdict.LOST: Criterion("data_lost", Impact.CRITICAL),
    Verdict.STOPPED: Criterion("integration_stopped", Impact.CRITICAL),
    Verdict.FAULT: Criterion("function_fails", Impact.MAJOR),
    Verdict.PARTIAL: Criterion("part_of_the_users", Impact.MAJOR, ("partial",)),
    Verdict.MINOR: Criterion("nonessential", Impact.MINOR),
    Verdict.COSMETIC: Criterion("cosmetic", Impact.LOW),
}
WANTS = {
    Verdict.BESPOKE: (Kind.REQUEST, "bespoke"),
    Verdict.WISH: (Kind.REQUEST, "wish"),
    Verdict.ASKED: (Kind.REQUEST, "account"),
    Verdict.QUESTION: (Kind.QUESTION, ""),
    Verdict.RESOLVED: (Kind.RESOLVED, ""),
    Verdict.OUT_OF_SCOPE: (Kind.OUT_OF_SCOPE, "third_party"),
    Verdict.PRIVACY: (Kind.PRIVACY, ""),
    Verdict.SMALLTALK: (Kind.SMALLTALK, ""),
    Verdict.ABUSE: (Kind.ABUSE, ""),
}
_CRITICAL = (
    (Verdict.EXPOSED, frozenset({"data_exposed", "security"})),
    (Verdict.LOST, frozenset({"data_lost"})),
    (Verdict.STOPPED, frozenset({"integration_stopped", "work_stopped"})),
)


def verdict_of(assessment: Assessment) -> Verdict:
    """What an assessment comes down to."""
    signals = assessment.signals
    if assessment.kind is Kind.INCIDENT:
        if assessment.impact is Impact.CRITICAL:
            if "whole_service_down" in signals:
                return Verdict.DOWN
            return next((verdict for verdict, met in _CRITICAL if met & signals), Verdict.STOPPED)
        if assessment.impact is Impact.MAJOR:
            return Verdict.PARTIAL if "partial" in signals else Verdict.FAULT
        return Verdict.MINOR if assessment.impact is Impact.MINOR else Verdict.COSMETIC
    if assessment.kind is Kind.REQUEST:
        if "bespoke" in signals:
            return Verdict.BESPOKE
        return Verdict.WISH if "wish" in signals else Verdict.ASKED
    return Verdict(assessment.kind.value)
