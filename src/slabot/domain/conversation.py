"""A conversation as the fold of its timeline: small, immutable, and all that a turn is decided from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from slabot.domain.ticket import Ticket, opened, ticket_after
from slabot.domain.timeline import START, Event, Head, Kind

REMEMBERED = 24
"""Utterances kept in the fold; a turn never needs more, and the state stays small however long the talk."""


class Status(StrEnum):
    """Who has the conversation."""

    BOT = "bot"
    WAITING = "waiting"
    HELD = "held"
    RESOLVED = "resolved"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Said:
    """One public utterance, as later turns need it."""

    seq: int
    role: str
    """`visitor`, `bot` or `agent`."""
    at: datetime
    text: str
    action: str = ""
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Everything a turn may look at. Start from `Conversation(id, workspace)` and fold its events in `seq` order."""

    id: str
    workspace: str
    head: Head = START
    position: int = 0
    visitor: str = ""
    name: str = ""
    email: str | None = None
    is_verified: bool = False
    locale: str = "en"
    zone: str | None = None
    """The visitor's IANA zone; None: unknown, the desk's alone is shown."""
    started_at: datetime | None = None
    last_at: datetime | None = None
    said: tuple[Said, ...] = ()
    asks: Mapping[str, Any] | None = None
    """What the bot's last utterance asked, so that "yes" and a tap have a meaning; see `dialogue.plan`."""
    assessed: Mapping[str, Any] | None = None
    """The latest assessment, as its event holds it."""
    holder: str | None = None
    ticket: Ticket | None = None
    earlier_tickets: tuple[str, ...] = ()
    solved_at: datetime | None = None
    """The visitor confirmed that the bot's answer solved it (no ticket needed)."""
    rating: int | None = None
    is_present: bool = True
    answered_abuse: bool = False
    seen_by_desk: int = 0
    """The last `seq` an agent acted after; for "you owe a reply"."""

    @property
    def status(self) -> Status:
        if self.holder is not None:
            return Status.HELD
        if self.ticket is not None:
            return Status.WAITING if self.ticket.is_open else Status.RESOLVED
        if self.solved_at is not None:
            return Status.RESOLVED
        return Status.BOT if self.is_present else Status.LEFT

    @property
    def open_ticket(self) -> Ticket | None:
        return self.ticket if self.ticket is not None and self.ticket.is_open else None

    @property
    def visitor_turns(self) -> tuple[str, ...]:
        """The visitor's own words so far, oldest first."""
        return tuple(said.text for said in self.said if said.role == "visitor")

    @property
    def shown_articles(self) -> tuple[str, ...]:
        return tuple(said.article for said in self.said if said.article)


def fold(conversation: Conversation, events: Iterable[Event]) -> Conversation:
    """The conversation after these events, which must follow its head in `seq` order."""
    for event in events:
        if event.seq != conversation.head.seq + 1:
            raise ValueError(f"{conversation.id}: event {event.seq} does not follow {conversation.head.seq}")
        conversation = _after(conversation, event)
    return conversation


def _after(before: Conversation, event: Event) -> Conversation:
    """One copy an event: a turn folds on the path of every message."""
    ticket = before.ticket
    if ticket is not None and event.kind != Kind.TICKET_OPENED:
        ticket = ticket_after(ticket, event)
    changes = {"head": event.head, "position": event.position, "last_at": event.at, "ticket": ticket}
    return replace(before, **{**changes, **_changes(before, event)})


def _changes(before: Conversation, event: Event) -> dict[str, Any]:
    """What this kind of event changes beside the head."""
    data = event.data
    match event.kind:
        case Kind.CONVERSATION_STARTED:
            content = event.content or {}
            return {
                "visitor": event.actor.id,
                "name": content.get("name", ""),
                "email": content.get("email"),
                "is_verified": data.get("verified", False),
                "locale": data.get("locale", "en"),
                "zone": data.get("zone"),
                "started_at": event.at,
            }
        case Kind.VISITOR_WROTE:
            return {"said": _with_said(before, event, "visitor"), "solved_at": None, "is_present": True}
        case Kind.BOT_WROTE:
            abuse = before.answered_abuse or bool(data.get("answers_abuse"))
            said = _with_said(before, event, "bot")
            return {"said": said, "asks": data.get("asks"), "answered_abuse": abuse}
        case Kind.AGENT_WROTE:
            return {"said": _with_said(before, event, "agent"), "asks": None, "seen_by_desk": event.seq}
        case Kind.SEVERITY_ASSESSED:
            return {"assessed": data}
        case Kind.TICKET_OPENED:
            earlier = before.earlier_tickets
            if before.ticket is not None:
                earlier = (*earlier, before.ticket.number)
            return {"ticket": opened(event), "earlier_tickets": earlier}
        case Kind.EMAIL_GIVEN:
            return {"email": (event.content or {}).get("email")}
        case Kind.CLAIMED:
            return {"holder": event.actor.id, "asks": None}
        case Kind.RELEASED:
            return {"holder": None}
        case Kind.TRANSFERRED:
            return {"holder": data.get("agent")}
        case Kind.SOLVED_CONFIRMED:
            return {"solved_at": event.at}
        case Kind.RESOLVED:
            return {"holder": None, "solved_at": event.at if before.ticket is None else before.solved_at}
        case Kind.REOPENED:
            return {"solved_at": None, "rating": None}
        case Kind.RATED:
            return {"rating": data["score"]}
        case Kind.VISITOR_LEFT:
            return {"is_present": False}
        case Kind.VISITOR_RETURNED:
            return {"is_present": True}
        case _:
            return {}


def _with_said(conversation: Conversation, event: Event, role: str) -> tuple[Said, ...]:
    said = Said(
        event.seq, role, event.at, event.text, event.data.get("action", ""), event.data.get("article")
    )
    return (*conversation.said[1 - REMEMBERED :], said)
