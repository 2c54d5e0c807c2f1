"""The append-only list of what happened in a conversation, and the chain that proves nothing was changed.

Everything else (conversation, ticket, clocks, inbox) is a fold of these events or a projection of that fold.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from json.encoder import encode_basestring
from typing import Any, NamedTuple

Json = Any
"""Whatever JSON can hold; `data` and `content` of an event are mappings of it."""


class Kind(StrEnum):
    """What can happen. `audience` says who may read it."""

    CONVERSATION_STARTED = "conversation_started"
    IDENTIFIED = "identified"
    VISITOR_WROTE = "visitor_wrote"
    BOT_WROTE = "bot_wrote"
    AGENT_WROTE = "agent_wrote"
    NOTE_WRITTEN = "note_written"
    SEVERITY_ASSESSED = "severity_assessed"
    OTHERS_REPORTED = "others_reported"
    SEVERITY_CHANGED = "severity_changed"
    PLAN_SET = "plan_set"
    TICKET_OPENED = "ticket_opened"
    ACKNOWLEDGED = "acknowledged"
    FORMAL_REPORT_RECORDED = "formal_report_recorded"
    EMAIL_GIVEN = "email_given"
    DEVICE_ALLOWED = "device_allowed"
    DEVICE_DECLINED = "device_declined"
    DEVICE_DESCRIBED = "device_described"
    CLAIMED = "claimed"
    RELEASED = "released"
    TRANSFERRED = "transferred"
    WAITING_ON_VISITOR = "waiting_on_visitor"
    WAITING_ENDED = "waiting_ended"
    SOLVED_CONFIRMED = "solved_confirmed"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    MERGED_INTO = "merged_into"
    MERGED_FROM = "merged_from"
    RATED = "rated"
    WARNED = "warned"
    BREACHED = "breached"
    ESCALATED = "escalated"
    RISK_FORESEEN = "risk_foreseen"
    TIME_COMMITTED = "time_committed"
    THIRD_PARTY_NAMED = "third_party_named"
    THIRD_PARTY_CLEARED = "third_party_cleared"
    TAGGED = "tagged"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    FOLLOW_UP_REACHED = "follow_up_reached"
    VISITOR_LEFT = "visitor_left"
    VISITOR_RETURNED = "visitor_returned"
    TRANSCRIPT_ASKED = "transcript_asked"
    ERASED = "erased"


VISITOR_SEES = frozenset(
    {
        Kind.CONVERSATION_STARTED,
        Kind.VISITOR_WROTE,
        Kind.BOT_WROTE,
        Kind.AGENT_WROTE,
        Kind.TICKET_OPENED,
        Kind.SEVERITY_CHANGED,
        Kind.FORMAL_REPORT_RECORDED,
        Kind.EMAIL_GIVEN,
        Kind.DEVICE_ALLOWED,
        Kind.DEVICE_DESCRIBED,
        Kind.CLAIMED,
        Kind.RELEASED,
        Kind.TRANSFERRED,
        Kind.SOLVED_CONFIRMED,
        Kind.RESOLVED,
        Kind.REOPENED,
        Kind.MERGED_INTO,
        Kind.MERGED_FROM,
        Kind.RATED,
        Kind.TIME_COMMITTED,
    }
)
"""Kinds that are sent to the widget; everything else stays with the desk."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: a visitor, an agent, the bot or the watch over the clocks."""

    role: str
    id: str = ""

    def __str__(self) -> str:
        return f"{self.role}:{self.id}" if self.id else self.role

    @classmethod
    def parse(cls, text: str) -> Actor:
        role, _, id = text.partition(":")
        return cls(role, id)

    @classmethod
    def visitor(cls, id: str) -> Actor:
        return cls("visitor", id)

    @classmethod
    def agent(cls, id: str) -> Actor:
        return cls("agent", id)


BOT = Actor("bot")
WATCH = Actor("watch")


@dataclass(frozen=True, slots=True)
class Happening:
    """A fact that was decided but has no place in a timeline yet."""

    kind: Kind
    actor: Actor
    at: datetime
    """When it took effect; clocks read this."""
    data: Mapping[str, Json] = field(default_factory=dict)
    """Facts without personal content; part of the chain as they are."""
    content: Mapping[str, Json] = field(default_factory=dict)
    """What a person wrote or gave away (text, e-mail, name); erasable, in the chain only as a salted digest."""


class Head(NamedTuple):
    """The end of a timeline that a turn is decided against."""

    seq: int = 0
    digest: bytes = b""


