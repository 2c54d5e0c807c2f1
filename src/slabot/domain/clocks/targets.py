"""From a start and a target to the due instant, and how a pause moves it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.clocks.paces import Pace, pace
from slabot.domain.target import Target, Unit


class BadTarget(ValueError):
    """A duration that its unit cannot count."""


def in_force(
    target: Target, start: datetime, calendars: Mapping[str, Calendar], support_calendar: str
) -> Target:
    """The target of a clock that starts then: outside prime time it can be another one."""
    if target.outside_prime is None or calendars[target.prime or support_calendar].is_open(start):
        return target
    return target.outside_prime


def due(
    start: datetime, target: Target, calendar: Calendar, first_response: datetime | None = None
) -> datetime | None:
    """When the target is due; None where it is words instead of a duration.

    Elapsed hours run from `start` in open or closed time; business units from the next opening. A range binds
    at its upper bound. `first_response` matters to continuous effort as a segment alone.
    """
    unit, most = target.unit, target.most
    if unit is Unit.WORDS:
        return None
    if most is None or most <= 0:
        raise BadTarget(f"{target.words!r}: {most} {unit.value}; expected a duration above 0")
    if unit is Unit.BUSINESS_HOURS:
        if first_response is not None and target.around_the_clock_after_first_response:
            return pace(target, calendar, first_response).advance(start, round(most * 3600))
        return calendar.add(start, round(most * 3600))
    if unit is Unit.HOURS:
        return start.astimezone(UTC) + timedelta(seconds=round(most * 3600))
    if most != int(most):
        raise BadTarget(f"{target.words!r}: {most} business days; expected whole days, or business hours")
    return calendar.add_days(start, int(most), target.business_day)


def moved(at: datetime, running: Pace, since: datetime, until: datetime) -> datetime:
    """The instant `at` after a pause: on from `at` by as much as counted from `since` to `until`."""
    paused = running.between(since, until)
    return running.advance(at, paused) if paused > 0 else at


def warned_from(start: datetime, first_due: datetime, target: Target, running: Pace) -> datetime:
    """Where the share of the budget is used up that warns, before any pause."""
    budget = running.between(start, first_due)
    return running.advance(start, round(budget * target.warn_at_share))
