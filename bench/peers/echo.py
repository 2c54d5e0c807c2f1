"""The reference: python-socketio on the same aiohttp, uvloop and orjson, which acknowledges with what it was sent."""

from __future__ import annotations

from typing import Any

from peers.serving import bare_sockets, serve, stock_server

server = stock_server()


async def connect(_sid: str, _environ: Any, _auth: Any) -> None:
    """Everybody may come in."""


async def say(_sid: str, said: Any) -> Any:
    return said


server.on("connect", connect, namespace="/visitor")
server.on("say", say, namespace="/visitor")


if __name__ == "__main__":
    serve(lambda: bare_sockets(server))
