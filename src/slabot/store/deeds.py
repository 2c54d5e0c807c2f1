"""Administrative acts: written in the transaction of the change they tell of, never changed or removed."""

from __future__ import annotations

import secrets
import time
from datetime import datetime

import orjson
from sqlalchemy import bindparam, insert, select
from sqlalchemy.engine import Connection

from slabot.domain.timeline import microseconds
from slabot.services.deeds import Deed
from slabot.store.reads import Reader
from slabot.store.rows import instant, json_text
from slabot.store.tables import deeds

_LATEST = (
    select(deeds)
    .where(deeds.c.at < bindparam("before"))
    .order_by(deeds.c.at.desc(), deeds.c.id.desc())
    .limit(bindparam("limit", literal_execute=False))
)
_NEVER = 2**62


class StoredDeeds:
    """Satisfies `services.deeds.Deeds`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def latest(self, limit: int, before: datetime | None = None) -> tuple[Deed, ...]:
        until = microseconds(before) if before is not None else _NEVER
        rows = await self._reader.rows(_LATEST, before=until, limit=limit)
        return tuple(
            Deed(
                row.by,
                instant(row.at),
                row.what,
                row.subject,
                row.workspace,
                orjson.loads(row.before),
                orjson.loads(row.after),
            )
            for row in rows
        )


def record(connection: Connection, deed: Deed | None) -> None:
    """None: nobody did it, it came about by itself."""
    if deed is None:
        return
    values = {
        # Of one instant, the later act has the greater id.
        "id": f"{time.time_ns():020d}-{secrets.token_hex(4)}",
        "at": microseconds(deed.at),
        "by": deed.by,
        "what": deed.what,
        "subject": deed.subject,
        "workspace": deed.workspace,
        "before": json_text(deed.before),
        "after": json_text(deed.after),
    }
    connection.execute(insert(deeds).values(values))
