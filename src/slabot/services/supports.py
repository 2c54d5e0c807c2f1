"""Which policy holds: the current one for new promises, the kept version for a ticket's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from slabot.domain.support import Support
from slabot.domain.ticket import Ticket
from slabot.services.deeds import Deed


class CurrentPolicies(Protocol):
    """The policy files; a broken change leaves the last good version in force."""

    def workspaces(self) -> tuple[str, ...]: ...

    def current(self, workspace: str) -> Support:
        """Raises UnknownWorkspace."""
        ...

    def source(self, workspace: str) -> str:
        """The text that the current version was built from."""
        ...

    def rebuild(self, workspace: str, source: str, calendars: Mapping[str, Mapping[str, Any]]) -> Support:
        """The support of an earlier version, from its kept text and its kept compiled calendars by key."""
        ...


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A version that the archive has; its text is asked for by itself."""

    workspace: str
    version: str
    published_at: datetime


class PolicyArchive(Protocol):
    """Versions and compiled calendars that tickets refer to, kept for good."""

    async def keep(self, workspace: str, version: str, source: str, deeds: tuple[Deed, ...] = ()) -> None:
        """Keeps it once; a version that is there already is left as it is. With the acts that brought it, or neither."""
        ...

    async def source_of(self, workspace: str, version: str) -> str | None: ...

    async def versions(self, workspace: str) -> tuple[KeptVersion, ...]:
        """Newest first."""
        ...

    async def bound(self, workspace: str) -> tuple[str, ...]:
        """The conversations whose unresolved tickets hold on to what is kept, by id."""
        ...

    async def keep_calendar(self, digest: str, record: Mapping[str, Any]) -> None: ...

    async def calendar_of(self, digest: str) -> Mapping[str, Any] | None: ...


class UnknownWorkspace(LookupError):
    """No workspace of this name is served here."""

    def __init__(self, workspace: str) -> None:
        super().__init__(f"no workspace {workspace!r} here")
        self.workspace = workspace


class MissingVersion(LookupError):
    """A ticket refers to a version or calendar that the archive does not have: the store was tampered with."""


class Supports:
    """Finds the support for a workspace or a ticket; kept versions are rebuilt once and remembered."""

    def __init__(self, policies: CurrentPolicies, archive: PolicyArchive) -> None:
        self._policies = policies
        self._archive = archive
        self._rebuilt: dict[tuple[str, ...], Support] = {}

    def workspaces(self) -> tuple[str, ...]:
        return self._policies.workspaces()

    def current(self, workspace: str) -> Support:
        return self._policies.current(workspace)

    async def keep_current(self, workspace: str) -> None:
        """Archives the version in force and its calendars, before any ticket can refer to them."""
        await self.keep(workspace, self._policies.current(workspace), self._policies.source(workspace))

    async def keep(self, workspace: str, support: Support, source: str, deeds: tuple[Deed, ...] = ()) -> None:
        for calendar in support.calendars.values():
            await self._archive.keep_calendar(calendar.digest, calendar.to_record())
        await self._archive.keep(workspace, support.policy.version, source, deeds)

    async def versions(self, workspace: str) -> tuple[KeptVersion, ...]:
        """What is kept for a workspace, newest first."""
        return await self._archive.versions(workspace)

    async def source_of(self, kept: KeptVersion) -> str:
        """Raises MissingVersion."""
        return await self._source(kept.workspace, kept.version)

    async def bound(self, workspace: str) -> tuple[str, ...]:
        """The conversations whose unresolved tickets hold on to a kept version."""
        return await self._archive.bound(workspace)

    async def recompiled(self, workspace: str, version: str) -> Support:
        """A kept version with calendars as they would be compiled today. Raises MissingVersion."""
        key = ("today", workspace, version)
        if key not in self._rebuilt:
            source = await self._source(workspace, version)
            self._rebuilt[key] = self._policies.rebuild(workspace, source, {})
        return self._rebuilt[key]

    async def _source(self, workspace: str, version: str) -> str:
        source = await self._archive.source_of(workspace, version)
        if source is None:
            raise MissingVersion(f"version {version} of {workspace} is not kept")
        return source

    async def of(self, workspace: str, ticket: Ticket | None) -> Support:
        """What this ticket was opened under; without a ticket the current one. Raises MissingVersion."""
        current = self._policies.current(workspace)
        if ticket is None or _is_same(current, ticket):
            return current
        digests = tuple(sorted(ticket.calendar_digests.items()))
        key = (workspace, ticket.policy_version, *(digest for _, digest in digests))
        if key not in self._rebuilt:
            source = await self._archive.source_of(workspace, ticket.policy_version)
            records = {name: await self._archive.calendar_of(digest) for name, digest in digests}
            if source is None or any(record is None for record in records.values()):
                raise MissingVersion(
                    f"{ticket.number}: version {ticket.policy_version} of {workspace} is not kept"
                )
            kept = {name: record for name, record in records.items() if record is not None}
            self._rebuilt[key] = self._policies.rebuild(workspace, source, kept)
        return self._rebuilt[key]


def _is_same(support: Support, ticket: Ticket) -> bool:
    if support.policy.version != ticket.policy_version:
        return False
    return all(support.calendars[key].digest == digest for key, digest in ticket.calendar_digests.items())
