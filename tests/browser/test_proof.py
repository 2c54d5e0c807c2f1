"""Twenty visitors in Chromium over a line that is cut again and again while the server is killed: every word is on every
screen once and in order, and the server has exactly the same."""

from __future__ import annotations

import asyncio
import random
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from slabot.store.engine import open_store
from tests.browser.test_lines import BACK, house_of_its_own
from tests.browser.theatre import Theatre
from tests.browser.widget_page import WidgetPage
from tests.served import free_port, killed, serving

PEOPLE = 20
AT_ONCE = 4
WORDS = 3
CUTS = 4
SEED = 7


class BadRoad:
    """A TCP proxy between browsers and server; what it carries comes to harm on the way."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._ends: set[StreamWriter] = set()
        self.cuts = 0

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[int]:
        """The port to come in by."""
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            for end in self._ends:
                end.transport.abort()

    def cut(self, roll: random.Random) -> None:
        """Every second line, in the middle of whatever is on it."""
        for end in tuple(self._ends):
            if roll.random() < 0.5:
                self.cuts += 1
                end.transport.abort()

    async def _carry(self, inward: StreamReader, outward: StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            outward.transport.abort()  # The server is dead just now.
            return
        self._ends |= {outward, back}
        await asyncio.gather(_pour(inward, back), _pour(there, outward))
        self._ends -= {outward, back}


async def _pour(source: StreamReader, into: StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(65_536):
            into.write(data)
            await into.drain()
    into.transport.abort()


def words_of(person: int) -> list[str]:
    return [f"This is number {person} with words {n}." for n in range(WORDS)]


async def arrived(theatre: Theatre) -> WidgetPage:
    return await (await theatre.vera(context=await theatre.context(width=400, height=700))).opens()


async def says_all(vera: WidgetPage, person: int, roll: random.Random) -> None:
    """Types without waiting for any answer, as on a train; the widget keeps what the line does not take."""
    for words in words_of(person):
        await vera.says(words)
        await vera.page.wait_for_timeout(roll.random() * 800)


@pytest.mark.timeout(240)
async def test_twenty_visitors_on_a_bad_line_lose_nothing_and_see_nothing_twice(
    chromium: Browser, tmp_path: Path
) -> None:
    roll, port = random.Random(SEED), free_port()
    server = await serving(tmp_path, port, SLABOT_DEMO="yes")
    road = BadRoad(port)
    try:
        async with road.opened() as way_in, house_of_its_own(chromium, way_in) as theatre:
            theatre.watched.forgives(r"ERR_|Failed to load resource")
            people: list[WidgetPage] = []
            while len(people) < PEOPLE:  # All at once, they would wait for two cores longer than a page may.
                people += await asyncio.gather(*(arrived(theatre) for _ in range(AT_ONCE)))
            talking = asyncio.gather(*(says_all(vera, n, roll) for n, vera in enumerate(people)))
            for turn in range(CUTS):
                await people[0].page.wait_for_timeout(300)
                road.cut(roll)
                if turn == CUTS // 2:
                    await killed(server)
                    server = await serving(tmp_path, port, SLABOT_DEMO="yes")
            await talking
            assert road.cuts, "a line that is never cut proves nothing"
            shown = [await shown_by(vera, n) for n, vera in enumerate(people)]
        heard = await heard_by_server(tmp_path)
        for person, (mine, answers) in enumerate(shown):
            assert mine == words_of(person)
            assert heard[words_of(person)[0]] == (mine, answers)
    finally:
        await killed(server)


async def shown_by(vera: WidgetPage, person: int) -> tuple[list[str], int]:
    """What the visitor sees they said, and how many answers, once all is calm."""
    mine = vera.log.locator(".mine")
    await expect(vera.window.locator(".sending")).to_have_count(0, timeout=BACK)
    await expect(vera.window.get_by_role("status")).to_have_count(0, timeout=BACK)
    await expect(mine).to_have_text(words_of(person), timeout=BACK)
    answers = vera.log.locator(".said:not(.mine):not(.mine-wrap)")
    return await mine.all_inner_texts(), await answers.count()


async def heard_by_server(data: Path) -> dict[str, tuple[list[str], int]]:
    """By first words: all that was said, and how many answers."""
    heard = {}
    async with await open_store(f"sqlite:///{data / 'slabot.db'}") as store:
        for row in await store.timelines.inbox("human-esources", 1_000):
            events = await store.timelines.events(row.conversation)
            said = [str(event.text) for event in events if event.kind.value == "visitor_wrote"]
            answers = sum(event.kind.value == "bot_wrote" for event in events)
            heard[said[0]] = (said, answers)
    return heard
