"""A calendar as arithmetic uses it: open UTC intervals with prefix sums, whole without tzdata or holidays."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from itertools import accumulate
from typing import Any

from slabot.domain.calendar import record
from slabot.domain.calendar.errors import BeyondHorizon, NeverOpens
from slabot.domain.calendar.rules import CalendarRules, Hours
from slabot.domain.calendar.walls import Note, check, notes, wall
from slabot.domain.calendar.zones import DAY, instant, offsets
from slabot.domain.target import BusinessDay

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL = EPOCH.toordinal()


@dataclass(frozen=True)
class Calendar:
    """Half-open UTC intervals in epoch seconds, each within one local date; whole days touch each other.

    Methods take and give aware datetimes and raise `BeyondHorizon` outside `covers`.
    """

    key: str
    zone: str
    zone_words: str
    words: str
    """The document's own sentence of hours."""
    weekly: Mapping[int, tuple[Hours, ...]]
    opens: tuple[int, ...] = field(repr=False)
    closes: tuple[int, ...] = field(repr=False)
    days: tuple[int, ...] = field(repr=False)
    """The local date of each interval, as `date.toordinal`."""
    notes: Mapping[date, Note] = field(repr=False)
    """The holiday or exception of each date that has one."""
    shifts: tuple[tuple[int, int], ...] = field(repr=False)
    """`(from, seconds east of UTC)`: the zone's offsets, kept so that later tzdata moves nothing."""
    starts: int
    ends: int
    made_with: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """The releases of the tables it was compiled from, by package; what they say is in the rest already."""

    # -- what follows from the intervals

    @cached_property
    def _before(self) -> tuple[int, ...]:
        """Open seconds before interval i; one more entry than intervals, the last is the sum."""
        lengths = (closes - opens for opens, closes in zip(self.opens, self.closes, strict=True))
        return (0, *accumulate(lengths))

    @cached_property
    def _runs(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Intervals joined where they touch: the instants at which the desk opens and closes."""
        opens = [at for i, at in enumerate(self.opens) if i == 0 or self.closes[i - 1] != at]
        closes = [
            at for i, at in enumerate(self.closes) if i + 1 == len(self.opens) or self.opens[i + 1] != at
        ]
        return tuple(opens), tuple(closes)

    @cached_property
    def _by_day(self) -> Mapping[int, tuple[int, ...]]:
        """The intervals of each open date; more than one apart where clocks go back across midnight."""
        found: dict[int, list[int]] = {}
        for i, day in enumerate(self.days):
            found.setdefault(day, []).append(i)
        return {day: tuple(found[day]) for day in sorted(found)}

    @cached_property
    def _open_days(self) -> tuple[int, ...]:
        return tuple(self._by_day)

    @property
    def covers(self) -> tuple[datetime, datetime]:
        """The first instant it knows, and the first it no longer knows."""
        return instant(self.starts), instant(self.ends)

    # -- questions

    def is_open(self, at: datetime) -> bool:
        """Half-open: open at the opening instant, closed at the closing one."""
        seconds = self._seconds(at)
        i = bisect_right(self.opens, seconds) - 1
        return i >= 0 and seconds < self.closes[i]

    def next_change(self, at: datetime) -> datetime | None:
        """When it next opens or closes, after `at`; None if not within the horizon."""
        seconds = self._seconds(at)
        opens, closes = self._runs
        i, j = bisect_right(opens, seconds), bisect_right(closes, seconds)
        coming = [each[k] for each, k in ((opens, i), (closes, j)) if k < len(each)]
        change = min(coming, default=self.ends)
        return instant(change) if change < self.ends else None

    def next_opening(self, at: datetime) -> datetime:
        """The first open instant from `at` on: `at` itself if open."""
        seconds = self._seconds(at)
        return instant(max(seconds, self.opens[self._interval_from(seconds)]))

    def closes_at(self, at: datetime) -> datetime | None:
        """When the desk that is open at `at` closes; None if it is closed, or open to the horizon."""
        return self.next_change(at) if self.is_open(at) else None

    def day_note(self, day: date) -> Note | None:
        """The holiday or exception of a local date."""
        return self.notes.get(day)

    def local(self, at: datetime) -> datetime:
        """The instant on the desk's wall clock, with the offset it had when the calendar was compiled."""
        return at.astimezone(timezone(timedelta(seconds=self._offset((at - EPOCH).total_seconds()))))

    def hours_on(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The open intervals of a local date."""
        pieces = self._by_day.get(day.toordinal(), ())
        return tuple((instant(self.opens[i]), instant(self.closes[i])) for i in pieces)

    # -- arithmetic

    def add(self, at: datetime, open_seconds: float) -> datetime:
        """The earliest instant with so much open time since `at`: exactly at close is at close."""
        seconds = (at - EPOCH).total_seconds()
        if open_seconds <= 0:
            if open_seconds < 0:
                raise ValueError(f"cannot add {open_seconds} open seconds; expected 0 or more")
            return at.astimezone(UTC)
        if not self.starts <= seconds <= self.ends:
            raise BeyondHorizon(self.key, at.astimezone(UTC), *self.covers)
        before = self._before
        i = bisect_right(self.closes, seconds)
        if i == len(self.closes):
            raise BeyondHorizon(self.key, None, *self.covers)
        total = before[i] + open_seconds
        if seconds > self.opens[i]:
            total += seconds - self.opens[i]
        if total % 1:
            # Epoch seconds as floats are a quarter of a microsecond off: without rounding, a walk that ends
            # exactly at a closing could end at the next opening.
            total = round(total, 6)
        j = bisect_left(before, total, i + 1) - 1
        if total > before[-1]:
            raise BeyondHorizon(self.key, None, *self.covers)
        return datetime.fromtimestamp(self.opens[j] + total - before[j], UTC)

    def between(self, start: datetime, end: datetime) -> float:
        """Open seconds from `start` to `end`; negative if `end` is earlier."""
        return round(self._open_until(self._seconds(end)) - self._open_until(self._seconds(start)), 6)

    def add_days(self, at: datetime, n: int, mode: BusinessDay = BusinessDay.SAME_TIME) -> datetime:
        """N open dates after the one on which the clock starts; in closed time it starts at the next opening.

        `SAME_TIME`: the same local time of day. Where that is outside the day's hours it is the last closing
        before it, or the day's opening if there is none; a time the clock skips is the first that exists.
        """
        seconds = self._seconds(at)
        first = self._interval_from(seconds)
        begins = max(seconds, self.opens[first])
        k = bisect_left(self._open_days, self.days[first]) + n
        if k >= len(self._open_days):
            raise BeyondHorizon(self.key, None, *self.covers)
        day = self._open_days[k]
        pieces = self._by_day[day]
        if mode is BusinessDay.CLOSE_OF_DAY:
            return instant(self.closes[pieces[-1]])
        time_of_day = begins + self._offset(begins) - (self.days[first] - EPOCH_ORDINAL) * DAY
        wanted = self._first_instant((day - EPOCH_ORDINAL) * DAY + time_of_day)
        reached = [min(wanted, self.closes[i]) for i in pieces if self.opens[i] <= wanted]
        return instant(reached[-1] if reached else self.opens[pieces[0]])

    # -- how it is kept

    def to_record(self) -> dict[str, Any]:
        """A JSON-able dict from which `from_record` makes the same calendar."""
        return record.written(self)

    @classmethod
    def from_record(cls, kept: Mapping[str, Any]) -> Calendar:
        return cls(**record.read(kept))

    @cached_property
    def digest(self) -> str:
        """The content hash under which a store keeps it once; other tables with the same hours change nothing."""
        content = {key: value for key, value in self.to_record().items() if key != "made_with"}
        canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    # -- steps

    def _seconds(self, at: datetime) -> float:
        seconds = (at - EPOCH).total_seconds()
        if not self.starts <= seconds <= self.ends:
            raise BeyondHorizon(self.key, at.astimezone(UTC), *self.covers)
        return seconds

    def _interval_from(self, seconds: float) -> int:
        """The interval that is open at this second, or the next one."""
        i = bisect_right(self.closes, seconds)
        if i == len(self.closes):
            raise BeyondHorizon(self.key, None, *self.covers)
        return i

    def _open_until(self, seconds: float) -> float:
        i = bisect_right(self.opens, seconds) - 1
        return 0 if i < 0 else self._before[i] + min(seconds, self.closes[i]) - self.opens[i]

    def _offset(self, seconds: float) -> int:
        i = bisect_right(self.shifts, (seconds, DAY)) - 1
        return self.shifts[max(i, 0)][1]

    def _first_instant(self, wall_seconds: float) -> float:
        """The first instant at which the wall clock shows this, or has jumped over it."""
        for i, (since, east) in enumerate(self.shifts):
            until = self.shifts[i + 1][0] if i + 1 < len(self.shifts) else None
            if until is None or wall_seconds - east < until:
                return max(wall_seconds - east, since)
        raise AssertionError("a calendar always has an offset")


def compile_calendar(rules: CalendarRules, first: date, last: date) -> Calendar:
    """The calendar for the local dates `first` to `last`, both included.

    Raises `BadHours`, `UnknownZone` and `NeverOpens`.
    """
    check(rules)
    lowest = (first.toordinal() - EPOCH_ORDINAL) * DAY
    highest = (last.toordinal() + 1 - EPOCH_ORDINAL) * DAY
    shifts = offsets(rules.zone, lowest - 2 * DAY, highest + 2 * DAY)
    spans = [
        (day, (day - EPOCH_ORDINAL) * DAY + opens * 60, (day - EPOCH_ORDINAL) * DAY + closes * 60)
        for day, opens, closes in wall(rules, first, last)
    ]
    if not spans:
        raise NeverOpens(rules.key, first.isoformat(), last.isoformat())
    opens: list[int] = []
    closes: list[int] = []
    days: list[int] = []
    at = 0
    for i, (since, east) in enumerate(shifts):
        # The wall clock shows [begins, ends) under this offset: a skipped hour lies between two such
        # stretches and a repeated one in both.
        begins = since + east
        ends = shifts[i + 1][0] + east if i + 1 < len(shifts) else highest
        while at > 0 and spans[at - 1][2] > begins:
            at -= 1
        while at < len(spans) and spans[at][2] <= begins:
            at += 1
        while at < len(spans) and spans[at][1] < ends:
            day, span_opens, span_closes = spans[at]
            low, high = max(span_opens, begins) - east, min(span_closes, ends) - east
            if days and days[-1] == day and closes[-1] == low:
                closes[-1] = high
            else:
                opens.append(low)
                closes.append(high)
                days.append(day)
            at += 1
    blank = Calendar(
        key=rules.key,
        zone=rules.zone,
        zone_words=rules.zone_words,
        words=rules.words,
        weekly={day: rules.weekly[day] for day in sorted(rules.weekly) if rules.weekly[day]},
        opens=tuple(opens),
        closes=tuple(closes),
        days=tuple(days),
        notes=notes(rules, first, last),
        shifts=shifts,
        starts=0,
        ends=0,
    )
    return replace(
        blank, starts=round(blank._first_instant(lowest)), ends=round(blank._first_instant(highest))
    )
