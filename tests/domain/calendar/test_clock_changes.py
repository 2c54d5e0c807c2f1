"""Clocks that change, and a date that never was."""

from __future__ import annotations

from datetime import UTC, date, datetime

from slabot.domain.calendar.zones import zone
from tests.domain.calendar.desks import at, desk, every_day, hours

NY = "America/New_York"


def test_hours_that_begin_in_the_skipped_hour_open_at_the_first_instant_there_is() -> None:
    calendar = desk(NY, every_day("02:30–05:00"))
    before = at(NY, 2026, 3, 8, 0)
    assert calendar.next_change(before) == datetime(2026, 3, 8, 7, tzinfo=UTC)
    assert calendar.hours_on(date(2026, 3, 8)) == (
        (datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 3, 8, 9, tzinfo=UTC)),
    )


def test_hours_within_the_skipped_hour_do_not_happen() -> None:
    assert desk(NY, every_day("02:15–02:45")).hours_on(date(2026, 3, 8)) == ()


def test_a_repeated_hour_counts_both_times() -> None:
    calendar = desk(NY, every_day("00:00–02:00"))
    assert calendar.between(at(NY, 2026, 11, 1, 0), at(NY, 2026, 11, 1, 12)) == 3 * 3600
    half = desk(NY, every_day("00:00–01:30"))
    assert half.is_open(at(NY, 2026, 11, 1, 1, 15, fold=1))
    assert not half.is_open(at(NY, 2026, 11, 1, 1, 45, fold=0))
    assert half.between(at(NY, 2026, 11, 1, 0), at(NY, 2026, 11, 1, 12)) == 2 * 3600


def test_a_night_across_a_change_is_an_hour_shorter_or_longer() -> None:
    calendar = desk(NY, {5: hours("22:00–06:00")})
    assert calendar.between(at(NY, 2026, 3, 7, 12), at(NY, 2026, 3, 8, 12)) == 7 * 3600
    assert calendar.between(at(NY, 2026, 10, 31, 12), at(NY, 2026, 11, 1, 12)) == 9 * 3600


def test_clocks_that_change_at_midnight() -> None:
    # Santiago springs from 24:00 to 01:00 and falls from 24:00 back to 23:00 of the same date.
    calendar = desk("America/Santiago", every_day("00:00–00:00"))
    days = {date(2026, 9, 6): 23, date(2026, 4, 4): 25, date(2026, 4, 5): 24}
    for day, length in days.items():
        opened = calendar.hours_on(day)
        assert sum((closes - opens).total_seconds() for opens, closes in opened) == length * 3600, day


def test_a_date_that_was_skipped_has_no_hours() -> None:
    calendar = desk("Pacific/Apia", every_day("09:00–17:00"), first=date(2011, 12, 1), last=date(2012, 1, 31))
    assert calendar.hours_on(date(2011, 12, 30)) == ()
    eve = at("Pacific/Apia", 2011, 12, 29, 16)
    assert calendar.add(eve, 2 * 3600) == at("Pacific/Apia", 2011, 12, 31, 10)
    assert calendar.add_days(eve, 1) == at("Pacific/Apia", 2011, 12, 31, 16)


def test_clocks_that_go_back_across_midnight_keep_each_date_whole() -> None:
    # St. John's fell back at 00:01 until 2011: the evening of the date before happened twice.
    calendar = desk(
        "America/St_Johns", every_day("00:00–00:00"), first=date(2010, 10, 1), last=date(2010, 12, 31)
    )
    pieces = calendar.hours_on(date(2010, 11, 6))
    assert sum((closes - opens).total_seconds() for opens, closes in pieces) == 24 * 3600 + 59 * 60
    assert calendar.between(*calendar.covers) == (calendar.covers[1] - calendar.covers[0]).total_seconds()


def test_local_time_is_the_wall_clock_of_the_place() -> None:
    calendar = desk("Australia/Lord_Howe", every_day("09:00–17:00"))
    for month in range(1, 13):
        now = datetime(2026, month, 4, 15, 45, tzinfo=UTC)
        assert calendar.local(now).replace(tzinfo=None) == now.astimezone(
            zone("Australia/Lord_Howe")
        ).replace(tzinfo=None)
