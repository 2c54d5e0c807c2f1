"""A week of a desk as the terminal draws it: one row a day, one cell for half an hour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from rich.text import Text

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.calendar.zones import zone

CELLS = 48
OPEN, CLOSED = "█", "·"


def week_strip(calendar: Calendar, at: datetime, marks: Mapping[str, datetime]) -> Text:
    """Seven days from the local date of `at`, with one-letter marks at their half hours."""
    place = zone(calendar.zone)
    first = at.astimezone(place).date()
    strip = Text(f"{'':11}{''.join(f'{hour:<6d}' for hour in range(0, 24, 3))}24\n", style="dim")
    for step in range(7):
        day = first + timedelta(days=step)
        strip.append(f"{day:%a} {day.day:>2} {day:%b} ", style="bold" if step == 0 else "")
        for cell in _cells(calendar, day, marks):
            strip.append(cell, style="green" if cell == OPEN else "dim" if cell == CLOSED else "bold yellow")
        note = calendar.day_note(day)
        strip.append(f" {note.wording or note.name}\n" if note else "\n")
    return strip


def _cells(calendar: Calendar, day: date, marks: Mapping[str, datetime]) -> list[str]:
    place = zone(calendar.zone)
    cells = [CLOSED] * CELLS
    for opens, closes in calendar.hours_on(day):
        start, end = opens.astimezone(place), closes.astimezone(place)
        last = CELLS if end.date() > day else -(-(end.hour * 60 + end.minute) // 30)
        for cell in range((start.hour * 60 + start.minute) // 30, last):
            cells[cell] = OPEN
    for letter, instant in marks.items():
        local = instant.astimezone(place)
        if local.date() == day:
            cells[(local.hour * 60 + local.minute) // 30] = letter
    return cells
