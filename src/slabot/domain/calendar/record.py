"""How a compiled calendar is written down, so that a ticket's deadlines can be recomputed years later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from slabot.domain.calendar.rules import DatedException, Holiday, Hours
from slabot.domain.calendar.walls import Note

if TYPE_CHECKING:
    from slabot.domain.calendar.compiled import Calendar

VERSION = 1


def written(calendar: Calendar) -> dict[str, Any]:
    """JSON-able. Intervals are `[date, opens after the last closing, length]` to keep it short."""
    intervals: list[list[int]] = []
    previous = calendar.starts
    for day, opens, closes in zip(calendar.days, calendar.opens, calendar.closes, strict=True):
        intervals.append([day, opens - previous, closes - opens])
        previous = closes
    return {
        "version": VERSION,
        "key": calendar.key,
        "zone": calendar.zone,
        "zone_words": calendar.zone_words,
        "words": calendar.words,
        "weekly": {str(day): _hours(hours) for day, hours in calendar.weekly.items()},
        "starts": calendar.starts,
        "ends": calendar.ends,
        "offsets": [list(shift) for shift in calendar.shifts],
        "intervals": intervals,
        "notes": {day.isoformat(): _note(note) for day, note in calendar.notes.items()},
        "made_with": dict(calendar.made_with),
    }


def read(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the calendar that was written. Raises `ValueError` for a record of another version."""
    if kept.get("version") != VERSION:
        raise ValueError(f"calendar record of version {kept.get('version')!r}; expected {VERSION}")
    opens, closes, days = [], [], []
    previous = kept["starts"]
    for day, gap, length in kept["intervals"]:
        days.append(day)
        opens.append(previous + gap)
        closes.append(previous + gap + length)
        previous = closes[-1]
    return {
        "key": kept["key"],
        "zone": kept["zone"],
        "zone_words": kept["zone_words"],
        "words": kept["words"],
        "weekly": {int(day): _read_hours(hours) for day, hours in kept["weekly"].items()},
        "opens": tuple(opens),
        "closes": tuple(closes),
        "days": tuple(days),
        "notes": {date.fromisoformat(day): _read_note(note) for day, note in kept["notes"].items()},
        "shifts": tuple((since, east) for since, east in kept["offsets"]),
        "starts": kept["starts"],
        "ends": kept["ends"],
        "made_with": dict(kept.get("made_with", {})),
    }


def _hours(hours: tuple[Hours, ...]) -> list[list[int]]:
    return [[each.opens, each.closes] for each in hours]


def _read_hours(kept: list[list[int]]) -> tuple[Hours, ...]:
    return tuple(Hours(opens, closes) for opens, closes in kept)


def _note(note: Note) -> dict[str, Any]:
    said = {"name": note.name, "hours": _hours(note.hours), "wording": note.wording}
    if isinstance(note, Holiday):
        return {"kind": "holiday", **said}
    span = {"first": note.first.isoformat(), "last": note.last.isoformat()}
    return {"kind": "exception", **said, **span, "contact_keys": list(note.contact_keys)}


def _read_note(kept: Mapping[str, Any]) -> Note:
    hours = _read_hours(kept["hours"])
    if kept["kind"] == "holiday":
        return Holiday(kept["name"], hours, kept["wording"])
    first, last = date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"])
    return DatedException(first, last, kept["name"], hours, kept["wording"], tuple(kept["contact_keys"]))
