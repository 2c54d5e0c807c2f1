"""Ticket numbers: counted in memory, kept with the ticket, caught up when another process was quicker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from slabot.store.tables import numbers

_LAST = select(numbers.c.last).where(numbers.c.workspace == bindparam("workspace"))

Execute = Callable[[Callable[[Connection], int]], Coroutine[Any, Any, int]]


class Numbers:
    """A counter per workspace, read from the store when first needed."""

    def __init__(self, execute: Execute) -> None:
        self._execute = execute
        self._given: dict[str, int] = {}
        self._reading = asyncio.Lock()

    async def next(self, workspace: str) -> int:
        """Never the same twice. A number whose ticket is not committed may be given again after a restart."""
        if workspace not in self._given:
            await self.catch_up(workspace)
        self._given[workspace] += 1
        return self._given[workspace]

    def given(self, workspace: str) -> int:
        """The highest number given so far; 0 before the first."""
        return self._given.get(workspace, 0)

    async def catch_up(self, workspace: str) -> None:
        """Goes on after what any process has committed; never back."""
        async with self._reading:
            kept = await self._execute(lambda connection: _kept(connection, workspace))
            self._given[workspace] = max(kept, self.given(workspace))


def _kept(connection: Connection, workspace: str) -> int:
    return connection.execute(_LAST, {"workspace": workspace}).scalar() or 0
