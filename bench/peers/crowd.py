"""Many visitors on raw WebSocket frames: each says a line, waits for its acknowledgement, and says the next.

A client library would cost more than the servers under measure. Frames are masked with zeros, which leaves them readable.
"""

from __future__ import annotations

import asyncio
import base64
import os
import random
from collections.abc import Iterator
from functools import partial
from typing import Self, cast

import orjson

from peers.talk import Phrasebook

HANDSHAKE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
ACKNOWLEDGED = b"43/visitor,"
PATIENCE = 60.0
"""Seconds within which every visitor of a round must have been answered."""


class Refused(Exception):
    """The server answered something else than ok, or closed; a bench of refusals would measure nothing."""


class Visitor(asyncio.Protocol):
    """One socket. `lines` yields (text, whether it starts a conversation) without end."""

    def __init__(self, workspace: str, lines: Iterator[tuple[str, bool]]) -> None:
        loop = asyncio.get_running_loop()
        self._workspace = workspace
        self._lines = lines
        self._read = bytearray()
        self._upgraded = False
        self._asked = 0
        self._left = 0
        self._done: asyncio.Future[None] = loop.create_future()
        self.ready: asyncio.Future[None] = loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own is no subclass
        key = base64.b64encode(os.urandom(16)).decode()
        port = transport.get_extra_info("peername")[1]
        self._transport.write(HANDSHAKE.format(port=port, key=key).encode())

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail(Refused(f"the server closed the connection ({exc or 'no reason'})"))

    def talk(self, exchanges: int) -> asyncio.Future[None]:
        """Done when so many more lines were acknowledged."""
        self._left = exchanges
        self._done = asyncio.get_running_loop().create_future()
        self._say()
        return self._done

    def leave(self) -> None:
        self._done.cancel()
        self.ready.cancel()
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._read += data
        if not self._upgraded:
            head, found, rest = bytes(self._read).partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                self._fail(Refused(head.decode("latin-1")))
                return
            self._upgraded = True
            self._read = bytearray(rest)
        for message in self._messages():
            self._hear(message)

    def _messages(self) -> Iterator[bytes]:
        read = self._read
        start = 0
        while len(read) - start >= 2:
            size, begins = read[start + 1], start + 2
            if size == 126:
                size, begins = int.from_bytes(read[start + 2 : start + 4]), start + 4
            elif size == 127:
                size, begins = int.from_bytes(read[start + 2 : start + 10]), start + 10
            if len(read) < begins + size:
                break
            yield bytes(read[begins : begins + size])
            start = begins + size
        del read[:start]

    def _hear(self, message: bytes) -> None:
        if message.startswith(ACKNOWLEDGED):
            if b'"ok":false' in message:
                self._fail(Refused(message.decode()))
            self._left -= 1
            if self._left > 0:
                self._say()
            elif not self._done.done():
                self._done.set_result(None)
        elif message == b"2":
            self._send(b"3")
        elif message[:1] == b"0":
            self._send(b"40/visitor," + orjson.dumps({"workspace": self._workspace, "zone": "Europe/Berlin"}))
        elif message.startswith(b"40/visitor,"):
            self.ready.set_result(None)
        elif message.startswith(b"44"):
            self._fail(Refused(message.decode()))

    def _say(self) -> None:
        self._asked += 1
        text, starts = next(self._lines)
        said = {"client_id": f"{id(self):x}-{self._asked:08d}", "text": text, "new": starts}
        self._send(b'42/visitor,%d["say",%s]' % (self._asked, orjson.dumps(said)))

    def _send(self, message: bytes) -> None:
        size = len(message)
        head = bytes((0x81, 0x80 | size)) if size < 126 else b"\x81\xfe" + size.to_bytes(2)
        self._transport.write(head + b"\0\0\0\0" + message)

    def _fail(self, error: Refused) -> None:
        for waiting in (self._done, self.ready):
            if not waiting.done():
                waiting.set_exception(error)
                waiting.exception()  # Whoever waits is told; nobody waiting is no fault.


class Crowd:
    """Connected visitors of one server, spread over all workspaces."""

    def __init__(self, port: int, book: Phrasebook, size: int, seed: int) -> None:
        self._port = port
        self._book = book
        self._size = size
        self._seed = seed
        self._visitors: list[Visitor] = []

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        names = self._book.workspaces
        for n in range(self._size):
            workspace = names[n % len(names)]
            lines = _lines(self._book, random.Random(f"{self._seed}-{n}"), workspace)
            visitor = Visitor(workspace, lines)
            await loop.create_connection(partial(_same, visitor), "127.0.0.1", self._port)
            self._visitors.append(visitor)
        async with asyncio.timeout(PATIENCE):
            for visitor in self._visitors:
                await visitor.ready
        return self

    async def __aexit__(self, *_: object) -> None:
        for visitor in self._visitors:
            visitor.leave()

    async def talk(self, exchanges: int) -> int:
        """About so many in all, the same for each visitor; how many it were. Raises Refused or TimeoutError."""
        each = max(1, round(exchanges / self._size))
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(visitor.talk(each) for visitor in self._visitors))
        return each * self._size


def _same(visitor: Visitor) -> Visitor:
    """The protocol of a connection that is made for this one visitor."""
    return visitor


def _lines(book: Phrasebook, chance: random.Random, workspace: str) -> Iterator[tuple[str, bool]]:
    while True:
        for place, text in enumerate(book.conversation(chance, workspace)):
            yield text, place == 0
