"""From rules to wall time: which minutes of each local date are open, before any zone is asked.

A date belongs to one rule: a dated exception (the last listed wins), else a holiday, else the weekly hours.
Hours that run past midnight are hours of both dates. A holiday is a civil date: it ends what runs in from the
evening before at midnight, and leaves what the week has from the midnight after. An exception, or a holiday
with hours of its own, says when that date's evening ends. Into a date that is special itself runs only what
a stronger rule has, or what two dates with hours of their own have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from slabot.domain.calendar.errors import BadHours
from slabot.domain.calendar.rules import CalendarRules, DatedException, Holiday, Hours

MIDNIGHT = 1440

Note = Holiday | DatedException
Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted, with overlapping and touching spans joined."""
    joined: list[Span] = []
    for opens, closes in sorted(spans):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        elif closes > opens:
            joined.append((opens, closes))
    return tuple(joined)


def check(rules: CalendarRules) -> None:
    """Raises `BadHours` for hours that are empty, backwards, or longer than a day after their own."""
    notes: list[Note] = [*rules.holidays.values(), *rules.exceptions]
    every = [
        *((f"weekday {day}", hours) for day, listed in rules.weekly.items() for hours in listed),
        *((note.name, hours) for note in notes for hours in note.hours),
    ]
    for where, hours in every:
        if not 0 <= hours.opens < MIDNIGHT or not hours.opens < hours.closes <= 2 * MIDNIGHT:
            raise BadHours(
                f"calendar {rules.key!r}, {where}: hours {hours.opens}–{hours.closes} minutes; expected an "
                "opening from 0 to 1439 and a later closing up to 2880"
            )
    for day in rules.weekly:
        if day not in range(7):
            raise BadHours(f"calendar {rules.key!r}: weekday {day}; expected 0 (Monday) to 6 (Sunday)")
    for exception in rules.exceptions:
        if exception.last < exception.first:
            raise BadHours(
                f"calendar {rules.key!r}, {exception.name}: ends {exception.last} before it starts "
                f"{exception.first}; swap the dates"
            )


def notes(rules: CalendarRules, first: date, last: date) -> dict[date, Note]:
    """The holiday or exception that each date from `first` to `last` belongs to, where there is one."""
    found: dict[date, Note] = {day: note for day, note in rules.holidays.items() if first <= day <= last}
    for exception in rules.exceptions:
        begins, ends = max(first, exception.first), min(last, exception.last)
        for ordinal in range(begins.toordinal(), ends.toordinal() + 1):
            found[date.fromordinal(ordinal)] = exception
    return dict(sorted(found.items()))


def wall(rules: CalendarRules, first: date, last: date) -> Iterator[tuple[int, int, int]]:
    """`(ordinal of the date, opens, closes)` for each open span, in minutes of that date from 0 to 1440."""
    eve = date.fromordinal(first.toordinal() - 1)
    special = {day.toordinal(): note for day, note in notes(rules, eve, last).items()}
    weekly = [rules.weekly.get(day, ()) for day in range(7)]
    usual = [merged((*_own(weekly[day]), *_spill(weekly[day - 1]))) for day in range(7)]
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        note, before = special.get(ordinal), special.get(ordinal - 1)
        if note is None:
            spans = usual[(ordinal - 1) % 7]
            if before is not None and (before.hours or not isinstance(before, Holiday)):
                spans = merged((*_own(weekly[(ordinal - 1) % 7]), *_spill(before.hours)))
        elif before is not None and (_rank(before) > _rank(note) or note.hours):
            spans = merged((*_own(note.hours), *_spill(before.hours)))
        else:
            spans = merged(_own(note.hours))
        for opens, closes in spans:
            yield ordinal, opens, closes


def _own(hours: Iterable[Hours]) -> list[Span]:
    return [(each.opens, min(each.closes, MIDNIGHT)) for each in hours]


def _spill(hours: Iterable[Hours]) -> list[Span]:
    """What runs into the next date."""
    return [(0, each.closes - MIDNIGHT) for each in hours if each.closes > MIDNIGHT]


def _rank(note: Note) -> int:
    return 1 if isinstance(note, Holiday) else 2
