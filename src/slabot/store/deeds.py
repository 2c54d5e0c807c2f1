"""Administrative acts: written in the transaction of the change they tell of, never changed or removed."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator

import orjson
from sqlalchemy import ColumnElement, bindparam, insert, select
from sqlalchemy.engine import Connection

from slabot.domain.timeline import microseconds
from slabot.services.deeds import EVERYTHING, Deed, Sought
from slabot.store.reads import Reader
from slabot.store.rows import instant, json_text
from slabot.store.tables import deeds

_LATEST = (
    select(deeds)
    .order_by(deeds.c.at.desc(), deeds.c.id.desc())
    .limit(bindparam("limit", literal_execute=False))
)


class StoredDeeds:
    """Satisfies `services.deeds.Deeds`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def latest(self, limit: int, sought: Sought = EVERYTHING) -> tuple[Deed, ...]:
        rows = await self._reader.rows(_LATEST.where(*_conditions(sought)), limit=limit)
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


def _conditions(sought: Sought) -> Iterator[ColumnElement[bool]]:
    if sought.before is not None:
        yield deeds.c.at < microseconds(sought.before)
    if sought.by is not None:
        yield deeds.c.by == sought.by
    if sought.noun is not None:
        yield deeds.c.what.startswith(f"{sought.noun}.", autoescape=True)
    if sought.words:
        yield deeds.c.subject.icontains(sought.words, autoescape=True)
    if sought.workspaces is not None:
        yield deeds.c.workspace.is_(None) | deeds.c.workspace.in_(sorted(sought.workspaces))
    if sought.people is not None:
        is_of_a_person = deeds.c.what.startswith("agent.", autoescape=True)
        yield ~is_of_a_person | deeds.c.subject.in_(sorted(sought.people))


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
