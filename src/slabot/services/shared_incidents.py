"""Who else reports the same: what was told in the last ten minutes is fetched, decided on, and noted in each talk."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from slabot.domain.conversation import Conversation
from slabot.domain.shared_incident import WITHIN, Report, is_grave, report_of, shared
from slabot.domain.support import Support
from slabot.domain.timeline import Kind
from slabot.services.turn import Timelines
from slabot.services.turns import Decision, NotFound, Turns

LOOKED_AT = 1_000
"""Facts of the workspace that are looked through, the newest: a bound on what one grave report may cost."""


class SharedIncidents:
    """Asked only about a grave report, so that ordinary messages pay nothing."""

    def __init__(self, turns: Turns, timelines: Timelines) -> None:
        self._turns = turns
        self._timelines = timelines

    async def reports(self, workspace: str, but: str | None, now: datetime) -> tuple[Report, ...]:
        """The latest grave report of each other conversation within the last ten minutes."""
        newest = await self._timelines.position(workspace)
        weighed = {
            event.conversation: event
            for event in await self._timelines.of_kind(workspace, Kind.SEVERITY_ASSESSED, newest - LOOKED_AT)
            if now - event.at <= WITHIN and event.conversation != but
        }
        found = []
        for id, event in weighed.items():
            if not is_grave(event.data):
                continue
            with suppress(NotFound):
                report = report_of(await self._turns.conversation(id), event.at, event.data)
                if report is not None:
                    found.append(report)
        return tuple(found)

    async def note(self, conversation: str, others: Sequence[str], now: datetime) -> None:
        """Writes into each of the others' talks that this one tells the same."""

        def decide(before: Conversation, support: Support) -> Decision:  # noqa: ARG001 - every Decide has this shape
            fact = shared([conversation], before.shared_with, now)
            return Decision() if fact is None else Decision((fact,))

        for other in others:
            with suppress(NotFound):
                await self._turns.take(other, decide)
