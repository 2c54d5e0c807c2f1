"""`kill -9` under load: nothing acknowledged is lost, doubled or out of order, and the chain stays whole."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from slabot.domain.timeline import Kind, broken_links
from slabot.store.engine import open_store
from tests.cast import Fact
from tests.journeys.mortal import WORKSPACE, Mortals
from tests.journeys.raw import RawSocket, raw_socket

LIVES = 11
"""Kills for each of the two databases; at least twenty together."""

VISITORS = 6

LOADED = 40.0
"""Seconds in which a life must have acknowledged enough to be ended."""


@dataclass
class Lives:
    """Where the server is now, and how much it acknowledged in this life."""

    url: str = ""
    number: int = 0
    acknowledged: int = 0
    is_over: bool = False
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def begin(self, url: str) -> None:
        async with self.changed:
            self.url, self.acknowledged = url, 0
            self.number += 1
            self.changed.notify_all()

    async def acknowledge(self, count: int) -> None:
        async with self.changed:
            self.acknowledged += count
            self.changed.notify_all()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(LOADED), self.changed:
            await self.changed.wait_for(lambda: self.acknowledged >= count)

    async def next_after(self, number: int) -> None:
        async with self.changed:
            await self.changed.wait_for(lambda: self.number > number)


@dataclass
class Stubborn:
    """A widget that says one thing after another and repeats what was not acknowledged."""

    name: int
    at_once: int
    """Messages on the way at the same time."""
    token: str | None = None
    answers: dict[str, Fact] = field(default_factory=dict)

    async def talks(self, lives: Lives) -> None:
        while not lives.is_over:
            number = lives.number
            with contextlib.suppress(AssertionError, aiohttp.ClientError, OSError):
                async with raw_socket(lives.url) as line:
                    await self._talks(line, lives, number)
            if not lives.is_over:
                await lives.next_after(number)

    async def _talks(self, line: RawSocket, lives: Lives, number: int) -> None:
        auth = {"workspace": WORKSPACE} | ({"token": self.token} if self.token else {})
        await line.enters("/visitor", **auth)
        self.token = (await line.asks('["hello", {}]'))["token"]
        while not lives.is_over and lives.number == number:
            first = len(self.answers)
            ids = [self.client_id(first + place) for place in range(self.at_once)]
            for place, client_id in enumerate(ids):
                fields = {"client_id": client_id, "text": self.words(first + place)}
                await line.sends(f"42/visitor,{1_000 + place}{json.dumps(['say', fields])}")
            for place, client_id in enumerate(ids):
                start = f"43/visitor,{1_000 + place}["
                [answer] = json.loads((await line.until(start)).removeprefix(start[:-1]))
                assert answer["ok"], answer
                self.answers[client_id] = answer
                await lives.acknowledge(1)

    def client_id(self, place: int) -> str:
        return f"stubborn-{self.name}-{place:05d}"

    def words(self, place: int) -> str:
        return "nobody in my course can log in" if place == 3 else f"message {place}"


@pytest.mark.timeout(240)
async def test_whatever_was_acknowledged_survives_kill_9(store_url: str, tmp_path: Path) -> None:
    mortals, lives, luck = await Mortals.ready(), Lives(), random.Random(7)
    visitors = [Stubborn(name, 1 + name % 3) for name in range(VISITORS)]
    talking: list[asyncio.Task[None]] = []
    try:
        for _ in range(LIVES):
            pid, url = await mortals.serve(store_url, tmp_path / "data")
            await lives.begin(url)
            talking = talking or [asyncio.create_task(one.talks(lives)) for one in visitors]
            await lives.until(luck.randint(VISITORS, 60))
            await mortals.kill(pid)
        pid, url = await mortals.serve(store_url, tmp_path / "data")
        await lives.begin(url)
        await lives.until(4 * VISITORS)
        lives.is_over = True
        await asyncio.gather(*talking)
        await mortals.kill(pid)
    finally:
        for task in talking:
            task.cancel()
        await mortals.close()
    for one in visitors:
        assert len(one.answers) > LIVES / 2
        await _is_whole(one, store_url)
    await _positions_are_whole(store_url)


async def _is_whole(one: Stubborn, store_url: str) -> None:
    """Every acknowledged message once, at the place that was answered, in the order in which it was said."""
    [conversation] = {answer["conversation"] for answer in one.answers.values()}
    async with await open_store(store_url) as store:
        events = await store.timelines.events(conversation)
        row = await store.timelines.inbox_row(conversation)
    assert not broken_links(events)
    said = [event for event in events if event.kind is Kind.VISITOR_WROTE]
    ids = [event.data["client_id"] for event in said]
    # What was never acknowledged may be the last few: stored just before a kill, and never repeated.
    assert ids == [one.client_id(place) for place in range(len(ids))]
    assert len(ids) >= len(one.answers)
    assert [event.text for event in said] == [one.words(place) for place in range(len(ids))]
    by_id = {event.data["client_id"]: event.seq for event in said}
    assert {id: answer["seq"] for id, answer in one.answers.items()} == {id: by_id[id] for id in one.answers}
    assert row is not None
    assert sum(event.kind is Kind.TICKET_OPENED for event in events) == 1
    assert row.ticket is not None


async def _positions_are_whole(store_url: str) -> None:
    async with await open_store(store_url) as store:
        newest = await store.timelines.position(WORKSPACE)
        events = await store.timelines.since(WORKSPACE, 0, newest + 1)
        rows = await store.timelines.inbox(WORKSPACE, 100)
    assert [event.position for event in events] == list(range(1, newest + 1))
    numbers = [row.ticket for row in rows]
    assert len(set(numbers)) == len(numbers) == VISITORS
