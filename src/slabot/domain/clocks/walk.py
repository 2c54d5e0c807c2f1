"""A span of time told day by day: when the desk was open, when closed, and by which rule or holiday."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.calendar.rules import DatedException
from slabot.domain.calendar.walls import Note
from slabot.domain.clocks.lines import Line, Wall, clock_time, duration, time_span

SHORT = 10
"""Dates that are told one by one; longer spans are drawn together."""


def open_time(calendar: Calendar, start: datetime, end: datetime, wall: Wall) -> tuple[Line, ...]:
    """The open time from `start` to `end`, in the time of `wall`, with the closed days between."""
    first, last = calendar.local(start).date(), calendar.local(end).date()
    days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
    telling = _Telling(calendar, wall, dated=len(days) > 7, together=len(days) > SHORT)
    for day in days:
        pieces = [
            (max(opens, start), min(closes, end))
            for opens, closes in calendar.hours_on(day)
            if opens < end and closes > start
        ]
        if pieces:
            telling.open(day, pieces, whole=pieces == list(calendar.hours_on(day)))
        elif day == first and calendar.hours_on(day):
            telling.after_hours(day, start)
        elif day != last or day == first:
            telling.closed(day)
    return telling.done()


def closed_days(calendar: Calendar, days: list[date], wall: Wall, *, dated: bool) -> tuple[Line, ...]:
    """Why the desk does not open on these dates: `Sat, Sun closed`, `Wed 1 Jul holiday: Canada Day`."""
    lines: list[Line] = []
    weekly: list[date] = []

    def flush() -> None:
        if weekly:
            names = dict.fromkeys(
                wall.day(day) if dated and len(weekly) < 3 else wall.weekday(day) for day in weekly
            )
            lines.append(Line(", ".join(names), wall.say("closed")))
            weekly.clear()

    spent: DatedException | None = None
    for day in days:
        note = calendar.day_note(day)
        if note is None:
            weekly.append(day)
            continue
        flush()
        if isinstance(note, DatedException):
            if note is not spent:
                until = min(note.last, days[-1])
                label = wall.day(day) if until == day else f"{wall.day(day)}–{wall.day(until)}"
                lines.append(Line(label, reason(note, wall)))
            spent = note
        else:
            lines.append(Line(wall.day(day), reason(note, wall)))
    flush()
    return tuple(lines)


def reason(note: Note, wall: Wall) -> str:
    """`holiday: Canada Day (alternative arrangements)`."""
    kind = "exception" if isinstance(note, DatedException) else "holiday"
    return wall.say(kind, name=note.name) + (f" ({note.wording})" if note.wording else "")


@dataclass(slots=True)
class _Run:
    """Whole days of the same hours that are told together."""

    hours: str
    first: date
    last: date
    count: int = 0
    seconds: float = 0
    skipped: dict[str, None] = field(default_factory=dict)
    """Weekdays closed in between."""


@dataclass(slots=True)
class _Telling:
    calendar: Calendar
    wall: Wall
    dated: bool
    together: bool
    lines: list[Line] = field(default_factory=list)
    waiting: list[date] = field(default_factory=list)
    """Closed dates not told yet."""
    run: _Run | None = None

    def open(self, day: date, pieces: list[tuple[datetime, datetime]], *, whole: bool) -> None:
        shown = [(start.astimezone(self.wall.zone), end.astimezone(self.wall.zone)) for start, end in pieces]
        hours = ", ".join(time_span(start, end) for start, end in shown)
        seconds = sum((end - start).total_seconds() for start, end in pieces)
        note = self.calendar.day_note(day)
        if self.together and whole and note is None:
            self._join(day, hours, seconds)
            return
        self._end_run()
        self._tell_closed()
        first = shown[0][0]
        name = self.wall.day(first) if self.dated or note else self.wall.weekday(first)
        because = f" ({reason(note, self.wall)})" if note else ""
        self.lines.append(Line(name, f"{hours} {duration(seconds)}{because}", seconds))

    def after_hours(self, day: date, start: datetime) -> None:
        shown = start.astimezone(self.wall.zone)
        name = self.wall.day(shown) if self.dated else self.wall.weekday(shown)
        note = self.calendar.day_note(day)
        because = f" ({reason(note, self.wall)})" if note else ""
        self.lines.append(Line(name, self.wall.say("closed.from", time=clock_time(shown)) + because))

    def closed(self, day: date) -> None:
        if self.run is not None and self.calendar.day_note(day) is not None:
            self._end_run()
        self.waiting.append(day)

    def done(self) -> tuple[Line, ...]:
        self._end_run()
        self._tell_closed()
        return tuple(self.lines)

    def _join(self, day: date, hours: str, seconds: float) -> None:
        if self.run is None or self.run.hours != hours:
            self._end_run()
            self._tell_closed()
            self.run = _Run(hours, day, day)
        self.run.skipped |= dict.fromkeys(self.wall.weekday(each) for each in self.waiting)
        self.waiting.clear()
        self.run.last, self.run.count, self.run.seconds = day, self.run.count + 1, self.run.seconds + seconds

    def _end_run(self) -> None:
        run, self.run = self.run, None
        if run is None:
            return
        day, say = self.wall.day, self.wall.say
        days = day(run.first) if run.count == 1 else f"{day(run.first)}–{day(run.last)}"
        each = run.hours if run.count == 1 else say("several_days", count=run.count, hours=run.hours)
        skipped = f" {say('closed.days', days=', '.join(run.skipped))}" if run.skipped else ""
        self.lines.append(Line(days, f"{each} {duration(run.seconds)}{skipped}", run.seconds))

    def _tell_closed(self) -> None:
        self.lines.extend(closed_days(self.calendar, self.waiting, self.wall, dated=self.dated))
        self.waiting.clear()


def days_between(first: date, last: date) -> list[date]:
    """The dates after `first` and before `last`."""
    return [first + timedelta(days=n) for n in range(1, (last - first).days)]
