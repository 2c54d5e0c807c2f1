"""Reads of what was committed, on connections of their own that never wait for the writer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, func, select, text
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import DBAPIError

from slabot.domain.finding import Findable
from slabot.domain.projection import ClockRow, InboxRow, TicketRow
from slabot.domain.timeline import Event, Kind, microseconds
from slabot.services.turn import Found, Receipt, StoreUnavailable, Trace
from slabot.store.database import READERS, Database, reason
from slabot.store.finding import find, findables_of
from slabot.store.rows import clock_of, event_of, inbox_of, instant_or_none, receipt_of, ticket_of
from slabot.store.tables import (
    BREACHED,
    WITH_PEOPLE,
    clocks,
    conversations,
    positions,
    receipts,
    tickets,
    timeline,
)

T = TypeVar("T")

_LIMIT: Any = bindparam("limit", literal_execute=False)

_EVENTS = (
    select(timeline)
    .where(timeline.c.conversation == bindparam("conversation"), timeline.c.seq > bindparam("after"))
    .order_by(timeline.c.seq)
)
_EVENTS_OF = (
    select(timeline)
    .where(timeline.c.conversation.in_(bindparam("conversations", expanding=True)))
    .order_by(timeline.c.conversation, timeline.c.seq)
)
_SINCE = (
    select(timeline)
    .where(timeline.c.workspace == bindparam("workspace"), timeline.c.position > bindparam("position"))
    .order_by(timeline.c.position)
    .limit(_LIMIT)
)
_TRACES = _SINCE.with_only_columns(timeline.c.position, timeline.c.conversation, timeline.c.kind)
_OF_KIND = (
    select(timeline)
    .where(timeline.c.workspace == bindparam("workspace"), timeline.c.position > bindparam("position"))
    .where(timeline.c.kind == bindparam("kind"))
    .order_by(timeline.c.position)
)
_BREACHES = (
    select(timeline)
    .where(
        timeline.c.workspace == bindparam("workspace"), text(BREACHED), timeline.c.at >= bindparam("since")
    )
    .order_by(timeline.c.at.desc())
    .limit(_LIMIT)
)
_POSITION = select(positions.c.value).where(positions.c.workspace == bindparam("workspace"))
_RECEIPT = select(receipts).where(
    receipts.c.workspace == bindparam("workspace"),
    receipts.c.author == bindparam("author"),
    receipts.c.client_id == bindparam("client_id"),
)
_INBOX_ROW = select(conversations).where(conversations.c.conversation == bindparam("conversation"))
_LISTED = select(conversations).where(conversations.c.workspace == bindparam("workspace")).limit(_LIMIT)
_WITH_DUE = _LISTED.where(text(WITH_PEOPLE), conversations.c.next_due.is_not(None)).order_by(
    conversations.c.next_due, conversations.c.conversation
)
_WITHOUT_DUE = _LISTED.where(text(WITH_PEOPLE), conversations.c.next_due.is_(None)).order_by(
    conversations.c.conversation
)
_REST = _LISTED.where(text(f"NOT ({WITH_PEOPLE})")).order_by(conversations.c.last_at.desc())
_TICKET = select(tickets).where(
    tickets.c.workspace == bindparam("workspace"), tickets.c.number == bindparam("number")
)
_TICKETS_OF = (
    select(tickets)
    .where(tickets.c.workspace == bindparam("workspace"), tickets.c.visitor == bindparam("visitor"))
    .order_by(tickets.c.opened_at.desc(), tickets.c.number.desc())
)
_CONVERSATIONS_OF = _LISTED.where(conversations.c.visitor == bindparam("visitor")).order_by(
    conversations.c.started_at.desc(), conversations.c.conversation.desc()
)
_DUE_CLOCKS = (
    select(clocks)
    .where(clocks.c.next_at.is_not(None), clocks.c.next_at <= bindparam("until"))
    .order_by(clocks.c.next_at)
    .limit(_LIMIT)
)
_CLOCKS_OF = select(clocks).where(clocks.c.conversation == bindparam("conversation"))
_NEXT_CLOCK = select(func.min(clocks.c.next_at)).where(clocks.c.next_at.is_not(None))


class Reader:
    """Runs reads in a few threads, each on a connection that cannot write."""

    def __init__(self, database: Database) -> None:
        self.engine = database.reading()
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="slabot-reader")

    async def rows(self, statement: Select[Any], **values: Any) -> Sequence[Row[Any]]:
        """All rows of one statement. Raises StoreUnavailable."""
        return await self.run(lambda connection: connection.execute(statement, values).all())

    async def run(self, read: Callable[[Connection], T]) -> T:
        """Several statements on one connection; each sees all committed before. Raises StoreUnavailable."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, read)
        except DBAPIError as error:
            raise StoreUnavailable(f"the database did not answer ({reason(error)})") from None

    async def close(self) -> None:
        await asyncio.to_thread(self._threads.shutdown)
        self.engine.dispose()

    def _read(self, read: Callable[[Connection], T]) -> T:
        try:
            with self.engine.connect() as connection:
                return read(connection)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        # The server was restarted since: SQLAlchemy has dropped its old connections, a fresh one will do.
        with self.engine.connect() as connection:
            return read(connection)


