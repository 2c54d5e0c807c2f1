"""Whenever the process dies: what was acknowledged is there, once, in order, with its chain."""

from __future__ import annotations

import random
import signal
from collections import defaultdict
from pathlib import Path

from sqlalchemy import text

from slabot.domain.timeline import broken_links
from slabot.store.engine import open_store
from tests.store.mortal import mortals
from tests.store.scenes import WORKSPACE, words_of


async def assert_nothing_lost(url: str, acknowledged: list[str]) -> int:
    """Everything acknowledged so far is there. How many events are there at all."""
    heads: dict[str, int] = defaultdict(int)
    async with await open_store(url) as store:
        events = await store.timelines.since(WORKSPACE, 0, 1_000_000)
        assert [event.position for event in events] == list(range(1, len(events) + 1))
        place = {(event.conversation, event.seq): event.position for event in events}
        for conversation, seq, position, client_id in map(str.split, acknowledged):
            assert place[conversation, int(seq)] == int(position)
            receipt = await store.timelines.receipt(WORKSPACE, "visitor:v_vera", client_id)
            assert receipt is not None
            heads[conversation] = max(heads[conversation], int(seq))
        for conversation, head in heads.items():
            told = await store.timelines.events(conversation)
            assert broken_links(told) == []
            assert told[-1].seq >= head
            words = words_of(told)
            assert words == [f"message {n}" for n in range(len(words))]
            row = await store.timelines.inbox_row(conversation)
            assert row is not None
        rows = await store.reader.run(
            lambda connection: connection.execute(text("SELECT sum(seq) FROM conversations")).scalar()
        )
        assert rows == len(events)
    return len(events)


async def test_nothing_acknowledged_is_lost_in_twenty_kills(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'slabot.db'}"
    acknowledged: list[str] = []
    with mortals() as processes:
        for _ in range(20):
            said, killed_by = processes.live("write", url, lines=random.randrange(1, 60))
            assert killed_by == signal.SIGKILL
            acknowledged += said
    assert await assert_nothing_lost(url, acknowledged) >= 2 * len(acknowledged)


async def test_nothing_acknowledged_is_lost_when_one_of_several_processes_is_killed(store_url: str) -> None:
    acknowledged: list[str] = []
    async with await open_store(store_url):  # Another process has the database open all the while.
        with mortals() as processes:
            for lines in (1, 25, 50):
                acknowledged += processes.live("write", store_url, lines=lines)[0]
    assert await assert_nothing_lost(store_url, acknowledged) >= 2 * len(acknowledged)