START = Head()
"""Before the first event."""


class Event(NamedTuple):
    """A fact in its place. `position` counts per workspace and is given by the writer.

    A named tuple, as are the rows made of it: several of each are made for every message, and a frozen dataclass
    takes three times as long to fill.
    """

    conversation: str
    seq: int
    at: datetime
    recorded_at: datetime
    actor: Actor
    kind: Kind
    data: Mapping[str, Json]
    content: Mapping[str, Json] | None
    """None once erased."""
    salt: bytes | None
    content_digest: bytes
    digest: bytes
    position: int = 0

    @property
    def head(self) -> Head:
        return Head(self.seq, self.digest)

    @property
    def text(self) -> str:
        """The words of a message or note; empty for other kinds and once erased."""
        return str((self.content or {}).get("text", ""))


def append(
    conversation: str,
    head: Head,
    happenings: Sequence[Happening],
    recorded_at: datetime,
    salts: Iterable[bytes],
) -> tuple[Event, ...]:
    """The happenings as the events that follow `head`, chained; one salt of 16 random bytes each."""
    events: list[Event] = []
    for happening, salt in zip(happenings, salts, strict=False):
        content_digest = digest_content(happening.content, salt)
        seq = head.seq + 1
        digest = _digest(
            head.digest, conversation, seq, happening.at, recorded_at, happening.actor, happening.kind,
            happening.data, content_digest,
        )  # fmt: skip
        event = Event(
            conversation, seq, happening.at, recorded_at, happening.actor, happening.kind,
            happening.data, happening.content, salt, content_digest, digest,
        )  # fmt: skip
        events.append(event)
        head = event.head
    if len(events) != len(happenings):
        raise ValueError(f"{len(happenings)} happenings need as many salts, got {len(events)}")
    return tuple(events)


def erased(event: Event) -> Event:
    """The same fact without what a person wrote or gave away; its place in the chain stands."""
    return event._replace(content=None, salt=None) if event.content else event


def digest_content(content: Mapping[str, Json], salt: bytes) -> bytes:
    """Without the salt nobody can test a guess of an erased text against this digest."""
    return hashlib.sha256(salt + _canonical(content).encode()).digest() if content else b""


def broken_links(events: Sequence[Event]) -> list[str]:
    """What is wrong with this whole timeline, as sentences; empty when the chain holds.

    An erased content (None with its salt gone) is no fault; a changed, removed or reordered event is.
    """
    faults: list[str] = []
    head = START
    for event in events:
        if event.seq != head.seq + 1:
            faults.append(f"seq {event.seq}: expected {head.seq + 1}; an event is missing or out of order")
        digest = _digest(
            head.digest, event.conversation, event.seq, event.at, event.recorded_at, event.actor, event.kind,
            event.data, event.content_digest,
        )  # fmt: skip
        if digest != event.digest:
            faults.append(
                f"seq {event.seq}: {event.kind} was changed after it was written, or the one before was"
            )
        if _is_forged(event):
            faults.append(f"seq {event.seq}: the text of {event.kind} was changed after it was written")
        head = event.head
    return faults


def _is_forged(event: Event) -> bool:
    """Whether the words are not those that were written; an erased text has neither words nor salt."""
    if event.content is None:
        return False
    return event.salt is None or digest_content(event.content, event.salt) != event.content_digest


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(at: datetime) -> int:
    """The instant as whole microseconds since 1970 in UTC, exact (no float on the way)."""
    return (at - _EPOCH) // _MICROSECOND


def _digest(
    before: bytes,
    conversation: str,
    seq: int,
    at: datetime,
    recorded_at: datetime,
    actor: Actor,
    kind: Kind,
    data: Mapping[str, Json],
    content_digest: bytes,
) -> bytes:
    place = (
        f"[{encode_basestring(conversation)},{seq},{microseconds(at)},{microseconds(recorded_at)},"
        f"{encode_basestring(str(actor))},{encode_basestring(kind)},{_canonical(data)}]"
    )
    return hashlib.sha256(before + place.encode() + content_digest).digest()


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
"""Made once: `json.dumps` would make an encoder anew for each digest."""


def _canonical(value: Mapping[str, Json]) -> str:
    """As `_encode` writes it, whose long way is for more than a single text: that is what most contents are."""
    if len(value) == 1:
        ((key, text),) = value.items()
        if type(text) is str:
            return f"{{{encode_basestring(key)}:{encode_basestring(text)}}}"
    return _encode(dict(value)) if value else "{}"
