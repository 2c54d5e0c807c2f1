"""Which days count as holidays, by country, parts, categories, additions and removals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from slabot.domain.calendar.rules import Hours
from slabot.policies.holidays import holidays_between
from slabot.policies.problems import Misread
from slabot.policies.schema import HolidaysEntry

YEAR = date(2026, 1, 1), date(2026, 12, 31)
STATES = ["NSW", "VIC", "QLD", "WA", "SA", "TAS", "ACT", "NT"]


def days(first: date = YEAR[0], last: date = YEAR[1], **entry: Any) -> set[date]:
    return set(holidays_between(HolidaysEntry.model_validate(entry), first, last))


def test_a_day_observed_in_the_year_before_counts() -> None:
    found = days(date(2027, 12, 1), date(2027, 12, 31), country="US")
    assert found == {date(2027, 12, 24), date(2027, 12, 25), date(2027, 12, 31)}


def test_all_takes_only_the_days_that_every_part_keeps() -> None:
    everywhere = days(country="AU", subdivisions=STATES, match="all")
    somewhere = days(country="AU", subdivisions=STATES, match="any")
    assert everywhere < somewhere
    assert date(2026, 12, 28) in everywhere
    assert date(2026, 6, 8) in somewhere - everywhere


def test_other_categories_bring_other_days() -> None:
    public = days(country="CA", subdivisions=["NS"])
    more = days(country="CA", subdivisions=["NS"], categories=["public", "government"])
    assert date(2026, 5, 18) in more - public


def test_added_days_count_with_their_own_hours() -> None:
    entry = HolidaysEntry.model_validate(
        {
            "country": "GB",
            "subdivisions": ["ENG"],
            "add": [
                {"day": "12-24", "name": "Christmas Eve", "hours": "09:00–12:00"},
                {"day": "2026-06-01", "name": "Fair"},
            ],
        }
    )
    found = holidays_between(entry, date(2026, 1, 1), date(2027, 12, 31))
    assert found[date(2026, 12, 24)].hours == found[date(2027, 12, 24)].hours == (Hours(540, 720),)
    assert found[date(2026, 6, 1)].name == "Fair"
    assert date(2027, 6, 1) not in found


def test_removed_days_do_not_count_by_name_or_by_date() -> None:
    kept = days(country="GB", subdivisions=["ENG"], remove=["May Day", "2026-12-28"])
    assert days(country="GB", subdivisions=["ENG"]) - kept == {date(2026, 5, 4), date(2026, 12, 28)}


def test_a_removed_date_may_stay_in_the_file_when_its_year_has_passed() -> None:
    assert days(country="GB", subdivisions=["ENG"], remove=["2020-05-08"]) == days(
        country="GB", subdivisions=["ENG"]
    )


def test_a_removal_of_no_holiday_is_refused() -> None:
    with pytest.raises(Misread, match="'2026-05-05'"):
        days(country="GB", subdivisions=["ENG"], remove=["2026-05-05"])


def test_names_are_english() -> None:
    for country in ("CA", "DE", "FR", "ES", "JP"):
        entry = HolidaysEntry.model_validate({"country": country})
        assert "New Year's Day" in {day.name for day in holidays_between(entry, *YEAR).values()}


def test_a_leap_day_is_added_in_leap_years_alone() -> None:
    found = days(date(2027, 1, 1), date(2028, 12, 31), country="GB", add={"02-29": "Leap day"})
    assert [day for day in found if (day.month, day.day) == (2, 29)] == [date(2028, 2, 29)]


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(ValidationError, match="known holidays"):
        HolidaysEntry.model_validate({"country": "XX"})
