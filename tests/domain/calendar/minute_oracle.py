"""A desk watched minute by minute: it shares no code, no data structure and no arithmetic with the calendar.

It asks the wall clock of every minute whether the rules open the desk, and then counts.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from slabot.domain.calendar.rules import CalendarRules, Hours

MINUTE = timedelta(minutes=1)


class Watched:
    """Every minute of a span: whether the desk is open, and what the wall clock shows."""

    def __init__(self, rules: CalendarRules, start: datetime, minutes: int) -> None:
        self.rules = rules
        self.start = start
        place = ZoneInfo(rules.zone)
        self.dates: list[date] = []
        self.clocks: list[int] = []
        self.open = bytearray(minutes)
        known: dict[date, bytes] = {}
        for i in range(minutes):
            wall = (start + i * MINUTE).astimezone(place)
            day, clock = wall.date(), wall.hour * 60 + wall.minute
            if day not in known:
                known[day] = self._open_minutes(day)
            self.dates.append(day)
            self.clocks.append(clock)
            self.open[i] = known[day][clock]
        self.minutes_of: dict[date, list[int]] = {}
        for i, day in enumerate(self.dates):
            self.minutes_of.setdefault(day, []).append(i)
        self.opened = sorted(
            day for day, minutes in self.minutes_of.items() if any(self.open[j] for j in minutes)
        )

    def add(self, at: datetime, minutes: int) -> datetime:
        i = self._index(at)
        while minutes:
            minutes -= self.open[i]
            i += 1
        return self.start + i * MINUTE

    def between(self, start: datetime, end: datetime) -> int:
        return sum(self.open[self._index(start) : self._index(end)])

    def next_opening(self, at: datetime) -> datetime:
        i = self._index(at)
        while not self.open[i]:
            i += 1
        return self.start + i * MINUTE

    def next_change(self, at: datetime) -> datetime:
        i = self._index(at)
        now = self.open[i]
        while self.open[i] == now:
            i += 1
        return self.start + i * MINUTE

    def add_days(self, at: datetime, n: int, *, close_of_day: bool) -> datetime:
        i = self._index(self.next_opening(at))
        begins, wanted = self.dates[i], self.clocks[i]
        day = self.opened[self.opened.index(begins) + n]
        minutes = self.minutes_of[day]
        last_open = max(j for j in minutes if self.open[j])
        if close_of_day:
            return self.start + (last_open + 1) * MINUTE
        # The first minute of the day at which the wall clock has come this far; past it: the day's end.
        reached = next((j for j in minutes if self.clocks[j] >= wanted), minutes[-1] + 1)
        until = [j for j in minutes if j < reached and self.open[j]]
        if reached < len(self.open) and self.dates[reached] == day and self.open[reached]:
            return self.start + reached * MINUTE
        if until:
            return self.start + (until[-1] + 1) * MINUTE
        return self.start + min(j for j in minutes if self.open[j]) * MINUTE

    def _index(self, at: datetime) -> int:
        return (at.astimezone(UTC) - self.start) // MINUTE

    def _open_minutes(self, day: date) -> bytes:
        """One byte for each minute of the wall clock."""
        eve = day - timedelta(days=1)
        own, special = self._rule(day)
        ran, eve_special = self._rule(eve)
        if special == "" and (eve_special == "" or (eve_special == "holiday" and not ran)):
            ran = self.rules.weekly.get(eve.weekday(), ())
        elif special != "":
            stronger = eve_special == "exception" and special == "holiday"
            if eve_special == "" or not (stronger or own):
                ran = ()
        minutes = bytearray(1440)
        for hours in own:
            for minute in range(hours.opens, min(hours.closes, 1440)):
                minutes[minute] = 1
        for hours in ran:
            for minute in range(max(0, hours.closes - 1440)):
                minutes[minute] = 1
        return bytes(minutes)

    def _rule(self, day: date) -> tuple[tuple[Hours, ...], str]:
        for exception in reversed(self.rules.exceptions):
            if exception.first <= day <= exception.last:
                return exception.hours, "exception"
        if day in self.rules.holidays:
            return self.rules.holidays[day].hours, "holiday"
        return self.rules.weekly.get(day.weekday(), ()), ""
