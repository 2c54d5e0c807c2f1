"""Which database an address means, and the connections that writer, readers and migrations use."""

from __future__ import annotations

import sqlite3
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, NullPool, QueuePool, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

BUSY_TIMEOUT = 5.0
"""Seconds that a write waits for another process's transaction before it gives up; `?timeout=` changes it."""

READERS = 4

OUTAGES = frozenset({"OperationalError", "InterfaceError"})

TURNS_OWN_FAULT = ("22", "23", "54")
"""SQLSTATE classes that blame what was written, not the server: data, constraint, a limit exceeded."""


class BadAddress(ValueError):
    """The database address cannot be used."""


class Database:
    """One database by address. Raises BadAddress where slabot cannot keep its data."""

    def __init__(self, address: str) -> None:
        self.url = _url(address)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if not self.is_sqlite and find_spec("psycopg") is None:
            raise BadAddress("PostgreSQL needs its driver; install it with: pip install 'slabot[postgres]'")

    def writing(self) -> Engine:
        """One connection that may write; transactions are durable when they commit."""
        if not self.is_sqlite:
            return create_engine(self.url, poolclass=NullPool, paramstyle="format")
        # What is erased is overwritten, not only let go of: its bytes could be read from the file else.
        pragmas = ("synchronous=FULL", "wal_autocheckpoint=0", "secure_delete=ON")
        engine = self._sqlite(NullPool, pragmas)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        return engine

    def reading(self) -> Engine:
        """A few connections that cannot write and never wait for the writer; each statement stands alone."""
        if self.is_sqlite:
            return self._sqlite(QueuePool, ("query_only=ON",), pool_size=READERS, max_overflow=0)
        return create_engine(
            self.url,
            isolation_level="AUTOCOMMIT",
            connect_args={"options": "-c default_transaction_read_only=on"},
            pool_size=READERS,
            max_overflow=0,
        )

    def checkpointing(self) -> Engine:
        """The connection that moves what was committed from the log into the file; SQLite only."""
        return self._sqlite(NullPool, ("synchronous=FULL", "wal_autocheckpoint=0"))

    def _sqlite(self, pool: type[Any], pragmas: tuple[str, ...], **options: Any) -> Engine:
        path = Path(self.url.database or "")
        path.parent.mkdir(parents=True, exist_ok=True)
        arguments: dict[str, Any] = {"check_same_thread": False, "cached_statements": 512}
        if "timeout" not in self.url.query:
            arguments["timeout"] = BUSY_TIMEOUT
        engine = create_engine(self.url, poolclass=pool, connect_args=arguments, **options)

        @event.listens_for(engine, "connect")
        def connect(connection: sqlite3.Connection, _: object) -> None:
            connection.isolation_level = None
            cursor = connection.cursor()
            for pragma in ("journal_mode=WAL", *pragmas):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()

        return engine


def is_outage(error: Exception) -> bool:
    """Whether the database failed as such, rather than refusing what one turn wanted to write."""
    if isinstance(error, OSError) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return True
    # By the names that every driver gives them (PEP 249): the writer's statements reach it without SQLAlchemy.
    kinds = {kind.__name__ for kind in type(error).__mro__}
    state = getattr(getattr(error, "orig", error), "sqlstate", None) or ""
    return not kinds.isdisjoint(OUTAGES) and not state.startswith(TURNS_OWN_FAULT)


def reason(error: Exception) -> str:
    """The driver's own sentence, without the statement and its values (they hold what people wrote)."""
    origin = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return f"{type(origin).__name__}: {str(origin).strip() or 'no details'}".splitlines()[0]


def _url(address: str) -> URL:
    expected = "expected sqlite:///path/to/file.db or postgresql://user@host/name"
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise BadAddress(
            f"database address: {expected}, found something else; check its first part"
        ) from error
    match url.get_backend_name():
        case "sqlite" if not url.database or url.database == ":memory:":
            raise BadAddress(
                f"database address: {expected}, found SQLite without a file; name one, it is created"
            )
        case "sqlite":
            return url.set(drivername="sqlite+pysqlite")
        case "postgresql":
            return url.set(drivername="postgresql+psycopg")
        case other:
            raise BadAddress(f"database address: {expected}, found {other!r}; slabot knows these two")
