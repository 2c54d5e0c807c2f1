"""The views that agents saved, a row each."""

from __future__ import annotations

from sqlalchemy import Delete, bindparam, delete, func, insert, select
from sqlalchemy.engine import Connection

from slabot.services.saved_views import SavedView
from slabot.store.reads import Reader
from slabot.store.tables import saved_views
from slabot.store.writer import GroupWriter

_OF = (
    select(
        saved_views.c.id, saved_views.c.name, saved_views.c.view, saved_views.c.words, saved_views.c.sorted_by
    )
    .where(saved_views.c.agent == bindparam("agent"))
    .order_by(func.lower(saved_views.c.name), saved_views.c.id)
)


class StoredSavedViews:
    """Satisfies `services.saved_views.SavedViewRecords`."""

    def __init__(self, writer: GroupWriter, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def of(self, agent: str) -> tuple[SavedView, ...]:
        return tuple(SavedView(*row) for row in map(tuple, await self._reader.rows(_OF, agent=agent)))

    async def save(self, agent: str, view: SavedView) -> None:
        saved = insert(saved_views).values(
            agent=agent, id=view.id, name=view.name, view=view.view, words=view.words, sorted_by=view.order
        )

        def replace(connection: Connection) -> None:
            connection.execute(_gone(agent, view.id))
            connection.execute(saved)

        await self._writer.execute(replace)

    async def drop(self, agent: str, id: str) -> None:
        await self._writer.execute(lambda connection: connection.execute(_gone(agent, id)).rowcount)


def _gone(agent: str, id: str) -> Delete:
    return delete(saved_views).where(saved_views.c.agent == agent, saved_views.c.id == id)
