"""Sweeps the outbox: mail and webhooks that were sent leave it after a while; what was given up stays for a replay."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog

from slabot.services.clock import Clock
from slabot.services.outbox import Outbox

log = structlog.get_logger(__name__)

EVERY = timedelta(hours=1)
AT_A_TIME = 500
"""Rows of one transaction: turns that wait meanwhile are soon let through."""


class Sweep:
    def __init__(self, outbox: Outbox, clock: Clock, kept: timedelta) -> None:
        self._outbox = outbox
        self._clock = clock
        self._kept = kept

    async def run(self) -> None:
        """Until cancelled. A sweep that fails is logged and done the next time."""
        while True:
            try:
                await self.sweep()
            except Exception:
                log.exception("sweep_failed")
            await asyncio.sleep(EVERY.total_seconds())

    async def sweep(self) -> int:
        """Everything that was sent long enough ago; how many rows."""
        before, swept = self._clock.now() - self._kept, 0
        while count := await self._outbox.forget_sent(before, AT_A_TIME):
            swept += count
        return swept
