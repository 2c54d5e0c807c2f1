"""When a desk is open."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from slabot.domain.calendar.compiled import compile_calendar
from slabot.domain.calendar.errors import BadHours, BeyondHorizon, NeverOpens
from slabot.domain.calendar.rules import CalendarRules, DatedException, Holiday, Hours
from slabot.domain.calendar.zones import UnknownZone
from tests.domain.calendar.desks import at, desk, every_day, halifax, hours, new_york, weekdays

SECOND = timedelta(seconds=1)
NY = "America/New_York"


def test_hours_are_half_open() -> None:
    opens, closes = at(NY, 2026, 3, 9, 9), at(NY, 2026, 3, 9, 19)
    calendar = new_york()
    assert not calendar.is_open(opens - SECOND)
    assert calendar.is_open(opens)
    assert calendar.is_open(closes - SECOND)
    assert not calendar.is_open(closes)


def test_the_next_change_is_the_closing_while_open_and_the_opening_while_closed() -> None:
    calendar = new_york()
    assert calendar.next_change(at(NY, 2026, 3, 6, 12)) == at(NY, 2026, 3, 6, 19)
    assert calendar.next_change(at(NY, 2026, 3, 6, 19)) == at(NY, 2026, 3, 9, 9)
    assert calendar.closes_at(at(NY, 2026, 3, 6, 12)) == at(NY, 2026, 3, 6, 19)
    assert calendar.closes_at(at(NY, 2026, 3, 6, 20)) is None


def test_the_next_opening_of_an_open_desk_is_now() -> None:
    now = at(NY, 2026, 3, 6, 12)
    assert new_york().next_opening(now) == now
    assert new_york().next_opening(at(NY, 2026, 3, 6, 20)) == at(NY, 2026, 3, 9, 9)


def test_an_observed_holiday_closes_the_desk() -> None:
    calendar = new_york()
    assert not calendar.is_open(at(NY, 2026, 7, 3, 12))
    note = calendar.day_note(date(2026, 7, 3))
    assert isinstance(note, Holiday)
    assert "Independence Day" in note.name
    # 1 January 2028 is a Saturday: its observed day lies in the year before.
    assert not calendar.is_open(at(NY, 2027, 12, 31, 12))


def test_days_that_nova_scotia_does_not_keep_are_ordinary() -> None:
    for day in (date(2026, 5, 18), date(2026, 10, 12), date(2026, 9, 30)):
        assert halifax().is_open(at("America/Halifax", day.year, day.month, day.day, 10))
    assert not halifax().is_open(at("America/Halifax", 2026, 7, 1, 10))


def test_a_repeated_day_of_several_spans_closes_between_them() -> None:
    calendar = desk(weekly=weekdays("09:00–12:00", "13:00–17:00"))
    assert calendar.is_open(datetime(2026, 3, 9, 11, tzinfo=UTC))
    assert not calendar.is_open(datetime(2026, 3, 9, 12, 30, tzinfo=UTC))
    assert calendar.next_change(datetime(2026, 3, 9, 12, tzinfo=UTC)) == datetime(2026, 3, 9, 13, tzinfo=UTC)


def test_overlapping_and_touching_spans_are_one() -> None:
    apart = desk(weekly=weekdays("09:00–13:00", "12:00–15:00", "15:00–17:00"))
    assert apart.opens == desk().opens
    assert apart.closes == desk().closes


def test_overnight_hours_run_into_the_next_date() -> None:
    calendar = desk(weekly={4: hours("22:00–06:00")})
    assert calendar.is_open(datetime(2026, 3, 7, 5, 59, tzinfo=UTC))
    assert calendar.next_change(datetime(2026, 3, 6, 23, tzinfo=UTC)) == datetime(2026, 3, 7, 6, tzinfo=UTC)
    assert calendar.between(datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)) == 8 * 3600


def test_a_day_may_end_at_2400() -> None:
    calendar = desk(weekly={0: (Hours(600, 1440),)})
    assert calendar.is_open(datetime(2026, 3, 9, 23, 59, tzinfo=UTC))
    assert not calendar.is_open(datetime(2026, 3, 10, tzinfo=UTC))


def test_an_always_open_desk_never_changes() -> None:
    calendar = desk(weekly=every_day("00:00–00:00"))
    now = datetime(2026, 3, 9, 3, tzinfo=UTC)
    assert calendar.is_open(now)
    assert calendar.next_change(now) is None
    assert calendar.closes_at(now) is None


def test_an_exception_wins_over_a_holiday_and_a_holiday_over_the_week() -> None:
    day = date(2026, 12, 24)
    closed = {day: Holiday("Christmas Eve"), date(2026, 12, 25): Holiday("Christmas Day")}
    calendar = desk(closed=closed, exceptions=(DatedException(day, day, "Half day", hours("09:00–12:00")),))
    assert calendar.is_open(datetime(2026, 12, 24, 11, tzinfo=UTC))
    assert not calendar.is_open(datetime(2026, 12, 24, 13, tzinfo=UTC))
    assert not calendar.is_open(datetime(2026, 12, 25, 11, tzinfo=UTC))
    note = calendar.day_note(day)
    assert note is not None
    assert note.name == "Half day"


def test_an_exception_opens_a_weekend_longer() -> None:
    saturday = date(2026, 3, 7)
    calendar = desk(exceptions=(DatedException(saturday, saturday, "Launch", hours("08:00–20:00")),))
    assert calendar.is_open(datetime(2026, 3, 7, 19, tzinfo=UTC))


def test_the_last_exception_listed_wins() -> None:
    day = date(2026, 3, 9)
    summer = DatedException(date(2026, 3, 1), date(2026, 3, 31), "Short March", hours("10:00–12:00"))
    calendar = desk(exceptions=(summer, DatedException(day, day, "Move", ())))
    assert not calendar.is_open(datetime(2026, 3, 9, 11, tzinfo=UTC))
    assert calendar.is_open(datetime(2026, 3, 10, 11, tzinfo=UTC))


def test_a_holiday_ends_at_midnight_what_the_evening_before_began() -> None:
    calendar = desk(weekly=every_day("22:00–06:00"), closed={date(2026, 3, 10): Holiday("Founders' Day")})
    assert calendar.closes_at(datetime(2026, 3, 9, 23, tzinfo=UTC)) == datetime(2026, 3, 10, tzinfo=UTC)
    assert calendar.is_open(datetime(2026, 3, 11, 1, tzinfo=UTC))


def test_an_exception_says_when_its_own_evening_ends() -> None:
    day = date(2026, 3, 9)
    calendar = desk(
        weekly=every_day("22:00–06:00"), exceptions=(DatedException(day, day, "Short", hours("22:00–02:00")),)
    )
    assert calendar.closes_at(datetime(2026, 3, 9, 23, tzinfo=UTC)) == datetime(2026, 3, 10, 2, tzinfo=UTC)
    # The date before began with the usual night.
    assert not calendar.is_open(datetime(2026, 3, 9, 5, tzinfo=UTC))
    assert calendar.is_open(datetime(2026, 3, 8, 5, tzinfo=UTC))


def test_a_closure_of_months_is_walked_over() -> None:
    closure = DatedException(date(2026, 4, 1), date(2026, 9, 30), "Refit")
    calendar = desk(exceptions=(closure,))
    assert calendar.next_opening(datetime(2026, 4, 1, tzinfo=UTC)) == datetime(2026, 10, 1, 9, tzinfo=UTC)
    assert calendar.add(datetime(2026, 3, 31, 16, tzinfo=UTC), 2 * 3600) == datetime(
        2026, 10, 1, 10, tzinfo=UTC
    )


def test_a_leap_day_is_a_day() -> None:
    assert desk().is_open(datetime(2028, 2, 29, 12, tzinfo=UTC))


def test_a_calendar_that_never_opens_is_refused_by_name() -> None:
    with pytest.raises(NeverOpens, match="'desk' never opens"):
        desk(weekly={})


def test_beyond_the_horizon_nothing_is_guessed() -> None:
    with pytest.raises(BeyondHorizon, match="'desk'"):
        desk().is_open(datetime(2040, 1, 1, tzinfo=UTC))
    with pytest.raises(BeyondHorizon, match="'desk'"):
        desk().add(datetime(2031, 12, 31, 16, tzinfo=UTC), 8 * 3600)
    with pytest.raises(BeyondHorizon, match="'desk'"):
        desk().next_opening(datetime(2031, 12, 31, 18, tzinfo=UTC))


@pytest.mark.parametrize(("opens", "closes"), [(600, 600), (700, 600), (-1, 60), (1440, 1500), (0, 2881)])
def test_impossible_hours_are_refused(opens: int, closes: int) -> None:
    with pytest.raises(BadHours, match=r"weekday 0: hours .* expected"):
        desk(weekly={0: (Hours(opens, closes),)})


def test_a_weekday_outside_the_week_and_a_backward_exception_are_refused() -> None:
    with pytest.raises(BadHours, match="weekday 7"):
        desk(weekly={7: hours("09:00–17:00")})
    with pytest.raises(BadHours, match="swap the dates"):
        desk(exceptions=(DatedException(date(2026, 2, 2), date(2026, 2, 1), "Backwards"),))


@pytest.mark.parametrize("name", ["Atlantic Standard Time", "AEST", "", "../etc/passwd"])
def test_a_zone_that_is_no_place_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone, match="IANA"):
        compile_calendar(
            CalendarRules("desk", name, weekdays("09:00–17:00")), date(2026, 1, 1), date(2026, 1, 31)
        )
