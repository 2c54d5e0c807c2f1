"""Who has which conversation open: a fact of the moment, by open desk."""

from __future__ import annotations

from collections.abc import Callable


class Viewers:
    def __init__(self, agent_of: Callable[[str], str | None]) -> None:
        """`agent_of(desk)` knows whose desk it is."""
        self._agent_of = agent_of
        self._looks_at: dict[str, str] = {}
        self._desks: dict[str, dict[str, None]] = {}

    def look(self, desk: str, conversation: str | None) -> tuple[str, ...]:
        """Turns this desk to a conversation, or away; returns those whose viewers may have changed."""
        before = self._looks_at.pop(desk, None)
        if before is not None:
            self._desks[before].pop(desk, None)
            if not self._desks[before]:
                del self._desks[before]
        if conversation is not None:
            self._looks_at[desk] = conversation
            self._desks.setdefault(conversation, {})[desk] = None
        return tuple(dict.fromkeys(one for one in (before, conversation) if one is not None))

    def of(self, conversation: str) -> tuple[str, ...]:
        """Agents, first come first; one with two desks once."""
        agents = (self._agent_of(desk) for desk in self._desks.get(conversation, ()))
        return tuple(dict.fromkeys(agent for agent in agents if agent is not None))
