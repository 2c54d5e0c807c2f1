"""Two watches over one store, and one that dies half-way: every fact is there once, none is lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from slabot.domain.timeline import Kind, broken_links
from slabot.services.bulletin import News
from tests.services.watched import (
    MONDAY,
    House,
    JumpingClock,
    house,
    kinds,
    letters,
    opens_a_ticket,
    told,
    vera,
)

TICKETS = 30
ONCE = Counter(
    [
        ("warned", "first_response", ""),
        ("escalated", "first_response", "75%:assigned_agent"),
        ("escalated", "first_response", "100%:queue_lead"),
        ("breached", "first_response", ""),
    ]
)


async def opens_many(running: House) -> list[str]:
    return [await opens_a_ticket(running, vera(f"vera-{n}")) for n in range(TICKETS)]


async def check_each_fact_is_there_once(running: House, conversations: list[str]) -> None:
    for conversation in conversations:
        assert Counter(kinds(await told(running, conversation))) == ONCE
        events = await running.store.timelines.events(conversation)
        assert broken_links(events) == []
        assert sum(event.kind is Kind.BOT_WROTE and "was due" in event.text for event in events) == 1
    reminders = await letters(running)
    assert len({letter["id"] for letter in reminders}) == len(reminders) == TICKETS * len(ONCE)
    assert await running.store.timelines.next_clock_at() is None


async def test_two_watches_at_once_tell_each_fact_once(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as one, house(store_url, tmp_path, clock) as two:
        conversations = await opens_many(one)
        clock.at = MONDAY + timedelta(days=1)
        fired = await asyncio.gather(one.watch.fire(), two.watch.fire())
        assert sum(fired) == TICKETS
        await check_each_fact_is_there_once(two, conversations)


async def test_what_a_watch_that_died_left_is_told_by_the_next(
    store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slabot.services.watch.BATCH", TICKETS // 3)  # It dies with batches still to come.
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as first:
        conversations = await opens_many(first)
        clock.at = MONDAY + timedelta(days=1)

        def dies(news: News) -> None:
            if any(event.kind is Kind.BREACHED for event in news.events):
                firing.cancel()

        first.bulletin.join(dies)
        firing = asyncio.create_task(first.watch.fire())
        with pytest.raises(asyncio.CancelledError):
            await firing
        left = [conversation for conversation in conversations if not await told(first, conversation)]
        assert 0 < len(left) < TICKETS
    async with house(store_url, tmp_path, clock) as second:
        assert await second.watch.fire() == len(left)
        await check_each_fact_is_there_once(second, conversations)
