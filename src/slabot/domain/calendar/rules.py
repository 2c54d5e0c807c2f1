"""A calendar as its policy states it: zone, weekly hours, holidays, dated exceptions; nothing computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """A half-open interval of one day in local wall minutes since midnight.

    `closes` may be 1440 (24:00) or more: it then runs into the next day, at most until 2880.
    """

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which the weekly hours do not hold."""

    name: str
    hours: tuple[Hours, ...] = ()
    """Empty: closed all day."""
    wording: str = ""
    """Other words than "closed", as Velsoft's "alternative arrangements"."""


@dataclass(frozen=True, slots=True)
class DatedException:
    """Days, first and last included, with other hours; it wins over holidays and weekly hours."""

    first: date
    last: date
    name: str
    hours: tuple[Hours, ...] = ()
    wording: str = ""
    contact_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarRules:
    """`weekly` maps weekday (Monday 0) to its hours; a missing weekday is closed."""

    key: str
    zone: str
    weekly: Mapping[int, tuple[Hours, ...]]
    zone_words: str = ""
    words: str = ""
    """The document's own sentence of hours: "9 am and 7 pm Eastern, Monday through Friday"."""
    holidays: Mapping[date, Holiday] = field(default_factory=dict)
    """Every holiday of the years the calendar covers; the tables come from `slabot.policies`."""
    exceptions: tuple[DatedException, ...] = ()
