"""A peer as a process of its own: it prints its port, serves, and ends with its parent or with SIGTERM."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import orjson
import socketio
import uvloop
from aiohttp import web

Opened = Callable[[], AbstractAsyncContextManager[web.Application]]


class Json:
    """orjson, as python-socketio wants it: every peer has the codec that slabot has."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_: Any) -> Any:
        return orjson.loads(text)


@asynccontextmanager
async def bare_sockets(
    server: socketio.AsyncServer,
) -> AsyncIterator[web.Application]:
    """An application that has nothing but these sockets."""
    app = web.Application()
    server.attach(app)
    yield app


def stock_server() -> socketio.AsyncServer:
    """python-socketio as slabot uses it: events of one client in order, no compression."""
    return socketio.AsyncServer(
        async_mode="aiohttp",
        async_handlers=False,
        cors_allowed_origins="*",
        json=Json,
        http_compression=False,
    )


def serve(opened: Opened) -> None:
    """Runs the application on a free port until told to stop."""
    uvloop.run(_serve(opened))


async def _serve(opened: Opened) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stopping.set)
    loop.add_signal_handler(signal.SIGINT, lambda: None)
    async with opened() as app:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        gc.collect()
        print(runner.addresses[0][1], flush=True)
        loop.add_reader(sys.stdin.fileno(), stopping.set)  # The parent is gone.
        await stopping.wait()
        loop.remove_reader(sys.stdin.fileno())
        await runner.cleanup()