class StoredTimelines:
    """Satisfies `services.turn.Timelines`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def events(self, conversation: str, after: int = 0) -> tuple[Event, ...]:
        rows = await self._reader.rows(_EVENTS, conversation=conversation, after=after)
        return tuple(map(event_of, rows))

    async def events_of(self, conversations: Sequence[str]) -> Mapping[str, tuple[Event, ...]]:
        if not conversations:
            return {}
        return {id: events for id, (_, events) in (await self.whole(conversations)).items()}

    async def whole(self, conversations: Sequence[str]) -> Mapping[str, tuple[str, tuple[Event, ...]]]:
        rows = await self._reader.rows(_EVENTS_OF, conversations=list(conversations))
        homes: dict[str, str] = {}
        whole: dict[str, list[Event]] = {}
        for row in rows:
            event = event_of(row)
            homes[event.conversation] = row[0]
            whole.setdefault(event.conversation, []).append(event)
        return {id: (homes[id], tuple(events)) for id, events in whole.items()}

    async def traces(self, workspace: str, position: int, limit: int) -> tuple[Trace, ...]:
        rows = await self._reader.rows(_TRACES, workspace=workspace, position=position, limit=limit)
        return tuple(Trace(row.position, row.conversation, Kind(row.kind)) for row in rows)

    async def since(self, workspace: str, position: int, limit: int) -> tuple[Event, ...]:
        rows = await self._reader.rows(_SINCE, workspace=workspace, position=position, limit=limit)
        return tuple(map(event_of, rows))

    async def of_kind(self, workspace: str, kind: Kind, position: int) -> tuple[Event, ...]:
        rows = await self._reader.rows(_OF_KIND, workspace=workspace, kind=kind.value, position=position)
        return tuple(map(event_of, rows))

    async def breaches(self, workspace: str, since: datetime, limit: int) -> tuple[Event, ...]:
        rows = await self._reader.rows(_BREACHES, workspace=workspace, since=microseconds(since), limit=limit)
        return tuple(map(event_of, rows))

    async def position(self, workspace: str) -> int:
        rows = await self._reader.rows(_POSITION, workspace=workspace)
        return rows[0][0] if rows else 0

    async def receipt(self, workspace: str, author: str, client_id: str) -> Receipt | None:
        rows = await self._reader.rows(_RECEIPT, workspace=workspace, author=author, client_id=client_id)
        return receipt_of(rows[0]) if rows else None

    async def inbox(self, workspace: str, limit: int) -> tuple[InboxRow, ...]:
        values = {"workspace": workspace}
        return await self._reader.run(lambda connection: _inbox(connection, values, limit))

    async def inbox_row(self, conversation: str) -> InboxRow | None:
        rows = await self._reader.rows(_INBOX_ROW, conversation=conversation)
        return inbox_of(rows[0]) if rows else None

    async def ticket(self, workspace: str, number: str) -> TicketRow | None:
        rows = await self._reader.rows(_TICKET, workspace=workspace, number=number)
        return ticket_of(rows[0]) if rows else None

    async def tickets_of(self, workspace: str, visitor: str) -> tuple[TicketRow, ...]:
        """Newest first."""
        rows = await self._reader.rows(_TICKETS_OF, workspace=workspace, visitor=visitor)
        return tuple(map(ticket_of, rows))

    async def conversations_of(self, workspace: str, visitor: str, limit: int) -> tuple[InboxRow, ...]:
        rows = await self._reader.rows(_CONVERSATIONS_OF, workspace=workspace, visitor=visitor, limit=limit)
        return tuple(map(inbox_of, rows))

    async def due_clocks(self, until: datetime, limit: int) -> tuple[ClockRow, ...]:
        rows = await self._reader.rows(_DUE_CLOCKS, until=microseconds(until), limit=limit)
        return tuple(map(clock_of, rows))

    async def found(self, workspaces: Sequence[str], words: Sequence[str], limit: int) -> Found:
        if not workspaces or not words:
            return Found((), more=False)
        return await self._reader.run(lambda connection: find(connection, workspaces, words, limit))

    async def findables_of(self, conversation: str) -> tuple[Findable, ...]:
        return await self._reader.run(lambda connection: findables_of(connection, conversation))

    async def clocks_of(self, conversation: str) -> tuple[ClockRow, ...]:
        rows = await self._reader.rows(_CLOCKS_OF, conversation=conversation)
        return tuple(map(clock_of, rows))

    async def next_clock_at(self) -> datetime | None:
        rows = await self._reader.rows(_NEXT_CLOCK)
        return instant_or_none(rows[0][0])


def _inbox(connection: Connection, values: Mapping[str, Any], limit: int) -> tuple[InboxRow, ...]:
    listed: list[InboxRow] = []
    for statement in (_WITH_DUE, _WITHOUT_DUE, _REST):
        left = limit - len(listed)
        if left > 0:
            listed.extend(map(inbox_of, connection.execute(statement, {**values, "limit": left})))
    return tuple({row.conversation: row for row in listed}.values())
