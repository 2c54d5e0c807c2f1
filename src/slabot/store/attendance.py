"""What was last heard of each agent, by whichever process heard it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from slabot.domain.timeline import microseconds
from slabot.services.staffing import Heard, Presence
from slabot.store.reads import Reader
from slabot.store.rows import instant
from slabot.store.tables import attendance
from slabot.store.writer import GroupWriter

_ALL = select(attendance.c.agent, attendance.c.presence, attendance.c.heard_at)


class StoredAttendance:
    """Satisfies `services.staffing.Attendance`."""

    def __init__(self, writer: GroupWriter, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def heard(self, agent: str, heard: Heard) -> None:
        values = {"presence": heard.presence.value, "heard_at": microseconds(heard.at)}
        changed = update(attendance).where(attendance.c.agent == agent).values(values)
        added = insert(attendance).values(agent=agent, **values)

        def keep(connection: Connection) -> None:
            if not connection.execute(changed).rowcount:
                connection.execute(added)

        await self._writer.execute(keep)

    async def all(self) -> Mapping[str, Heard]:
        rows = await self._reader.rows(_ALL)
        return dict(map(_heard, rows))


def _heard(row: Any) -> tuple[str, Heard]:
    agent, presence, at = row
    return agent, Heard(Presence(presence), instant(at))
