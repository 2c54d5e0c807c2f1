"""Search at the desk: conversations by what was said in them and what they are about, of the agent's workspaces alone."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from slabot.domain.finding import asked_for
from slabot.services.casebook import Casebook
from slabot.services.colleague import Colleague
from slabot.services.turn import Timelines

SHOWN = 50
"""Conversations of one answer; whoever wants others adds a word."""


class Finder:
    def __init__(self, timelines: Timelines, casebook: Casebook) -> None:
        self._timelines = timelines
        self._casebook = casebook

    async def find(self, colleague: Colleague, query: str) -> dict[str, Any]:
        """Rows with the utterance in which the query stands, newest first."""
        found = await self._timelines.found(sorted(colleague.workspaces), asked_for(query), SHOWN)
        rows = [{"row": await self._casebook.row(row), "hit": asdict(hit)} for row, hit in found.rows]
        return {"found": rows, "more": found.more}
