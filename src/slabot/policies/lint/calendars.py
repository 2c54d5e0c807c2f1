"""Rules over the calendars: words of a fixed zone, and years whose holidays nobody has entered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slabot.domain.calendar.compiled import Calendar
from slabot.policies.lint.finding import Finding, finding
from slabot.policies.loader import PolicyFile

_FIXED = re.compile(r"\b(?:[A-Z][a-z]+ )*Standard Time\b|\b(?:GMT|[A-Z]{1,3}ST)\b(?! Federal)")


def calendar_findings(file: PolicyFile) -> Iterator[Finding]:
    """Standard-time words over a zone with summer time; no holidays for next year; no source."""
    for key, entry in file.entry.calendars.items():
        where = ("calendars", key)
        calendar = file.support.calendars[key]
        fixed = _FIXED.search(f"{entry.words or ''} {entry.zone_words or file.entry.zone_words}")
        if fixed and len({offset for _, offset in calendar.shifts}) > 1 and not _always_open(calendar):
            what = f"the words say “{fixed[0]}”, which knows no summer time; {calendar.zone} does"
            remedy = (
                "Keep it if the desk follows its city's clocks; otherwise name a zone without summer time."
            )
            yield finding(file, where, "standard_time_words", what, remedy)
        yield from _next_year(file, key, calendar)
        if entry.holidays is None and not entry.exceptions and not _always_open(calendar):
            what = "no holidays and no exceptions: open on every public holiday"
            remedy = "Add `holidays: {country: …}`, or keep it if that is meant."
            yield finding(file, where, "no_holidays", what, remedy)


def _next_year(file: PolicyFile, key: str, calendar: Calendar) -> Iterator[Finding]:
    entry, year = file.entry.calendars[key], file.today.year
    years = {day.year for day in calendar.notes}
    if (entry.holidays is not None or year in years) and year + 1 not in years:
        what = f"no holiday or exception is known for {year + 1}"
        remedy = "Add next year's days, or bring the holidays package up to date."
        yield finding(file, ("calendars", key), "next_year_missing", what, remedy)


def _always_open(calendar: Calendar) -> bool:
    return len(calendar.weekly) == 7 and all(
        sum(hours.closes - hours.opens for hours in day) >= 1440 for day in calendar.weekly.values()
    )
