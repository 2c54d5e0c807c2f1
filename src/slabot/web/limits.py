"""How much one person may ask for: moving windows per visitor or agent, and per address for what comes before.

Our own, because every message passes here: measured, the storage of the `limits` package starts a timer thread on
nearly each, which costs more than the rest of the way to the database.
"""

from __future__ import annotations

import math
import time
from collections import deque

RULES = {"say": 20, "search": 120, "rate": 20, "upload": 20, "connect": 120, "login": 10, "link": 30}
"""How often within `WINDOW`."""

EVERYTHING_ELSE = 240

WINDOW = 60.0
"""Seconds."""


class TooMany(Exception):
    """Try again after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"That was too quick. Try again in {retry_after} s; nothing is lost.")
        self.retry_after = retry_after


class Limits:
    """In this process's memory; what nobody asked for within a window takes none."""

    def __init__(self, factor: int = 1) -> None:
        """`factor` multiplies every rule, for load tests of one's own server."""
        self._factor = factor
        self._asked: dict[tuple[str, str], deque[float]] = {}
        self._swept_at = time.monotonic()

    def check(self, who: str, what: str) -> None:
        """Raises TooMany; what was refused does not count."""
        now = time.monotonic()
        if now - self._swept_at > WINDOW:
            self._sweep(now)
        asked = self._asked.setdefault((who, what), deque())
        while asked and now - asked[0] >= WINDOW:
            asked.popleft()
        if len(asked) >= RULES.get(what, EVERYTHING_ELSE) * self._factor:
            raise TooMany(max(1, math.ceil(WINDOW - (now - asked[0]))))
        asked.append(now)

    def _sweep(self, now: float) -> None:
        self._asked = {key: asked for key, asked in self._asked.items() if now - asked[-1] < WINDOW}
        self._swept_at = now
