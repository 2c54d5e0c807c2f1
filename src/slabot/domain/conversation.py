"""A conversation as the fold of its timeline: small, immutable, and all that a turn is decided from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from slabot.domain.device import Consent, Device
from slabot.domain.reminders import Reminder, follow_up, snoozed
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


@dataclass(frozen=True)
class Conversation:
    """Everything a turn may look at. Start from `Conversation(id, workspace)` and fold its events in `seq` order.

    Without slots: every turn makes a copy that differs in a few fields, and a dictionary is copied at once.
    """

    id: str
    workspace: str
    head: Head = START
    visitor: str = ""
    name: str = ""
    email: str | None = None
    is_verified: bool = False
    """The host page vouches for who this is."""
    plan: str | None = None
    """Key of the visitor's plan in the policy, by the host page's word; a ticket keeps the one it was opened under."""
    customer: str | None = None
    """The organisation they belong to, by the host page's word."""
    locale: str = "en"
    zone: str | None = None
    """The visitor's IANA zone; None: unknown, the desk's alone is shown."""
    page: str = ""
    """Where on the host's site the visitor wrote last, as the widget says."""
    device_consent: Consent = Consent.UNASKED
    device: Device | None = None
    """What the widget told about browser and device, once the visitor allowed it."""
    started_at: datetime | None = None
    last_at: datetime | None = None
    said: tuple[Said, ...] = ()
    asks: Mapping[str, Any] | None = None
    """What the bot's last utterance asked, so that "yes" and a tap have a meaning; see `dialogue.plan`."""
    assessed: Mapping[str, Any] | None = None
    """The latest assessment, as its event holds it."""
    shared_with: tuple[str, ...] = ()
    """Conversations of other visitors who report the same: one incident."""
    holder: str | None = None
    spoke_with: str | None = None
    """The agent who wrote last; whoever comes back is offered to them first."""
    ticket: Ticket | None = None
    earlier_tickets: tuple[str, ...] = ()
    merged_into: str | None = None
    """The conversation that this one goes on in; nothing is said here any more."""
    merged_into_ticket: str | None = None
    """That one's number; None: it has none, or nothing was merged."""
    merged: tuple[str, ...] = ()
    """The conversations that go on in this one, oldest merge first."""
    merged_tickets: tuple[str, ...] = ()
    """Their tickets' numbers."""
    owes_merged: bool = False
    """A conversation that was merged into this one waited for a person's words, and still does."""
    solved_at: datetime | None = None
    """The visitor confirmed that the bot's answer solved it (no ticket needed)."""
    rating: int | None = None
    erased_at: datetime | None = None
    """The visitor had everything personal erased; from then on it is nobody's."""
    is_present: bool = True
    answered_abuse: bool = False
    seen_by_desk: int = 0
    """The last `seq` an agent acted after; for "you owe a reply"."""
    tags: tuple[str, ...] = ()
    """In alphabetical order."""
    snooze: Reminder | None = None
    """Put aside until its time, or until the visitor writes or a clock asks for attention."""
    follow_up: Reminder | None = None
    """When to ask the visitor again whom the ticket waits on."""
    was_reminded: bool = False
    """A reminder was set at some time, so that rows for the watch may exist."""

    def altered(self, **fields: Any) -> Conversation:
        """A copy with these fields; past `__init__`, which would set field by field."""
        copy = object.__new__(Conversation)
        vars(copy).update(vars(self), **fields)
        return copy

    @property
    def status(self) -> Status:
        if self.merged_into is not None:
            return Status.RESOLVED
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
    def reminders(self) -> tuple[Reminder, ...]:
        return tuple(reminder for reminder in (self.snooze, self.follow_up) if reminder is not None)

    @property
    def visitor_turns(self) -> tuple[str, ...]:
        """The visitor's own words so far, oldest first."""
        return tuple(said.text for said in self.said if said.role == "visitor")

    @property
    def shown_articles(self) -> tuple[str, ...]:
        return tuple(said.article for said in self.said if said.article)


def fold(conversation: Conversation, events: Iterable[Event]) -> Conversation:
    """The conversation after these events, which must follow its head in `seq` order."""
    after = _After(conversation)
    for event in events:
        after.take(event)
    return after.conversation()


