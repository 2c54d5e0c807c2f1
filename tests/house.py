"""A whole slabot on a free port, with a real database and a clock that tests may move."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from slabot.bootstrap import Slabot, slabot
from slabot.config import load_config
from slabot.services.clock import SteppedClock
from slabot.web.app import build_app
from slabot.web.limits import Limits
from tests.cast import Agent, Visitor, agent, visitor
from tests.databases import PostgresServer

ROOT = Path(__file__).parents[1]
MONDAY_MORNING = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
"""10:00 in New York, 14:00 in London, 11:00 in Halifax; one in the morning in Sydney."""

PASSWORD = "correct horse battery"
MANY = 500
"""Conversations an agent may hold here: a server is shared by tests that leave theirs open."""


@dataclass
class Server:
    """The address, and what is behind it for tests that look or move the clock."""

    url: str
    running: Slabot
    clock: SteppedClock
    stack: AsyncExitStack
    """Of the test: its clients leave with it."""
    logins: dict[str, str] = field(default_factory=dict)
    """Session tokens by agent: hashing a password takes its time on purpose."""
    made: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    """Workspaces and role by agent, as the first test that asked for them made them."""

    async def vera(
        self, workspace: str = "human-esources", zone: str | None = "Europe/Berlin", token: str | None = None
    ) -> Visitor:
        return await self.stack.enter_async_context(visitor(self.url, workspace, zone, token=token))

    async def desk(self, name: str = "aidan", workspaces: tuple[str, ...] = ()) -> Agent:
        """An agent with an account of their own, logged in."""
        return await self.stack.enter_async_context(agent(self.url, await self.session(name, workspaces)))

    async def session(
        self, name: str = "aidan", workspaces: tuple[str, ...] = (), role: str = "agent"
    ) -> str:
        """The token of the agent's session. A name has one role in one place, whichever test asks first."""
        was_made = self.made.setdefault(name, (workspaces, role))
        assert was_made == (workspaces, role), f"another test made {name} with {was_made}: take another name"
        if name not in self.logins:
            email = f"{name}@example.org"
            if await self.running.store.agents.by_email(email) is None:
                accounts = self.running.house.accounts
                await accounts.add(
                    email, name.title(), PASSWORD, role=role, workspaces=workspaces, id=name, capacity=MANY
                )
            self.logins[name] = await logged_in(self.url, email)
        return self.logins[name]

    async def moves_to(self, at: datetime) -> None:
        """The clock, and what the watches then find."""
        self.clock.move_to(at)
        await self.running.watch.fire()
        await self.running.house.dispatch.settle()

    async def settles(self) -> None:
        """What the watch over people does by now: offers, and holds of those who are gone."""
        await self.running.house.dispatch.settle()


async def logged_in(url: str, email: str, password: str = PASSWORD) -> str:
    """Through the front door; the cookie's value."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/api/login", json={"email": email, "password": password}) as response,
    ):
        assert response.status == 200, await response.text()
        return response.cookies["slabot_session"].value


class Start(Protocol):
    async def __call__(
        self,
        store_url: str,
        *,
        only: str | None = "human-esources",
        factor: int = 100,
        policies: Path | None = None,
        kb: Path | None = None,
        at: datetime = MONDAY_MORNING,
        grace: float = 0.05,
        grace_at_start: float = 90.0,
        **settings: object,
    ) -> Server:
        """A server over this database. `factor` multiplies what one person may ask for; its clock begins `at`.

        `grace`: seconds after which visitors who went have left; `grace_at_start`: those of before the start.
        `settings`: further ones of the server, as its configuration names them.
        """
        ...


def starting(stack: AsyncExitStack, data: Path) -> Start:
    """Starts servers that stop with the stack."""

    async def started(
        store_url: str,
        *,
        only: str | None = "human-esources",
        factor: int = 100,
        policies: Path | None = None,
        kb: Path | None = None,
        at: datetime = MONDAY_MORNING,
        grace: float = 0.05,
        grace_at_start: float = 90.0,
        **settings: object,
    ) -> Server:
        clock = SteppedClock(at)
        config = load_config(
            {},
            data=data,
            database=store_url,
            policies=str(policies or ROOT / "seeds"),
            kb=str(kb or ROOT / "kb"),
            semantic=False,
            **settings,
        )
        life = await stack.enter_async_context(AsyncExitStack())
        running = await life.enter_async_context(slabot(config, clock, only))
        app = build_app(
            running.house,
            secret=running.secret,
            pages=None,
            limits=Limits(factor=factor),
            grace=grace,
            grace_at_start=grace_at_start,
        )
        server = TestServer(app)
        await server.start_server()
        life.push_async_callback(server.close)
        return Server(str(server.make_url("")).rstrip("/"), running, clock, life)

    return started


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Servers of this test's own: to restart, to move their clock, to ask too much of."""
    async with AsyncExitStack() as stack:
        yield starting(stack, tmp_path / "data")


Houses = Callable[[str], Awaitable[Server]]


@pytest.fixture(scope="session")
async def houses(tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer) -> AsyncIterator[Houses]:
    """One server with all four workspaces for each kind of database, shared: their clock stands still."""
    open_ones: dict[str, Server] = {}
    async with AsyncExitStack() as stack:

        async def house(kind: str) -> Server:
            if kind not in open_ones:
                folder = tmp_path_factory.mktemp(kind)
                is_file = kind == "sqlite"
                url = f"sqlite:///{folder / 'slabot.db'}" if is_file else postgres.fresh_url()
                open_ones[kind] = await starting(stack, folder)(url, only=None)
            return open_ones[kind]

        yield house


async def _visit(house: Server) -> AsyncIterator[Server]:
    async with AsyncExitStack() as stack:
        yield Server(house.url, house.running, house.clock, stack, house.logins, house.made)


@pytest.fixture(params=["sqlite", "postgresql"])
async def server(houses: Houses, request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    """The test runs on SQLite and on PostgreSQL, in a house that other tests use as well."""
    async for visited in _visit(await houses(request.param)):
        yield visited


@pytest.fixture
async def house(houses: Houses) -> AsyncIterator[Server]:
    """For what has nothing to do with the kind of database."""
    async for visited in _visit(await houses("sqlite")):
        yield visited


def with_policy(folder: Path, workspace: str, line: str) -> Path:
    """A folder of policies in which this workspace's says one line more."""
    policies = folder / "policies"
    policies.mkdir()
    for path in (ROOT / "seeds").glob(f"{workspace}*"):
        (policies / path.name).write_bytes(path.read_bytes())
    document = policies / f"{workspace}.yaml"
    document.write_text(f"{document.read_text()}\n{line}\n")
    return policies
