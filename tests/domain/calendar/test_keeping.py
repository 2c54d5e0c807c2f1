"""A compiled calendar is kept once and recomputed from without tzdata or holidays."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from slabot.domain.calendar.compared import days_that_differ
from slabot.domain.calendar.compiled import Calendar
from slabot.domain.calendar.rules import DatedException, Holiday
from tests.domain.calendar.desks import at, desk, hours, new_york, public_holidays, weekdays

NY = "America/New_York"


def noted() -> Calendar:
    day = date(2026, 12, 24)
    eve = DatedException(day, day, "Eve", hours("09:00–12:00"), "by telephone only", ("helpdesk",))
    closed = {date(2026, 12, 25): Holiday("Christmas Day", wording="alternative arrangements")}
    return desk(NY, weekdays("09:00–19:00"), closed, (eve,))


def test_what_is_kept_gives_the_same_calendar_and_the_same_digest() -> None:
    for calendar in (new_york(), noted()):
        kept = Calendar.from_record(json.loads(json.dumps(calendar.to_record())))
        assert kept == calendar
        assert kept.digest == calendar.digest
        start = at(NY, 2026, 3, 6, 17)
        assert kept.add(start, 4 * 3600) == calendar.add(start, 4 * 3600)
        assert kept.add_days(start, 3) == calendar.add_days(start, 3)


def test_the_digest_is_of_the_content() -> None:
    same = desk(NY, weekdays("09:00–19:00"), public_holidays("US"), zone_words="Eastern")
    other = desk(NY, weekdays("09:00–18:59"), public_holidays("US"), zone_words="Eastern")
    assert new_york().digest == same.digest
    assert new_york().digest != other.digest


def test_a_record_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version 2; expected 1"):
        Calendar.from_record({**new_york().to_record(), "version": 2})


def test_the_releases_it_was_made_with_are_kept_and_are_no_content() -> None:
    made = replace(new_york(), made_with={"tzdata": "2026.1"})
    assert Calendar.from_record(json.loads(json.dumps(made.to_record()))).made_with == {"tzdata": "2026.1"}
    assert (made, made.digest) == (new_york(), new_york().digest)
    before_there_were_releases = {key: value for key, value in made.to_record().items() if key != "made_with"}
    assert Calendar.from_record(before_there_were_releases).made_with == {}


def test_the_days_that_open_otherwise_are_found() -> None:
    fewer = {day: holiday for day, holiday in public_holidays("US").items() if day != date(2026, 6, 19)}
    other = desk(NY, weekdays("09:00–19:00"), fewer)
    start, end = at(NY, 2026, 6, 18, 12), at(NY, 2026, 6, 22, 12)
    assert days_that_differ(new_york(), other, start, end) == (date(2026, 6, 19),)
    assert days_that_differ(new_york(), other, end, end) == ()
