"""Who works here, as last read: the names that rows and facts are signed with, and who may be passed a ticket."""

from __future__ import annotations

from collections.abc import Mapping

from slabot.services.accounts import Accounts
from slabot.services.colleague import Colleague


class Roster:
    """Kept in memory, for every row names its holder."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._colleagues: dict[str, Colleague] = {}
        self._names: dict[str, str] = {}

    async def refresh(self) -> None:
        """Accounts change in other processes too: read at start, when a desk opens, and now and then."""
        self._names = await self._accounts.names()
        self._colleagues = {known.agent: known for known in await self._accounts.colleagues()}

    @property
    def names(self) -> Mapping[str, str]:
        """By agent."""
        return self._names

    def name(self, agent: str | None) -> str | None:
        return self._names.get(agent) if agent is not None else None

    def colleague(self, agent: str) -> Colleague | None:
        return self._colleagues.get(agent)

    def of(self, workspace: str) -> tuple[Colleague, ...]:
        """Everybody who serves the workspace, by name."""
        serving = (known for known in self._colleagues.values() if workspace in known.workspaces)
        return tuple(sorted(serving, key=lambda known: (known.name, known.agent)))
