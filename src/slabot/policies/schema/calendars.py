"""The `calendars` section: zone, weekly hours, holidays and dated exceptions."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from slabot.domain.calendar.rules import Hours
from slabot.policies.holiday_tables import check_known
from slabot.policies.hours import Weekly, read_day_hours, read_weekly
from slabot.policies.problems import Misread
from slabot.policies.schema.base import Day, Entry, Keys, Source, Text, Texts
from slabot.policies.zone_names import read_zone


def _zone(value: Any) -> Any:
    return read_zone(value) if isinstance(value, str) else value


def _weekly(value: Any) -> Any:
    if isinstance(value, dict):
        value = "; ".join(f"{days} {times}" for days, times in value.items() if times not in ("closed", None))
    elif isinstance(value, list):
        value = "; ".join(map(str, value))
    if not isinstance(value, str):
        raise Misread("weekly hours", f"{value!r}", "Write `Mon–Fri 09:00–17:00`.")
    return read_weekly(value)


def _day_hours(value: Any) -> Any:
    return read_day_hours(value) if isinstance(value, str) else value


Zone = Annotated[str, BeforeValidator(_zone)]
WeeklyHours = Annotated[Weekly, BeforeValidator(_weekly)]
DayHours = Annotated[tuple[Hours, ...], BeforeValidator(_day_hours)]


class AddedDay(Entry):
    """A day the package of holidays lacks: a date, or month and day of every year ("12-24")."""

    day: Annotated[date | tuple[int, int], BeforeValidator(lambda value: _added_day(value))]
    name: Text
    hours: DayHours = ()
    wording: Text | None = None


def _added_day(value: Any) -> Any:
    yearly = re.fullmatch(r"(\d\d)-(\d\d)", str(value))
    try:
        if yearly:
            month, day = int(yearly[1]), int(yearly[2])
            date(2024, month, day)
            return month, day
        return date.fromisoformat(str(value))
    except ValueError as error:
        remedy = "Write `2026-12-24`, or `12-24` for every year."
        raise Misread("a day", f"{value!r}", remedy) from error


def _added(value: Any) -> Any:
    if isinstance(value, dict):
        return [{"day": day, "name": name} for day, name in value.items()]
    return value


def _removed(value: Any) -> Any:
    if isinstance(value, str):
        return [value]
    return value


class HolidaysEntry(Entry):
    """Which public holidays count; `match: all` takes a day only where every subdivision keeps it."""

    country: Annotated[str, BeforeValidator(lambda value: _country(value))]
    subdivisions: Texts = ()
    categories: Texts = ("public",)
    match: Literal["any", "all"] = "any"
    add: Annotated[tuple[AddedDay, ...], BeforeValidator(_added)] = ()
    remove: Annotated[tuple[Text, ...], BeforeValidator(_removed)] = ()
    """Dates, or names as the package gives them."""
    wording: Text | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _is_known(self) -> HolidaysEntry:
        check_known(self.country, self.subdivisions, self.categories)
        return self


def _country(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{2}", value):
        raise Misread("a country's two capital letters", f"{value!r}", "Write `US`, `GB`, `AU`, `CA` …")
    return value


class ExceptionEntry(Entry):
    """Days with other hours, other contacts or other words; first and last day count."""

    day: Day | None = None
    first: Day | None = None
    last: Day | None = None
    name: Text
    hours: DayHours = ()
    wording: Text | None = None
    contacts: Keys = ()

    @model_validator(mode="after")
    def _has_days(self) -> ExceptionEntry:
        if (self.day is None) == (self.first is None or self.last is None):
            raise Misread("`day`, or `first` and `last`", "neither or both", "Write `day: 2026-12-24`.")
        if self.first is not None and self.last is not None and self.last < self.first:
            raise Misread("a last day not before the first", f"{self.first} to {self.last}", "Swap the two.")
        return self


class CalendarEntry(Entry):
    """One calendar, or its hours alone; without `timezone` it keeps the policy's."""

    timezone: Zone | None = None
    zone_words: Text | None = None
    hours: WeeklyHours
    words: Text | None = None
    """The document's own sentence of hours."""
    holidays: HolidaysEntry | None = None
    exceptions: tuple[ExceptionEntry, ...] = ()
    source: Source | None = None


def _calendar(value: Any) -> Any:
    return {"hours": value} if isinstance(value, str) else value


Calendar = Annotated[CalendarEntry, BeforeValidator(_calendar)]
