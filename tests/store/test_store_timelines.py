"""What readers see: lists, catching up, due clocks; found by index and never waiting for the writer."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import text
from sqlalchemy.engine import Connection

from slabot.domain.timeline import Kind
from slabot.store.database import BadAddress, Database
from slabot.store.engine import Store, open_store
from tests.store.scenes import NOON, WORKSPACE, clock, inbox, turn

HOUR = timedelta(hours=1)


async def test_an_unknown_conversation_has_no_events_and_no_row(store: Store) -> None:
    assert await store.timelines.events("c_1") == ()
    assert await store.timelines.inbox_row("c_1") is None
    assert await store.timelines.ticket(WORKSPACE, "HES-1") is None
    assert await store.timelines.receipt(WORKSPACE, "visitor:v_vera", "m1") is None
    assert await store.timelines.next_clock_at() is None


async def test_a_widget_catches_up_after_its_seq(store: Store) -> None:
    first = await store.writer.commit(turn())
    second = await store.writer.commit(turn(head=first.events[-1].head))

    assert await store.timelines.events("c_1", after=3) == second.events
    assert await store.timelines.events("c_1", after=5) == ()


async def test_the_inbox_lists_people_by_next_due_then_the_rest_newest_first(store: Store) -> None:
    rows = [
        inbox("c_bot_old", last_at=NOON - HOUR),
        inbox("c_bot_new", last_at=NOON + HOUR),
        inbox("c_resolved", status="resolved", last_at=NOON),
        inbox("c_paused", status="waiting"),
        inbox("c_late", status="held", next_due=NOON + 2 * HOUR),
        inbox("c_soon", status="waiting", next_due=NOON + HOUR),
        inbox("c_elsewhere", status="waiting", next_due=NOON, workspace="velsoft"),
    ]
    await asyncio.gather(
        *(store.writer.commit(turn(row.conversation, inbox=row, workspace=row.workspace)) for row in rows)
    )

    order = ["c_soon", "c_late", "c_paused", "c_bot_new", "c_resolved", "c_bot_old"]
    assert [row.conversation for row in await store.timelines.inbox(WORKSPACE, 100)] == order
    assert [row.conversation for row in await store.timelines.inbox(WORKSPACE, 4)] == order[:4]
    assert await store.timelines.inbox(WORKSPACE, 0) == ()


async def test_a_visitor_finds_their_own_conversations_newest_first(store: Store) -> None:
    for n in range(3):
        row = inbox(f"c_{n}", started_at=NOON + n * HOUR)
        await store.writer.commit(turn(f"c_{n}", inbox=row))
    await store.writer.commit(turn("c_x", inbox=inbox("c_x", visitor="v_mallory")))

    mine = await store.timelines.conversations_of(WORKSPACE, "v_vera", 2)
    assert [row.conversation for row in mine] == ["c_2", "c_1"]
    assert await store.timelines.conversations_of("velsoft", "v_vera", 2) == ()


async def test_due_clocks_come_soonest_first_and_include_the_instant_itself(store: Store) -> None:
    for n in (3, 1, 2, 0):
        due = NOON + n * HOUR
        await store.writer.commit(turn(f"c_{n}", clocks=(clock(f"c_{n}", due=due, next_at=due),)))

    due_now = await store.timelines.due_clocks(NOON + 2 * HOUR, 10)
    assert [row.conversation for row in due_now] == ["c_0", "c_1", "c_2"]
    assert await store.timelines.due_clocks(NOON - timedelta(microseconds=1), 10) == ()
    assert len(await store.timelines.due_clocks(NOON + 9 * HOUR, 2)) == 2
    assert await store.timelines.next_clock_at() == NOON


async def test_the_queries_of_the_message_path_use_their_index(store: Store, store_url: str) -> None:
    await store.writer.commit(turn(clocks=(clock(),)))
    plans: dict[str, str] = {}

    def explain(connection: Connection, _: object, statement: str, values: Any, *__: object) -> None:
        if statement.startswith("SELECT"):
            prefix = "EXPLAIN QUERY PLAN " if store_url.startswith("sqlite") else "EXPLAIN "
            raw = connection.connection.cursor()
            if not store_url.startswith("sqlite"):
                raw.execute("SET enable_seqscan = off")
            raw.execute(prefix + statement, values)
            plans[statement] = "\n".join(str(row) for row in raw.fetchall())
            raw.close()

    sqlalchemy_event.listen(store.reader.engine, "before_cursor_execute", explain)
    await store.timelines.due_clocks(NOON, 10)
    await store.timelines.next_clock_at()
    await store.timelines.inbox(WORKSPACE, 10)
    await store.timelines.events("c_1")
    await store.timelines.since(WORKSPACE, 0, 10)
    await store.timelines.of_kind(WORKSPACE, Kind.SEVERITY_ASSESSED, 0)
    await store.timelines.conversations_of(WORKSPACE, "v_vera", 10)
    await store.timelines.tickets_of(WORKSPACE, "v_vera")
    await store.outbox.next_try_at("mail")
    sqlalchemy_event.remove(store.reader.engine, "before_cursor_execute", explain)

    used = "\n".join(plans.values())
    for index in (
        "ix_clocks_next_at",
        "ix_conversations_due",
        "ix_conversations_rest",
        "ix_conversations_workspace_visitor_started_at",
        "ix_tickets_workspace_visitor_opened_at",
        "ix_outbox_unsent",
    ):
        assert index in used
    scans = [
        f"{statement}\n{plan}" for statement, plan in plans.items() if "SCAN" in plan and "USING" not in plan
    ]
    assert scans == []
    assert len(plans) == 11


async def test_readers_never_wait_for_the_writer(store: Store) -> None:
    await store.writer.commit(turn())
    began, may_end = threading.Event(), threading.Event()

    def hold(connection: Connection) -> None:
        connection.execute(text("UPDATE positions SET value = 99"))
        began.set()
        assert may_end.wait(30)

    held = asyncio.ensure_future(store.writer.execute(hold))
    await asyncio.to_thread(began.wait, 30)
    assert await store.timelines.position(WORKSPACE) == 3
    assert len(await store.timelines.events("c_1")) == 3
    may_end.set()
    await held
    assert await store.timelines.position(WORKSPACE) == 99


async def test_a_reader_cannot_write(store: Store) -> None:
    def write(connection: Connection) -> str:
        try:
            connection.execute(text("DELETE FROM timeline"))
        except Exception as error:
            return str(error)
        return "written"

    await store.writer.commit(turn())
    assert "read" in await store.reader.run(write)
    assert len(await store.timelines.events("c_1")) == 3


async def test_who_saw_a_position_never_later_sees_a_smaller_new_one(store: Store, store_url: str) -> None:
    """Two processes write; a third one catches up by position and must miss nothing."""
    done = asyncio.Event()
    seen: list[int] = []

    async def follow(reader: Store) -> None:
        while True:
            last_round = done.is_set()
            events = await reader.timelines.since(WORKSPACE, seen[-1] if seen else 0, 1000)
            seen.extend(event.position for event in events)
            if last_round and not events:
                return

    async def talk(writer: Store, conversation: str) -> None:
        await asyncio.gather(*(writer.writer.commit(turn(f"{conversation}_{n}")) for n in range(40)))

    async with await open_store(store_url) as other, await open_store(store_url) as reader:
        following = asyncio.ensure_future(follow(reader))
        writing = [talk(one, f"c_{name}_{n}") for name, one in (("a", store), ("b", other)) for n in range(5)]
        await asyncio.gather(*writing)
        done.set()
        await following

    assert seen == list(range(1, 2 * 5 * 40 * 3 + 1))


async def test_an_address_that_cannot_be_used_says_what_was_expected() -> None:
    for address, found in (
        ("mysql://root@localhost/x", "mysql"),
        ("sqlite://", "without a file"),
        ("sqlite:///:memory:", "without a file"),
        ("nonsense", "something else"),
    ):
        with pytest.raises(BadAddress, match=f"expected sqlite:///.*{found}"):
            Database(address)
