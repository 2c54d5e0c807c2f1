"""A small policy whose clocks the tests run: the desk of New York, open Mon–Fri 09:00–19:00."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from slabot.domain.clocks.clock import Clock
from slabot.domain.clocks.facts import Fact, FactKind
from slabot.domain.clocks.promise import Promise, promise
from slabot.domain.policy import Level, LiveChat, Policy
from slabot.domain.target import Metric, Source, Target, Unit
from tests.domain.calendar.desks import at as wall
from tests.domain.calendar.desks import desk, every_day, new_york

SOURCE = Source("policy.txt", 7)


def within(most: float, unit: Unit = Unit.BUSINESS_HOURS, **settings: Any) -> Target:
    return Target(unit, most, f"{most:g} {unit.value}", SOURCE, **settings)


WORDS = Target(Unit.WORDS, None, "Future software release", SOURCE)


def level(key: str, rank: int, targets: Mapping[Metric, Target], **settings: Any) -> Level:
    return Level(key, key.capitalize(), rank, "support", targets, **settings)


LEVELS = (
    level(
        "urgent",
        0,
        {
            Metric.ACKNOWLEDGE: within(2),
            Metric.FIRST_RESPONSE: within(2),
            Metric.RESOLUTION: within(8),
        },
        acknowledged_by="confirmation",
    ),
    level("normal", 1, {Metric.FIRST_RESPONSE: within(8), Metric.RESOLUTION: within(3, Unit.BUSINESS_DAYS)}),
    level(
        "slow", 2, {Metric.FIRST_RESPONSE: within(24, Unit.HOURS), Metric.RESOLUTION: within(48, Unit.HOURS)}
    ),
    level("someday", 3, {Metric.FIRST_RESPONSE: within(2, Unit.BUSINESS_DAYS), Metric.RESOLUTION: WORDS}),
    level("effort", 4, {Metric.FIRST_RESPONSE: within(2), Metric.RESOLUTION: within(4, pausable=False)}),
    level(
        "segment",
        5,
        {
            Metric.FIRST_RESPONSE: within(2),
            Metric.RESOLUTION: within(8, around_the_clock_after_first_response=True),
        },
    ),
    level("always", 6, {Metric.FIRST_RESPONSE: within(4, calendar="always"), Metric.ACKNOWLEDGE: within(1)}),
)

POLICY = Policy(
    "desk",
    "The desk",
    "D-",
    "ticket",
    "en",
    "America/New_York",
    "Eastern",
    "desk",
    LEVELS,
    (),
    (),
    LiveChat(None),
    aliases={"low": "normal"},
)
CALENDARS = {"desk": new_york(), "always": desk("America/New_York", every_day("00:00–00:00"))}


def ny(*when: int) -> datetime:
    """March 2026 in New York: `ny(6, 17)` is Friday the 6th at 17:00."""
    return wall("America/New_York", 2026, 3, *when).astimezone(UTC)


FRIDAY_EVENING = ny(6, 17)


def fact(kind: str, when: datetime, **more: Any) -> Fact:
    return Fact(FactKind(kind), when, **more)


def promised(level_key: str, opened_at: datetime, *facts: Fact, **policy: Any) -> Promise:
    return promise(replace(POLICY, **policy), level_key, opened_at, facts, CALENDARS)


def clock(of: Promise, metric: str) -> Clock:
    return of.clocks[Metric(metric)]


def due(of: Promise, metric: str) -> datetime | None:
    return clock(of, metric).due
