"""The writer's SQL on SQLite: prepared once, executed per row inside the driver."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Table
from sqlalchemy.engine import Connection

from slabot.store.rows import Row
from slabot.store.statements import Statements, names

AT_ONCE = 64
"""Keys asked for in one statement; fewer are asked in powers of two, so that few texts stay prepared."""


class SqliteStatements(Statements):
    mark = "?"

    def __init__(self) -> None:
        super().__init__()
        self._askings: dict[tuple[int, int], str] = {}

    def write(self, connection: Connection, statement: str, rows: Sequence[Row]) -> None:
        connection.exec_driver_sql(statement, list(rows))

    def drop_clocks(self, connection: Connection, conversations: Iterable[str]) -> None:
        dropped = [(conversation,) for conversation in conversations]
        connection.exec_driver_sql("DELETE FROM clocks WHERE conversation = ?", dropped)

    def _insertion(self, table: Table) -> str:
        return f"INSERT INTO {table.name} ({names(table)}) VALUES ({', '.join('?' * len(table.columns))})"

    def _matching(self, connection: Connection, select: str, keys: Sequence[Row]) -> list[Row]:
        found: list[Row] = []
        for some in _portions(keys):
            text = self._asking(len(some), len(some[0])) + select
            values = tuple(value for key in some for value in key)
            found.extend(tuple(row) for row in connection.exec_driver_sql(text, values))
        return found

    def _asking(self, keys: int, width: int) -> str:
        text = self._askings.get((keys, width))
        if text is None:
            columns = ", ".join(f"k{n}" for n in range(1, width + 1))
            marks = f"({', '.join('?' * width)})"
            text = f"WITH asked ({columns}) AS (VALUES {', '.join([marks] * keys)}) "
            self._askings[keys, width] = text
        return text

    def _counter(self, connection: Connection, table: Table, name: str) -> int:
        # BEGIN IMMEDIATE has kept every other writer out already.
        key, value = table.columns
        text = f"SELECT {value.name} FROM {table.name} WHERE {key.name} = ?"
        return connection.exec_driver_sql(text, (name,)).scalar() or 0


def _portions(keys: Sequence[Row]) -> Iterable[Sequence[Row]]:
    start = 0
    while start < len(keys):
        left = len(keys) - start
        size = min(AT_ONCE, 1 << (left.bit_length() - 1))
        yield keys[start : start + size]
        start += size
