"""The people of our tests, each with a real client: Vera in the widget, Aidan at the desk."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

import socketio

PATIENCE = 10.0
"""Seconds after which something that should have happened counts as not having happened."""

Fact = dict[str, Any]


class Heard:
    """What a client was told, in order, and a way to wait for more without sleeping."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self._more = asyncio.Condition()

    async def add(self, name: str, fact: Fact) -> None:
        async with self._more:
            self.facts.append({"fact": name, **fact})
            self._more.notify_all()

    async def until(self, holds: Callable[[list[Fact]], bool]) -> list[Fact]:
        """Waits for the facts to satisfy `holds`. Raises AssertionError with all that was heard."""
        async with self._more:
            try:
                await asyncio.wait_for(self._more.wait_for(lambda: holds(self.facts)), PATIENCE)
            except TimeoutError:
                raise AssertionError(f"waited in vain; heard {self.facts}") from None
            return list(self.facts)


def own(answer: Fact) -> Fact:
    """The sender's own message as it was stored, of an answer to `say`."""
    return next(event for event in answer["events"] if event["seq"] == answer["seq"])


class Client:
    """A Socket.IO client in one namespace."""

    namespace = "/"
    counter = itertools.count(1)

    def __init__(self, url: str, headers: dict[str, str] | None = None) -> None:
        self.url = url
        self.headers = headers or {}
        self.heard = Heard()
        self.gone = asyncio.Event()
        self.socket = socketio.AsyncClient(reconnection=False)
        self.socket.on("*", self._hear, namespace=self.namespace)
        self.socket.on("disconnect", self._went, namespace=self.namespace)

    async def _hear(self, name: str, fact: Fact) -> None:
        await self.heard.add(name, fact)

    async def _went(self, *_: Any) -> None:
        self.gone.set()

    async def connect(self, auth: Fact | None = None, transports: list[str] | None = None) -> Self:
        await self.socket.connect(
            self.url,
            headers=self.headers,
            auth=auth,
            namespaces=[self.namespace],
            transports=transports or ["websocket"],
            wait_timeout=PATIENCE,
        )
        return self

    async def asks(self, command: str, **fields: Any) -> Fact:
        """The answer, whatever it is."""
        answer: Fact = await self.socket.call(command, fields, namespace=self.namespace, timeout=PATIENCE)
        return answer

    async def does(self, command: str, **fields: Any) -> Fact:
        """The answer of a command that must succeed."""
        answer = await self.asks(command, **fields)
        assert answer["ok"], (command, answer)
        return answer

    def client_id(self) -> str:
        return f"client-{next(self.counter):08d}"

    async def leaves(self) -> None:
        await self.socket.disconnect()


class Visitor(Client):
    """Somebody with the widget open."""

    namespace = "/visitor"

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.token: str | None = None
        self.conversation: str | None = None
        self.answered: list[Fact] = []
        """Events that came as the answer of a command; nobody tells this tab of them again."""

    async def arrives(self, workspace: str, zone: str | None = None, locale: str = "en", **more: Any) -> Fact:
        """Connects and says hello; the token is remembered as a browser would."""
        auth = {"workspace": workspace, "token": self.token, "locale": locale, "zone": zone, **more}
        await self.connect({key: value for key, value in auth.items() if value is not None})
        hello = await self.does("hello")
        self.token = hello["token"]
        self.conversation = hello["conversation"]["id"] if hello["conversation"] else None
        return hello

    async def says(self, text: str, client_id: str | None = None, **more: Any) -> Fact:
        answer = await self.does("say", client_id=client_id or self.client_id(), text=text, **more)
        self.conversation = answer["conversation"]
        self.answered += answer["events"]
        return answer

    async def hears(self, holds: Callable[[Fact], bool]) -> Fact:
        """The first event of the conversation that satisfies `holds`."""
        await self.heard.until(lambda facts: any(holds(event) for event in _events(facts)))
        return next(event for event in _events(self.heard.facts) if holds(event))

    @property
    def events(self) -> list[Fact]:
        """All that was heard and answered in one conversation, as often as it came."""
        return sorted([*_events(self.heard.facts), *self.answered], key=lambda event: int(event["seq"]))


class Agent(Client):
    """Somebody at the desk."""

    namespace = "/desk"

    def __init__(self, url: str, session_token: str) -> None:
        super().__init__(url, {"Cookie": f"slabot_session={session_token}"})

    async def takes_over(self, conversation: str) -> Fact:
        return await self.does("claim", conversation=conversation, client_id=self.client_id())

    async def replies(self, conversation: str, text: str) -> Fact:
        """Having seen everything."""
        opened = await self.does("open", conversation=conversation)
        return await self.does(
            "reply", conversation=conversation, client_id=self.client_id(), text=text, seen_seq=opened["head"]
        )

    async def acts(self, command: str, conversation: str, **fields: Any) -> Fact:
        return await self.asks(command, conversation=conversation, client_id=self.client_id(), **fields)

    async def sees(self, holds: Callable[[Fact], bool]) -> Fact:
        """The first change of an inbox row that satisfies `holds`."""
        await self.heard.until(lambda facts: any(holds(row) for row in _rows(facts)))
        return next(row for row in _rows(self.heard.facts) if holds(row))


@asynccontextmanager
async def visitor(
    url: str, workspace: str, zone: str | None = None, locale: str = "en", token: str | None = None
) -> AsyncIterator[Visitor]:
    vera = Visitor(url)
    vera.token = token
    await vera.arrives(workspace, zone, locale)
    try:
        yield vera
    finally:
        await vera.leaves()


@asynccontextmanager
async def agent(url: str, session_token: str) -> AsyncIterator[Agent]:
    """At the desk with the session's cookie."""
    aidan = Agent(url, session_token)
    try:
        await aidan.connect()
        yield aidan
    finally:
        await aidan.leaves()


async def refusal_of(
    url: str, namespace: str, auth: Fact | None = None, headers: dict[str, str] | None = None
) -> Fact:
    """What a client is told that may not enter the namespace."""
    heard: list[Fact] = []
    client = socketio.AsyncClient(reconnection=False)
    client.on("connect_error", heard.append, namespace=namespace)
    with contextlib.suppress(socketio.exceptions.ConnectionError):
        await client.connect(
            url,
            headers=headers or {},
            auth=auth,
            namespaces=[namespace],
            transports=["websocket"],
            wait_timeout=PATIENCE,
        )
    await client.disconnect()
    assert len(heard) == 1, "it was let in"
    return heard[0]


def _events(facts: list[Fact]) -> list[Fact]:
    return [event for fact in facts if fact["fact"] == "happened" for event in fact["events"]]


def _rows(facts: list[Fact]) -> list[Fact]:
    return [fact["row"] for fact in facts if fact["fact"] == "changed"]
