"""The plan of a reply: what the bot will say and what will have happened, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from slabot.domain.triage.assessment import Assessment


class Action(StrEnum):
    """What an utterance of the bot does."""

    ANSWER = "answer"
    HOURS = "hours"
    CONTACTS = "contacts"
    STATUS = "status"
    CLARIFY = "clarify"
    HANDOFF = "handoff"
    OFFER_HANDOFF = "offer_handoff"
    DECLINE = "decline"
    SMALLTALK = "smalltalk"
    CLOSE = "close"


class Asking(StrEnum):
    """What the bot waits to hear; `Utterance.asks` is `{"kind": Asking, …}` and lands in the timeline."""

    HANDOFF = "handoff"
    """`level`, `impact`: a yes opens the ticket."""
    HELPED = "helped"
    """`article`, `others`: yes is confirmed solved, no is the next candidate or a person."""
    WHICH_ARTICLE = "which_article"
    """`candidates`: [{slug, title}]."""
    SEPARATING = "separating"
    """`criterion`, `options`: a question that tells two severities apart."""
    SCOPE = "scope"
    """Is it our product or somebody else's system?"""
    EMAIL = "email"
    """Where to write when the visitor has left."""
    DEVICE = "device"
    """May the widget add which browser and device this is? Asked once."""
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it shows, and the words that a tap sends as the visitor's own message."""

    label: str
    says: str


@dataclass(frozen=True, slots=True)
class Card:
    """At most one under a message: `article`, `hours`, `contacts`, `ticket` or `deadline`, with what the widget draws."""

    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message of the bot."""

    text: str
    action: Action
    article: str | None = None
    card: Card | None = None
    choices: tuple[Choice, ...] = ()
    asks: Mapping[str, Any] | None = None
    answers_abuse: bool = False


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A handoff that the visitor agreed to, or a critical incident that opens at once."""

    level: str
    queue: str
    claimed: str | None = None
    formal_report_required: bool = False
    reason: str = ""
    """Why the handoff happened: `asked_for_person`, `agreed`, `critical`, `email_given`, …"""


@dataclass(frozen=True, slots=True)
class RaiseSeverity:
    """A heavier description of the same problem, before an agent claimed it. Never lowers."""

    level: str
    queue: str
    formal_report_required: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything one visitor turn leads to; services turn it into events of one transaction."""

    utterances: tuple[Utterance, ...] = ()
    text: str | None = None
    """The visitor's words as they are stored: secrets masked. None: as they came."""
    assessment: Assessment | None = None
    """Stored as a fact when it says something about a problem; None for small talk."""
    ticket: OpenTicket | None = None
    raised: RaiseSeverity | None = None
    email: str | None = None
    name: str | None = None
    shares_device: bool | None = None
    """The visitor's answer to whether the widget may tell about their device; None: not asked, not answered."""
    solved: bool = False
    """The visitor confirmed that it is solved: resolves an open ticket, else confirms the answer."""
    reopened: bool = False
    rating: int | None = None
    owes_nothing: bool = False
    """A bare thanks: starts no next response."""
    ends_waiting: bool = False
    """The ticket waited on the visitor and this is the reply."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who is there at this instant, as far as a plan may say it."""

    online: int = 0
    free: int = 0
    """Online, in the queue's calendar or not, with capacity left."""
    waiting_ahead: int = 0
    """Open unclaimed tickets of the queue that come before a new one."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a decision knows of the world: passed in, never looked up."""

    now: datetime
    ticket_number: str
    """The number a ticket gets if this turn opens one."""
    staffing: Mapping[str, Staffing] = field(default_factory=dict)
    """By queue; a missing queue has nobody online."""
