"""One metric with a duration: what can be promised, how it counts, and which line of which document it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Metric(StrEnum):
    """The four things a policy can promise a time for."""

    ACKNOWLEDGE = "acknowledge"
    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    RESOLUTION = "resolution"


class Unit(StrEnum):
    """How a duration counts: open minutes, open days, or minutes whatever the hour."""

    BUSINESS_HOURS = "business_hours"
    BUSINESS_DAYS = "business_days"
    HOURS = "hours"
    WORDS = "words"


class BusinessDay(StrEnum):
    """When within its last day a target of N business days is due."""

    SAME_TIME = "same_time"
    CLOSE_OF_DAY = "close_of_day"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from: the document and its line (`004_e9e4790fbabeb09b.txt:23`)."""

    document: str
    line: int | None = None
    clause: str = ""
    """The number or heading people would quote, as "4.1" or "Priority 2"."""
    quote: str = ""
    """The document's own words, as short as they stay true."""


@dataclass(frozen=True, slots=True)
class Target:
    """One metric's duration. `most` binds; `least` is only spoken ("one to three business days")."""

    unit: Unit
    most: float | None
    """In hours or days by `unit`; None only where `unit` is WORDS."""
    words: str
    """The document's own words for the duration: "2 normal business hours"."""
    source: Source
    least: float | None = None
    calendar: str | None = None
    """A calendar's key; None is the policy's support calendar."""
    prime: str | None = None
    """The calendar of prime time; None is the support calendar. It matters with `outside_prime` alone."""
    outside_prime: Target | None = None
    """What holds instead where the clock starts outside prime time."""
    applies: str = ""
    """To whom or when, where not always: "Gold plan", "outside prime time"."""
    business_day: BusinessDay = BusinessDay.SAME_TIME
    pausable: bool = True
    continuous_effort: bool = False
    around_the_clock_after_first_response: bool = False
    """Continuous effort as a segment: open time until the first response, elapsed time after it."""
    contractual: bool = False
    """A duty of the contract, or (False) an objective the provider aims at."""
    warn_at_share: float = 0.75
    """The share of the budget after which the clock warns."""
    warn_before: timedelta | None = None
    """A lead time in elapsed time; the earlier of both warnings counts."""
