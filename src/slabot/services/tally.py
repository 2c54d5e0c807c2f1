"""The tally: keeps what became of every article shown in step with the timelines, a moment behind them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from slabot.domain.timeline import Kind
from slabot.domain.usefulness import Outcome, Unmet, Usefulness, usefulness
from slabot.services.bulletin import News
from slabot.services.supports import Supports
from slabot.services.turn import Timelines
from slabot.services.workshop_ports import Asked

log = structlog.get_logger(__name__)

STEP = 500
"""Events looked at in one step while catching up."""

TOGETHER = 10.0
"""Seconds; whatever happens to a conversation within this time is counted once, not at each of its messages."""

TELLS = frozenset(
    {
        Kind.BOT_WROTE,
        Kind.TICKET_OPENED,
        Kind.BREACHED,
        Kind.SOLVED_CONFIRMED,
        Kind.REOPENED,
        Kind.VISITOR_LEFT,
        Kind.RATED,
    }
)
"""Kinds after which a conversation is counted anew."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One conversation's share of the numbers."""

    workspace: str
    conversation: str
    visitor: str
    useful: Usefulness


@dataclass(frozen=True, slots=True)
class Shown:
    """An article over a while: showings by outcome, and when it was shown last."""

    slug: str
    last_at: datetime
    outcomes: Mapping[Outcome, int]
    breached: tuple[str, ...] = ()
    """Tickets that it did not prevent and that missed a deadline."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A question without a good answer, with the words it was asked in; erased ones are left out."""

    conversation: str
    visitor: str
    text: str
    unmet: Unmet


class Tallies(Protocol):
    async def position(self, workspace: str) -> int:
        """How far the workspace has been counted."""
        ...

    async def keep(self, counted: Sequence[Counted], workspace: str, position: int) -> None:
        """Replaces what was kept of these conversations, and moves the position, in one transaction."""
        ...

    async def shown(self, workspace: str, since: datetime) -> tuple[Shown, ...]: ...

    async def by_day(
        self, workspace: str, since: datetime, slug: str | None
    ) -> tuple[tuple[datetime, Outcome, int], ...]:
        """Showings a UTC day and outcome."""
        ...

    async def asked(self, workspace: str, slug: str, since: datetime) -> tuple[Asked, ...]:
        """What the article was shown for; a visitor's question once."""
        ...

    async def missing(self, workspace: str, since: datetime, limit: int) -> tuple[Missing, ...]:
        """Newest first."""
        ...


class Tally:
    """A reader of the timelines like any other: what it keeps can be thrown away and counted anew."""

    def __init__(self, tallies: Tallies, timelines: Timelines, supports: Supports) -> None:
        self._tallies = tallies
        self._timelines = timelines
        self._supports = supports
        self._news = asyncio.Event()

    def listen(self, news: News) -> None:
        if any(event.kind in TELLS for event in news.events):
            self._news.set()

    async def run(self) -> None:
        """Until cancelled. A failure is logged and tried again: numbers may be late, never lost."""
        while True:
            self._news.clear()
            try:
                await self.catch_up()
            except Exception:
                log.exception("tally_failed")
                self._news.set()
            await asyncio.sleep(TOGETHER)
            await self._news.wait()

    async def catch_up(self) -> int:
        """Counts everything that was committed by now; returns how many conversations that took."""
        counted = 0
        for workspace in self._supports.workspaces():
            position = await self._tallies.position(workspace)
            while traces := await self._timelines.traces(workspace, position, STEP):
                position = traces[-1].position
                told = dict.fromkeys(trace.conversation for trace in traces if trace.kind in TELLS)
                counted += await self._count(workspace, tuple(told), position)
        return counted

    async def _count(self, workspace: str, conversations: tuple[str, ...], position: int) -> int:
        counted = []
        for id, timeline in (await self._timelines.events_of(conversations)).items():
            counted.append(Counted(workspace, id, timeline[0].actor.id, usefulness(timeline)))
        await self._tallies.keep(counted, workspace, position)
        return len(counted)
