"""Search at the desk: conversations by what was said in them and what they are about, of the agent's workspaces alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, get_args

from slabot.domain.finding import Hit, asked_for, without_name
from slabot.domain.projection import InboxRow
from slabot.domain.words import Language
from slabot.services.bot import WitsOf
from slabot.services.casebook import Casebook
from slabot.services.colleague import Colleague
from slabot.services.supports import Supports
from slabot.services.turn import Timelines

SHOWN = 50
"""Conversations of one answer; whoever wants others adds a word."""


class Finder:
    def __init__(self, timelines: Timelines, casebook: Casebook, supports: Supports, wits: WitsOf) -> None:
        self._timelines = timelines
        self._casebook = casebook
        self._supports = supports
        self._wits = wits

    async def find(self, colleague: Colleague, query: str) -> dict[str, Any]:
        """Rows with the utterance in which the query stands, newest first; a severity by what it is called too."""
        asked = asked_for(query)
        found = await self._timelines.found(sorted(colleague.workspaces), asked, SHOWN)
        rows: dict[str, tuple[InboxRow, Hit]] = {row.conversation: (row, hit) for row, hit in found.rows}
        more = found.more
        for workspace in sorted(colleague.workspaces):
            for level, others in self._levels_named(workspace, asked):
                named = await self._timelines.found([workspace], (*asked_for(level), *others), SHOWN)
                more = more or named.more
                for row, hit in named.rows:
                    if row.level == level:
                        rows.setdefault(row.conversation, (row, hit))
        newest = sorted(rows.values(), key=lambda one: one[0].last_at, reverse=True)
        shown = [{"row": await self._casebook.row(row), "hit": asdict(hit)} for row, hit in newest[:SHOWN]]
        return {"found": shown, "more": more or len(newest) > SHOWN}

    def _levels_named(self, workspace: str, asked: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Severities whose name, in any of our languages, stands in the query, with the words beside it."""
        voice = self._wits(workspace).voice
        for level in self._supports.current(workspace).policy.levels:
            names = {level.name}
            names |= {
                voice.policy_words(f"level.{level.key}", language, level.name)
                for language in get_args(Language)
            }
            said = [others for name in sorted(names) if (others := without_name(asked, name)) is not None]
            if said:
                yield level.key, min(said, key=len)
