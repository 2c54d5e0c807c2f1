"""slabot itself: bootstrap, the web application, stock transport; only the rate limits are lifted."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from peers.decisions import ParrotBot
from peers.serving import serve
from slabot import bootstrap
from slabot.bootstrap import slabot, tended
from slabot.config import load_config
from slabot.web.app import build_app
from slabot.web.limits import Limits
from slabot.web.logs import set_up_logs


@asynccontextmanager
async def opened(database: str) -> AsyncIterator[web.Application]:
    with tempfile.TemporaryDirectory() as folder:
        config = load_config({}, data=Path(folder), database=database, semantic=False)
        async with slabot(config) as running, tended(running):
            yield build_app(running.house, secret=running.secret, pages=None, limits=Limits(factor=1_000_000))


def main(database: str, bot: str) -> None:
    set_up_logs("warning")
    if bot == "plumbing":
        vars(bootstrap)["Bot"] = ParrotBot
    serve(lambda: opened(database))


if __name__ == "__main__":
    main(*sys.argv[1:])
