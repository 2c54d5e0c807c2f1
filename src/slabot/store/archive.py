"""Policy versions and compiled calendars that tickets refer to: kept once, never changed, never removed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from slabot.domain.ticket import TicketState
from slabot.domain.timeline import microseconds
from slabot.services.deeds import Deed
from slabot.services.supports import KeptVersion
from slabot.store.deeds import record
from slabot.store.reads import Reader
from slabot.store.rows import instant, json_text
from slabot.store.tables import calendars, policy_versions, secrets, tickets
from slabot.store.writer import GroupWriter

_SOURCE = select(policy_versions.c.source).where(
    policy_versions.c.workspace == bindparam("workspace"), policy_versions.c.version == bindparam("version")
)
_VERSIONS = (
    select(policy_versions.c.version, policy_versions.c.published_at)
    .where(policy_versions.c.workspace == bindparam("workspace"))
    .order_by(policy_versions.c.published_at.desc(), policy_versions.c.version)
)
_BOUND = (
    select(tickets.c.conversation)
    .where(tickets.c.workspace == bindparam("workspace"), tickets.c.state != TicketState.RESOLVED.value)
    .order_by(tickets.c.opened_at, tickets.c.number)
)
_CALENDAR = select(calendars.c.record).where(calendars.c.digest == bindparam("digest"))
_SECRET = select(secrets.c.value).where(secrets.c.name == bindparam("name"))


class StoredArchive:
    """Satisfies `services.supports.PolicyArchive`. Keeping what is there already changes nothing."""

    def __init__(self, writer: GroupWriter, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def keep(self, workspace: str, version: str, source: str, deeds: tuple[Deed, ...] = ()) -> None:
        if not deeds and await self.source_of(workspace, version) is not None:
            return
        at = microseconds(datetime.now(UTC))
        values = {"workspace": workspace, "version": version, "source": source, "published_at": at}

        def keep(connection: Connection) -> None:
            add_once(connection, policy_versions, values)
            for deed in deeds:
                record(connection, deed)

        await self._writer.execute(keep)

    async def source_of(self, workspace: str, version: str) -> str | None:
        rows = await self._reader.rows(_SOURCE, workspace=workspace, version=version)
        return rows[0][0] if rows else None

    async def versions(self, workspace: str) -> tuple[KeptVersion, ...]:
        rows = await self._reader.rows(_VERSIONS, workspace=workspace)
        return tuple(KeptVersion(workspace, row.version, instant(row.published_at)) for row in rows)

    async def bound(self, workspace: str) -> tuple[str, ...]:
        rows = await self._reader.rows(_BOUND, workspace=workspace)
        return tuple(dict.fromkeys(row[0] for row in rows))

    async def keep_calendar(self, digest: str, record: Mapping[str, Any]) -> None:
        if await self.calendar_of(digest) is None:
            values = {"digest": digest, "record": json_text(record)}
            await self._writer.execute(lambda connection: add_once(connection, calendars, values))

    async def calendar_of(self, digest: str) -> Mapping[str, Any] | None:
        rows = await self._reader.rows(_CALENDAR, digest=digest)
        record: Mapping[str, Any] | None = orjson.loads(rows[0][0]) if rows else None
        return record


class StoredSecrets:
    """The server's own keys, made once and shared by all its processes."""

    def __init__(self, writer: GroupWriter) -> None:
        self._writer = writer

    async def keep(self, name: str, fresh: bytes) -> bytes:
        """The kept secret of this name; `fresh` becomes it when there is none yet."""

        def keep(connection: Connection) -> bytes:
            add_once(connection, secrets, {"name": name, "value": fresh})
            return bytes(connection.execute(_SECRET, {"name": name}).scalar_one())

        return await self._writer.execute(keep)


def add_once(connection: Connection, table: Table, values: Mapping[str, Any]) -> None:
    """Leaves a row that is there already as it is."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(make(table).values(values).on_conflict_do_nothing())
