"""Mail as administrators see it: what waits, what went, what was given up; what was given up is sent again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from slabot.services.clock import Clock
from slabot.services.deeds import Deed
from slabot.services.outbox import Fate

LISTED = 200


@dataclass(frozen=True, slots=True)
class Posted:
    """One letter in the outbox: what it is about, and never whom it goes to or what it says."""

    id: str
    occasion: str
    ticket: str | None
    at: datetime
    fate: Fate
    tries: int
    next_try_at: datetime | None
    error: str | None


class PostedLetters(Protocol):
    async def of(self, workspace: str, fate: Fate | None, limit: int) -> tuple[Posted, ...]:
        """Newest first."""
        ...

    async def send_again(self, workspace: str, id: str | None, now: datetime, deed: Deed) -> int:
        """One letter that was given up, or every one; how many. Nothing is recorded where there is none."""
        ...


class Letterbox:
    def __init__(self, letters: PostedLetters, clock: Clock) -> None:
        self._letters = letters
        self._clock = clock

    async def of(self, workspace: str, fate: Fate | None = None) -> tuple[Posted, ...]:
        return await self._letters.of(workspace, fate, LISTED)

    async def send_again(self, by: str, workspace: str, id: str | None = None) -> int:
        """Raises ValueError where no letter of this id was given up."""
        now = self._clock.now()
        deed = Deed(by, now, "mail.replay", id or "every dead one", workspace)
        count = await self._letters.send_again(workspace, id, now, deed)
        if id is not None and not count:
            raise ValueError(f"no letter {id!r} of {workspace} was given up")
        return count
