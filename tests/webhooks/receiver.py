"""A real HTTP server that receives webhooks, in a mood that the test chooses."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class Receiver:
    """What arrived and was taken, and how the next messages are met."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    """The headers of each message that was taken."""
    bodies: list[str] = field(default_factory=list)
    asked: int = 0
    answers: list[int] = field(default_factory=list)
    """Statuses, used up one a message; then it takes everything."""
    refuses: str = ""
    """A word: messages that contain it are answered 500."""
    location: str = ""
    is_silent: bool = False
    port: int = 0
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    """Lets those go whom silence kept waiting."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks"

    async def hear(self, request: web.Request) -> web.Response:
        self.asked += 1
        body = await request.text()
        if self.is_silent:
            await self.is_over.wait()
            return web.Response(status=503)
        status = (
            self.answers.pop(0) if self.answers else 500 if self.refuses and self.refuses in body else 204
        )
        if status < 300:
            self.taken.append(json.loads(body))
            self.heads.append({name.lower(): value for name, value in request.headers.items()})
            self.bodies.append(body)
        return web.Response(status=status, headers={"Location": self.location} if self.location else {})

    def types(self) -> list[str]:
        return [message["type"] for message in self.taken]


@asynccontextmanager
async def receiver(port: int = 0) -> AsyncIterator[Receiver]:
    there = Receiver()
    app = web.Application()
    app.router.add_post("/hooks", there.hear)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    there.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    try:
        yield there
    finally:
        there.is_over.set()
        await runner.cleanup()


def signature(secret: str, head: dict[str, str], body: str) -> str:
    """By the letter of the specification, independent of the library that signs."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{head['webhook-id']}.{head['webhook-timestamp']}.{body}".encode()
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"
