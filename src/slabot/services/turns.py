"""A conversation's turn: fold, decide, commit, tell. Every verb of visitor, agent and watch goes through here."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from slabot.domain.conversation import Conversation, fold
from slabot.domain.finding import findables
from slabot.domain.support import Support
from slabot.domain.timeline import Event, Happening, Kind, append, erased
from slabot.services.bulletin import Bulletin, News
from slabot.services.clock import Clock
from slabot.services.ids import Ids
from slabot.services.letters import letters_for
from slabot.services.projected import Rows, changed, projected
from slabot.services.supports import Supports
from slabot.services.turn import (
    HeadMoved,
    Holding,
    Outgoing,
    Receipt,
    Repeated,
    ReusedClientId,
    Signature,
    Timelines,
    Turn,
    TurnWriter,
)

HOT = 20_000
"""Folded conversations kept in memory; a fold is a few kilobytes at the most."""

TRIES = 8
"""A turn that loses its head this often in a row has met a fault, not a neighbour."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a turn leads to; without happenings nothing is written."""

    happenings: tuple[Happening, ...] = ()
    outbox: tuple[Outgoing, ...] = ()
    capacity: int | None = None
    """How many conversations the agent may hold who gets this one by the turn; None: no agent gets it."""
    moves_visitor: bool = False
    """The conversation becomes another visitor's: who was anonymous has signed in, or it is erased."""
    erases: bool = False
    """Everything personal in the conversation goes with this turn."""


Decide = Callable[[Conversation, Support], Decision]
"""Pure: called again with a newer conversation when somebody wrote first. Raises `Refused` to refuse."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A turn that was committed (or repeated: then `events` are empty and `answer` is the first one)."""

    answer: Mapping[str, Any]
    conversation: Conversation
    events: tuple[Event, ...] = ()


