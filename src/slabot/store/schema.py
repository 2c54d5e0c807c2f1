"""Brings a database to the newest schema, tells where it differs, and takes a step back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from slabot.services.turn import StoreUnavailable
from slabot.store.database import Database, reason

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic is imported where it is used: a start with nothing to migrate does not wait for it.

NEWEST = "0011"
"""The revision that `tables` describes."""

_ONE_AT_A_TIME = 7_305_611
"""Number of the PostgreSQL lock that processes starting together take in turn; SQLite has its own."""


def migrate(url: str) -> None:
    """Upgrades to the newest schema, whole or not at all. Raises BadAddress or StoreUnavailable."""
    with _transaction(url) as connection:
        if revision(connection) != NEWEST:
            from alembic import command

            command.upgrade(_config(connection), "head")


def downgrade(url: str, to: str = "base") -> None:
    """Back to an earlier revision; `base` removes every table and what is in it."""
    from alembic import command

    with _transaction(url) as connection:
        command.downgrade(_config(connection), to)


def check(url: str) -> list[str]:
    """Where the database differs from what the program expects, as sentences; empty when all is well."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from slabot.store.tables import FINDING, metadata

    def described(name: str | None, _: str, __: object) -> bool:
        """The index over what is found is the database's own affair: tables of FTS5, or an index of PostgreSQL."""
        return not (name or "").startswith(FINDING)

    with _transaction(url) as connection:
        found = revision(connection)
        context = MigrationContext.configure(connection, opts={"include_name": described})
        differences = compare_metadata(context, metadata)
    faults = [] if found == NEWEST else [f"the schema is at revision {found or 'none'}, expected {NEWEST}"]
    return faults + [f"{_sentence(difference)}" for difference in differences]


def revision(connection: Connection) -> str | None:
    """The revision a database is at; None before the first migration."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


@contextmanager
def _transaction(url: str) -> Iterator[Connection]:
    engine = Database(url).writing()
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
            yield connection
    except DBAPIError as error:
        raise StoreUnavailable(f"the database cannot be brought up to date ({reason(error)})") from error
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _sentence(difference: object) -> str:
    if isinstance(difference, list):
        return "; ".join(_sentence(part) for part in difference)
    if isinstance(difference, tuple):
        kind, *parts = difference
        named = [str(getattr(part, "name", part)) for part in parts if part is not None]
        return f"{str(kind).replace('_', ' ')}: {' '.join(named)}"
    return str(difference)
