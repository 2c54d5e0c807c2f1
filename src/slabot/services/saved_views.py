"""The views that an agent named for themselves: which conversations, in which order; theirs alone, at every browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from slabot.services.colleague import Colleague
from slabot.services.turns import Refused

MOST = 50
"""Views of one agent; more could not be chosen from."""


@dataclass(frozen=True, slots=True)
class SavedView:
    id: str
    """Made by the desk that saves it: the same again changes it."""
    name: str
    view: str
    """The standing view it narrows down to where it has no `words`."""
    words: str
    """What to find; a search looks through everything."""
    order: str


class SavedViewRecords(Protocol):
    """Where they are kept."""

    async def of(self, agent: str) -> tuple[SavedView, ...]:
        """By name."""
        ...

    async def save(self, agent: str, view: SavedView) -> None:
        """In place of an earlier one of the same id."""

    async def drop(self, agent: str, id: str) -> None:
        """Whether there was one or not."""


class SavedViews:
    def __init__(self, records: SavedViewRecords) -> None:
        self._records = records

    async def of(self, colleague: Colleague) -> tuple[SavedView, ...]:
        return await self._records.of(colleague.agent)

    async def save(self, colleague: Colleague, view: SavedView) -> tuple[SavedView, ...]:
        """All of them afterwards. Raises Refused for a name that another one has, and for too many."""
        others = [one for one in await self.of(colleague) if one.id != view.id]
        if any(one.name.casefold() == view.name.casefold() for one in others):
            raise Refused("invalid", f"You have a view called {view.name!r} already. Choose another name.")
        if len(others) >= MOST:
            raise Refused("invalid", f"You have {MOST} views. Remove one first.")
        await self._records.save(colleague.agent, view)
        return await self.of(colleague)

    async def drop(self, colleague: Colleague, id: str) -> tuple[SavedView, ...]:
        """All that are left."""
        await self._records.drop(colleague.agent, id)
        return await self.of(colleague)
