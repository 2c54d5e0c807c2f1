"""Whole tickets of the four documents, counted minute by minute: it shares no code and no policy file with slabot.

Hours, holidays and targets are written down here a second time, as the readings of the documents have them, and
each metric is told by its own sentence instead of by replaying what happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

MINUTE = timedelta(minutes=1)
BEGINS, ENDS = datetime(2025, 9, 1, tzinfo=UTC), datetime(2027, 9, 1, tzinfo=UTC)

Term = tuple[str, int]
"""`bh` open hours, `bd` open days, `h` hours whatever the time."""


@dataclass(frozen=True)
class Tier:
    response: Term
    resolution: Term | None = None
    acknowledge: Term | None = None
    pausable: bool = True


DAY = ("h", 24)
TIERS: dict[str, dict[str, Tier]] = {
    "human-esources": {"high": Tier(("bh", 4)), "normal": Tier(("bh", 8))},
    "element-human": {
        "P1": Tier(("bh", 2), ("bh", 4), pausable=False),
        "P2": Tier(("bh", 2), ("bd", 12)),
        "P3": Tier(("bd", 2), ("bd", 7)),
        "P4": Tier(("bd", 4)),
        "general": Tier(("bd", 2)),
        "service_delivery": Tier(("bd", 2)),
        "csm": Tier(("bd", 1)),
        "privacy": Tier(("bd", 2)),
    },
    "prosper-ex": {
        "T1": Tier(DAY, ("bd", 3), DAY),
        "T2": Tier(DAY, ("bd", 3), DAY),
        "T3": Tier(("bd", 3), ("bd", 7), DAY),
        "general": Tier(("bd", 3), None, DAY),
        "bespoke": Tier(("bd", 7), None, DAY),
    },
    "velsoft": {
        "high": Tier(("bh", 4), ("bd", 1), ("bh", 2)),
        "medium": Tier(("bd", 1), ("bd", 3), ("bh", 2)),
        "low": Tier(("bd", 1), ("bd", 3), ("bh", 2)),
    },
}
PLACES: dict[str, tuple[str, time, time]] = {
    "human-esources": ("America/New_York", time(9), time(19)),
    "element-human": ("Europe/London", time(9), time(18)),
    "prosper-ex": ("Australia/Sydney", time(9), time(17)),
    "velsoft": ("America/Halifax", time(8), time(16, 30)),
}
STATES = ("NSW", "VIC", "QLD", "WA", "SA", "TAS", "ACT", "NT")


@cache
def free_days(workspace: str) -> frozenset[date]:
    years = range(2024, 2030)
    match workspace:
        case "human-esources":
            return frozenset(holidays.country_holidays("US", years=years))
        case "element-human":
            return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=years))
        case "velsoft":
            return frozenset(holidays.country_holidays("CA", subdiv="NS", years=years))
        case _:
            each = [frozenset(holidays.country_holidays("AU", subdiv=s, years=years)) for s in STATES]
            return frozenset.intersection(*each)


class Minutes:
    """One byte for each minute from `BEGINS` to `ENDS`: 1 while the desk is open."""

    def __init__(self, workspace: str) -> None:
        zone, self.opens, self.closes = PLACES[workspace]
        self.place, self.free = ZoneInfo(zone), free_days(workspace)
        self.open = bytearray()
        at = BEGINS
        while at < ENDS:
            wall = at.astimezone(self.place)
            assert wall.minute == 0  # these zones keep whole hours from UTC, so an hour needs one look
            for minute in range(60):
                clock = time(wall.hour, minute)
                is_open = self.is_business_day(wall.date()) and self.opens <= clock < self.closes
                self.open.append(is_open)
            at += timedelta(hours=1)

    def is_business_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.free

    def walk(self, at: datetime, minutes: int) -> datetime:
        """So many open minutes on."""
        i = (at - BEGINS) // MINUTE
        while minutes:
            minutes -= self.open[i]
            i += 1
        return BEGINS + i * MINUTE

    def after(self, start: datetime, term: Term) -> datetime:
        unit, number = term
        if unit == "h":
            return start + timedelta(hours=number)
        if unit == "bh":
            return self.walk(start, number * 60)
        while not self.open[(start - BEGINS) // MINUTE]:
            start += MINUTE
        wall = start.astimezone(self.place)
        day = wall.date()
        while number:
            day += timedelta(days=1)
            number -= self.is_business_day(day)
        return datetime.combine(day, wall.time(), self.place).astimezone(UTC)

    def paused(self, due: datetime, spans: Iterable[tuple[datetime, datetime]], term: Term) -> datetime:
        """On from `due` by the minutes of these spans that count, each minute once."""
        held: set[int] = set()
        for since, until in spans:
            held.update(range((since - BEGINS) // MINUTE, (until - BEGINS) // MINUTE))
        if term[0] == "h":
            return due + len(held) * MINUTE
        return self.walk(due, sum(self.open[i] for i in held))


minutes_of = cache(Minutes)


@dataclass(frozen=True, order=True)
class Happened:
    at: datetime
    kind: str
    severity: str = ""


@dataclass(frozen=True)
class Ticket:
    """What is owed on a ticket after all that happened, no two things at the same instant."""

    workspace: str
    severity: str
    opened_at: datetime
    events: tuple[Happened, ...]
    """In order."""

    def of(self, *kinds: str) -> list[Happened]:
        return [event for event in self.events if event.kind in kinds]

    def tier(self, at: datetime | None) -> Tier:
        """The one in force at an instant; None: now."""
        changes = [e.severity for e in self.of("severity_changed") if at is None or e.at <= at]
        return TIERS[self.workspace][(self.severity, *changes)[-1]]

    def acknowledge(self) -> datetime | None:
        """The confirmation met it when the ticket opened; no later severity counts."""
        term = self.tier(self.opened_at).acknowledge
        return minutes_of(self.workspace).after(self.opened_at, term) if term else None

    def first_response(self) -> datetime:
        answered = next((event.at for event in self.of("agent_response")), None)
        return minutes_of(self.workspace).after(self.opened_at, self.tier(answered).response)

    def next_response(self) -> datetime | None:
        talk = self.of("agent_response", "customer_reply", "reopened")
        starts = [
            event.at
            for i, event in enumerate(talk)
            if event.kind == "reopened"
            or (event.kind == "customer_reply" and i > 0 and talk[i - 1].kind == "agent_response")
        ]
        if not starts:
            return None
        answered = next((e.at for e in self.of("agent_response") if e.at > starts[-1]), None)
        return minutes_of(self.workspace).after(starts[-1], self.tier(answered).response)

    def resolution(self) -> datetime | None:
        states = self.of("solved", "reopened")
        closing = next(
            (e.at for i, e in enumerate(states) if e.kind == "solved" and self._last(states, i)), None
        )
        tier = self.tier(closing)
        if tier.resolution is None:
            return None
        desk = minutes_of(self.workspace)
        due = desk.after(self.opened_at, tier.resolution)
        if not tier.pausable:
            return due
        spans = [*self._spans("pause", "resume"), *self._spans("solved", "reopened")]
        return desk.paused(due, spans, tier.resolution)

    def _last(self, states: list[Happened], index: int) -> bool:
        """Whether it began a stretch of being solved that has not ended."""
        return all(e.kind == "solved" for e in states[index:])

    def _spans(self, begin: str, end: str) -> list[tuple[datetime, datetime]]:
        """From each beginning to the first end after it; one still open is none."""
        ends = [event.at for event in self.of(end)]
        closed = ((e.at, next((at for at in ends if at > e.at), None)) for e in self.of(begin))
        return [(since, until) for since, until in closed if until is not None]
