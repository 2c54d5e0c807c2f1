"""Who has which article open now: pages say so every few seconds, and whoever falls silent is gone."""

from __future__ import annotations

from datetime import datetime, timedelta

from slabot.services.clock import Clock
from slabot.services.colleague import Colleague

EDITING_LASTS = timedelta(seconds=45)
"""How long an editor counts as being at an article after the page last said so."""


class AtWork:
    """In this process's memory."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._editing: dict[tuple[str, str], dict[str, tuple[str, datetime]]] = {}

    def sits_down(self, workspace: str, slug: str, editor: Colleague) -> None:
        here = self._editing.setdefault((workspace, slug), {})
        here[editor.agent] = (editor.name, self._clock.now())

    def others(self, workspace: str, slug: str, editor: Colleague) -> tuple[str, ...]:
        """The names of whoever else has it open."""
        here = self._editing.get((workspace, slug))
        if here is None:
            return ()
        fresh = self._clock.now() - EDITING_LASTS
        for agent in [agent for agent, (_, seen) in here.items() if seen < fresh]:
            del here[agent]
        if not here:
            del self._editing[workspace, slug]
        return tuple(sorted(name for agent, (name, _) in here.items() if agent != editor.agent))
