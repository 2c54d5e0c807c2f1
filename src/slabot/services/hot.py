"""The conversations that are in use: each folded in memory, and locked while somebody takes a turn in it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from slabot.domain.conversation import Conversation
from slabot.services.projected import Rows

HOT = 20_000
"""Folded conversations kept in memory; a fold is a few kilobytes at the most."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A hot conversation, with the rows that were stored with its head where this process wrote them."""

    conversation: Conversation
    rows: Rows | None


class Hot:
    """Those used last; whoever is left out is folded again from the timeline."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def conversation(self, id: str) -> Conversation | None:
        kept = self._kept.get(id)
        if kept is None:
            return None
        self._kept.move_to_end(id)
        return kept.conversation

    def rows_with(self, conversation: Conversation) -> Rows | None:
        """What was stored with this very state; None where that is not known."""
        kept = self._kept.get(conversation.id)
        return kept.rows if kept is not None and kept.conversation is conversation else None

    def keep(self, conversation: Conversation, rows: Rows | None = None) -> None:
        self._kept[conversation.id] = Kept(conversation, rows)
        self._kept.move_to_end(conversation.id)
        while len(self._kept) > HOT:
            self._kept.popitem(last=False)

    def forget(self, id: str) -> None:
        self._kept.pop(id, None)


class Locks:
    """One turn at a time in each conversation."""

    def __init__(self) -> None:
        self._locks: dict[str, _Lock] = {}

    def of(self, id: str) -> _Lock:
        lock = self._locks.get(id)
        if lock is None:
            lock = self._locks[id] = _Lock(self._locks, id)
        return lock

    @asynccontextmanager
    async def of_all(self, ids: Iterable[str]) -> AsyncIterator[None]:
        """Taken in one order, so that two who want the same ones cannot wait for each other."""
        held: list[_Lock] = []
        try:
            for id in sorted(ids):
                lock = self.of(id)
                await lock.take()
                held.append(lock)
            yield
        finally:
            for lock in held:
                lock.leave()


class _Lock:
    """It goes away with its last user, so that locks do not pile up with conversations."""

    __slots__ = ("_id", "_lock", "_locks", "_users")

    def __init__(self, locks: dict[str, _Lock], id: str) -> None:
        self._locks = locks
        self._id = id
        self._lock = asyncio.Lock()
        self._users = 0

    async def __aenter__(self) -> None:
        await self.take()

    async def __aexit__(self, *_: object) -> None:
        self.leave()

    async def take(self) -> None:
        self._users += 1
        try:
            await self._lock.acquire()
        except BaseException:
            self._left()
            raise

    def leave(self) -> None:
        self._lock.release()
        self._left()

    def _left(self) -> None:
        self._users -= 1
        if not self._users:
            del self._locks[self._id]
