"""Times, days and lists as people say them in four languages; no locale of the machine is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from slabot.domain.calendar.day_names import day_and_month
from slabot.domain.calendar.rules import Hours
from slabot.domain.calendar.zones import zone
from slabot.domain.words import Language

_DAYS: Mapping[Language, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
_AND: Mapping[Language, str] = {"en": "and", "de": "und", "es": "y", "fr": "et"}
_SPAN: Mapping[Language, str] = {"en": "{} to {}", "de": "{} bis {}", "es": "{} a {}", "fr": "du {} au {}"}
_DAY_MINUTES = 1_440


_NOT_REPEATED = re.compile(r"\b(?:guarant|garant)\w*|\b24\s?/\s?7\b", re.IGNORECASE)


def repeatable(words: str) -> bool:
    """Whether the bot may quote these words: some it never says, not even as somebody else's."""
    return not _NOT_REPEATED.search(words)


def listed(parts: Sequence[str], language: Language) -> str:
    """`a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {_AND[language]} {parts[-1]}"


def paragraphs(*groups: Sequence[str]) -> str:
    """Each group of sentences a line of its own; empty sentences and groups leave nothing behind."""
    lines = (" ".join(sentence for sentence in group if sentence) for group in groups)
    return "\n".join(line for line in lines if line)


def day_name(day: date, language: Language, this_year: int | None = None) -> str:
    """`Mon 9 Mar`, with the year where it is another one."""
    said = day_and_month(day, language)
    return said if this_year is None or day.year == this_year else f"{said} {day.year}"


def hours_span(hours: Sequence[Hours]) -> str:
    """`09:00–12:00, 13:00–17:00`."""
    return ", ".join(f"{_minutes(each.opens)}–{_minutes(each.closes)}" for each in hours)


def week(weekly: Mapping[int, tuple[Hours, ...]], language: Language) -> str:
    """`Monday to Friday, 09:00–19:00`; days with other hours are listed after a semicolon."""
    runs: list[tuple[int, int, tuple[Hours, ...]]] = []
    for day in sorted(weekly):
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == weekly[day]:
            runs[-1] = (runs[-1][0], day, weekly[day])
        else:
            runs.append((day, day, weekly[day]))
    names = _DAYS[language]
    said = []
    for first, last, hours in runs:
        days = names[first] if first == last else _SPAN[language].format(names[first], names[last])
        said.append(f"{days}, {hours_span(hours)}")
    return "; ".join(said)


@dataclass(frozen=True, slots=True)
class Clockwork:
    """Says instants on the desk's clock and on the visitor's."""

    language: Language
    desk_zone: str
    desk_words: str
    visitor_zone: str | None
    now: datetime

    def desk(self, at: datetime) -> str:
        """`Mon 9 Mar, 11:30 Eastern`."""
        return f"{self._moment(at, self.desk_zone)} {place(self.desk_words)}"

    def yours(self, at: datetime) -> str | None:
        """`15:30`, with its day where that differs from the desk's; None where the zone is unknown."""
        if self.visitor_zone is None:
            return None
        here, there = at.astimezone(zone(self.visitor_zone)), at.astimezone(zone(self.desk_zone))
        shown = whole_minute(here)
        if shown.date() == whole_minute(there).date():
            return f"{shown:%H:%M}"
        return self._moment(at, self.visitor_zone)

    def desk_briefly(self, at: datetime) -> str:
        """`11:30 Eastern` while it is that day there, else with the day."""
        return f"{self._moment_briefly(at, self.desk_zone)} {place(self.desk_words)}"

    def yours_briefly(self, at: datetime) -> str | None:
        """`15:30` where the desk's day is told beside it or it is today here; None where the zone is unknown."""
        if self.visitor_zone is None:
            return None
        briefly = self._moment_briefly(at, self.visitor_zone)
        is_told = self._moment_briefly(at, self.desk_zone) != f"{self._local(at, self.desk_zone):%H:%M}"
        return self.yours(at) if is_told else briefly

    def is_same_time(self, at: datetime) -> bool:
        """Whether both clocks show the same."""
        if self.visitor_zone is None:
            return False
        here, there = at.astimezone(zone(self.visitor_zone)), at.astimezone(zone(self.desk_zone))
        return here.replace(tzinfo=None) == there.replace(tzinfo=None)

    def _local(self, at: datetime, name: str) -> datetime:
        return whole_minute(at.astimezone(zone(name)))

    def _moment_briefly(self, at: datetime, name: str) -> str:
        local = self._local(at, name)
        is_today = local.date() == self._local(self.now, name).date()
        return f"{local:%H:%M}" if is_today else self._moment(at, name)

    def _moment(self, at: datetime, name: str) -> str:
        local = self._local(at, name)
        year = self.now.astimezone(zone(name)).year
        return f"{day_name(local.date(), self.language, year)}, {local:%H:%M}"


def whole_minute(at: datetime) -> datetime:
    """To the whole minute a clock shows; 11:30:20 is said as 11:30, never later than it is."""
    return at - timedelta(seconds=at.second, microseconds=at.microsecond)


def place(zone_words: str) -> str:
    """The place of a zone's name as times bear it: `Atlantic (Halifax)` → `Halifax`."""
    inside = zone_words.partition("(")[2].partition(")")[0].strip()
    return inside or zone_words


def _minutes(of_day: int) -> str:
    return "24:00" if of_day == _DAY_MINUTES else f"{of_day % _DAY_MINUTES // 60:02d}:{of_day % 60:02d}"
