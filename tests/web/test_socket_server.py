"""The transport by itself: who is silent, who does not read, who comes from where."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
import socketio
from aiohttp import web
from aiohttp.test_utils import TestServer

from slabot.web.socket_server import SocketServer
from tests.cast import PATIENCE, Fact
from tests.journeys.raw import raw_polling, raw_socket


class Room(socketio.AsyncNamespace):  # type: ignore[misc]  # python-socketio ships no types
    """Lets everybody in and remembers who went."""

    def __init__(self) -> None:
        super().__init__("/visitor")
        self.here: set[str] = set()
        self.went = asyncio.Event()

    async def trigger_event(self, event: str, *args: object) -> Fact | None:
        sid = str(args[0])
        if event == "connect":
            self.here.add(sid)
        elif event == "disconnect":
            self.here.discard(sid)
            self.went.set()
        else:
            return {"ok": True}
        return None


@asynccontextmanager
async def transport(
    connect_within: float = 20.0, most_unsent: int = 100, allowed: Callable[..., bool] = lambda *_: True
) -> AsyncIterator[tuple[str, SocketServer, Room]]:
    sockets = SocketServer(allowed, 100, connect_within, most_unsent)
    room, app = Room(), web.Application()
    sockets.register_namespace(room)
    sockets.serve_in(app)
    async with TestServer(app) as server:
        try:
            yield str(server.make_url("")).rstrip("/"), sockets, room
        finally:
            await sockets.shutdown()


async def test_who_never_enters_a_namespace_is_let_go() -> None:
    async with transport(connect_within=0.01) as (url, _, _), raw_socket(url) as client:
        assert await client.is_closed()


async def test_who_entered_in_time_stays() -> None:
    async with transport(connect_within=0.2) as (url, sockets, _), raw_socket(url) as early:
        await early.enters()
        async with raw_socket(url) as late:
            assert await late.is_closed()
        assert (await early.asks('["anything"]'))["ok"]
        assert len(sockets.environ) == 1


async def test_who_has_gone_silent_is_let_go_and_nobody_else() -> None:
    async with transport() as (url, sockets, room):
        client = socketio.AsyncClient(reconnection=False)
        await client.connect(url, namespaces=["/visitor"], transports=["websocket"])
        sockets.eio.ping_interval = sockets.eio.ping_timeout = 0.1  # For lines that open from now on.
        async with raw_socket(url) as silent:
            await silent.enters()
            assert await silent.is_closed()
        await asyncio.wait_for(room.went.wait(), PATIENCE)
        assert len(room.here) == 1
        assert (await client.call("anything", namespace="/visitor"))["ok"]
        await client.disconnect()


async def test_who_comes_by_long_polling_goes_on_by_websocket() -> None:
    async with transport() as (url, _, room):
        client = socketio.AsyncClient(reconnection=False)
        await client.connect(url, namespaces=["/visitor"], transports=["polling", "websocket"])
        assert client.transport() == "websocket"
        assert [await client.call("anything", {"n": n}, namespace="/visitor") for n in range(3)] == [
            {"ok": True}
        ] * 3
        await client.disconnect()
        await asyncio.wait_for(room.went.wait(), PATIENCE)
        assert not room.here


async def test_who_does_not_read_is_cut_off_before_the_queue_grows_for_ever() -> None:
    async with transport() as (url, sockets, room), raw_socket(url) as deaf, raw_socket(url) as other:
        await deaf.enters()
        [deaf_one] = room.here
        await other.enters()
        connection = deaf.socket._response.connection
        assert connection is not None
        assert isinstance(connection.transport, asyncio.Transport)
        connection.transport.pause_reading()
        sent = 0
        async with asyncio.timeout(PATIENCE):
            while deaf_one in room.here:
                await sockets.emit("fact", "x" * 60_000, to=deaf_one, namespace="/visitor")
                sent += 1
                await asyncio.sleep(0)
        assert 100 <= sent < 1_000
        assert (await other.asks('["anything"]'))["ok"]
        connection.transport.abort()


async def test_a_burst_is_delivered_whole_to_who_reads() -> None:
    async with transport() as (url, sockets, room), raw_socket(url) as client:
        await client.enters()
        [sid] = room.here
        for number in range(99):
            await sockets.emit("fact", number, to=sid, namespace="/visitor")
        await client.until('42/visitor,["fact",98]')


async def test_a_closed_long_poll_ends_at_once() -> None:
    async with transport() as (url, _, room), raw_polling(url) as client:
        assert await client.posts("40/visitor,{}") == 200
        assert (await client.polls())[1].startswith("40/visitor")
        waiting = asyncio.create_task(client.polls())
        await asyncio.sleep(0)
        assert await client.posts("1") == 200
        await asyncio.wait_for(waiting, PATIENCE)
        assert room.went.is_set()
        assert not room.here


async def test_text_is_never_compressed_on_the_way() -> None:
    async with transport() as (url, _, _):
        asked = {"Sec-WebSocket-Extensions": "permessage-deflate"}
        async with raw_socket(url, **asked) as client:
            assert "Sec-WebSocket-Extensions" not in client.socket._response.headers


async def test_a_line_that_is_cut_during_its_handshake_is_nobodys_failure_and_leaves_nothing_behind(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def cut(_: str, environ: dict[str, web.Request]) -> bool:
        # Just before the upgrade is answered, as when a phone enters a tunnel.
        line = environ["aiohttp.request"].transport
        assert line is not None
        line.abort()
        return True

    async with transport(allowed=cut) as (url, sockets, _):
        with pytest.raises(aiohttp.ClientError):
            async with raw_socket(url, Origin="https://app.example.org"):
                pass
        assert not sockets.eio.sockets
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_a_session_of_before_a_restart_is_refused_without_an_error_of_ours(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with transport() as (url, _, _), aiohttp.ClientSession() as client:
        where = f"{url}/socket.io/?EIO=4&transport=polling&sid=of-another-life"
        async with client.get(where) as answer:
            assert answer.status == 400
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
