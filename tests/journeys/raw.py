"""Engine.IO without a client library: frames as an attacker, or a broken proxy, would send them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

import aiohttp
from aiohttp import WSMsgType

from tests.cast import PATIENCE, Fact


class RawSocket:
    """One WebSocket on which every frame is ours."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self._asked = 0

    async def enters(self, namespace: str = "/visitor", **auth: Any) -> Self:
        """Opens the namespace; the frames before its answer are dropped."""
        auth = auth or {"workspace": "human-esources"}
        await self.sends(f"40{namespace},{json.dumps(auth)}")
        await self.until(f"40{namespace}")
        return self

    async def sends(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            await self.socket.send_bytes(frame)
        else:
            await self.socket.send_str(frame)

    async def asks(self, packet: str, namespace: str = "/visitor") -> Fact:
        """The answer to an event whose JSON is `packet`, as it stands."""
        self._asked += 1
        await self.sends(f"42{namespace},{self._asked}{packet}")
        start = f"43{namespace},{self._asked}["
        answer: Fact = json.loads((await self.until(start)).removeprefix(start[:-1]))[0]
        return answer

    async def until(self, start: str) -> str:
        """The next frame that starts so. Raises AssertionError when the line is closed before."""
        while True:
            received = await asyncio.wait_for(self.socket.receive(), PATIENCE)
            assert received.type == WSMsgType.TEXT, f"closed before {start!r}: {received}"
            if received.data.startswith(start):
                return str(received.data)
            if received.data == "2":
                await self.sends("3")

    async def is_closed(self) -> bool:
        """Whether the server ends the line."""
        async with asyncio.timeout(PATIENCE):
            while True:
                received = await self.socket.receive()
                if received.type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING, WSMsgType.ERROR):
                    return True


@asynccontextmanager
async def raw_socket(url: str, **headers: str) -> AsyncIterator[RawSocket]:
    """Past the handshake of Engine.IO, in no namespace yet."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(
            f"{url}/socket.io/?EIO=4&transport=websocket", headers=headers, max_msg_size=0
        ) as socket,
    ):
        opened = RawSocket(socket)
        await opened.until("0")
        yield opened


class RawPolling:
    """Long-polling on which every body is ours."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._url = f"{url}/socket.io/?EIO=4&transport=polling"

    async def opens(self) -> Self:
        async with self._session.get(self._url) as response:
            self._url += "&sid=" + json.loads((await response.text())[1:])["sid"]
        return self

    async def posts(self, body: str | bytes) -> int:
        """The status."""
        async with self._session.post(self._url, data=body) as response:
            await response.read()
            return response.status

    async def polls(self) -> tuple[int, str]:
        async with self._session.get(self._url) as response:
            return response.status, await response.text()


@asynccontextmanager
async def raw_polling(url: str) -> AsyncIterator[RawPolling]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE)) as session:
        yield await RawPolling(url, session).opens()
