"""Reports at many hours of a month, to compare two promises by when they would fall due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from slabot.domain.clocks.targets import due, in_force
from slabot.domain.support import Support
from slabot.domain.target import Target, Unit


def reports(today: date) -> tuple[datetime, ...]:
    """Every third hour of four weeks: each opening, night and weekend is met."""
    first = datetime(today.year, 3, 1, tzinfo=UTC)
    return tuple(first + timedelta(hours=3 * step) for step in range(4 * 7 * 8))


def dues(target: Target, support: Support, starts: tuple[datetime, ...]) -> tuple[datetime, ...]:
    """When a target is due for each report, inside and outside prime time; empty where it is words."""
    if target.unit is Unit.WORDS:
        return ()
    desk = support.policy.support_calendar
    owed = ((start, in_force(target, start, support.calendars, desk)) for start in starts)
    found = (due(start, held, support.calendar(held.calendar)) for start, held in owed)
    return tuple(at for at in found if at is not None)
