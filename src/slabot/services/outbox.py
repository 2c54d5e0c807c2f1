"""The port to what waits for delivery: written with the turn that caused it, delivered at least once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol


class Fate(StrEnum):
    """What became of a delivery."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Claimed:
    """One delivery that this process may try until its lease ends. `id` is stable."""

    id: str
    workspace: str
    channel: str
    payload: Mapping[str, Any]
    tries: int
    """This one included."""


class Outbox(Protocol):
    async def claim(self, channel: str, now: datetime, lease: timedelta, limit: int) -> tuple[Claimed, ...]:
        """Those due, oldest first; nobody else gets them until the lease ends, also after a crash."""
        ...

    async def sent(self, id: str, at: datetime) -> None: ...

    async def failed(self, id: str, at: datetime, error: str, *, for_good: bool = False) -> None:
        """Tried again after a pause that grows; `for_good`: never again, and operators see it."""
        ...

    async def forget_sent(self, before: datetime, limit: int) -> int:
        """Drops some of what was sent before then, at most so many; how many. What waits or was given up stays."""
        ...

    async def next_try_at(self, channel: str) -> datetime | None:
        """When to look again; None while nothing waits."""
        ...
