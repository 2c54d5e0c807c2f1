"""The result of triage: what kind of message this is, how severe, and for which readable reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from slabot.domain.policy import Impact


class Kind(StrEnum):
    """What the visitor wants of us with this message."""

    INCIDENT = "incident"
    QUESTION = "question"
    REQUEST = "request"
    RESOLVED = "resolved"
    OUT_OF_SCOPE = "out_of_scope"
    PRIVACY = "privacy"
    ABUSE = "abuse"
    SMALLTALK = "smalltalk"


@dataclass(frozen=True, slots=True)
class Reason:
    """A clause of the policy and the visitor's words that meet it."""

    clause: str
    """The clause's number or heading as people would quote it: "4.1", "Priority 2"."""
    quote: str
    """The clause's own words."""
    because: str
    """The visitor's words it rests on."""


@dataclass(frozen=True, slots=True)
class Option:
    """A button of a separating question."""

    label: str
    criterion: str
    """The signal that holds when this is tapped: "everyone", "alone", "workaround" …"""
    impact: Impact
    """The impact that this answer would lead to."""


@dataclass(frozen=True, slots=True)
class SeparatingQuestion:
    """A short question whose answers fall on different levels."""

    key: str
    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What triage made of a message. The claim is recorded and never sets the severity."""

    kind: Kind
    impact: Impact
    severity: str | None
    """A level's key; None unless kind is incident, request or privacy."""
    claimed: str | None
    """The level the visitor says it is, or None."""
    confidence: float
    reasons: tuple[Reason, ...] = ()
    runner_up: str | None = None
    """The level it would be next."""
    would_change: str = ""
    """What would make it the runner-up."""
    scope: str | None = None
    """everyone, part or alone; None: not said."""
    signals: frozenset[str] = field(default_factory=frozenset)
    questions: tuple[SeparatingQuestion, ...] = ()
    """At most two."""
