"""What one client's transport may carry: frames of a known shape, uncompressed, with a way to hang up at once."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog
from aiohttp import WSMsgType, web
from engineio.exceptions import SocketIsClosedError, UnknownPacketError
from engineio.packet import NOOP, Packet
from engineio.payload import Payload

log = structlog.get_logger(__name__)

BIGGEST_FRAME = 64 * 1024
"""Bytes; the longest message is far below, and nothing else that a client sends is large."""

MOST_PACKETS = 200
"""In one request of long-polling; a client that comes out of a tunnel sends all that waited at once."""

Payload.max_decode_packets = MOST_PACKETS

_ENGINE = frozenset("1235")
"""Engine.IO: close, ping of an upgrade, pong, upgrade."""

MESSAGE = "4"

_MESSAGES = frozenset({"40", "41", "42", "43"})
"""Socket.IO: connect, disconnect, event, acknowledgement. No command carries binary attachments."""

CLIENT_WENT_AWAY = 499
"""Only metrics see it; the status that proxies use for somebody who did not wait."""

_SEPARATOR = "\x1e"


def is_well_formed(frame: object) -> bool:
    """Whether a client may send this frame. What fails here never reaches a parser that trusts its input."""
    return isinstance(frame, str) and (frame[:1] in _ENGINE or frame[:2] in _MESSAGES)


def are_well_formed(body: bytes) -> bool:
    """The same for the body of one long-polling request."""
    try:
        frames = body.decode().split(_SEPARATOR)
    except UnicodeDecodeError:
        return False
    return len(frames) <= MOST_PACKETS and all(is_well_formed(frame) for frame in frames)


class Line:
    """A WebSocket as python-engineio asks for one, which ends at the first broken frame.

    It reads and writes by itself: the library makes a task and two timers for every frame, to notice a client that
    has gone silent; here one timer of the line does. Messages go from here straight to Socket.IO, and its answers
    straight out while nothing else waits to be sent.
    """

    def __init__(self, handler: Any, _: Any) -> None:
        """`handler` is the bound method of the engine's socket that this line belongs to."""
        self._engine = handler.__self__
        self._engine.line = self
        self._message_came = self._engine.server.handlers["message"]
        self._is_serving = False
        self._silence: float = self._engine.server.ping_interval + self._engine.server.ping_timeout

    async def __call__(self, environ: Any) -> web.StreamResponse:
        self._request: web.Request = environ["aiohttp.request"]
        self._socket = web.WebSocketResponse(max_msg_size=BIGGEST_FRAME, compress=False)
        try:
            await self._socket.prepare(self._request)
        except ConnectionResetError:
            # Gone before the handshake was through, as a phone that enters a tunnel; nobody is there to be answered.
            log.info("line_broke")
            await self._engine.close(
                wait=False, abort=True, reason=self._engine.server.reason.TRANSPORT_ERROR
            )
            return self._socket
        self._loop = asyncio.get_running_loop()
        self._heard_at = self._loop.time()
        self._listen_on()
        try:
            if not self._engine.connected:
                self._engine.connected = self._engine.upgraded = True
                await self._serve()
            elif await self._took_over():
                await self._serve()
        finally:
            self._listening.cancel()
        return self._socket

    async def send(self, frame: str) -> None:
        await self._socket.send_str(frame)

    @property
    def is_free(self) -> bool:
        """Whether a frame that is sent now goes out at once, before anything that comes later."""
        transport = self._request.transport if self._is_serving else None
        return transport is not None and self._engine.queue.empty() and not transport.get_write_buffer_size()

    def abort(self) -> None:
        """Drops the connection with all that still waits to be sent; for somebody who does not read."""
        if self._request.transport is not None:
            self._request.transport.abort()

    async def _took_over(self) -> bool:
        """The handshake of somebody who came by long-polling: probe, answer, and the word to go on here."""
        engine = self._engine
        engine.upgrading = True
        try:
            if await self._wait() != "2probe":
                return False
            await self.send("3probe")
            engine.queue.put_nowait(Packet(NOOP))  # Ends the poll that waits.
            engine.upgraded = await self._wait() == "5"
        finally:
            engine.upgrading = False
        return bool(engine.upgraded)

    async def _serve(self) -> None:
        """Until either side ends it; what waits to be sent when the server ends it is sent first."""
        engine = self._engine
        writing = asyncio.create_task(self._write())
        self._is_serving = True
        try:
            while (frame := await self._wait()) is not None:
                try:
                    if frame[:1] == MESSAGE:
                        await self._message_came(engine.sid, frame[1:])
                    else:
                        await engine.receive(Packet(encoded_packet=frame))
                except SocketIsClosedError:
                    break
                except UnknownPacketError:
                    log.info("broken_frame", transport="websocket")
                except Exception:
                    log.exception("frame_failed")
        finally:
            self._is_serving = False
            engine.queue.put_nowait(None)
            try:
                await writing
            finally:  # Also where the request is cancelled because its connection is gone.
                await engine.close(wait=False, abort=True, reason=engine.server.reason.TRANSPORT_CLOSE)

    async def _write(self) -> None:
        queue = self._engine.queue
        try:
            while True:
                packet = await queue.get()
                queue.task_done()
                if packet is None:
                    break
                await self.send(packet.encode())
        except (OSError, RuntimeError):
            log.info("line_broke")
        await self._socket.close()

    async def _wait(self) -> str | None:
        """The next frame; None ends the line."""
        received = await self._socket.receive()
        self._heard_at = self._loop.time()
        if received.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
            return None
        if not is_well_formed(received.data):
            log.info("broken_frame", transport="websocket")
            return None
        return str(received.data)

    def _listen_on(self) -> None:
        """Ends the line when nothing, not even the answer to a ping, was heard for the time that the library allows."""
        left = self._heard_at + self._silence - self._loop.time()
        if left <= 0:
            self.abort()
            return
        self._listening = self._loop.call_later(left, self._listen_on)
