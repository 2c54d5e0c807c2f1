"""One history of migrations for both databases, whole or not at all."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import slabot.store.migrations as migrations
from slabot.store.database import Database
from slabot.store.engine import open_store
from slabot.store.schema import NEWEST, check, downgrade, migrate
from slabot.store.tables import FINDING, metadata
from tests.store.mortal import Mortals, mortals
from tests.store.scenes import WORKSPACE, turn


@pytest.fixture(scope="module")
def processes() -> Iterator[Mortals]:
    with mortals() as started:
        yield started


def tables(url: str) -> set[str]:
    engine = Database(url).reading()
    try:
        # FTS5 keeps its index in tables of its own.
        return {name for name in inspect(engine).get_table_names() if not name.startswith(FINDING)}
    finally:
        engine.dispose()


def test_a_migrated_database_is_what_the_program_expects(store_url: str) -> None:
    assert check(store_url) != []
    migrate(store_url)
    assert check(store_url) == []
    assert tables(store_url) == {*metadata.tables, "alembic_version"}


def test_migrating_again_changes_nothing(store_url: str) -> None:
    migrate(store_url)
    migrate(store_url)
    assert check(store_url) == []


def test_a_difference_is_named(store_url: str) -> None:
    migrate(store_url)
    engine = Database(store_url).writing()
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE clocks ADD COLUMN mood TEXT"))
        connection.execute(text("DROP INDEX ix_clocks_next_at"))
    engine.dispose()
    faults = check(store_url)
    assert any("mood" in fault for fault in faults)
    assert any("ix_clocks_next_at" in fault for fault in faults)


def test_downgrading_leaves_no_table_and_upgrading_works_again(store_url: str) -> None:
    migrate(store_url)
    downgrade(store_url)
    assert tables(store_url) == {"alembic_version"}
    migrate(store_url)
    assert check(store_url) == []


def test_a_migration_that_was_killed_half_way_starts_again(store_url: str, processes: Mortals) -> None:
    for survived in (0, 1, 9, 22):
        with_what = tables(store_url)
        _, killed_by = processes.live("migrate", store_url, str(survived))
        assert killed_by == signal.SIGKILL
        assert tables(store_url) == with_what == set()
    migrate(store_url)
    assert check(store_url) == []


async def test_processes_that_start_together_migrate_once(store_url: str) -> None:
    await asyncio.gather(*(asyncio.to_thread(migrate, store_url) for _ in range(4)))
    assert check(store_url) == []


async def test_a_restart_keeps_what_is_there(store_url: str) -> None:
    async with await open_store(store_url) as store:
        await store.writer.commit(turn())
    async with await open_store(store_url) as store:
        assert await store.timelines.position(WORKSPACE) == 3


def test_the_newest_revision_is_the_last_of_the_history() -> None:
    folder = Path(str(migrations.__file__)).parent
    assert ScriptDirectory(str(folder)).get_heads() == [NEWEST]
