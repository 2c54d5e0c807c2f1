"""The writer's SQL on SQLite: prepared once for every number of rows, executed for all of them in one step.

The driver lets go of the interpreter for each step and has to win it back from the loop, which costs more than
the row; so rows travel together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import Table
from sqlalchemy.engine import Connection

from slabot.store.rows import Row
from slabot.store.statements import Statements, listed, names, run

T = TypeVar("T")

AT_ONCE = 32
"""Rows or keys in one statement; the driver keeps as many texts prepared for each table."""

_VALUES = re.compile(r"VALUES (\([?, ]+\))")


class SqliteStatements(Statements):
    mark = "?"

    def __init__(self) -> None:
        super().__init__()
        self._askings: dict[tuple[int, int], str] = {}
        self._insertions: dict[tuple[str, int], str] = {}

    def write(self, connection: Connection, statement: str, rows: Sequence[Row]) -> None:
        for some in _portions(rows):
            text = self._inserting(statement, len(some))
            run(connection, text, [value for row in some for value in row])

    def drop_clocks(self, connection: Connection, conversations: Iterable[str]) -> None:
        for some in _portions(list(conversations)):
            run(connection, f"DELETE FROM clocks WHERE conversation IN ({_marks(len(some))})", some)

    def _insertion(self, table: Table, columns: tuple[str, ...] = ()) -> str:
        put = listed(table, columns)
        return f"INSERT INTO {table.name} ({names(put)}) VALUES ({_marks(len(put))})"

    def _inserting(self, statement: str, rows: int) -> str:
        text = self._insertions.get((statement, rows))
        if text is None:
            text = _VALUES.sub(lambda row: f"VALUES {', '.join([row[1]] * rows)}", statement)
            self._insertions[statement, rows] = text
        return text

    def _matching(self, connection: Connection, select: str, keys: Sequence[Row]) -> list[Row]:
        found: list[Row] = []
        for some in _portions(keys):
            text = self._asking(len(some), len(some[0])) + select
            found += run(connection, text, [value for key in some for value in key]).fetchall()
        return found

    def _asking(self, keys: int, width: int) -> str:
        text = self._askings.get((keys, width))
        if text is None:
            columns = ", ".join(f"k{n}" for n in range(1, width + 1))
            marks = ", ".join([f"({_marks(width)})"] * keys)
            text = f"WITH asked ({columns}) AS (VALUES {marks}) "
            self._askings[keys, width] = text
        return text

    def _counters(self, connection: Connection, table: Table, names: Sequence[str]) -> dict[str, int]:
        # BEGIN IMMEDIATE has kept every other writer out already.
        key, value = (column.name for column in table.columns)
        select = f'SELECT c."{key}", c."{value}" FROM asked JOIN {table.name} c ON c."{key}" = asked.k1'
        return dict.fromkeys(names, 0) | dict(self._matching(connection, select, [(name,) for name in names]))


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _portions(rows: Sequence[T]) -> Iterable[Sequence[T]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
