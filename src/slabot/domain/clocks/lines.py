"""What an explanation is made of: short lines which the visitor, the desk and the command line read alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from slabot.domain.calendar.day_names import day_and_month, weekday
from slabot.domain.clocks.wording import said
from slabot.domain.words import Language


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    detail: str
    seconds: float | None = None
    """How much of the target's time this line counts for; None where it counts for none."""


def text(lines: Iterable[Line]) -> str:
    """One line: `Fri 16:00–16:30 30 min · Sat, Sun closed · total 4 h`."""
    return " · ".join(f"{line.label} {line.detail}".strip() for line in lines)


def duration(seconds: float) -> str:
    """`30 min`, `3 h 30`, `4 h`, `45 s`."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    if rest:
        said = [f"{hours} h" if hours else "", f"{minutes} min" if minutes else "", f"{rest} s"]
        return " ".join(part for part in said if part)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes:02d}" if minutes else f"{hours} h"


def clock_time(at: datetime) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def time_span(start: datetime, end: datetime) -> str:
    """`16:00–16:30`; an end at midnight is 24:00."""
    closes = "24:00" if end.date() > start.date() and clock_time(end) == "00:00" else clock_time(end)
    return f"{clock_time(start)}–{closes}"


@dataclass(frozen=True, slots=True)
class Wall:
    """The wall clock that an explanation reads."""

    zone: tzinfo
    words: str = ""
    """The zone as the document calls it, at every time of the year; empty: its abbreviation at the instant."""
    language: Language = "en"

    def say(self, key: str, **values: object) -> str:
        return said(self.language, key, **values)

    def day(self, day: date) -> str:
        """`Fri 6 Mar`."""
        return day_and_month(day, self.language)

    def weekday(self, day: date) -> str:
        return weekday(day, self.language)

    def moment(self, at: datetime) -> str:
        """`Fri 6 Mar 2026 17:00 Eastern`."""
        shown = at.astimezone(self.zone)
        return f"{self.day(shown)} {shown.year} {clock_time(shown)} {self.words or f'{shown:%Z}'}"


def moment(at: datetime, zone: tzinfo) -> str:
    """`Fri 6 Mar 2026 17:00 EST`."""
    return Wall(zone).moment(at)
