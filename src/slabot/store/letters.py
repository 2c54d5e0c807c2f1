"""What the outbox holds of mail, for those who look after it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from slabot.services.deeds import Deed
from slabot.services.letterbox import Posted
from slabot.services.letters import CHANNEL
from slabot.services.outbox import Fate
from slabot.store.deeds import record
from slabot.store.outbox import fate_of, of_fate, sent_again
from slabot.store.reads import Reader
from slabot.store.rows import instant
from slabot.store.tables import outbox
from slabot.store.writer import GroupWriter

_OF = (
    select(outbox)
    .where(outbox.c.channel == CHANNEL, outbox.c.workspace == bindparam("workspace"))
    .order_by(outbox.c.send_at.desc(), outbox.c.id)
    .limit(bindparam("limit", literal_execute=False))
)


class StoredLetters:
    """Satisfies `services.letterbox.PostedLetters`."""

    def __init__(self, writer: GroupWriter, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def of(self, workspace: str, fate: Fate | None, limit: int) -> tuple[Posted, ...]:
        rows = await self._reader.rows(_OF.where(*of_fate(fate)), workspace=workspace, limit=limit)
        return tuple(map(_posted, rows))

    async def send_again(self, workspace: str, id: str | None, now: datetime, deed: Deed) -> int:
        chosen = (outbox.c.channel == CHANNEL, outbox.c.workspace == workspace, *of_fate(Fate.DEAD))
        again = sent_again(now).where(*chosen)
        if id is not None:
            again = again.where(outbox.c.id == id)

        def send_again(connection: Connection) -> int:
            count = connection.execute(again).rowcount
            if count:
                record(connection, deed)
            return count

        return await self._writer.execute(send_again)


def _posted(row: Any) -> Posted:
    payload = orjson.loads(row.payload)
    fate = fate_of(row)
    return Posted(
        id=row.id,
        occasion=payload.get("occasion", ""),
        ticket=payload.get("ticket"),
        at=instant(row.send_at),
        fate=fate,
        tries=row.tries,
        next_try_at=instant(row.next_try_at) if fate is Fate.WAITING else None,
        error=row.error,
    )