class _After:
    """What some events change, gathered for one copy: a turn folds on the path of every message."""

    __slots__ = ("_before", "_changed", "_head")

    def __init__(self, before: Conversation) -> None:
        self._before = before
        self._head = before.head
        self._changed: dict[str, Any] = {}

    def conversation(self) -> Conversation:
        return self._before.altered(**self._changed, head=self._head) if self._changed else self._before

    def take(self, event: Event) -> None:
        if event.seq != self._head.seq + 1:
            raise ValueError(f"{self._before.id}: event {event.seq} does not follow {self._head.seq}")
        ticket = self._now("ticket")
        if ticket is not None and event.kind is not Kind.TICKET_OPENED:
            self._changed["ticket"] = ticket_after(ticket, event)
        self._changed.update(self._changes(event), last_at=event.at)
        self._head = event.head

    def _now(self, field: str) -> Any:
        return self._changed[field] if field in self._changed else getattr(self._before, field)

    def _with_said(self, event: Event, role: str) -> tuple[Said, ...]:
        said = Said(
            event.seq, role, event.at, event.text, event.data.get("action", ""), event.data.get("article")
        )
        return (*self._now("said")[1 - REMEMBERED :], said)

    def _changes(self, event: Event) -> dict[str, Any]:
        """What this kind of event changes beside the head."""
        data, ticket = event.data, self._now("ticket")
        match event.kind:
            case Kind.CONVERSATION_STARTED:
                return {
                    **_vouched(event),
                    "is_verified": data.get("verified", False),
                    "locale": data.get("locale", "en"),
                    "zone": data.get("zone"),
                    "started_at": event.at,
                }
            case Kind.IDENTIFIED:
                email = (event.content or {}).get("email") or self._now("email")
                return {**_vouched(event), "email": email, "is_verified": True}
            case Kind.VISITOR_WROTE:
                said = self._with_said(event, "visitor")
                back = {"solved_at": None, "is_present": True, "snooze": None, "follow_up": None}
                page = (event.content or {}).get("page", self._now("page"))
                return {"said": said, "page": page, **back}
            case Kind.BOT_WROTE:
                abuse = self._now("answered_abuse") or bool(data.get("answers_abuse"))
                said = self._with_said(event, "bot")
                asks = data.get("asks")
                asked = {"device_consent": Consent.ASKED} if (asks or {}).get("kind") == "device" else {}
                return {"said": said, "asks": asks, "answered_abuse": abuse, **asked}
            case Kind.AGENT_WROTE:
                said = self._with_said(event, "agent")
                seen = {"seen_by_desk": event.seq, "spoke_with": event.actor.id, "owes_merged": False}
                return {"said": said, "asks": None, "follow_up": None, **seen}
            case Kind.SEVERITY_ASSESSED:
                return {"assessed": data}
            case Kind.OTHERS_REPORTED:
                return {"shared_with": tuple(data["conversations"])}
            case Kind.TICKET_OPENED:
                earlier = self._now("earlier_tickets")
                if ticket is not None:
                    earlier = (*earlier, ticket.number)
                return {"ticket": opened(event), "earlier_tickets": earlier}
            case Kind.EMAIL_GIVEN:
                return {"email": (event.content or {}).get("email")}
            case Kind.DEVICE_ALLOWED:
                return {"device_consent": Consent.ALLOWED}
            case Kind.DEVICE_DECLINED:
                return {"device_consent": Consent.DECLINED}
            case Kind.DEVICE_DESCRIBED:
                return {"device": (event.content or {}).get("device")}
            case Kind.CLAIMED:
                return {"holder": event.actor.id, "asks": None}
            case Kind.RELEASED:
                return {"holder": None}
            case Kind.TRANSFERRED:
                return {"holder": data.get("agent")}
            case Kind.PLAN_SET:
                return {"plan": data["plan"]}
            case Kind.SOLVED_CONFIRMED:
                return {"solved_at": event.at}
            case Kind.RESOLVED:
                solved_at = event.at if ticket is None else self._now("solved_at")
                return {"holder": None, "solved_at": solved_at, "snooze": None, "follow_up": None}
            case Kind.REOPENED:
                return {"solved_at": None, "rating": None}
            case Kind.MERGED_INTO:
                let_go = {"holder": None, "snooze": None, "follow_up": None, "asks": None}
                goes_on = {"merged_into": data["conversation"], "merged_into_ticket": data["ticket"]}
                return {**goes_on, **let_go}
            case Kind.MERGED_FROM:
                number = data["ticket"]
                return {
                    "merged": (*self._now("merged"), data["conversation"]),
                    "merged_tickets": (*self._now("merged_tickets"), *((number,) if number else ())),
                    "owes_merged": self._now("owes_merged") or data["owes_reply"],
                }
            case Kind.RATED:
                return {"rating": data["score"]}
            case Kind.TAGGED:
                tags = {*self._now("tags"), *data.get("added", ())} - set(data.get("removed", ()))
                return {"tags": tuple(sorted(tags))}
            case Kind.SNOOZED:
                return {"snooze": snoozed(event), "was_reminded": True}
            case Kind.WOKEN | Kind.WARNED | Kind.BREACHED | Kind.RISK_FORESEEN:
                return {"snooze": None}
            case Kind.WAITING_ON_VISITOR:
                reminder = follow_up(event)
                return {
                    "follow_up": reminder,
                    "was_reminded": self._now("was_reminded") or reminder is not None,
                }
            case Kind.WAITING_ENDED:
                return {"follow_up": None}
            case Kind.FOLLOW_UP_REACHED if self._now("follow_up") is not None:
                return {"follow_up": replace(self._now("follow_up"), is_told=True)}
            case Kind.ERASED:
                nobody = {"visitor": "", "name": "", "email": None, "page": "", "device": None}
                return {**nobody, "asks": None, "erased_at": event.at, "is_present": False}
            case Kind.VISITOR_LEFT:
                return {"is_present": False}
            case Kind.VISITOR_RETURNED:
                return {"is_present": True}
            case _:
                return {}


def _vouched(event: Event) -> dict[str, Any]:
    """Who the visitor is from here on."""
    content = event.content or {}
    return {
        "visitor": event.actor.id,
        "name": content.get("name", ""),
        "email": content.get("email"),
        "plan": event.data.get("plan"),
        "customer": event.data.get("customer"),
    }
