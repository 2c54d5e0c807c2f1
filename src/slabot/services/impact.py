"""What newer holiday and zone tables would have done to open promises; every one of them stays as it was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from slabot.domain.calendar.compared import days_that_differ
from slabot.domain.calendar.errors import BeyondHorizon
from slabot.domain.clocks.clock import Clock
from slabot.domain.conversation import Conversation, fold
from slabot.domain.support import Support
from slabot.domain.target import Metric
from slabot.domain.ticket import Ticket
from slabot.services.supports import MissingVersion, Supports
from slabot.services.turn import Timelines


@dataclass(frozen=True, slots=True)
class Moved:
    """A promise that would have another due instant by the tables of today."""

    number: str
    metric: Metric
    kept: datetime
    """What was promised, and stays."""
    today: datetime
    days: tuple[date, ...]
    """The desk's dates that open otherwise between the clock's start and the later of both."""


@dataclass(frozen=True, slots=True)
class Impact:
    """`unread`: a conversation or ticket that could not be compared, with the reason."""

    tickets: int
    moved: tuple[Moved, ...]
    unread: tuple[str, ...]


async def impact(timelines: Timelines, supports: Supports, workspaces: Iterable[str]) -> Impact:
    """Compares every clock of every open ticket that is not met yet; changes nothing."""
    tickets, moved, unread = 0, list[Moved](), list[str]()
    for workspace in workspaces:
        for id in await supports.bound(workspace):
            try:
                ticket = fold(Conversation(id, workspace), await timelines.events(id)).open_ticket
                if ticket is None:
                    continue
                kept = await supports.of(workspace, ticket)
                now = await supports.recompiled(workspace, ticket.policy_version)
                tickets += 1
                moved += _moved(ticket, kept, now)
            except (MissingVersion, BeyondHorizon, ValueError, KeyError) as error:
                unread.append(f"{id}: {error}")
    return Impact(tickets, tuple(moved), tuple(unread))


def _moved(ticket: Ticket, kept: Support, now: Support) -> Iterator[Moved]:
    """Under the ticket's own version of the policy either way: only the tables differ."""
    promised, anew = ticket.promise(kept), ticket.promise(now)
    for metric, clock in promised.clocks.items():
        other = anew.clocks[metric]
        is_over = clock.met_at is not None or clock.ended_at is not None
        if not is_over and clock.due is not None and other.due is not None and clock.due != other.due:
            days = _days(clock, clock.due, other.due, kept, now)
            yield Moved(ticket.number, metric, clock.due, other.due, days)


def _days(clock: Clock, kept: datetime, today: datetime, before: Support, now: Support) -> tuple[date, ...]:
    key = clock.target.calendar if clock.target is not None else None
    start = clock.started_at or kept
    return days_that_differ(before.calendar(key), now.calendar(key), start, max(kept, today))
