"""Two compilations of one calendar, by the days on which they open otherwise."""

from __future__ import annotations

from datetime import date, datetime

from slabot.domain.calendar.compiled import Calendar


def days_that_differ(kept: Calendar, now: Calendar, start: datetime, end: datetime) -> tuple[date, ...]:
    """The desk's dates from `start` to `end`, both included, whose open intervals in UTC are not the same."""
    first, last = kept.local(start).date().toordinal(), kept.local(end).date().toordinal()
    days = (date.fromordinal(ordinal) for ordinal in range(first, last + 1))
    return tuple(day for day in days if kept.hours_on(day) != now.hours_on(day))
