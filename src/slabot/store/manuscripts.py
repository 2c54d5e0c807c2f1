"""Drafts and published versions of articles; satisfies `services.workshop_ports.Manuscripts`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import IntegrityError

from slabot.domain.timeline import microseconds
from slabot.services.workshop_ports import Draft, DraftMoved, Version
from slabot.store.reads import Reader
from slabot.store.rows import instant, instant_or_none, micros
from slabot.store.tables import article_versions, drafts
from slabot.store.writer import GroupWriter

_DRAFTS = select(drafts).where(drafts.c.workspace == bindparam("workspace"))
_DRAFT = _DRAFTS.where(drafts.c.slug == bindparam("slug"))
_SCHEDULED = drafts.c.publish_at.is_not(None)
_DUE = (
    select(drafts).where(_SCHEDULED, drafts.c.publish_at <= bindparam("until")).order_by(drafts.c.publish_at)
)
_NEXT_DUE = select(func.min(drafts.c.publish_at)).where(_SCHEDULED)
_VERSIONS = (
    select(article_versions)
    .where(
        article_versions.c.workspace == bindparam("workspace"), article_versions.c.slug == bindparam("slug")
    )
    .order_by(article_versions.c.number.desc())
)


class StoredManuscripts:
    def __init__(self, writer: GroupWriter, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def drafts(self, workspace: str) -> Mapping[str, Draft]:
        rows = await self._reader.rows(_DRAFTS, workspace=workspace)
        return {row.slug: _draft(row) for row in rows}

    async def draft(self, workspace: str, slug: str) -> Draft | None:
        return _first(await self._reader.rows(_DRAFT, workspace=workspace, slug=slug))

    async def save(self, draft: Draft) -> None:
        values = _values(draft)

        def save(connection: Connection) -> int:
            if draft.revision == 1:
                exists = connection.execute(
                    _DRAFT, {"workspace": draft.workspace, "slug": draft.slug}
                ).first()
                return 0 if exists else connection.execute(insert(drafts), values).rowcount
            changed = update(drafts).where(_revision_of(draft.workspace, draft.slug, draft.revision - 1))
            return connection.execute(changed, values).rowcount

        try:
            saved = await self._writer.execute(save)
        except IntegrityError:  # Another process began the same draft between the look and the insert.
            saved = 0
        if not saved:
            raise DraftMoved(await self.draft(draft.workspace, draft.slug))

    async def add_all(self, drafts_: tuple[Draft, ...]) -> None:
        if not drafts_:
            return
        rows = [_values(draft) for draft in drafts_]
        try:
            await self._writer.execute(lambda connection: connection.execute(insert(drafts), rows).rowcount)
        except IntegrityError:
            raise DraftMoved(None) from None

    async def drop(self, workspace: str, slug: str, revision: int) -> None:
        dropped = delete(drafts).where(_revision_of(workspace, slug, revision))
        if not await self._writer.execute(lambda connection: connection.execute(dropped).rowcount):
            raise DraftMoved(await self.draft(workspace, slug))

    async def due(self, until: datetime) -> tuple[Draft, ...]:
        return tuple(map(_draft, await self._reader.rows(_DUE, until=microseconds(until))))

    async def next_due(self) -> datetime | None:
        return instant_or_none((await self._reader.rows(_NEXT_DUE))[0][0])

    async def versions(self, workspace: str, slug: str) -> tuple[Version, ...]:
        rows = await self._reader.rows(_VERSIONS, workspace=workspace, slug=slug)
        return tuple(
            Version(row.number, row.digest, row.text, row.editor, instant(row.at), row.reason) for row in rows
        )

    async def add_version(self, workspace: str, slug: str, version: Version) -> None:
        key = {"workspace": workspace, "slug": slug}
        values = {
            **key,
            "number": version.number,
            "digest": version.digest,
            "text": version.text,
            "editor": version.editor,
            "at": microseconds(version.at),
            "reason": version.reason,
        }

        def add(connection: Connection) -> int:
            newest = connection.execute(_VERSIONS.limit(1), key).first()
            if newest is not None and newest.number >= version.number:
                return 0
            return connection.execute(insert(article_versions), values).rowcount

        await self._writer.execute(add)


def _revision_of(workspace: str, slug: str, revision: int) -> Any:
    here = (drafts.c.workspace == workspace) & (drafts.c.slug == slug)
    return here & (drafts.c.revision == revision)


def _values(draft: Draft) -> dict[str, Any]:
    return {
        "workspace": draft.workspace,
        "slug": draft.slug,
        "text": draft.text,
        "base": draft.base,
        "revision": draft.revision,
        "editor": draft.editor,
        "saved_at": microseconds(draft.saved_at),
        "publish_at": micros(draft.publish_at),
        "reason": draft.reason,
        "failed": draft.failed,
    }


def _first(rows: Sequence[Row[Any]]) -> Draft | None:
    return _draft(rows[0]) if rows else None


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        row.workspace,
        row.slug,
        row.text,
        row.base,
        row.revision,
        row.editor,
        instant(row.saved_at),
        instant_or_none(row.publish_at),
        row.reason,
        row.failed,
    )
