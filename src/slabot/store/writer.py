"""The one writer: a thread that commits all waiting turns together and answers after the commit."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import structlog
from sqlalchemy.engine import Connection

from slabot.services.turn import Committed, NumberTaken, StoreUnavailable, Turn, Unstorable
from slabot.store import batch
from slabot.store.checkpoints import Checkpoints
from slabot.store.database import Database, is_outage, reason
from slabot.store.forgetting import Forgetting
from slabot.store.numbers import Numbers
from slabot.store.statements import statements_for

log = structlog.get_logger(__name__)

T = TypeVar("T")

LINE = 10_000
"""Turns that may wait; more than that and the server is drowning, so it says so instead of growing."""

AT_ONCE = 500
"""Turns in one transaction at most: beyond this a larger batch is no cheaper and everyone waits longer."""

SIBLINGS = 4
"""Turns in a batch from which on others are thought to be on their way."""

LONGEST_WAIT = 0.02
"""Seconds that a batch waits for them at most."""

Job = Callable[[Connection], Any]
"""A write that is no turn (an agent, a session, mail that was sent); shares the transaction of its batch."""


class _Waiting:
    """A turn or job in line, and the future that its caller awaits."""

    __slots__ = ("future", "work")

    def __init__(self, work: batch.Entry | Job, future: asyncio.Future[Any]) -> None:
        self.work = work
        self.future = future


class GroupWriter:
    """Satisfies `services.turn.TurnWriter`. Use it from the loop that started it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.engine = database.writing()
        self._connection: Connection | None = None
        self._statements = statements_for(self.engine.dialect)
        self._checkpoints = Checkpoints(database) if database.is_sqlite else None
        self._forgetting = Forgetting() if database.is_sqlite else None
        self._line: SimpleQueue[list[_Waiting] | None] = SimpleQueue()
        """Who came together goes into one transaction together."""
        self._waiting = 0
        self._numbers = Numbers(self.execute)
        self._thread = threading.Thread(target=self._run, name="slabot-writer", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_closing = False
        self._wait_until = 0.0
        """While many write: until when the next batch waits for company, on the monotonic clock."""

    def start(self) -> None:
        """Call once, inside the running loop."""
        self._loop = asyncio.get_running_loop()
        if self._checkpoints is not None:
            self._checkpoints.start()
        self._thread.start()

    @property
    def waiting(self) -> int:
        """Turns and jobs in line or in the running transaction."""
        return self._waiting

    async def commit(self, turn: Turn) -> Committed:
        try:
            committed: Committed = await self._join(self._entry(turn))
        except NumberTaken:
            await self._numbers.catch_up(turn.workspace)
            raise
        return committed

    async def commit_all(self, turns: Sequence[Turn]) -> list[Committed | Exception]:
        outcomes: list[Any] = [self._entry_or_fault(turn) for turn in turns]
        places = [place for place, work in enumerate(outcomes) if isinstance(work, batch.Entry)]
        futures = self._join_all([outcomes[place] for place in places])
        for place, future in zip(places, futures, strict=True):
            try:
                outcomes[place] = await future
            except Exception as fault:
                outcomes[place] = fault
        return outcomes

    async def next_ticket_number(self, workspace: str) -> int:
        return await self._numbers.next(workspace)

    async def execute(self, job: Callable[[Connection], T]) -> T:
        """Runs `job` in the writer's thread and transaction; returns after the commit.

        `job` may run twice: again, alone, when a neighbour spoilt the batch. Raises StoreUnavailable.
        """
        outcome: T = await self._join(job)
        return outcome

    async def close(self) -> None:
        """Commits everyone who waits, then lets go of the database."""
        if self._loop is None or self._is_closing:
            return
        self._is_closing = True
        self._line.put(None)
        await asyncio.to_thread(self._thread.join)
        if self._checkpoints is not None:
            await asyncio.to_thread(self._checkpoints.close)

    def _entry(self, turn: Turn) -> batch.Entry:
        return batch.entry(turn, self._numbers.given(turn.workspace) if turn.opens_ticket else 0)

    def _entry_or_fault(self, turn: Turn) -> batch.Entry | Unstorable:
        try:
            return self._entry(turn)
        except Unstorable as fault:
            return fault

    def _join(self, work: batch.Entry | Job) -> asyncio.Future[Any]:
        return self._join_all([work])[0]

    def _join_all(self, works: Sequence[batch.Entry | Job]) -> list[asyncio.Future[Any]]:
        if self._loop is None or self._is_closing:
            raise StoreUnavailable("the store is closed")
        if self._waiting >= LINE:
            raise StoreUnavailable(f"{LINE} writes are waiting already; try again in a moment")
        together = [_Waiting(work, self._loop.create_future()) for work in works]
        self._waiting += len(together)
        if together:
            self._line.put(together)
        return [waiting.future for waiting in together]

    def _run(self) -> None:
        while (line := self._take()) is not None:
            began = time.monotonic()
            outcomes = self._settle(line)
            ended = time.monotonic()
            # A commit costs the same for one turn and for fifty. Whoever comes next waits no longer than this one took.
            lasted = min(ended - began, LONGEST_WAIT)
            self._wait_until = ended + lasted if len(line) >= SIBLINGS else 0.0
            assert self._loop is not None
            with suppress(RuntimeError):  # The loop is gone, and with it everyone who could be told.
                self._loop.call_soon_threadsafe(self._tell, line, outcomes)
        self._disconnect()
        self.engine.dispose()

    def _take(self) -> list[_Waiting] | None:
        """Everyone in line, oldest first; None once the writer closes and the line is empty."""
        while self._forgetting is not None and self._forgetting.is_wanted and self._line.empty():
            self._forget(self._forgetting)
        first = self._line.get()
        if first is None:
            return None
        wait = self._wait_until - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        line = list(first)
        with suppress(Empty):
            while len(line) < AT_ONCE:
                following = self._line.get_nowait()
                if following is None:
                    self._line.put(None)
                    break
                line += following
        return line

    def _tell(self, line: Sequence[_Waiting], outcomes: Sequence[Any]) -> None:
        self._waiting -= len(line)
        for waiting, outcome in zip(line, outcomes, strict=True):
            if waiting.future.done():
                continue
            if isinstance(outcome, Exception):
                waiting.future.set_exception(outcome)
            else:
                waiting.future.set_result(outcome)

    def _settle(self, line: Sequence[_Waiting]) -> list[Any]:
        """What became of each, after the commit; a failing database is told to everyone in the batch."""
        try:
            connection = self._connected()
            try:
                outcomes = self._together(connection, line)
            except Exception as error:
                if is_outage(error):
                    raise
                outcomes = self._one_by_one(connection, line)
        except Exception as error:
            self._disconnect()
            said = reason(error)
            log.warning("store_unavailable", reason=said, waiting=len(line))
            return [StoreUnavailable(f"the database did not take the write ({said})") for _ in line]
        if self._checkpoints is not None:
            self._checkpoints.after(len(line))
            if any(
                isinstance(waiting.work, batch.Entry) and waiting.work.turn.erases is not None
                for waiting in line
            ):
                self._checkpoints.forget()
                if self._forgetting is not None:
                    self._forgetting.begin()
        return outcomes

    def _forget(self, forgetting: Forgetting) -> None:
        """A step; what fails is tried again after the next erasure or start."""
        try:
            connection = self._connected()
            with connection.begin():
                forgetting.step(connection)
        except Exception as error:
            forgetting.is_wanted = False
            self._disconnect()
            log.warning("index_keeps_erased_words", reason=reason(error))
            return
        if not forgetting.is_wanted and self._checkpoints is not None:
            self._checkpoints.forget()

    def _together(self, connection: Connection, line: Sequence[_Waiting]) -> list[Any]:
        """The quick way: one pass over everyone. Raises when anyone is at fault."""
        places = [place for place, waiting in enumerate(line) if isinstance(waiting.work, batch.Entry)]
        entries = [waiting.work for waiting in line if isinstance(waiting.work, batch.Entry)]
        outcomes: list[Any] = [None] * len(line)
        with connection.begin():
            if entries:
                for place, outcome in zip(
                    places, batch.write(connection, self._statements, entries), strict=True
                ):
                    outcomes[place] = outcome
            for place, waiting in enumerate(line):
                if not isinstance(waiting.work, batch.Entry):
                    outcomes[place] = waiting.work(connection)
        return outcomes

    def _one_by_one(self, connection: Connection, line: Sequence[_Waiting]) -> list[Any]:
        """The careful way, after somebody spoilt the quick one: a savepoint each, so that only they fail."""
        with connection.begin():
            return [self._alone(connection, waiting.work) for waiting in line]

    def _alone(self, connection: Connection, work: batch.Entry | Job) -> Any:
        try:
            with connection.begin_nested():
                if isinstance(work, batch.Entry):
                    return batch.write(connection, self._statements, [work])[0]
                return work(connection)
        except Exception as error:
            if is_outage(error):
                raise
            if isinstance(work, batch.Entry):
                return Unstorable(f"{work.turn.conversation}: {reason(error)}")
            return error

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self.engine.connect()
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(Exception):  # It is being thrown away because it failed.
                self._connection.close()
            self._connection = None
