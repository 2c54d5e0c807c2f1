"""One decided turn on its way into the store: what the writer commits whole, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from slabot.domain.finding import Findable, Hit
from slabot.domain.projection import ClockRow, InboxRow, TicketRow
from slabot.domain.timeline import Event, Head, Kind


class Signature(NamedTuple):
    """Who repeats a command under which id; `body` is a digest of what they asked for."""

    author: str
    client_id: str
    body: bytes


class Receipt(NamedTuple):
    """Proof that a command was carried out; its first answer is kept and given again to a repetition."""

    workspace: str
    author: str
    client_id: str
    body: bytes
    """Digest of the command's body: the same id with another body is an error."""
    answer: Mapping[str, Any]


class Outgoing(NamedTuple):
    """Something to deliver after the commit, at least once, under a stable id (mail, webhook)."""

    id: str
    workspace: str
    channel: str
    payload: Mapping[str, Any]
    send_at: datetime
    lane: str | None = None
    """Deliveries of one lane go out one after the other, by `place`; None: whenever they are due."""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Holding:
    """A conditional change of how many conversations an agent holds, in the same transaction."""

    agent: str
    by: int
    capacity: int
    """Refused when the count would pass it; ignored where `by` is negative."""


class Turn(NamedTuple):
    """Everything one decision leads to in one conversation. `events` follow `head`."""

    workspace: str
    conversation: str
    head: Head
    """Seq 0: the turn starts the conversation."""
    events: tuple[Event, ...]
    inbox: InboxRow
    receipt: Receipt | None = None
    ticket: TicketRow | None = None
    """None: as it was."""
    clocks: tuple[ClockRow, ...] | None = None
    """All clocks of the conversation's ticket; None: as they were, but for those that `moved`."""
    moved: tuple[ClockRow, ...] = ()
    """Clocks that stand otherwise than before, where none came and none went."""
    opens_ticket: bool = False
    """The ticket row is new: its number must not exist."""
    outbox: tuple[Outgoing, ...] = ()
    holdings: tuple[Holding, ...] = ()
    moves_visitor: bool = False
    """The rows of the conversation and its tickets are from now on those of another visitor."""
    erases: tuple[tuple[str, str], ...] | None = None
    """Every content and salt of the conversation goes, and with them the receipts of these (author, client_id):
    they hold a digest of what was said."""
    findables: tuple[Findable, ...] = ()
    """What a desk's search finds it by from now on; of an erasing turn all that is left."""
    beside: Turn | None = None
    """A turn of another conversation in the same workspace, without a receipt and opening no ticket: it is committed
    with this one, or neither is."""


class Committed(NamedTuple):
    """The turn's events with the positions they were given, and those of the turn beside it."""

    events: tuple[Event, ...]
    beside: tuple[Event, ...] = ()


class HeadMoved(Exception):
    """Somebody wrote first: fold the tail and decide again."""


class NumberTaken(Exception):
    """Another process gave this ticket number away: take the next and decide again."""


class Repeated(Exception):
    """The command was carried out before; `answer` is what was answered then."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        super().__init__("this command was carried out before")
        self.answer = answer


class ReusedClientId(Exception):
    """The same client id came with another body."""


class AtCapacity(Exception):
    """The agent holds as many conversations as they may."""

    def __init__(self, agent: str) -> None:
        super().__init__(f"{agent} is at capacity")
        self.agent = agent


class Unstorable(Exception):
    """The turn holds something that no database keeps (a NUL in a text, a number out of range); nothing was written."""


class StoreUnavailable(Exception):
    """The database did not answer or refused to write (locked, full, gone); try again with the same client id."""


@dataclass(frozen=True, slots=True)
class Found:
    """Conversations that a search found, newest first."""

    rows: tuple[tuple[InboxRow, Hit], ...]
    more: bool
    """There may be others, older or with the words further apart: another word narrows it down."""


class Trace(NamedTuple):
    """That something of a kind happened in a conversation: all that a reader needs who only asks where to look."""

    position: int
    conversation: str
    kind: Kind


class TurnWriter(Protocol):
    """The one place that writes timelines; commits many waiting turns at once and each whole or not at all."""

    async def commit(self, turn: Turn) -> Committed:
        """Durable once it returns. Raises HeadMoved, NumberTaken, Repeated, ReusedClientId or AtCapacity.

        Unstorable: this turn alone is at fault. StoreUnavailable: whether it was written is not known; a
        repetition under the same client id is safe.
        """

    async def commit_all(self, turns: Sequence[Turn]) -> list[Committed | Exception]:
        """The same for turns that nobody waits for one by one: what became of each, in order. They share
        a transaction, and who is at fault fails alone. Raises StoreUnavailable where there is no room for them."""

    async def next_ticket_number(self, workspace: str) -> int:
        """A running number that no other turn of this process gets; committed with the ticket that bears it."""


class Timelines(Protocol):
    """Reads of what was committed; they never wait for the writer."""

    async def events(self, conversation: str, after: int = 0) -> tuple[Event, ...]:
        """Events with `seq` > after, in order; empty where there is no such conversation."""

    async def since(self, workspace: str, position: int, limit: int) -> tuple[Event, ...]:
        """Events of the workspace with `position` > position, in order: how a desk or process catches up."""

    async def of_kind(self, workspace: str, kind: Kind, position: int) -> tuple[Event, ...]:
        """As `since`, of this kind alone and without a limit: give a `position` that is near."""

    async def events_of(self, conversations: Sequence[str]) -> Mapping[str, tuple[Event, ...]]:
        """The whole timelines of these conversations in one read; those that do not exist are left out."""

    async def whole(self, conversations: Sequence[str]) -> Mapping[str, tuple[str, tuple[Event, ...]]]:
        """As `events_of`, each with its workspace."""

    async def traces(self, workspace: str, position: int, limit: int) -> tuple[Trace, ...]:
        """As `since`, without what was said."""

    async def position(self, workspace: str) -> int:
        """The newest position of the workspace."""

    async def receipt(self, workspace: str, author: str, client_id: str) -> Receipt | None: ...

    async def inbox(self, workspace: str, limit: int) -> tuple[InboxRow, ...]:
        """Conversations that a desk lists: those with people first, by next due instant; then the rest, newest first."""

    async def inbox_row(self, conversation: str) -> InboxRow | None: ...

    async def ticket(self, workspace: str, number: str) -> TicketRow | None: ...

    async def tickets_of(self, workspace: str, visitor: str) -> tuple[TicketRow, ...]: ...

    async def conversations_of(self, workspace: str, visitor: str, limit: int) -> tuple[InboxRow, ...]:
        """Newest first."""

    async def due_clocks(self, until: datetime, limit: int) -> tuple[ClockRow, ...]:
        """Clocks whose `next_at` is at or before `until`, soonest first, found by index."""

    async def next_clock_at(self) -> datetime | None:
        """The soonest `next_at` of all."""

    async def breaches(self, workspace: str, since: datetime, limit: int) -> tuple[Event, ...]:
        """Due times missed at or after `since`, newest first, found by index."""

    async def found(self, workspaces: Sequence[str], words: Sequence[str], limit: int) -> Found:
        """Conversations in which each of the words begins some word, whoever said it; its cost is bounded."""
        ...

    async def findables_of(self, conversation: str) -> tuple[Findable, ...]:
        """What the search keeps of one conversation, in order of `seq`; for audits."""
        ...

    async def clocks_of(self, conversation: str) -> tuple[ClockRow, ...]:
        """The stored clocks of the conversation's ticket; for audits."""
        ...
