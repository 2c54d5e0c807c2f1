"""python-socketio with its sharp edges taken off: reserved names, broken frames, order, sizes, slow and silent clients."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import orjson
import socketio
import structlog
from aiohttp import web

from slabot.web.line import BIGGEST_FRAME, MESSAGE, Line, are_well_formed

log = structlog.get_logger(__name__)

RESERVED = frozenset({"connect", "disconnect", "connect_error"})
"""Names that only the library may deliver; from a client they would run our handlers with its own data."""

NAMESPACES = ("/visitor", "/desk")
PATH = "/socket.io/"

MOST_UNSENT = 2_000
"""Packets that may wait for one client. Who reads slower than that is cut off, comes back and catches up by `seq`."""

CONNECT_WITHIN = 20.0
"""Seconds in which a new transport must have entered a namespace."""


class TryLater(Exception):
    """The connection cannot be accepted now, for a reason that passes: hang up, so that the client tries again."""


class Json:
    """orjson behind the two functions that python-socketio asks of a JSON module."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_: Any) -> Any:
        """Raises ValueError."""
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            # Half a character as an escape is legal JSON to everybody but orjson; the door mends it.
            if "\\u" not in (text if isinstance(text, str) else text.decode("utf-8", "replace")):
                raise
        try:
            return json.loads(text)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


class TextPacket(socketio.packet.Packet):  # type: ignore[misc]  # python-socketio ships no types
    """All that we send is JSON; the library would search every value of every packet for bytes."""

    uses_binary_events = False


