"""Weekly hours as people write them ("Mon–Fri 09:00–12:00, 13:00–17:00", "24/7") and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from slabot.domain.calendar.rules import Hours
from slabot.policies.problems import Misread

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {name: index for index, full in enumerate(_FULL) for name in (full, full[:3], full[:2])}
_DAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_GROUPS = {"weekdays": range(5), "weekend": range(5, 7), "weekends": range(5, 7), "daily": range(7)}
_GROUPS |= {"every day": range(7)}
_TOKEN = re.compile(
    r"\s*(?:(?P<time>\d{1,2}:\d{2}\s*(?:[ap]\.?m\.?(?![a-z]))?|\d{1,2}\s*[ap]\.?m\.?(?![a-z]))"
    r"|(?P<dash>[-–—]|to\b|through\b|until\b)|(?P<sep>[,;\n]|and\b)"
    r"|(?P<group>every day\b)|(?P<word>[a-z]+)\.?)",
    re.IGNORECASE,
)
_WRITE = "Write days and times such as `Mon–Fri 09:00–17:00`"
DAY = 1440

Weekly = dict[int, tuple[Hours, ...]]


def read_weekly(text: str) -> Weekly:
    """Hours by weekday, Monday 0; times without days hold every day. Raises `Misread` where unclear."""
    if text.strip() == "24/7":
        return {day: (Hours(0, DAY),) for day in range(7)}
    return _Reading(text).weekly()


def read_day_hours(text: str) -> tuple[Hours, ...]:
    """Hours of one day without its name: "09:00–12:00, 13:00–15:00"; "closed" is none. Raises `Misread`."""
    if text.strip().lower() == "closed":
        return ()
    reading = _Reading(text)
    hours = reading.times()
    if reading.here is not None:
        raise Misread("times of one day", f"{text!r}", "Write `09:00–12:00` or `closed`.")
    return _ordered(hours, text)


class _Reading:
    """One pass over the tokens of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        position = 0
        while position < len(text.rstrip()):
            match = _TOKEN.match(text, position)
            if match is None or match.lastgroup is None:
                raise self.misread("days and times", f"{text[position:].strip()!r} in {text!r}")
            self.tokens.append((match.lastgroup, match[match.lastgroup].lower()))
            position = match.end()
        self.next = 0

    @property
    def here(self) -> str | None:
        return self.tokens[self.next][0] if self.next < len(self.tokens) else None

    def take(self, kind: str) -> str | None:
        """The next token's text if it is of this kind."""
        if self.here != kind:
            return None
        self.next += 1
        return self.tokens[self.next - 1][1]

    def misread(self, expected: str, came: str | None = None) -> Misread:
        return Misread(expected, came or f"{self.text!r}", f"{_WRITE}.")

    def weekly(self) -> Weekly:
        weekly: Weekly = {}
        while self.here is not None:
            days = list(range(7)) if not weekly and self.here == "time" else self.days()
            hours = _ordered(self.times(), self.text)
            for day in days:
                if day in weekly:
                    came = f"{DAY_NAMES[day]} twice in {self.text!r}"
                    raise Misread(
                        "each day once", came, "Put its times side by side: `Mon 09:00–12:00, 13:00–17:00`."
                    )
                weekly[day] = hours
            self.take("sep")
        if not weekly:
            raise self.misread("days and times")
        _refuse_overlaps(weekly, self.text)
        return dict(sorted(weekly.items()))

    def days(self) -> list[int]:
        days: list[int] = []
        while True:
            group = self.take("group") or self.take("word")
            if group is None:
                raise self.misread("the days before the times")
            if group in _GROUPS:
                days.extend(_GROUPS[group])
            else:
                first = self.day(group)
                last = self.day(self.take("word") or "") if self.take("dash") else first
                days.extend((first + step) % 7 for step in range((last - first) % 7 + 1))
            if (
                self.here != "sep"
                or self.next + 1 == len(self.tokens)
                or self.tokens[self.next + 1][0] == "time"
            ):
                break
            self.next += 1
        return days

    def day(self, word: str) -> int:
        if word not in _DAYS:
            raise self.misread("a weekday", f"{word!r} in {self.text!r}" if word else None)
        return _DAYS[word]

    def times(self) -> list[Hours]:
        hours = [self.interval()]
        while (
            self.here == "sep"
            and self.next + 1 < len(self.tokens)
            and self.tokens[self.next + 1][0] == "time"
        ):
            self.next += 1
            hours.append(self.interval())
        return hours

    def interval(self) -> Hours:
        opens = self.take("time")
        dash = self.take("dash")
        closes = self.take("time")
        if opens is None or dash is None or closes is None:
            raise self.misread("two times with a dash between them")
        start, end = self.minutes(opens), self.minutes(closes)
        if start == end:
            came = f"{opens}–{closes} in {self.text!r}"
            raise Misread("a close after the opening", came, "For a whole day write `00:00–24:00`.")
        if start >= DAY:
            raise self.misread("an opening before 24:00", f"{opens!r} in {self.text!r}")
        return Hours(start, end if end > start else end + DAY)

    def minutes(self, time: str) -> int:
        match = re.fullmatch(r"(\d{1,2})(?::(\d{2}))?\s*(?:([ap])\.?m\.?)?", time)
        hour, minute, half = (int(match[1]), int(match[2] or 0), match[3]) if match else (99, 0, None)
        if half is not None and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        elif half is not None:
            hour = 99
        if minute > 59 or hour * 60 + minute > DAY:
            raise self.misread("a time from 00:00 to 24:00", f"{time!r} in {self.text!r}")
        return hour * 60 + minute


def _ordered(hours: list[Hours], text: str) -> tuple[Hours, ...]:
    ordered = tuple(sorted(hours))
    for earlier, later in pairwise(ordered):
        if later.opens < earlier.closes:
            came = f"{span_words(earlier)} and {span_words(later)} in {text!r}"
            raise Misread("times that do not overlap", came, "Join the two, or mend one of them.")
    return ordered


def _refuse_overlaps(weekly: Mapping[int, tuple[Hours, ...]], text: str) -> None:
    for day, hours in weekly.items():
        tomorrow = (day + 1) % 7
        beyond = max(each.closes for each in hours) - DAY
        if any(each.opens < beyond for each in weekly.get(tomorrow, ())):
            came = f"{DAY_NAMES[day]} still open when {DAY_NAMES[tomorrow]} begins in {text!r}"
            raise Misread("a night that ends before the next opening", came, "Mend one of the two times.")


def span_words(hours: Hours) -> str:
    """ "09:00–17:00"; a close on the next day reads as its own time: "22:00–06:00"."""
    closes = hours.closes if hours.closes <= DAY else hours.closes - DAY
    return f"{_clock(hours.opens)}–{_clock(closes)}"


def weekly_words(weekly: Mapping[int, tuple[Hours, ...]]) -> str:
    """ "Mon–Fri 09:00–17:00; Sat 10:00–14:00"; "24/7" where it never closes."""
    if all(weekly.get(day) == (Hours(0, DAY),) for day in range(7)):
        return "24/7"
    parts: list[str] = []
    day = 0
    while day < 7:
        last = day
        while last < 6 and weekly.get(last + 1) == weekly.get(day):
            last += 1
        if weekly.get(day):
            name = DAY_NAMES[day] if last == day else f"{DAY_NAMES[day]}–{DAY_NAMES[last]}"
            parts.append(f"{name} {', '.join(map(span_words, weekly[day]))}")
        day = last + 1
    return "; ".join(parts)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
