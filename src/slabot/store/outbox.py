"""What waits for delivery: claimed for a while, marked as sent, or tried again after a growing pause."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Update, bindparam, delete, exists, func, select, update
from sqlalchemy.engine import Connection

from slabot.domain.timeline import microseconds
from slabot.services.outbox import Claimed, Fate
from slabot.store.reads import Reader
from slabot.store.rows import instant_or_none
from slabot.store.tables import outbox
from slabot.store.writer import GroupWriter

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
TRIES = 30
"""About a day; then it counts as failed for good."""

_earlier = outbox.alias("earlier")
_IS_FIRST = outbox.c.lane.is_(None) | ~exists().where(
    _earlier.c.lane == outbox.c.lane,
    _earlier.c.place < outbox.c.place,
    _earlier.c.sent_at.is_(None),
    _earlier.c.failed_at.is_(None),
)
"""Of a lane only the first that is neither sent nor given up; a failed try of it holds back the rest."""
_MINE = (
    outbox.c.sent_at.is_(None),
    outbox.c.failed_at.is_(None),
    outbox.c.channel == bindparam("channel"),
    _IS_FIRST,
)
_NEXT = select(func.min(outbox.c.next_try_at)).where(*_MINE)
_SENT = (
    select(outbox.c.id)
    .where(outbox.c.sent_at < bindparam("before"))
    .limit(bindparam("limit", literal_execute=False))
)
_DUE = (
    select(outbox.c.id)
    .where(*_MINE, outbox.c.next_try_at <= bindparam("now"))
    .order_by(outbox.c.next_try_at)
    .limit(bindparam("limit", literal_execute=False))
    .with_for_update(skip_locked=True, of=outbox)
)


class StoredOutbox:
    """Satisfies `services.outbox.Outbox`."""

    def __init__(self, writer: GroupWriter, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def claim(self, channel: str, now: datetime, lease: timedelta, limit: int) -> tuple[Claimed, ...]:
        due = await self.next_try_at(channel)
        if due is None or due > now:
            return ()
        return await self._writer.execute(
            lambda connection: _claim(
                connection, channel, microseconds(now), microseconds(now + lease), limit
            )
        )

    async def sent(self, id: str, at: datetime) -> None:
        sent = update(outbox).where(outbox.c.id == id).values(sent_at=microseconds(at), error=None)
        await self._writer.execute(lambda connection: connection.execute(sent).rowcount)

    async def failed(self, id: str, at: datetime, error: str, *, for_good: bool = False) -> None:
        await self._writer.execute(lambda connection: _failed(connection, id, at, error, for_good))

    async def forget_sent(self, before: datetime, limit: int) -> int:
        rows = await self._reader.rows(_SENT, before=microseconds(before), limit=limit)
        if not rows:
            return 0
        # Sent all the same: one that was laid out again meanwhile stays.
        gone = delete(outbox).where(outbox.c.id.in_([row.id for row in rows]), *of_fate(Fate.SENT))
        return await self._writer.execute(lambda connection: connection.execute(gone).rowcount)

    async def next_try_at(self, channel: str) -> datetime | None:
        rows = await self._reader.rows(_NEXT, channel=channel)
        return instant_or_none(rows[0][0])


def of_fate(fate: Fate | None) -> tuple[ColumnElement[bool], ...]:
    """The condition on rows that came to this; none for any."""
    match fate:
        case None:
            return ()
        case Fate.WAITING:
            return (outbox.c.sent_at.is_(None), outbox.c.failed_at.is_(None))
        case Fate.SENT:
            return (outbox.c.sent_at.is_not(None),)
        case Fate.DEAD:
            return (outbox.c.failed_at.is_not(None),)


def fate_of(row: Any) -> Fate:
    if row.sent_at is not None:
        return Fate.SENT
    return Fate.DEAD if row.failed_at is not None else Fate.WAITING


def sent_again(now: datetime) -> Update:
    """As if it had never been tried, under its own id; the caller says which."""
    fresh = {"sent_at": None, "failed_at": None, "error": None, "tries": 0}
    return update(outbox).values(**fresh, next_try_at=microseconds(now))


def pause_after(tries: int) -> timedelta:
    """Doubles with every try, up to an hour."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(tries - 1, 10)
    return min(LONGEST_PAUSE, doubled)


def _claim(connection: Connection, channel: str, now: int, until: int, limit: int) -> tuple[Claimed, ...]:
    ids = list(connection.execute(_DUE, {"channel": channel, "now": now, "limit": limit}).scalars())
    if not ids:
        return ()
    mine = outbox.c.id.in_(ids)
    connection.execute(update(outbox).where(mine).values(next_try_at=until, tries=outbox.c.tries + 1))
    rows = connection.execute(
        select(outbox.c.id, outbox.c.workspace, outbox.c.channel, outbox.c.payload, outbox.c.tries)
        .where(mine)
        .order_by(outbox.c.send_at, outbox.c.id)
    )
    return tuple(Claimed(id, home, by, orjson.loads(payload), tries) for id, home, by, payload, tries in rows)


def _failed(connection: Connection, id: str, at: datetime, error: str, for_good: bool) -> None:
    tries = connection.execute(select(outbox.c.tries).where(outbox.c.id == id)).scalar() or 0
    values: dict[str, object] = {"error": error.replace("\0", "")[:500]}
    if for_good or tries >= TRIES:
        values["failed_at"] = microseconds(at)
    else:
        values["next_try_at"] = microseconds(at + pause_after(tries))
    connection.execute(update(outbox).where(outbox.c.id == id).values(values))
