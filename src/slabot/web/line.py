"""What one client's transport may carry: frames of a known shape, uncompressed, with a way to hang up at once."""

from __future__ import annotations

from typing import Any

import structlog
from aiohttp import WSMsgType, web
from engineio.payload import Payload

log = structlog.get_logger(__name__)

BIGGEST_FRAME = 64 * 1024
"""Bytes; the longest message is far below, and nothing else that a client sends is large."""

MOST_PACKETS = 200
"""In one request of long-polling; a client that comes out of a tunnel sends all that waited at once."""

Payload.max_decode_packets = MOST_PACKETS

_ENGINE = frozenset("1235")
"""Engine.IO: close, ping of an upgrade, pong, upgrade. `4` is a message."""

_MESSAGES = frozenset({"40", "41", "42", "43"})
"""Socket.IO: connect, disconnect, event, acknowledgement. No command carries binary attachments."""

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
    """A WebSocket as python-engineio asks for one, which ends at the first broken frame."""

    def __init__(self, handler: Any, _: Any) -> None:
        """`handler` is the bound method of the engine's socket that this line belongs to."""
        self._handler = handler
        handler.__self__.line = self

    async def __call__(self, environ: Any) -> web.WebSocketResponse:
        self._request: web.Request = environ["aiohttp.request"]
        self._socket = web.WebSocketResponse(max_msg_size=BIGGEST_FRAME, compress=False)
        await self._socket.prepare(self._request)
        await self._handler(self)
        return self._socket

    async def wait(self) -> str | None:
        """The next frame; None ends the line. Raises OSError once it is closed."""
        received = await self._socket.receive()
        if received.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
            raise OSError("closed")
        if not is_well_formed(received.data):
            log.info("broken_frame", transport="websocket")
            return None
        return str(received.data)

    async def send(self, frame: str) -> None:
        await self._socket.send_str(frame)

    async def close(self) -> None:
        await self._socket.close()

    def abort(self) -> None:
        """Drops the connection with all that still waits to be sent; for somebody who does not read."""
        if self._request.transport is not None:
            self._request.transport.abort()
