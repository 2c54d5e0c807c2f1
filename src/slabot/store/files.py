"""Which files were taken in, from whom, and which message carries them; the bytes are not here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection

from slabot.domain.attachment import Attachment
from slabot.domain.timeline import microseconds
from slabot.services.attachments import Kept
from slabot.store.reads import Reader
from slabot.store.rows import instant
from slabot.store.tables import files
from slabot.store.writer import GroupWriter

_BY_ID = select(files).where(files.c.workspace == bindparam("workspace"), files.c.id == bindparam("id"))


class StoredFiles:
    """Satisfies `services.attachments.FileRecords`."""

    def __init__(self, writer: GroupWriter, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def add(self, kept: Kept) -> None:
        added = insert(files).values(
            **kept.attachment.facts,
            workspace=kept.workspace,
            owner=kept.owner,
            conversation=kept.conversation,
            digest=kept.digest,
            created_at=microseconds(kept.created_at),
        )
        await self._writer.execute(lambda connection: connection.execute(added).rowcount)

    async def by_id(self, workspace: str, id: str) -> Kept | None:
        rows = await self._reader.rows(_BY_ID, workspace=workspace, id=id)
        return _kept(rows[0]) if rows else None

    async def attach(self, workspace: str, ids: Iterable[str], conversation: str) -> None:
        sent = files.c.workspace == workspace, files.c.id.in_(list(ids))
        attached = update(files).where(*sent).values(conversation=conversation)
        await self._writer.execute(lambda connection: connection.execute(attached).rowcount)

    async def drop_of(self, workspace: str, conversation: str, owner: str) -> tuple[str, ...]:
        unsent = (files.c.owner == owner) & files.c.conversation.is_(None)
        theirs = (files.c.workspace == workspace) & ((files.c.conversation == conversation) | unsent)
        return await self._writer.execute(lambda connection: _dropped(connection, theirs))

    async def drop_unsent(self, before: datetime) -> tuple[str, ...]:
        old = files.c.conversation.is_(None) & (files.c.created_at < microseconds(before))
        return await self._writer.execute(lambda connection: _dropped(connection, old))


def _dropped(connection: Connection, which: ColumnElement[bool]) -> tuple[str, ...]:
    """The digests that no row names any more."""
    digests = set(connection.execute(select(files.c.digest).where(which)).scalars())
    if not digests:
        return ()
    connection.execute(delete(files).where(which))
    needed = select(files.c.digest).where(files.c.digest.in_(digests))
    return tuple(digests - set(connection.execute(needed).scalars()))


def _kept(row: Any) -> Kept:
    attachment = Attachment(row.id, row.name, row.type, row.size, row.width, row.height)
    return Kept(attachment, row.workspace, row.owner, row.digest, instant(row.created_at), row.conversation)
