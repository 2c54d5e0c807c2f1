"""When the database fails: everyone who waits is told, nothing unwritten is acknowledged, work goes on."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from slabot.services.turn import StoreUnavailable
from slabot.store.engine import open_store
from tests.databases import PostgresServer
from tests.store.scenes import WORKSPACE, turn


async def test_a_locked_database_is_told_to_everyone_and_writing_goes_on_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "slabot.db"
    async with await open_store(f"sqlite:///{path}?timeout=0.1") as store:
        await store.writer.commit(turn("c_0"))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        failed = await asyncio.gather(
            *(store.writer.commit(turn(f"c_{n}")) for n in range(1, 9)), return_exceptions=True
        )
        assert [type(one) for one in failed] == [StoreUnavailable] * 8
        assert "locked" in str(failed[0])
        assert await store.timelines.position(WORKSPACE) == 3  # Reads go on.
        other.execute("ROLLBACK")
        other.close()

        committed = await store.writer.commit(turn("c_1"))
        assert committed.events[0].position == 4


async def test_a_full_disk_is_told_to_everyone_concerned_and_writing_goes_on_afterwards(
    tmp_path: Path,
) -> None:
    async with await open_store(f"sqlite:///{tmp_path / 'slabot.db'}") as store:
        await store.writer.commit(turn("c_0"))

        pages = await store.writer.execute(
            lambda connection: connection.exec_driver_sql("PRAGMA page_count").scalar()
        )
        await store.writer.execute(
            lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}").scalar()
        )
        large = [turn(f"c_{n}", words="x" * 20_000) for n in range(1, 9)]
        outcomes = await asyncio.gather(*map(store.writer.commit, large), return_exceptions=True)
        told = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
        # The limit belonged to the connection that failed: a later batch has a new one already.
        assert told
        assert {type(one) for one in told} == {StoreUnavailable}
        assert "full" in str(told[0])
        assert "xxx" not in str(told[0])  # What people wrote is in no error.
        assert await store.timelines.position(WORKSPACE) == 27 - 3 * len(told)

        again = [one for one, outcome in zip(large, outcomes, strict=True) if outcome in told]
        await asyncio.gather(*map(store.writer.commit, again))
        assert await store.timelines.position(WORKSPACE) == 27


async def test_a_lost_connection_is_told_and_a_new_one_taken(postgres: PostgresServer) -> None:
    url = postgres.fresh_url()
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    async with await open_store(url) as store:
        await store.writer.commit(turn("c_0"))
        assert await store.timelines.position(WORKSPACE) == 3
        postgres.execute(f"{others} AND pid <> pg_backend_pid()", url)

        with pytest.raises(StoreUnavailable):
            await store.writer.commit(turn("c_1"))
        assert (await store.writer.commit(turn("c_1"))).events[0].position == 4
        assert await store.timelines.position(WORKSPACE) == 6  # Readers take a new one by themselves.
    postgres.drop(url)


async def test_a_connection_lost_in_a_transaction_leaves_nothing_behind(postgres: PostgresServer) -> None:
    url = postgres.fresh_url()
    async with await open_store(url) as store:
        with pytest.raises(StoreUnavailable):
            await store.writer.execute(
                lambda connection: connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
            )
        await store.writer.commit(turn("c_1"))
        assert await store.timelines.position(WORKSPACE) == 3
    postgres.drop(url)


async def test_an_address_where_nothing_answers_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="brought up to date"):
        await open_store(f"postgresql://nobody@/nothing?host={tmp_path}")


async def test_the_log_of_sqlite_is_moved_into_the_file_while_writing_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "slabot.db"
    async with await open_store(f"sqlite:///{path}") as store:
        before = path.stat().st_size
        for n in range(30):
            await asyncio.gather(*(store.writer.commit(turn(f"c_{n}_{k}")) for k in range(100)))
        grown = path.stat().st_size
        assert grown > before + 500_000
        assert path.with_suffix(".db-wal").exists()
    assert not path.with_suffix(".db-wal").exists()
