"""3,000 random cases against a desk that is watched minute by minute, most of them around clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from slabot.domain.calendar.compiled import compile_calendar
from slabot.domain.calendar.errors import NeverOpens
from slabot.domain.calendar.rules import CalendarRules, Holiday
from slabot.domain.target import BusinessDay
from tests.domain.calendar.chance import MORE, PLACES, changes, exceptions, real_holidays, span, week
from tests.domain.calendar.minute_oracle import Watched

DAYS = 33
DESKS_A_PLACE, CASES_A_DESK = 4 * MORE, 48


@pytest.mark.parametrize(("zone", "country", "subdivision"), PLACES)
def test_every_answer_agrees_with_watching_the_clock(
    zone: str, country: str, subdivision: str | None
) -> None:
    chance = Random(f"{zone} minute by minute")
    turns = [at for at, _, _ in changes(zone, date(2005, 1, 1), date(2030, 1, 1))]
    compared = 0
    while compared < DESKS_A_PLACE * CASES_A_DESK:
        middle = (
            chance.choice(turns) if turns and chance.random() < 0.8 else chance.randrange(10**9, 19 * 10**8)
        )
        begins = (datetime.fromtimestamp(middle, UTC) - timedelta(days=chance.randrange(3, 12))).date()
        ends = begins + timedelta(days=DAYS)
        closed = dict(real_holidays(country, subdivision, begins, ends))
        for _ in range(chance.randrange(3)):
            day = begins + timedelta(days=chance.randrange(DAYS))
            listed = (span(chance, 5),) if chance.random() < 0.3 else ()
            closed[day] = Holiday("Half day" if listed else "Extra day", listed)
        rules = CalendarRules(
            "desk", zone, week(chance, 5), holidays=closed, exceptions=exceptions(chance, begins, ends, 5)
        )
        try:
            calendar = compile_calendar(rules, begins, ends)
        except NeverOpens:
            continue
        watched = Watched(
            rules, calendar.covers[0], int((calendar.covers[1] - calendar.covers[0]).total_seconds()) // 60
        )
        assert sum(watched.open) * 60 == calendar.between(*calendar.covers), rules
        for _ in range(CASES_A_DESK):
            at = watched.start + timedelta(minutes=chance.randrange(12 * 1440))
            opened, n = chance.randrange(1, 1200), chance.randrange(1, 4)
            end = at + timedelta(minutes=chance.randrange(12 * 1440))
            try:
                expected = (
                    watched.add(at, opened),
                    watched.between(at, end),
                    watched.next_opening(at),
                    watched.next_change(at),
                    watched.add_days(at, n, close_of_day=False),
                    watched.add_days(at, n, close_of_day=True),
                )
            except IndexError:
                continue  # The oracle's span ended first.
            got = (
                calendar.add(at, opened * 60),
                int(calendar.between(at, end)) // 60,
                calendar.next_opening(at),
                calendar.next_change(at),
                calendar.add_days(at, n),
                calendar.add_days(at, n, BusinessDay.CLOSE_OF_DAY),
            )
            assert got == expected, (rules, at, opened, n)
            assert calendar.is_open(at) == bool(watched.open[watched._index(at)])
            compared += 1
    # All places together make 3,000.
    assert compared * len(PLACES) >= 3000