class SocketServer(socketio.AsyncServer):  # type: ignore[misc]  # python-socketio ships no types
    """Events of one client run in order, and what is not an event of a known shape never reaches a handler."""

    def __init__(
        self,
        allowed: Any,
        max_connections: int,
        connect_within: float = CONNECT_WITHIN,
        most_unsent: int = MOST_UNSENT,
    ) -> None:
        """`allowed(origin, environ)` decides which pages may connect."""
        self._most_unsent = most_unsent
        self._max_connections = max_connections
        self._connect_within = connect_within
        self._silent: dict[str, asyncio.TimerHandle] = {}
        self._ending: set[asyncio.Task[None]] = set()
        super().__init__(
            async_mode="aiohttp",
            async_handlers=False,
            always_connect=False,
            cors_allowed_origins=allowed,
            cors_credentials=False,
            max_http_buffer_size=BIGGEST_FRAME,
            json=Json,
            serializer=TextPacket,
            logger=False,
            engineio_logger=False,
            namespaces=list(NAMESPACES),
            http_compression=False,
        )
        self.eio._log_error_once = _client_erred
        driver = self.eio._async
        self._translated = driver["translate_request"]
        self.eio._async = {**driver, "websocket": Line, "translate_request": self._environ}

    def serve_in(self, app: web.Application) -> None:
        self.attach(app, PATH)

    async def _environ(self, request: web.Request) -> Any:
        """The library drops a broken body of long-polling with a 200, and never answers an oversize one: refuse both."""
        environ = self._translated(request)
        if request.method == "POST":
            if (request.content_length or 0) > BIGGEST_FRAME:
                await self._refuse_body(
                    request, web.HTTPRequestEntityTooLarge(BIGGEST_FRAME, request.content_length or 0)
                )
            body = await request.read()
            if len(body) > BIGGEST_FRAME:
                await self._refuse_body(request, web.HTTPRequestEntityTooLarge(BIGGEST_FRAME, len(body)))
            if not are_well_formed(body):
                await self._refuse_body(request, web.HTTPBadRequest(text="broken frame"))
            environ["wsgi.input"] = _Body(body)
            environ["CONTENT_LENGTH"] = str(len(body))
        return environ

    async def _refuse_body(self, request: web.Request, answer: web.HTTPException) -> None:
        log.info("broken_frame", transport="polling")
        await self._hang_up(request.query.get("sid", ""))
        raise answer

    async def _handle_event(self, eio_sid: str, namespace: str | None, id: int | None, data: Any) -> None:
        name = data[0] if isinstance(data, list) and data else None
        if not isinstance(name, str) or name in RESERVED:
            await self._refuse(eio_sid, namespace, id, name)
            return
        await super()._handle_event(eio_sid, namespace, id, data)

    async def _handle_connect(self, eio_sid: str, namespace: str | None, data: Any) -> None:
        try:
            await super()._handle_connect(eio_sid, namespace, data)
        except TryLater:
            sid = self.manager.sid_from_eio_sid(eio_sid, namespace)
            await self.manager.disconnect(sid, namespace, ignore_queue=True)
            await self._hang_up(eio_sid)

    async def _handle_eio_message(self, eio_sid: str, data: Any) -> None:
        """A broken frame ends this client's connection and nobody else's; a well-behaved one never sends any."""
        try:
            await super()._handle_eio_message(eio_sid, data)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            log.info("broken_frame", error=type(error).__name__)
            await self._hang_up(eio_sid)

    async def _handle_eio_connect(self, eio_sid: str, environ: Any) -> Any:
        """Refuses what is too many; the client backs off and tries again."""
        if len(self.environ) >= self._max_connections:
            return False
        later = asyncio.get_running_loop().call_later
        self._silent[eio_sid] = later(self._connect_within, self._end_if_silent, eio_sid)
        return await super()._handle_eio_connect(eio_sid, environ)

    async def _handle_eio_disconnect(self, eio_sid: str, reason: Any) -> None:
        timer = self._silent.pop(eio_sid, None)
        if timer is not None:
            timer.cancel()
        await super()._handle_eio_disconnect(eio_sid, reason)
        socket = self.eio.sockets.get(eio_sid)
        if socket is not None and reason == self.reason.CLIENT_DISCONNECT:
            socket.queue.put_nowait(None)  # Ends a long poll that would else wait for its time-out.

    def _end_if_silent(self, eio_sid: str) -> None:
        self._silent.pop(eio_sid, None)
        if all(self.manager.sid_from_eio_sid(eio_sid, namespace) is None for namespace in NAMESPACES):
            self._end(eio_sid)

    async def _send_packet(self, eio_sid: str, pkt: Any) -> None:
        line = self._free_line(eio_sid)
        if line is not None:
            await _sent(line, MESSAGE + pkt.encode())
        elif self._keeps_up(eio_sid):
            await super()._send_packet(eio_sid, pkt)

    async def _send_eio_packet(self, eio_sid: str, eio_pkt: Any) -> None:
        line = self._free_line(eio_sid)
        if line is not None:
            await _sent(line, eio_pkt.encode())
        elif self._keeps_up(eio_sid):
            await super()._send_eio_packet(eio_sid, eio_pkt)

    def _free_line(self, eio_sid: str) -> Line | None:
        """The way past the library's queue and its writing task, which would cost as much as the frame."""
        line: Line | None = getattr(self.eio.sockets.get(eio_sid), "line", None)
        return line if line is not None and line.is_free else None

    def _keeps_up(self, eio_sid: str) -> bool:
        socket = self.eio.sockets.get(eio_sid)
        if socket is None or socket.queue.qsize() < self._most_unsent:
            return True
        log.info("slow_consumer", unsent=socket.queue.qsize())
        line: Line | None = getattr(socket, "line", None)
        if line is not None:
            line.abort()
        self._end(eio_sid)
        return False

    def _end(self, eio_sid: str) -> None:
        task = asyncio.get_running_loop().create_task(self._hang_up(eio_sid))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def _hang_up(self, eio_sid: str) -> None:
        """Ends the transport without waiting for the client to have read what was sent before."""
        socket = self.eio.sockets.get(eio_sid)
        if socket is None:
            return
        await socket.close(wait=False, reason=self.eio.reason.SERVER_DISCONNECT)
        socket.queue.put_nowait(None)
        self.eio.sockets.pop(eio_sid, None)

    async def _refuse(self, eio_sid: str, namespace: str | None, id: int | None, name: Any) -> None:
        if id is None:
            return
        error = {"code": "unknown_command", "message": f"{str(name)[:40]!r} is no command."}
        answer = self.packet_class(
            socketio.packet.ACK, namespace=namespace or "/", id=id, data=[{"ok": False, "error": error}]
        )
        await self._send_packet(eio_sid, answer)


def _client_erred(_: str, kind: str) -> None:
    """The library calls it an error of ours when a client comes with a session of before a restart; and tells its id."""
    log.info("engine_refused", kind=kind)


async def _sent(line: Line, frame: str) -> None:
    try:
        await line.send(frame)
    except (OSError, RuntimeError):
        log.info("line_broke")


class _Body:
    """A body that was read already, as the library reads it."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def read(self, _: int) -> bytes:
        return self._body
