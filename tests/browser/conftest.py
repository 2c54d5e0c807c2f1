"""Chromium and a server that it looks at, both in the tests' own loop."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, async_playwright, expect

from slabot.bootstrap import slabot
from slabot.config import load_config
from slabot.services.clock import SteppedClock
from slabot.web.app import build_app
from slabot.web.limits import Limits
from slabot.web.pages import pages_folder
from tests.browser.theatre import Theatre

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000
"""Milliseconds until what should be seen counts as missing: a busy machine is late, not wrong."""
MONDAY_MORNING = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
"""10:00 in New York, 14:00 in London, 11:00 in Halifax; one in the morning in Sydney."""


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def staged(
    browser: Browser, data: Path, kb: Path = ROOT / "kb", policies: Path = ROOT / "seeds"
) -> AsyncIterator[Theatre]:
    """A server of its own over SQLite; its clock stands still on a Monday morning until it is moved."""
    pages = pages_folder()
    clock = SteppedClock(MONDAY_MORNING)
    folders = {"policies": str(policies), "kb": str(kb)}
    config = load_config({}, data=data, database=f"sqlite:///{data / 'slabot.db'}", semantic=False, **folders)
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(slabot(config, clock))
        limits = Limits(factor=100)
        app = build_app(
            running.house, secret=running.secret, pages=pages, demo=True, limits=limits, grace=0.05
        )
        server = TestServer(app)
        await server.start_server()
        stack.push_async_callback(server.close)
        yield Theatre(str(server.make_url("")).rstrip("/"), browser, stack, running, clock)


@pytest.fixture(scope="session")
async def house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Theatre]:
    """All four workspaces, shared by the tests: nobody moves this clock."""
    async with staged(chromium, tmp_path_factory.mktemp("house")) as theatre:
        yield theatre


@asynccontextmanager
async def evening(house: Theatre) -> AsyncIterator[Theatre]:
    """People of one test in a house; after it they leave, and nothing may stand in the browser's console."""
    async with AsyncExitStack() as stack:
        visit = Theatre(house.url, house.browser, stack, house.running, house.clock, sessions=house.sessions)
        yield visit
    assert not visit.watched.unforgiven


@pytest.fixture
async def theatre(house: Theatre) -> AsyncIterator[Theatre]:
    async with evening(house) as visit:
        yield visit


@pytest.fixture
async def alone(chromium: Browser, tmp_path: Path) -> AsyncIterator[Theatre]:
    """A house of the test's own."""
    async with staged(chromium, tmp_path) as house, evening(house) as theatre:
        yield theatre
