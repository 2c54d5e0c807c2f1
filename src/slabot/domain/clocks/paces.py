"""How a clock runs: with open time, with elapsed time, or with open time until a person has answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.target import Target, Unit


class Pace(Protocol):
    def advance(self, at: datetime, seconds: float) -> datetime:
        """The instant at which so many seconds have counted since `at`."""

    def between(self, start: datetime, end: datetime) -> float:
        """The seconds that count from `start` to `end`."""


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Every second counts."""

    def advance(self, at: datetime, seconds: float) -> datetime:
        return at.astimezone(UTC) + timedelta(seconds=seconds)

    def between(self, start: datetime, end: datetime) -> float:
        return (end - start).total_seconds()


@dataclass(frozen=True, slots=True)
class Open:
    """Only open time counts."""

    calendar: Calendar

    def advance(self, at: datetime, seconds: float) -> datetime:
        return self.calendar.add(at, seconds)

    def between(self, start: datetime, end: datetime) -> float:
        return self.calendar.between(start, end)


@dataclass(frozen=True, slots=True)
class OpenThenElapsed:
    """Continuous effort as a segment: open time until the first response, around the clock after it."""

    calendar: Calendar
    since: datetime
    """The first response."""

    def advance(self, at: datetime, seconds: float) -> datetime:
        if at < self.since:
            opened = self.calendar.between(at, self.since)
            if opened >= seconds:
                return self.calendar.add(at, seconds)
            at, seconds = self.since, seconds - opened
        return at.astimezone(UTC) + timedelta(seconds=seconds)

    def between(self, start: datetime, end: datetime) -> float:
        middle = min(max(start, self.since), end)
        before = self.calendar.between(start, middle) if middle > start else 0
        return before + max(0.0, (end - max(middle, self.since)).total_seconds())


def pace(target: Target, calendar: Calendar, first_response: datetime | None = None) -> Pace:
    """The pace of a target, with the instant of the first response once there is one."""
    if target.unit is Unit.HOURS:
        return Elapsed()
    if target.around_the_clock_after_first_response and first_response is not None:
        return OpenThenElapsed(calendar, first_response)
    return Open(calendar)
