"""A conversation's turn: fold, decide, commit, tell. Every verb of visitor, agent and watch goes through here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from slabot.domain.conversation import Conversation, fold
from slabot.domain.finding import findables
from slabot.domain.support import Support
from slabot.domain.timeline import Event, Happening, Kind, append, erased
from slabot.services.bulletin import Bulletin, News
from slabot.services.clock import Clock
from slabot.services.hot import Hot, Locks
from slabot.services.ids import Ids
from slabot.services.letters import letters_for
from slabot.services.projected import Rows, changed, projected
from slabot.services.supports import Supports
from slabot.services.turn import (
    Committed,
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


class Case(NamedTuple):
    """A conversation with what its ticket was promised under."""

    conversation: Conversation
    support: Support


DecideBoth = Callable[[Case, Case], tuple[Decision, Decision]]
"""As `Decide`, for two conversations at once."""


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
        self._hot = Hot()
        self._locks = Locks()

    async def conversation(self, id: str) -> Conversation:
        """The fold of what was committed. Raises NotFound."""
        async with self._locks.of(id):
            return await self._fold(id)

    async def start(self, workspace: str, decide: Decide, signature: Signature | None) -> Taken:
        """The first turn of a new conversation."""
        id = self._ids.conversation()
        async with self._locks.of(id):
            return await self._take(Conversation(id, workspace), decide, signature)

    async def take(self, id: str, decide: Decide, signature: Signature | None = None) -> Taken:
        """The next turn of this conversation. Raises NotFound, NumberTaken, or what `decide` raises."""
        async with self._locks.of(id):
            return await self._take(await self._fold(id), decide, signature)

    async def take_both(self, id: str, other: str, decide: DecideBoth, signature: Signature) -> Taken:
        """The next turn of two conversations of one workspace: both are written, or neither is.

        Both decide that something happens, or neither. The answer is about the first. Raises as `take`; ValueError
        where they are the same.
        """
        if id == other:
            raise ValueError(f"{id} twice")
        async with self._locks.of_all((id, other)):
            for _ in range(TRIES):
                first, second = await self._case(id), await self._case(other)
                try:
                    decisions = decide(first, second)
                except Refused:
                    done = await self._first_answer(first.conversation, signature)
                    if done is None:
                        raise
                    return Taken(done, first.conversation)
                made = await self._made(first.conversation, decisions[0], signature)
                beside = await self._made(second.conversation, decisions[1], None)
                try:
                    committed = await self._writer.commit(made.turn._replace(beside=beside.turn))
                except Repeated as repeated:
                    return Taken(repeated.answer, first.conversation)
                except HeadMoved:
                    self._hot.forget(id)
                    self._hot.forget(other)
                    continue
                taken = self._settled(made, committed, signature)
                self._settled(beside, Committed(committed.beside), None)
                return taken
        raise RuntimeError(f"{id}, {other}: {TRIES} turns in a row lost a head")

    async def case(self, id: str) -> Case:
        """The fold of what was committed, with its policy. Raises NotFound."""
        async with self._locks.of(id):
            return await self._case(id)

    async def _case(self, id: str) -> Case:
        conversation = await self._fold(id)
        support = await self._supports.of(conversation.workspace, conversation.open_ticket)
        return Case(conversation, support)

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
            made = await self._made(before, decision, signature)
            try:
                committed = await self._writer.commit(made.turn)
            except Repeated as repeated:
                return Taken(repeated.answer, before)
            except HeadMoved:
                self._hot.forget(before.id)
                before = await self._fold(before.id) if before.head.seq else before
                continue
            return self._settled(made, committed, signature)
        raise RuntimeError(f"{before.id}: {TRIES} turns in a row lost their head")

    async def take_all(self, ids: Sequence[str], decide: Decide) -> list[Taken | Exception]:
        """A turn in each of these conversations, read and committed together; who fails holds up nobody.

        For what the house does by itself: nobody repeats it, so there is no receipt.
        """
        async with self._locks.of_all(ids):
            timelines = await self._read_all(ids)
            decided = [await self._decided(id, timelines, decide) for id in ids]
            made = [each for each in decided if isinstance(each, _Made)]
            committed = iter(await self._writer.commit_all([each.turn for each in made]))
            return [
                await self._outcome(each, next(committed), decide) if isinstance(each, _Made) else each
                for each in decided
            ]

    async def _decided(self, id: str, timelines: _Read, decide: Decide) -> Taken | _Made | Exception:
        try:
            before = await self._fold(id, timelines)
            decision = decide(before, await self._supports.of(before.workspace, before.open_ticket))
            if not decision.happenings:
                return Taken(_answer(before, ()), before)
            return await self._made(before, decision, None)
        except Exception as fault:
            return fault

    async def _outcome(
        self, made: _Made, committed: Committed | Exception, decide: Decide
    ) -> Taken | Exception:
        """Who lost their head decides again, alone."""
        if isinstance(committed, Committed):
            return self._settled(made, committed, None)
        if not isinstance(committed, HeadMoved):
            return committed
        id = made.before.id
        self._hot.forget(id)
        try:
            return await self._take(await self._fold(id), decide, None)
        except Exception as fault:
            return fault

    def _settled(self, made: _Made, committed: Committed, signature: Signature | None) -> Taken:
        """After the commit, and only then: kept in memory and told."""
        turn, before, after, rows = made
        self._hot.keep(after, rows)
        self._bulletin.tell(News(after, committed.events, turn.inbox, signature))
        answer = turn.receipt.answer if turn.receipt is not None else _answer(before, committed.events)
        return Taken(answer, after, committed.events)

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

    async def _made(self, before: Conversation, decision: Decision, signature: Signature | None) -> _Made:
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
        written = changed(rows, self._hot.rows_with(before))
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
        return _Made(turn, before, after, rows)

    async def project_anew(self, id: str) -> None:
        """Writes the rows of lists and watch again from the timeline; a turn without a fact. Raises NotFound.

        For rows that disagree with the timeline, which the watch would else find due for ever.
        """
        async with self._locks.of(id):
            conversation = await self._fold(id)
            self._hot.forget(id)
            made = await self._made(conversation, Decision(), None)
            with suppress(HeadMoved):  # Somebody wrote meanwhile, and with it fresh rows.
                await self._writer.commit(made.turn)

    async def _fold(self, id: str, timelines: _Read | None = None) -> Conversation:
        """`timelines`: those that were read already; without them this one is read by itself. Raises NotFound."""
        hot = self._hot.conversation(id)
        if hot is not None:
            return hot
        workspace, events = (timelines if timelines is not None else await self._read_all([id])).get(
            id, ("", ())
        )
        if not events:
            raise NotFound
        conversation = fold(Conversation(id, workspace), events)
        self._hot.keep(conversation)
        return conversation

    async def _read_all(self, ids: Sequence[str]) -> _Read:
        """Workspace and timeline of those that are not folded yet."""
        cold = [id for id in ids if self._hot.conversation(id) is None]
        return await self._timelines.whole(cold) if cold else {}


_Read = Mapping[str, tuple[str, tuple[Event, ...]]]


class _Made(NamedTuple):
    """A turn on its way to the writer, between the states before and after it."""

    turn: Turn
    before: Conversation
    after: Conversation
    rows: Rows


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
