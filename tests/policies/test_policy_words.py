"""Durations, hours and zones read as people write them, and are said as they read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slabot.domain.calendar.rules import Hours
from slabot.domain.target import Unit
from slabot.policies.durations import Duration, duration_words, read_duration, read_lead_time, read_share
from slabot.policies.hours import read_day_hours, read_weekly, weekly_words
from slabot.policies.problems import Misread
from slabot.policies.zone_names import read_zone

NINE_TO_FIVE = (Hours(540, 1020),)


@pytest.mark.parametrize(
    ("text", "unit", "least", "most"),
    [
        ("2 business hours", Unit.BUSINESS_HOURS, None, 2),
        ("2 normal business hours", Unit.BUSINESS_HOURS, None, 2),
        ("within 4 working hours", Unit.BUSINESS_HOURS, None, 4),
        ("1 business day", Unit.BUSINESS_DAYS, None, 1),
        ("1–3 business days", Unit.BUSINESS_DAYS, 1, 3),
        ("1-3 business days", Unit.BUSINESS_DAYS, 1, 3),
        ("one to three business days", Unit.BUSINESS_DAYS, 1, 3),
        ("24 hours", Unit.HOURS, None, 24),
        ("24hrs", Unit.HOURS, None, 24),
        ("30 minutes", Unit.HOURS, None, 0.5),
        ("90 business minutes", Unit.BUSINESS_HOURS, None, 1.5),
        ("2.5 hours", Unit.HOURS, None, 2.5),
    ],
)
def test_a_duration_reads_as_written(text: str, unit: Unit, least: float | None, most: float) -> None:
    assert read_duration(text) == Duration(unit, most, least)


@given(
    st.sampled_from([Unit.BUSINESS_HOURS, Unit.BUSINESS_DAYS, Unit.HOURS]),
    st.integers(1, 200),
    st.none() | st.integers(1, 200),
)
def test_a_duration_said_in_words_reads_as_itself(unit: Unit, most: int, least: int | None) -> None:
    duration = Duration(unit, most, least if least is not None and least < most else None)
    assert read_duration(duration_words(duration)) == duration


@pytest.mark.parametrize(
    "text", ["30 business hours to 40", "1 business hours days", "-1 hours", "1e3 hours", "²  hours"]
)
def test_a_duration_that_leaves_room_for_a_guess_is_refused(text: str) -> None:
    with pytest.raises(Misread):
        read_duration(text)


def test_a_lead_time_is_elapsed_and_a_share_is_part_of_the_budget() -> None:
    assert read_lead_time("30 minutes") == timedelta(minutes=30)
    assert read_share("75%") == read_share("0.75") == 0.75
    for wrong in ("0%", "101%", "nan", "much"):
        with pytest.raises(Misread):
            read_share(wrong)
    with pytest.raises(Misread):
        read_lead_time("1 business day")


@pytest.mark.parametrize(
    ("text", "days", "hours"),
    [
        ("Mon–Fri 09:00–17:00", range(5), NINE_TO_FIVE),
        ("Monday to Friday 9am to 17:00", range(5), NINE_TO_FIVE),
        ("weekdays 9:00 am - 5:00 pm", range(5), NINE_TO_FIVE),
        ("Mon, Wed 09:00-17:00", [0, 2], NINE_TO_FIVE),
        ("Mon–Fri 09:00–12:00, 13:00–17:00", range(5), (Hours(540, 720), Hours(780, 1020))),
        ("00:00–24:00", range(7), (Hours(0, 1440),)),
        ("24/7", range(7), (Hours(0, 1440),)),
        ("Sat–Mon 22:00–06:00", [0, 5, 6], (Hours(1320, 1800),)),
        ("Fri 20:00–24:00", [4], (Hours(1200, 1440),)),
    ],
)
def test_hours_read_as_written(text: str, days: list[int], hours: tuple[Hours, ...]) -> None:
    assert read_weekly(text) == dict.fromkeys(days, hours)


def test_days_can_differ() -> None:
    weekly = read_weekly("Mon–Thu 09:00–17:00, Fri 09:00–15:00; Sat 10:00–12:00")
    assert [weekly.get(day, (Hours(0, 1),))[0].closes for day in range(7)] == [1020] * 4 + [900, 720, 1]


minutes = st.integers(0, 47).map(lambda half: half * 30)


@given(st.dictionaries(st.integers(0, 6), st.tuples(minutes, st.integers(1, 24)), min_size=1))
def test_hours_said_in_words_read_as_themselves(days: dict[int, tuple[int, int]]) -> None:
    weekly = {
        day: (Hours(opens, min(opens + 30 * length, 1440)),) for day, (opens, length) in sorted(days.items())
    }
    assert read_weekly(weekly_words(weekly)) == weekly


@pytest.mark.parametrize(
    "text",
    ["Mon", "Mon 09:00", "09:00–17:00 Mon", "Mon 09:00–09:00", "Mon 24:00–25:00", "Someday 09:00–17:00"],
)
def test_hours_that_are_unclear_are_refused(text: str) -> None:
    with pytest.raises(Misread):
        read_weekly(text)


def test_a_night_that_runs_into_the_next_opening_is_refused() -> None:
    with pytest.raises(Misread, match="Mon still open when Tue begins"):
        read_weekly("Mon 22:00–10:00, Tue 09:00–17:00")


def test_the_hours_of_a_single_day_have_no_day_name() -> None:
    assert read_day_hours("09:00–12:00, 13:00–15:00") == (Hours(540, 720), Hours(780, 900))
    assert read_day_hours("closed") == ()
    with pytest.raises(Misread):
        read_day_hours("Mon 09:00–12:00")


@pytest.mark.parametrize(
    "name", ["America/New_York", "Europe/London", "Etc/UTC", "UTC", "America/Argentina/Ushuaia"]
)
def test_iana_names_pass(name: str) -> None:
    assert read_zone(name) == name


@pytest.mark.parametrize(
    ("name", "candidate"),
    [
        ("EST", "America/New_York"),
        ("EDT", "America/New_York"),
        ("Eastern Standard Time", "America/New_York"),
        ("GMT", "Europe/London"),
        ("AEST", "Australia/Sydney"),
        ("AUS Eastern Standard Time", "Australia/Sydney"),
        ("Atlantic Standard Time (Halifax)", "America/Halifax"),
        ("AST", "America/Halifax"),
        ("CET", "Europe/Berlin"),
        ("PST", "America/Los_Angeles"),
        ("Japan", "Asia/Tokyo"),
        ("Halifax", "America/Halifax"),
        ("Vienna", "Europe/Vienna"),
        ("Europe/Lodnon", "Europe/London"),
    ],
)
def test_an_abbreviation_is_answered_with_a_question_that_names_the_candidates(
    name: str, candidate: str
) -> None:
    with pytest.raises(Misread) as refused:
        read_zone(name)
    assert candidate in refused.value.remedy
    assert "?" in refused.value.remedy


@pytest.mark.parametrize("name", ["", "Nowhere", "../etc/passwd", "Europe/", "right/UTC"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(Misread):
        read_zone(name)
