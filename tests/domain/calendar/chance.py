"""Random desks for the oracles: zones that change clocks, real holidays, nights, overlaps, breaks."""

from __future__ import annotations

import os
from datetime import date
from functools import cache
from itertools import pairwise
from random import Random

from slabot.domain.calendar.rules import DatedException, Holiday, Hours
from slabot.domain.calendar.zones import DAY, offsets
from tests.domain.calendar.desks import public_holidays

PLACES: tuple[tuple[str, str, str | None], ...] = (
    ("America/New_York", "US", None),
    ("America/Halifax", "CA", "NS"),
    ("America/St_Johns", "CA", "NL"),
    ("America/Sao_Paulo", "BR", None),
    ("America/Santiago", "CL", None),
    ("Europe/London", "GB", "ENG"),
    ("Europe/Berlin", "DE", "BY"),
    ("Africa/Casablanca", "MA", None),
    ("Africa/Cairo", "EG", None),
    ("Asia/Tehran", "IR", None),
    ("Asia/Kolkata", "IN", None),
    ("Asia/Kathmandu", "NP", None),
    ("Australia/Sydney", "AU", "NSW"),
    ("Australia/Lord_Howe", "AU", "NSW"),
    ("Pacific/Auckland", "NZ", None),
    ("Pacific/Chatham", "NZ", None),
)
"""Zone, country and subdivision. Half of them change their clocks at odd hours or by odd amounts."""

EPOCH_ORDINAL = date(1970, 1, 1).toordinal()

MORE = int(os.environ.get("SLABOT_MORE_CASES", "1"))
"""How many times the usual number of cases: `SLABOT_MORE_CASES=20 pytest tests/domain`."""


def real_holidays(country: str, subdivision: str | None, first: date, last: date) -> dict[date, Holiday]:
    table = public_holidays(country, subdivision, first.year - 1, last.year + 1)
    return {day: holiday for day, holiday in table.items() if first.toordinal() - 2 <= day.toordinal()}


@cache
def changes(zone: str, first: date, last: date) -> tuple[tuple[int, int, int], ...]:
    """The clock changes of a span: `(instant in epoch seconds, offset before, offset after)`."""
    begins, ends = ((day.toordinal() - EPOCH_ORDINAL) * DAY for day in (first, last))
    known = offsets(zone, begins, ends)
    return tuple((at, before[1], after) for before, (at, after) in pairwise(known))


def torn(zone: str, first: date, last: date) -> tuple[tuple[int, int], ...]:
    """Wall minutes of the day, strictly between which an hour is skipped or repeated."""
    found = set()
    for at, before, after in changes(zone, first, last):
        low, high = sorted(((at + before) // 60, (at + after) // 60))
        found.add((low, high))
    return tuple({(low % 1440, low % 1440 + high - low) for low, high in found})


def is_torn(minute: int, breaks: tuple[tuple[int, int], ...]) -> bool:
    return any(low < minute + shift < high for low, high in breaks for shift in (0, 1440))


def span(chance: Random, step: int) -> Hours:
    """Hours of a day, one in four across midnight."""
    opens = chance.randrange(0, 1440, step)
    longest = 1440 if chance.random() < 0.25 else max(step, 1440 - opens)
    return Hours(opens, opens + chance.randrange(step, longest + 1, step))


def week(chance: Random, step: int) -> dict[int, tuple[Hours, ...]]:
    weekly = {
        day: tuple(span(chance, step) for _ in range(chance.choice((1, 1, 2, 3))))
        for day in range(7)
        if chance.random() < 0.75
    }
    return weekly or {0: (Hours(540, 1020),)}


def exceptions(chance: Random, first: date, last: date, step: int) -> tuple[DatedException, ...]:
    made = []
    for number in range(chance.randrange(4)):
        begins = chance.randrange(first.toordinal(), last.toordinal())
        ends = begins + chance.choice((0, 0, 1, 3))
        listed = tuple(span(chance, step) for _ in range(chance.choice((0, 1, 1, 2))))
        made.append(
            DatedException(date.fromordinal(begins), date.fromordinal(ends), f"Exception {number}", listed)
        )
    return tuple(made)
