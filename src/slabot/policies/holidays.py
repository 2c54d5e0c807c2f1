"""The holidays a policy chooses: a country's tables, any or all of its parts, with additions and removals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from slabot.domain.calendar.rules import Holiday
from slabot.policies.holiday_tables import holiday_table
from slabot.policies.problems import Misread
from slabot.policies.schema.calendars import HolidaysEntry

Days = dict[date, Holiday]


def holidays_between(entry: HolidaysEntry, first: date, last: date) -> Days:
    """The holidays from first to last, both included. Raises `Misread` where a removed day is none."""
    subdivisions: tuple[str | None, ...] = entry.subdivisions or (None,)
    tables = [
        holiday_table(entry.country, subdivision, entry.categories, first.year, last.year)
        for subdivision in subdivisions
    ]
    days = set.intersection(*map(set, tables)) if entry.match == "all" else set().union(*tables)
    named = {
        day: _name(table[day] for table in tables if day in table) for day in days if first <= day <= last
    }
    for index, removed in enumerate(entry.remove):
        named = _without(named, removed, index, first, last)
    wording = entry.wording or ""
    found = {day: Holiday(name, (), wording) for day, name in named.items()}
    for added in entry.add:
        for day in _dates(added.day, first, last):
            found[day] = Holiday(added.name, added.hours, added.wording or wording)
    return {day: found[day] for day in sorted(found)}


def _name(names: Iterable[str]) -> str:
    """The name most tables give; a day can be Boxing Day here and Proclamation Day there."""
    given = list(names)
    return max(given, key=given.count)


def _without(named: dict[date, str], removed: str, index: int, first: date, last: date) -> dict[date, str]:
    left = {
        day: name
        for day, name in named.items()
        if removed not in (day.isoformat(), name, name.removesuffix(" (observed)"))
    }
    if len(left) == len(named) and not _is_date_outside(removed, first, last):
        names = ", ".join(sorted({name for name in named.values() if not name.endswith(")")}))
        remedy = f"Name a date or one of: {names}."
        raise Misread("a holiday that would count", repr(removed), remedy, ("remove", index))
    return left


def _is_date_outside(removed: str, first: date, last: date) -> bool:
    """A removal stays valid in the file after its day has left the calendar's years."""
    try:
        return not first <= date.fromisoformat(removed) <= last
    except ValueError:
        return False


def _dates(day: date | tuple[int, int], first: date, last: date) -> Iterator[date]:
    if isinstance(day, date):
        if first <= day <= last:
            yield day
        return
    for year in range(first.year, last.year + 1):
        try:
            yearly = date(year, *day)
        except ValueError:  # 29 February of a common year
            continue
        if first <= yearly <= last:
            yield yearly
