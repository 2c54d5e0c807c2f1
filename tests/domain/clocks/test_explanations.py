"""One explanation serves the visitor, the desk and the command line, and its lines add up."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.calendar.rules import DatedException
from slabot.domain.clocks.explain import explain, explain_next_change, explain_open, text
from slabot.domain.clocks.lines import Wall, duration
from slabot.domain.clocks.walk import open_time
from tests.domain.calendar.desks import at, desk, halifax, hours, new_york, weekdays
from tests.domain.clocks.desk import CALENDARS, FRIDAY_EVENING, clock, fact, ny, promised

HALIFAX, NY = ZoneInfo("America/Halifax"), ZoneInfo("America/New_York")


def told(calendar: Calendar, start: tuple[int, ...], seconds: float, zone: ZoneInfo = HALIFAX) -> str:
    begins = at(zone.key, *start)
    return text(open_time(calendar, begins, calendar.add(begins, seconds), Wall(zone)))


def why(level: str, metric: str, *facts: object, opened_at: object = FRIDAY_EVENING) -> str:
    owed = promised(level, opened_at, *facts)  # type: ignore[arg-type]
    return text(explain(clock(owed, metric), CALENDARS["desk"], first_response=owed.first_response))


def test_a_weekend_is_told_between_two_days() -> None:
    assert (
        told(halifax(), (2026, 3, 6, 16), 4 * 3600)
        == "Fri 16:00–16:30 30 min · Sat, Sun closed · Mon 08:00–11:30 3 h 30"
    )


def test_a_holiday_is_told_by_name() -> None:
    line = told(halifax(), (2026, 6, 30, 16), 4 * 3600)
    assert line == "Tue 16:00–16:30 30 min · Wed 1 Jul holiday: Canada Day · Thu 08:00–11:30 3 h 30"


def test_an_exception_is_told_by_name_and_wording() -> None:
    eve = DatedException(date(2026, 12, 24), date(2026, 12, 24), "Christmas Eve", hours("08:00–12:00"))
    closed = DatedException(date(2026, 12, 25), date(2026, 12, 28), "Holidays", (), "by telephone only")
    calendar = desk("America/Halifax", weekdays("08:00–16:30"), exceptions=(eve, closed))
    line = told(calendar, (2026, 12, 24, 11), 2 * 3600)
    assert line == (
        "Thu 24 Dec 11:00–12:00 1 h (exception: Christmas Eve)"
        " · Fri 25 Dec–Mon 28 Dec exception: Holidays (by telephone only) · Tue 08:00–09:00 1 h"
    )


def test_a_start_after_hours_says_so() -> None:
    line = told(halifax(), (2026, 3, 6, 18), 3600)
    assert line == "Fri closed from 18:00 · Sat, Sun closed · Mon 08:00–09:00 1 h"


def test_a_long_span_is_drawn_together() -> None:
    line = told(halifax(), (2026, 6, 26, 10), 300 * 3600)
    assert "Thu 2 Jul–Fri 14 Aug 32 days of 08:00–16:30 272 h (Sat, Sun closed)" in line
    assert "Wed 1 Jul holiday: Canada Day" in line
    assert line.count("·") < 10


def test_the_visitors_zone_shows_the_same_hours_elsewhere() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    begins = at("America/Halifax", 2026, 3, 6, 16)
    line = text(open_time(halifax(), begins, halifax().add(begins, 4 * 3600), Wall(berlin)))
    # Halifax has sprung forward by Monday, Berlin has not.
    assert line == "Fri 21:00–21:30 30 min · Sat, Sun closed · Mon 12:00–15:30 3 h 30"


def test_a_target_is_told_in_the_documents_words_with_its_line() -> None:
    assert why("urgent", "first_response") == (
        "target 2 business hours, “2 business_hours” (policy.txt:7) · from Fri 6 Mar 2026 17:00 Eastern"
        " · Fri 17:00–19:00 2 h · total 2 h · due Fri 6 Mar 2026 19:00 Eastern"
    )


def test_business_days_are_numbered() -> None:
    line = why("normal", "resolution", opened_at=ny(5, 20))
    assert "starts Fri 6 Mar 2026 09:00 Eastern, the next opening" in line
    assert "Sat, Sun closed · days 1–3 Mon–Wed · at the same time of day 09:00" in line


def test_elapsed_hours_are_told_as_such() -> None:
    assert "24 h elapsed, in open and closed time alike" in why("slow", "first_response")


def test_words_stand_instead_of_a_time() -> None:
    assert "“Future software release” (policy.txt:7) · due no time is published" in why(
        "someday", "resolution"
    )


def test_what_is_not_owed_is_said() -> None:
    assert "nothing owed until the visitor writes again" in why("urgent", "next_response")
    assert why("normal", "acknowledge") == "no target for Normal"


def test_a_pause_is_a_line_with_what_it_moves() -> None:
    line = why("urgent", "resolution", fact("pause", ny(6, 18)), fact("resume", ny(9, 10)))
    assert (
        "paused Fri 6 Mar 2026 18:00 Eastern–Mon 9 Mar 2026 10:00 Eastern 2 h open time: due moves to" in line
    )
    assert line.endswith("due Mon 9 Mar 2026 17:00 Eastern")
    closed = why("urgent", "resolution", fact("pause", ny(6, 20)), fact("resume", ny(9, 8)))
    assert "0 min open time: moves nothing" in closed


def test_a_segment_around_the_clock_is_told() -> None:
    line = why("segment", "resolution", fact("agent_response", ny(6, 18)))
    assert (
        "Fri 17:00–18:00 1 h · around the clock since the first response Fri 6 Mar 2026 18:00 Eastern 7 h"
        in line
    )


def test_late_by_reclassification_is_told() -> None:
    line = why("normal", "first_response", fact("severity_changed", ny(9, 10), level="urgent"))
    assert "late by reclassification already past when it became Urgent" in line


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (
            (2026, 3, 6, 10),
            "now Fri 6 Mar 10:00 open · hours today 09:00–19:00 · closes Fri 6 Mar 2026 19:00 Eastern",
        ),
        (
            (2026, 3, 6, 20),
            "now Fri 6 Mar 20:00 closed · hours today 09:00–19:00 · Sat 7 Mar, Sun 8 Mar closed"
            " · opens Mon 9 Mar 2026 09:00 Eastern",
        ),
        (
            (2026, 3, 7, 10),
            "now Sat 7 Mar 10:00 closed · Sat closed · Sun 8 Mar closed · opens Mon 9 Mar 2026 09:00 Eastern",
        ),
    ],
)
def test_being_open_is_explained(when: tuple[int, ...], said: str) -> None:
    assert text(explain_open(new_york(), at("America/New_York", *when))) == said


def test_a_holiday_explains_being_closed() -> None:
    line = text(explain_open(new_york(), at("America/New_York", 2026, 7, 3, 10)))
    assert "Fri 3 Jul holiday: Independence Day (observed)" in line
    assert line.endswith("opens Mon 6 Jul 2026 09:00 Eastern")


def test_an_always_open_desk_explains_that_it_never_closes() -> None:
    line = text(explain_next_change(CALENDARS["always"], FRIDAY_EVENING))
    assert line == "always open as far as this calendar reaches"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 min"),
        (45, "45 s"),
        (1800, "30 min"),
        (12_600, "3 h 30"),
        (14_400, "4 h"),
        (3_661, "1 h 1 min 1 s"),
    ],
)
def test_durations_read_aloud(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 300 * 86_400), st.integers(1, 400 * 3600))
def test_the_lines_add_up_to_the_target(since: int, seconds: int) -> None:
    start = FRIDAY_EVENING + timedelta(seconds=since)
    lines = open_time(new_york(), start, new_york().add(start, seconds), Wall(NY))
    assert sum(line.seconds or 0 for line in lines) == seconds
    assert len(lines) < 40
