"""The policies that hold now, and how a changed file comes into force: read whole, archived by others, then put in.

Satisfies `services.supports.CurrentPolicies`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from watchfiles import awatch

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.support import Support
from slabot.policies.loader import load_workspace, read_policy, workspaces
from slabot.policies.problems import PolicyError, Problem
from slabot.policies.problems import UnknownWorkspace as NoSuchFile
from slabot.services.supports import UnknownWorkspace

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Version:
    """A policy and the text it was built from."""

    workspace: str
    support: Support
    source: str


@dataclass(frozen=True, slots=True)
class Read:
    """The outcome of reading the directory: versions that are not in force yet, and the faults of other files."""

    news: tuple[Version, ...]
    problems: tuple[Problem, ...]


class PoliciesInForce:
    def __init__(self, directory: Path, today: date | None = None, only: str | None = None) -> None:
        """Raises PolicyError with the faults of all files: at a start there is no last good version."""
        self.directory = directory
        self._only = only
        self._in_force: dict[str, Version] = {}
        read = self.read(today)
        if read.problems:
            raise PolicyError(read.problems)
        for version in read.news:
            self.put_in_force(version)
        if only is not None and only not in self._in_force:
            raise NoSuchFile(directory, only, workspaces(directory))

    def workspaces(self) -> tuple[str, ...]:
        return tuple(sorted(self._in_force))

    def current(self, workspace: str) -> Support:
        return self._version(workspace).support

    def source(self, workspace: str) -> str:
        return self._version(workspace).source

    def rebuild(self, workspace: str, source: str, calendars: Mapping[str, Mapping[str, Any]]) -> Support:
        """An earlier version: its own text, and its own calendars whatever the zones and holidays say today."""
        with TemporaryDirectory(prefix="slabot-policy-") as folder:
            path = Path(folder) / f"{workspace}.yaml"
            path.write_text(source, encoding="utf-8")
            support = read_policy(path, workspace=workspace).support
        kept = {key: Calendar.from_record(record) for key, record in calendars.items()}
        return replace(support, calendars={**support.calendars, **kept})

    def put_in_force(self, version: Version) -> None:
        self._in_force[version.workspace] = version

    async def changes(self) -> AsyncIterator[Version]:
        """Each version that a changed file or a new year brings, to be put in force by whoever has archived it."""
        async for _ in awatch(
            self.directory, debounce=200, step=50, rust_timeout=60_000, yield_on_timeout=True
        ):
            read = await asyncio.to_thread(self.read)
            for problem in read.problems:
                log.error("policy_refused", problem=str(problem))
            for version in read.news:
                log.info(
                    "policy_changed", workspace=version.workspace, version=version.support.policy.version
                )
                yield version

    def read(self, today: date | None = None) -> Read:
        """What the files say now; nothing comes into force by being read.

        A file with faults brings no version, so its last good one stays; a removed file takes nothing away.
        """
        today = today or datetime.now(UTC).date()
        news: list[Version] = []
        problems: list[Problem] = []
        for name in workspaces(self.directory):
            if self._only not in (None, name):
                continue
            try:
                source = (self.directory / f"{name}.yaml").read_text(encoding="utf-8", errors="replace")
                version = Version(name, load_workspace(self.directory, name, today), source)
            except PolicyError as error:
                problems += error.problems
                continue
            if self._is_news(version):
                news.append(version)
        return Read(tuple(news), tuple(problems))

    def _is_news(self, version: Version) -> bool:
        before = self._in_force.get(version.workspace)
        if before is None or before.support.policy.version != version.support.policy.version:
            return True
        old, new = before.support.calendars, version.support.calendars
        return {key: each.digest for key, each in old.items()} != {
            key: each.digest for key, each in new.items()
        }

    def _version(self, workspace: str) -> Version:
        try:
            return self._in_force[workspace]
        except KeyError:
            raise UnknownWorkspace(workspace) from None
