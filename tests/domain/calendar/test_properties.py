"""What holds of every calendar, whatever its rules."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from slabot.domain.calendar.compiled import Calendar, compile_calendar
from slabot.domain.calendar.rules import CalendarRules, DatedException, Holiday, Hours
from tests.domain.calendar.chance import PLACES
from tests.domain.calendar.desks import desk, every_day

FIRST, LAST = date(2025, 9, 1), date(2026, 6, 30)


@st.composite
def spans(draw: st.DrawFn) -> Hours:
    opens = draw(st.integers(0, 1439))
    return Hours(opens, draw(st.integers(opens + 1, min(2880, opens + 1440))))


dates = st.dates(FIRST, LAST)
listed = st.lists(spans(), max_size=3).map(tuple)
zones = st.sampled_from([zone for zone, _, _ in PLACES])
instants = st.datetimes(datetime(2025, 9, 4), datetime(2026, 3, 31), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis adds the zone)
amounts = st.integers(1, 60 * 3600)


@st.composite
def rules(draw: st.DrawFn) -> CalendarRules:
    weekly = draw(st.dictionaries(st.integers(0, 6), listed, min_size=1))
    weekly[draw(st.integers(0, 6))] = (Hours(540, 1020),)
    exceptions = [
        DatedException(day, day + timedelta(days=draw(st.integers(0, 4))), "Exception", hours)
        for day, hours in draw(st.lists(st.tuples(dates, listed), max_size=3))
    ]
    closed = {
        day: Holiday("Holiday", hours)
        for day, hours in draw(st.dictionaries(dates, listed, max_size=4)).items()
    }
    return CalendarRules("desk", draw(zones), weekly, holidays=closed, exceptions=tuple(exceptions))


def compiled(of: CalendarRules) -> Calendar:
    return compile_calendar(of, FIRST, LAST)


calendars = rules().map(compiled)
few = settings(max_examples=150, deadline=None)


@few
@given(calendars, instants, amounts)
def test_add_and_between_are_inverse_over_open_time(calendar: Calendar, at: datetime, seconds: int) -> None:
    assert calendar.between(at, calendar.add(at, seconds)) == seconds


@few
@given(calendars, instants, st.integers(1, 40 * 86_400))
def test_walking_the_open_time_between_two_instants_ends_no_later_than_the_second(
    calendar: Calendar, start: datetime, apart: int
) -> None:
    end = start + timedelta(seconds=apart)
    opened = calendar.between(start, end)
    assume(opened > 0)
    reached = calendar.add(start, opened)
    assert reached <= end
    assert calendar.between(reached, end) == 0


@few
@given(calendars, instants, amounts, amounts)
def test_adding_in_two_steps_is_adding_at_once(
    calendar: Calendar, at: datetime, first: int, second: int
) -> None:
    assert calendar.add(calendar.add(at, first), second) == calendar.add(at, first + second)


@few
@given(zones, instants, st.integers(1, 200 * 86_400))
def test_an_always_open_calendar_counts_elapsed_time(zone: str, at: datetime, seconds: int) -> None:
    calendar = desk(zone, every_day("00:00–00:00"))
    assert calendar.add(at, seconds) == at + timedelta(seconds=seconds)
    assert calendar.between(at, at + timedelta(seconds=seconds)) == seconds


@few
@given(rules(), st.integers(0, 2**30))
def test_splitting_an_interval_changes_nothing(of: CalendarRules, where: int) -> None:
    def split(hours: Hours) -> tuple[Hours, ...]:
        middle = hours.opens + 1 + where % max(1, hours.closes - hours.opens - 1)
        if middle >= hours.closes or middle >= 1440:
            return (hours,)
        return Hours(hours.opens, middle), Hours(middle, hours.closes)

    weekly = {day: tuple(part for hours in each for part in split(hours)) for day, each in of.weekly.items()}
    parts = compiled(CalendarRules(of.key, of.zone, weekly, holidays=of.holidays, exceptions=of.exceptions))
    whole = compiled(of)
    assert (parts.opens, parts.closes, parts.days) == (whole.opens, whole.closes, whole.days)


@few
@given(calendars, instants)
def test_the_next_change_is_a_change_and_nothing_changes_before_it(calendar: Calendar, at: datetime) -> None:
    change = calendar.next_change(at)
    assume(change is not None)
    assert change is not None
    assert calendar.is_open(change) != calendar.is_open(at)
    opened = calendar.between(at, change)
    assert opened == ((change - at).total_seconds() if calendar.is_open(at) else 0)


@few
@given(calendars, instants, st.integers(1, 9))
def test_a_business_day_is_due_in_open_time_or_at_its_end_and_on_an_open_date(
    calendar: Calendar, at: datetime, n: int
) -> None:
    due = calendar.add_days(at, n)
    day = calendar.local(due - timedelta(microseconds=1) if not calendar.is_open(due) else due).date()
    begins = calendar.local(calendar.next_opening(at)).date()
    opened = [
        ordinal
        for ordinal in range(begins.toordinal() + 1, day.toordinal() + 1)
        if calendar.hours_on(date.fromordinal(ordinal))
    ]
    assert len(opened) == n


@few
@given(calendars)
def test_a_kept_calendar_is_the_same_calendar(calendar: Calendar) -> None:
    assert Calendar.from_record(json.loads(json.dumps(calendar.to_record()))) == calendar
