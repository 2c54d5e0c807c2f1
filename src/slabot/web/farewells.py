"""Who has left: visitors whose last tab is gone and who stayed away; a reload, a tunnel or a restart is no leaving."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

import structlog

from slabot.domain.conversation import Status
from slabot.services.reception import Guest, Reception
from slabot.services.turn import StoreUnavailable, Timelines
from slabot.services.turns import NotFound

log = structlog.get_logger(__name__)

UNDER_WAY = frozenset({Status.BOT.value, Status.WAITING.value, Status.HELD.value})
ROWS = 10_000
"""Of a workspace, looked through after a start; what is older can wait for its visitor."""


class Farewells:
    """It matters to who left: replies then go to them by mail as well."""

    def __init__(
        self,
        reception: Reception,
        timelines: Timelines,
        is_here: Callable[[str], bool],
        grace: float,
        grace_at_start: float,
    ) -> None:
        """`is_here(visitor)`; seconds that somebody may stay away, and that all have to come back after a start."""
        self._reception = reception
        self._timelines = timelines
        self._is_here = is_here
        self._grace = grace
        self._grace_at_start = grace_at_start
        self._expected: set[asyncio.Task[None]] = set()
        self._is_closing = False

    def expect(self, guest: Guest, conversation: str) -> None:
        """The last tab is gone; the visitor leaves unless they are back in time."""
        self._begin([(guest, conversation)], self._grace)

    async def expect_everybody(self, workspaces: Iterable[str]) -> None:
        """Call once after a start: nobody saw who went while no server was there, or with the one before."""
        for workspace in workspaces:
            rows = await self._timelines.inbox(workspace, ROWS)
            absent = [
                (Guest(row.visitor, workspace), row.conversation) for row in rows if row.status in UNDER_WAY
            ]
            self._begin(absent, self._grace_at_start)

    async def close(self) -> None:
        """Who goes from now on is seen by the next start."""
        self._is_closing = True
        for task in tuple(self._expected):
            task.cancel()
        await asyncio.gather(*self._expected, return_exceptions=True)

    def _begin(self, absent: list[tuple[Guest, str]], grace: float) -> None:
        if self._is_closing or not absent:
            return
        task = asyncio.create_task(self._leave_unless_back(absent, grace))
        self._expected.add(task)
        task.add_done_callback(self._expected.discard)

    async def _leave_unless_back(self, absent: list[tuple[Guest, str]], grace: float) -> None:
        await asyncio.sleep(grace)
        for guest, conversation in absent:
            if self._is_here(guest.visitor):
                continue
            try:
                await self._reception.leave(guest, conversation)
            except NotFound:
                pass  # Signed in or erased meanwhile: somebody else's now, or nobody's.
            except StoreUnavailable:
                log.warning("leaving_waits", because="the store did not take it; the next start sees to it")
