"""Adding open time and open days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.calendar.rules import DatedException, Holiday
from slabot.domain.target import BusinessDay
from tests.domain.calendar.desks import at, desk, every_day, halifax, hours, new_york, weekdays

NY, HOUR = "America/New_York", 3600


def test_four_hours_from_friday_evening_cross_the_weekend_and_the_spring_change() -> None:
    assert new_york().add(at(NY, 2026, 3, 6, 17), 4 * HOUR) == at(NY, 2026, 3, 9, 11)


def test_four_hours_from_thursday_evening_cross_an_observed_holiday() -> None:
    assert new_york().add(at(NY, 2026, 7, 2, 17), 4 * HOUR) == at(NY, 2026, 7, 6, 11)


def test_finishing_exactly_at_close_is_due_at_close() -> None:
    assert new_york().add(at(NY, 2026, 3, 6, 15), 4 * HOUR) == at(NY, 2026, 3, 6, 19)


def test_a_clock_that_starts_at_the_closing_instant_starts_at_the_next_opening() -> None:
    assert new_york().add(at(NY, 2026, 3, 6, 19), HOUR) == at(NY, 2026, 3, 9, 10)


def test_adding_nothing_stays_put_and_adding_less_is_refused() -> None:
    closed = at(NY, 2026, 3, 7, 12)
    assert new_york().add(closed, 0) == closed
    with pytest.raises(ValueError, match="expected 0 or more"):
        new_york().add(closed, -1)


def test_microseconds_are_kept() -> None:
    start = at(NY, 2026, 3, 6, 18) + timedelta(microseconds=123_457)
    assert new_york().add(start, 2 * HOUR) == at(NY, 2026, 3, 9, 10) + timedelta(microseconds=123_457)


def test_open_time_between_two_instants_has_a_sign() -> None:
    friday, monday = at(NY, 2026, 3, 6, 17), at(NY, 2026, 3, 9, 11)
    assert new_york().between(friday, monday) == 4 * HOUR
    assert new_york().between(monday, friday) == -4 * HOUR


def test_two_business_days_keep_the_time_of_day() -> None:
    assert new_york().add_days(at(NY, 2026, 3, 6, 17), 2) == at(NY, 2026, 3, 10, 17)


def test_business_days_skip_holidays() -> None:
    # Canada Day 2026 is a Wednesday.
    zone = "America/Halifax"
    assert halifax().add_days(at(zone, 2026, 6, 30, 10), 1) == at(zone, 2026, 7, 2, 10)


@pytest.mark.parametrize("hour", [3, 19, 20, 23])
def test_business_days_from_closed_time_start_at_the_next_opening(hour: int) -> None:
    start = at(NY, 2026, 3, 6, hour) if hour > 9 else at(NY, 2026, 3, 9, hour)
    assert new_york().add_days(start, 2) == at(NY, 2026, 3, 11, 9)


def test_the_opening_instant_is_open_time() -> None:
    assert new_york().add_days(at(NY, 2026, 3, 6, 9), 1) == at(NY, 2026, 3, 9, 9)


def half_friday() -> Calendar:
    return desk(weekly={**weekdays("09:00–12:00", "13:00–17:00"), 4: hours("10:00–12:00")})


@pytest.mark.parametrize(
    ("start", "due", "why"),
    [
        ((2026, 3, 5, 16), (2026, 3, 6, 12), "after its closing: the closing"),
        ((2026, 3, 5, 9), (2026, 3, 6, 10), "before its opening: the opening"),
        ((2026, 3, 5, 11), (2026, 3, 6, 11), "within its hours: the time of day"),
    ],
)
def test_a_time_outside_the_last_days_hours_is_clamped_to_them(
    start: tuple[int, int, int, int], due: tuple[int, int, int, int], why: str
) -> None:
    assert half_friday().add_days(datetime(*start, tzinfo=UTC), 1) == datetime(*due, tzinfo=UTC), why


def test_a_time_in_the_last_days_break_is_due_when_the_break_begins() -> None:
    day = date(2026, 3, 5)
    calendar = desk(
        weekly=weekdays("09:00–12:00", "13:00–17:00"),
        exceptions=(DatedException(day, day, "No break", hours("09:00–17:00")),),
    )
    assert calendar.add_days(datetime(2026, 3, 5, 12, 30, tzinfo=UTC), 1) == datetime(
        2026, 3, 6, 12, tzinfo=UTC
    )


def test_close_of_day_is_the_last_closing_of_the_last_day() -> None:
    calendar, mode = half_friday(), BusinessDay.CLOSE_OF_DAY
    assert calendar.add_days(datetime(2026, 3, 5, 11, tzinfo=UTC), 1, mode) == datetime(
        2026, 3, 6, 12, tzinfo=UTC
    )
    assert calendar.add_days(datetime(2026, 3, 6, 18, tzinfo=UTC), 1, mode) == datetime(
        2026, 3, 10, 17, tzinfo=UTC
    )


def test_the_time_of_day_is_the_walls_across_a_clock_change() -> None:
    start = at(NY, 2026, 3, 6, 17)
    due = new_york().add_days(start, 1)
    assert due == at(NY, 2026, 3, 9, 17)
    assert (due - start).total_seconds() == 71 * HOUR


def test_a_time_of_day_that_is_skipped_is_the_first_that_exists() -> None:
    calendar = desk(NY, every_day("00:00–00:00"))
    assert calendar.add_days(at(NY, 2026, 3, 7, 2, 30), 1) == at(NY, 2026, 3, 8, 3)


def test_business_days_across_a_year_end() -> None:
    closed = {date(2026, 12, 25): Holiday("Christmas"), date(2027, 1, 1): Holiday("New Year")}
    calendar = desk(closed=closed)
    assert calendar.add_days(datetime(2026, 12, 24, 15, tzinfo=UTC), 6) == datetime(
        2027, 1, 5, 15, tzinfo=UTC
    )


def test_a_walk_in_fractions_of_a_second_that_ends_at_close_is_due_at_close() -> None:
    closes = at(NY, 2026, 3, 6, 19)
    for micros in (1, 123_457, 333_333, 999_999):
        start = closes - timedelta(hours=3, microseconds=micros)
        assert new_york().add(start, new_york().between(start, closes)) == closes
