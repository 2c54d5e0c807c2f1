"""Whom a waiting ticket is offered to, by who is free, how much they hold, what they speak and whom the visitor knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fractions import Fraction


class Routing(StrEnum):
    """How a queue gives its tickets to people."""

    LEAST_LOADED = "least_loaded"
    ROUND_ROBIN = "round_robin"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class RoutingRules:
    """What a workspace settles for all its queues."""

    offer_for: timedelta = timedelta(seconds=60)
    """How long an offer stands before the next agent gets it; elapsed time."""
    hold: timedelta = timedelta(minutes=10)
    """How long an agent may be gone while the visitor waits for their words; open time of the queue."""
    quiet_hold: timedelta = timedelta(hours=8)
    """The same while nobody waits for words; open time of the queue."""
    last_agent_first: bool = True
    """Whom the visitor spoke to last is asked first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agent who is online, serves the queue and has not passed on this ticket."""

    agent: str
    load: int
    """Conversations they hold, and offers they have not answered."""
    capacity: int
    languages: frozenset[str] = frozenset()
    """Empty: any."""
    last_offered_at: datetime | None = None

    @property
    def has_room(self) -> bool:
        return self.load < self.capacity

    def speaks(self, language: str) -> bool:
        return not self.languages or language in self.languages


_NEVER = datetime.min.replace(tzinfo=UTC)


def whom_to_offer(
    routing: Routing, candidates: Iterable[Candidate], *, language: str, last_agent: str | None
) -> str | None:
    """The agent to ask next; None: nobody is free, or the queue is emptied by hand.

    Whom the visitor knows comes first, then those who speak their language: somebody who does not is still better
    than nobody. Among equals the longest without an offer is next.
    """
    if routing is Routing.BY_HAND:
        return None

    def place(candidate: Candidate) -> tuple[bool, bool, Fraction, datetime, str]:
        share = Fraction(candidate.load, max(candidate.capacity, 1))
        return (
            candidate.agent != last_agent,
            not candidate.speaks(language),
            share if routing is Routing.LEAST_LOADED else Fraction(0),
            candidate.last_offered_at or _NEVER,
            candidate.agent,
        )

    free = [candidate for candidate in candidates if candidate.has_room]
    return min(free, key=place).agent if free else None
