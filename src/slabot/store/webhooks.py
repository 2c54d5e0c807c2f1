"""Receivers of webhooks, and what the outbox holds for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection

from slabot.domain.timeline import microseconds
from slabot.domain.webhooks import Type
from slabot.services.deeds import Deed
from slabot.services.outbox import Fate
from slabot.services.turn import Outgoing
from slabot.services.webhooks import Delivery, Endpoint
from slabot.store.deeds import record
from slabot.store.outbox import fate_of, of_fate, sent_again
from slabot.store.reads import Reader
from slabot.store.rows import instant, instant_or_none, json_text, micros, outgoing_values
from slabot.store.tables import outbox, webhooks
from slabot.store.writer import GroupWriter

_ALL = select(webhooks).order_by(webhooks.c.created_at, webhooks.c.id)
_DELIVERIES = (
    select(outbox)
    .where(outbox.c.channel == bindparam("channel"))
    .order_by(outbox.c.send_at.desc(), outbox.c.place.desc())
    .limit(bindparam("limit", literal_execute=False))
)


class StoredWebhooks:
    """Satisfies `services.webhooks.Endpoints`."""

    def __init__(self, writer: GroupWriter, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def add(self, endpoint: Endpoint, deed: Deed) -> None:
        added = insert(webhooks).values(
            id=endpoint.id,
            workspace=endpoint.workspace,
            url=endpoint.url,
            types=json_text([type.value for type in endpoint.types]),
            position=endpoint.position,
            created_at=microseconds(endpoint.created_at),
            **_changeable(endpoint),
        )

        def add(connection: Connection) -> None:
            connection.execute(added)
            record(connection, deed)

        await self._writer.execute(add)

    async def all(self) -> tuple[Endpoint, ...]:
        return tuple(map(_endpoint, await self._reader.rows(_ALL)))

    async def change(self, endpoint: Endpoint, deed: Deed | None) -> None:
        changed = update(webhooks).where(webhooks.c.id == endpoint.id).values(_changeable(endpoint))

        def change(connection: Connection) -> None:
            connection.execute(changed)
            record(connection, deed)

        await self._writer.execute(change)

    async def drop(self, endpoint: Endpoint, deed: Deed) -> None:
        def drop(connection: Connection) -> None:
            connection.execute(delete(webhooks).where(webhooks.c.id == endpoint.id))
            connection.execute(delete(outbox).where(outbox.c.channel == endpoint.channel))
            record(connection, deed)

        await self._writer.execute(drop)

    async def lay_out(self, endpoint: Endpoint, position: int, outgoing: Sequence[Outgoing]) -> bool:
        stands_there = (webhooks.c.id == endpoint.id) & (webhooks.c.position == endpoint.position)
        moved = update(webhooks).where(stands_there).values(position=position)
        names = [column.name for column in outbox.columns]
        rows = [dict(zip(names, outgoing_values(each), strict=True)) for each in outgoing]

        def lay_out(connection: Connection) -> bool:
            if not connection.execute(moved).rowcount:
                return False
            if rows:
                connection.execute(insert(outbox), rows)
            return True

        return await self._writer.execute(lay_out)

    async def deliveries(self, endpoint: Endpoint, fate: Fate | None, limit: int) -> tuple[Delivery, ...]:
        wanted = _DELIVERIES.where(*of_fate(fate))
        return tuple(map(_delivery, await self._reader.rows(wanted, channel=endpoint.channel, limit=limit)))

    async def replay(self, endpoint: Endpoint, id: str | None, now: datetime, deed: Deed) -> int:
        chosen = outbox.c.id == id if id is not None else outbox.c.failed_at.is_not(None)
        replayed = sent_again(now).where(outbox.c.channel == endpoint.channel, chosen)

        def replay(connection: Connection) -> int:
            count = connection.execute(replayed).rowcount
            if count:
                record(connection, deed)
            return count

        return await self._writer.execute(replay)


def _changeable(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "secret": endpoint.secret,
        "old_secret": endpoint.old_secret,
        "old_secret_until": micros(endpoint.old_secret_until),
        "disabled_at": micros(endpoint.disabled_at),
        "why_disabled": endpoint.why_disabled,
    }


def _endpoint(row: Any) -> Endpoint:
    return Endpoint(
        id=row.id,
        workspace=row.workspace,
        url=row.url,
        types=tuple(map(Type, orjson.loads(row.types))),
        secret=row.secret,
        position=row.position,
        created_at=instant(row.created_at),
        old_secret=row.old_secret,
        old_secret_until=instant_or_none(row.old_secret_until),
        disabled_at=instant_or_none(row.disabled_at),
        why_disabled=row.why_disabled,
    )


def _delivery(row: Any) -> Delivery:
    payload = orjson.loads(row.payload)
    fate = fate_of(row)
    return Delivery(
        id=row.id,
        type=payload["type"],
        conversation=payload["conversation"],
        seq=payload["seq"],
        at=instant(row.send_at),
        fate=fate,
        tries=row.tries,
        next_try_at=instant(row.next_try_at) if fate is Fate.WAITING else None,
        error=row.error,
    )