class Refused(Exception):
    """A command that cannot be carried out now, in words for the person who gave it."""

    def __init__(self, code: str, message: str, **fields: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields = fields


class NotFound(Refused):
    """The same for missing and for forbidden, so that nobody learns which ids exist."""

    def __init__(self) -> None:
        super().__init__("not_found", "There is no such conversation here.")


class Turns:
    """Keeps hot conversations folded, takes one turn at a time in each, and tells the bulletin after the commit."""

    def __init__(
        self,
        writer: TurnWriter,
        timelines: Timelines,
        supports: Supports,
        bulletin: Bulletin,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._writer = writer
        self._timelines = timelines
        self._supports = supports
        self._bulletin = bulletin
        self._clock = clock
        self._ids = ids
        self._hot: OrderedDict[str, _Kept] = OrderedDict()
        self._locks: dict[str, _Lock] = {}

    async def conversation(self, id: str) -> Conversation:
        """The fold of what was committed. Raises NotFound."""
        async with self._turn_of(id):
            return await self._fold(id)

    async def start(self, workspace: str, decide: Decide, signature: Signature | None) -> Taken:
        """The first turn of a new conversation."""
        id = self._ids.conversation()
        async with self._turn_of(id):
            return await self._take(Conversation(id, workspace), decide, signature)

    async def take(self, id: str, decide: Decide, signature: Signature | None = None) -> Taken:
        """The next turn of this conversation. Raises NotFound, NumberTaken, or what `decide` raises."""
        async with self._turn_of(id):
            return await self._take(await self._fold(id), decide, signature)

    async def _take(self, before: Conversation, decide: Decide, signature: Signature | None) -> Taken:
        for _ in range(TRIES):
            support = await self._supports.of(before.workspace, before.open_ticket)
            try:
                decision = decide(before, support)
            except Refused:
                # What it asks for may be impossible by now because it was done: its repetition gets the first answer.
                first = await self._first_answer(before, signature)
                if first is None:
                    raise
                return Taken(first, before)
            if not decision.happenings:
                return Taken(await self._first_answer(before, signature) or _answer(before, ()), before)
            turn, after, rows = await self._turn(before, decision, signature)
            try:
                committed = await self._writer.commit(turn)
            except Repeated as repeated:
                return Taken(repeated.answer, before)
            except HeadMoved:
                self._hot.pop(before.id, None)
                before = await self._fold(before.id) if before.head.seq else before
                continue
            self._remember(after, rows)
            self._bulletin.tell(News(after, committed.events, turn.inbox, signature))
            answer = turn.receipt.answer if turn.receipt is not None else _answer(before, committed.events)
            return Taken(answer, after, committed.events)
        raise RuntimeError(f"{before.id}: {TRIES} turns in a row lost their head")

    async def _first_answer(
        self, before: Conversation, signature: Signature | None
    ) -> Mapping[str, Any] | None:
        """What this command was answered when it was carried out. Raises ReusedClientId."""
        if signature is None:
            return None
        kept = await self._timelines.receipt(before.workspace, signature.author, signature.client_id)
        if kept is None:
            return None
        if kept.body != signature.body:
            raise ReusedClientId(before.id)
        return kept.answer

    async def _turn(
        self, before: Conversation, decision: Decision, signature: Signature | None
    ) -> tuple[Turn, Conversation, Rows]:
        salts = self._ids.salts(len(decision.happenings))
        events = append(before.id, before.head, decision.happenings, self._clock.now(), salts)
        erases = None
        if decision.erases:
            past = [
                event for event in await self._timelines.events(before.id) if event.seq <= before.head.seq
            ]
            after = fold(Conversation(before.id, before.workspace), map(erased, (*past, *events)))
            erases = tuple(
                (event.actor.id, event.data["client_id"]) for event in past if "client_id" in event.data
            )
        else:
            after = fold(before, events)
        support = await self._supports.of(after.workspace, after.ticket)
        rows = projected(after, support)
        hot = self._hot.get(before.id)
        written = changed(rows, hot.rows if hot is not None and hot.conversation is before else None)
        receipt = None
        if signature is not None:
            answer = _answer(before, events)
            receipt = Receipt(after.workspace, signature.author, signature.client_id, signature.body, answer)
        turn = Turn(
            workspace=after.workspace,
            conversation=after.id,
            head=before.head,
            events=events,
            inbox=rows.inbox,
            receipt=receipt,
            ticket=written.ticket,
            clocks=written.clocks,
            moved=written.moved,
            opens_ticket=any(event.kind == Kind.TICKET_OPENED for event in events),
            outbox=(*decision.outbox, *letters_for(before, events, after, support)),
            holdings=_moved(before.holder, after.holder, decision.capacity),
            moves_visitor=decision.moves_visitor,
            erases=erases,
            findables=tuple(findables(before, after, events)),
        )
        return turn, after, rows

    async def project_anew(self, id: str) -> None:
        """Writes the rows of lists and watch again from the timeline; a turn without a fact. Raises NotFound.

        For rows that disagree with the timeline, which the watch would else find due for ever.
        """
        async with self._turn_of(id):
            conversation = await self._fold(id)
            self._hot.pop(id, None)
            turn, _, _ = await self._turn(conversation, Decision(), None)
            with suppress(HeadMoved):  # Somebody wrote meanwhile, and with it fresh rows.
                await self._writer.commit(turn)

    async def _fold(self, id: str) -> Conversation:
        hot = self._hot.get(id)
        if hot is not None:
            self._hot.move_to_end(id)
            return hot.conversation
        row = await self._timelines.inbox_row(id)
        if row is None:
            raise NotFound
        conversation = fold(Conversation(id, row.workspace), await self._timelines.events(id))
        self._remember(conversation)
        return conversation

    def _remember(self, conversation: Conversation, rows: Rows | None = None) -> None:
        self._hot[conversation.id] = _Kept(conversation, rows)
        self._hot.move_to_end(conversation.id)
        while len(self._hot) > HOT:
            self._hot.popitem(last=False)

    def _turn_of(self, id: str) -> _Lock:
        lock = self._locks.get(id)
        if lock is None:
            lock = self._locks[id] = _Lock(self._locks, id)
        return lock


@dataclass(frozen=True, slots=True)
class _Kept:
    """A hot conversation, with the rows that were stored with its head where this process wrote them."""

    conversation: Conversation
    rows: Rows | None


class _Lock:
    """One turn at a time. It goes away with its last user, so that locks do not pile up with conversations."""

    __slots__ = ("_id", "_lock", "_locks", "_users")

    def __init__(self, locks: dict[str, _Lock], id: str) -> None:
        self._locks = locks
        self._id = id
        self._lock = asyncio.Lock()
        self._users = 0

    async def __aenter__(self) -> None:
        self._users += 1
        try:
            await self._lock.acquire()
        except BaseException:
            self._left()
            raise

    async def __aexit__(self, *_: object) -> None:
        self._lock.release()
        self._left()

    def _left(self) -> None:
        self._users -= 1
        if not self._users:
            del self._locks[self._id]


def _moved(before: str | None, after: str | None, capacity: int | None) -> tuple[Holding, ...]:
    """Who let go and who took hold: read from the fold, so that no verb can forget to count."""
    if before == after:
        return ()
    freed = (Holding(before, -1, 0),) if before is not None else ()
    if after is None:
        return freed
    if capacity is None:
        raise ValueError(f"{after} takes hold, so the decision must say their capacity")
    return (*freed, Holding(after, 1, capacity))


def _answer(before: Conversation, events: tuple[Event, ...]) -> dict[str, Any]:
    """`seq` is the command's own event: the first one that is not the start of the conversation."""
    own = next((event.seq for event in events if event.kind != Kind.CONVERSATION_STARTED), before.head.seq)
    head = events[-1].seq if events else before.head.seq
    return {"conversation": before.id, "seq": own, "head": head}
