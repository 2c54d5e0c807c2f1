"""The writer's SQL: texts composed once from the tables, run for many rows at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Dialect, Table
from sqlalchemy.engine import Connection

from slabot.domain.finding import ABOUT
from slabot.store import tables
from slabot.store.rows import Row

NEVER_CHANGES = ("workspace", "visitor", "started_at", "opened_at")
"""Columns that an upsert leaves alone, so that SQLite need not touch the indices over them; see `move_visitor`."""


_FINDABLE = ("conversation", "seq", "words")
_PUT_FINDABLE = " ON CONFLICT (conversation, seq) DO UPDATE SET words = excluded.words"


class Statements(ABC):
    """What `batch` executes, as far as both databases agree. Rows follow the order of a table's columns."""

    mark: str
    """The driver's placeholder."""

    def __init__(self) -> None:
        self.add_events = self._insertion(tables.timeline)
        self.put_conversation = self._insertion(tables.conversations) + upsert(tables.conversations)
        self.add_receipt = self._insertion(tables.receipts)
        self.add_ticket = self._insertion(tables.tickets)
        self.put_ticket = self._insertion(tables.tickets) + upsert(tables.tickets)
        self.add_clock = self._insertion(tables.clocks)
        self.put_clock = self._insertion(tables.clocks) + upsert(tables.clocks)
        self.add_outgoing = self._insertion(tables.outbox)
        self.put_findable = self._insertion(tables.findable, _FINDABLE) + _PUT_FINDABLE
        self.put_holding = self._insertion(tables.holdings) + upsert(tables.holdings)
        self.put_position = self._insertion(tables.positions) + upsert(tables.positions)
        self.put_number = self._insertion(tables.numbers) + upsert(tables.numbers)

    @abstractmethod
    def write(self, connection: Connection, statement: str, rows: Sequence[Row]) -> None:
        """One of the statements above for all rows, of which there is at least one."""

    @abstractmethod
    def drop_clocks(self, connection: Connection, conversations: Iterable[str]) -> None:
        """All clocks of these conversations go."""

    def positions(self, connection: Connection, workspaces: Iterable[str]) -> dict[str, int]:
        """The newest positions, held until the commit, so that no reader sees a smaller one later."""
        return self._counters(connection, tables.positions, sorted(workspaces))

    def held(self, connection: Connection, agents: Iterable[str]) -> dict[str, int]:
        """How many conversations these agents hold; nobody else can change it before the commit."""
        return self._counters(connection, tables.holdings, sorted(agents))

    def numbers(self, connection: Connection, workspaces: Iterable[str]) -> dict[str, int]:
        """The last ticket number kept for each workspace that has one."""
        text = f"SELECT last FROM numbers WHERE workspace = {self.mark}"
        return {name: last for name in workspaces for (last,) in run(connection, text, (name,))}

    def heads(self, connection: Connection, conversations: Iterable[str]) -> list[Row]:
        """conversation, seq, digest and workspace of those that exist."""
        return self._matching(
            connection,
            "SELECT c.conversation, c.seq, c.digest, c.workspace FROM asked JOIN conversations c"
            " ON c.conversation = asked.k1",
            [(conversation,) for conversation in conversations],
        )

    def move_visitor(self, connection: Connection, conversation: str, visitor: str) -> None:
        """Rare, so with statements of its own: the conversation and all its tickets are this visitor's."""
        for table in (tables.conversations, tables.tickets):
            text = f"UPDATE {table.name} SET visitor = {self.mark} WHERE conversation = {self.mark}"
            connection.exec_driver_sql(text, (visitor, conversation))

    def erase(
        self, connection: Connection, workspace: str, conversation: str, receipts: Iterable[tuple[str, str]]
    ) -> None:
        """What people wrote or gave away in this conversation, the salts that guesses could be tested with,
        receipts, and the words it was found by; what is still known of it is put with the turn."""
        gone = "UPDATE timeline SET content = NULL, salt = NULL WHERE content <> '{}' AND conversation = "
        connection.exec_driver_sql(gone + self.mark, (conversation,))
        words = f"DELETE FROM findable WHERE seq <> {ABOUT} AND conversation = {self.mark}"
        connection.exec_driver_sql(words, (conversation,))
        used = " AND ".join(f"{name} = {self.mark}" for name in ("workspace", "author", "client_id"))
        for author, client_id in receipts:
            connection.exec_driver_sql(f"DELETE FROM receipts WHERE {used}", (workspace, author, client_id))

    def receipts(self, connection: Connection, keys: Iterable[tuple[str, str, str]]) -> list[Row]:
        """Whole rows for those (workspace, author, client_id) that were used."""
        return self._matching(
            connection,
            "SELECT r.workspace, r.author, r.client_id, r.body, r.answer FROM asked JOIN receipts r"
            " ON r.workspace = asked.k1 AND r.author = asked.k2 AND r.client_id = asked.k3",
            list(keys),
        )

    def tickets(self, connection: Connection, keys: Iterable[tuple[str, str]]) -> list[Row]:
        """Those (workspace, number) that are taken."""
        return self._matching(
            connection,
            "SELECT t.workspace, t.number FROM asked JOIN tickets t"
            " ON t.workspace = asked.k1 AND t.number = asked.k2",
            list(keys),
        )

    @abstractmethod
    def _insertion(self, table: Table, columns: tuple[str, ...] = ()) -> str:
        """INSERT of rows of these columns, all of them if none is named."""

    @abstractmethod
    def _matching(self, connection: Connection, select: str, keys: Sequence[Row]) -> list[Row]:
        """`select` with a table `asked` of text columns k1, k2 … beside it."""

    @abstractmethod
    def _counters(self, connection: Connection, table: Table, names: Sequence[str]) -> dict[str, int]:
        """The counters of these names, 0 where there is none yet, held until the commit.

        `names` are sorted, so that two processes which hold several cannot deadlock.
        """


def run(connection: Connection, text: str, values: Sequence[Any] = ()) -> Any:
    """One statement straight on the driver, in the transaction that the connection is in; its cursor.

    A message needs a dozen of them, and on the way through SQLAlchemy each costs more than in the database.
    Errors are the driver's own; `database.is_outage` and `reason` read both kinds.
    """
    driver: Any = connection.connection.driver_connection
    return driver.execute(text, values)


def statements_for(dialect: Dialect) -> Statements:
    from slabot.store.statements_postgresql import PostgresqlStatements
    from slabot.store.statements_sqlite import SqliteStatements

    return SqliteStatements() if dialect.name == "sqlite" else PostgresqlStatements(dialect)


def listed(table: Table, columns: tuple[str, ...] = ()) -> list[Column[Any]]:
    """The columns of these names, all of them if none is named."""
    return [table.columns[name] for name in columns] if columns else list(table.columns)


def names(columns: Iterable[Column[Any]]) -> str:
    """Quoted, with commas."""
    return ", ".join(f'"{column.name}"' for column in columns)


def upsert(table: Table) -> str:
    """What turns an INSERT into "insert, or change the row of this key"."""
    keys = [column.name for column in table.primary_key]
    changed = [c.name for c in table.columns if c.name not in keys and c.name not in NEVER_CHANGES]
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in changed)
    return f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}"
