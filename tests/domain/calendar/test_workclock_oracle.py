"""100,000 random cases against an independent engine of business time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
from workclock import Holidays, Schedule, WorkDay

from slabot.domain.calendar.compiled import compile_calendar
from slabot.domain.calendar.rules import CalendarRules, Hours
from tests.domain.calendar.chance import MORE, PLACES, changes, is_torn, real_holidays, torn, week

FIRST, LAST = date(2017, 1, 1), date(2025, 12, 31)
DESKS_A_PLACE, CASES_A_DESK = 13 * MORE, 481


def whole(weekly: dict[int, tuple[Hours, ...]], zone: str) -> bool:
    """No opening or closing lies inside an hour that is skipped or repeated.

    There the oracle reads a time as one instant and we read the wall clock; the minute oracle covers those.
    """
    breaks = torn(zone, FIRST, LAST)
    return not any(
        is_torn(minute % 1440, breaks)
        for listed in weekly.values()
        for hours in listed
        for minute in (hours.opens, hours.closes)
    )


def clock(minute: int) -> time:
    return time(minute % 1440 // 60, minute % 60)


@pytest.mark.parametrize(("zone", "country", "subdivision"), PLACES)
def test_every_walk_agrees_with_workclock(zone: str, country: str, subdivision: str | None) -> None:
    chance = Random(f"{zone} agrees")
    closed = real_holidays(country, subdivision, FIRST, LAST)
    turns = [at for at, _, _ in changes(zone, date(2018, 1, 1), date(2024, 6, 1))]
    compared = 0
    for _ in range(DESKS_A_PLACE):
        weekly = week(chance, 15)
        while not whole(weekly, zone):
            weekly = week(chance, 15)
        calendar = compile_calendar(CalendarRules("desk", zone, weekly, holidays=closed), FIRST, LAST)
        oracle = Schedule(
            [
                *(
                    WorkDay(clock(hours.opens), clock(hours.closes), days=[day])
                    for day, listed in weekly.items()
                    for hours in listed
                ),
                Holidays(closed),
            ],
            time_zone=zone,
        )
        starts, amounts = [], []
        for _ in range(CASES_A_DESK):
            if turns and chance.random() < 0.4:
                since = chance.choice(turns) - chance.randrange(4 * 86_400)
            else:
                since = chance.randrange(1_514_764_800, 1_717_200_000)
            starts.append(datetime.fromtimestamp(since, UTC))
            amounts.append(timedelta(seconds=chance.choice((3600, 14_400, chance.randrange(1, 200 * 3600)))))
        dues = oracle.add_many(starts, amounts)
        apart = oracle.between_many(
            starts, [start + amount for start, amount in zip(starts, amounts, strict=True)]
        )
        for start, amount, due, opened in zip(starts, amounts, dues, apart, strict=True):
            case = (zone, weekly, start, amount)
            assert calendar.add(start, amount.total_seconds()) == due, case
            assert calendar.between(start, start + amount) == opened.total_seconds(), case
            compared += 1
        for start in starts[:40]:
            begins, ends = oracle.next_period(start)
            assert calendar.next_opening(start) == begins, (zone, weekly, start)
            assert calendar.closes_at(begins) == ends, (zone, weekly, start)
    # All places together make 100,000.
    assert compared * len(PLACES) >= 100_000
