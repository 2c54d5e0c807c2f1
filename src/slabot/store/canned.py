"""Canned replies: one row each, what a reply does beside its words as JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import orjson
from sqlalchemy import Delete, bindparam, delete, insert, select
from sqlalchemy.engine import Connection

from slabot.domain.canned import CannedReply
from slabot.domain.timeline import microseconds
from slabot.services.deeds import Deed
from slabot.store.deeds import record
from slabot.store.reads import Reader
from slabot.store.rows import Row, json_text
from slabot.store.tables import canned_replies
from slabot.store.writer import GroupWriter

_OF = (
    select(
        canned_replies.c.workspace,
        canned_replies.c.key,
        canned_replies.c.title,
        canned_replies.c.text,
        canned_replies.c.does,
    )
    .where(canned_replies.c.workspace == bindparam("workspace"))
    .order_by(canned_replies.c.key)
)
_WAS = select(canned_replies.c.title, canned_replies.c.text).where(
    canned_replies.c.workspace == bindparam("workspace"), canned_replies.c.key == bindparam("key")
)


class StoredReplies:
    """Satisfies `services.replies.CannedReplies`."""

    def __init__(self, writer: GroupWriter, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def of(self, workspace: str) -> tuple[CannedReply, ...]:
        rows = await self._reader.rows(_OF, workspace=workspace)
        return tuple(_reply(tuple(row)) for row in rows)

    async def keep(self, reply: CannedReply, by: str, at: datetime) -> None:
        deed = Deed(
            by,
            at,
            "canned.keep",
            reply.key,
            reply.workspace,
            after={"title": reply.title, "text": reply.text},
        )
        does = {
            "level": reply.level,
            "reason": reply.reason,
            "tags": reply.tags,
            "then": reply.then,
            "wait_reason": reply.wait_reason,
            "code": reply.code,
        }
        kept = insert(canned_replies).values(
            workspace=reply.workspace,
            key=reply.key,
            title=reply.title,
            text=reply.text,
            does=json_text(does),
            changed_at=microseconds(at),
            changed_by=by,
        )

        def keep(connection: Connection) -> None:
            before = connection.execute(_WAS, {"workspace": reply.workspace, "key": reply.key}).first()
            connection.execute(_gone(reply.workspace, reply.key))
            connection.execute(kept)
            was = {} if before is None else {"title": before.title, "text": before.text}
            record(connection, replace(deed, before=was))

        await self._writer.execute(keep)

    async def drop(self, workspace: str, key: str, by: str, at: datetime) -> bool:
        def drop(connection: Connection) -> bool:
            before = connection.execute(_WAS, {"workspace": workspace, "key": key}).first()
            if before is None:
                return False
            connection.execute(_gone(workspace, key))
            was = {"title": before.title, "text": before.text}
            record(connection, Deed(by, at, "canned.drop", key, workspace, before=was))
            return True

        return await self._writer.execute(drop)


def _gone(workspace: str, key: str) -> Delete:
    return delete(canned_replies).where(canned_replies.c.workspace == workspace, canned_replies.c.key == key)


def _reply(row: Row) -> CannedReply:
    workspace, key, title, text, does = row
    acts = orjson.loads(does)
    return CannedReply(workspace, key, title, text, **{**acts, "tags": tuple(acts["tags"])})
