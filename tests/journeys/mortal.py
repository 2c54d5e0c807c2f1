"""Servers that tests kill: this process loads the program once and forks a whole server for every line on its stdin.

`URL DATA` serves one workspace from that database until it is killed, and says its process id and its port.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import Self

from aiohttp import web

from slabot.bootstrap import slabot, tended
from slabot.config import load_config
from slabot.web.app import build_app
from slabot.web.limits import Limits
from slabot.web.logs import set_up_logs

ROOT = Path(__file__).parents[2]
WORKSPACE = "human-esources"


class Mortals:
    """The other end: starts them and kills them."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def ready(cls) -> Self:
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.journeys.mortal",
                cwd=ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                start_new_session=True,
            )
        )

    async def serve(self, url: str, data: Path) -> tuple[int, str]:
        """Process id and address of a server that answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{url} {data}\n".encode())
        pid, port = (await self._process.stdout.readline()).split()
        return int(pid), f"http://127.0.0.1:{int(port)}"

    async def kill(self, pid: int) -> None:
        """Returns once it is dead."""
        assert self._process.stdout is not None
        os.kill(pid, signal.SIGKILL)
        said = await self._process.stdout.readline()
        assert said.decode().strip() == f"died {signal.SIGKILL.value}", said

    async def close(self) -> None:
        """A server that still lives dies with it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.communicate()


async def serve(url: str, data: Path) -> None:
    config = load_config(
        {}, data=data, database=url, policies=str(ROOT / "seeds"), kb=str(ROOT / "kb"), semantic=False
    )
    async with slabot(config, only=WORKSPACE) as running, tended(running):
        app = build_app(running.house, secret=running.secret, pages=None, limits=Limits(factor=1_000))
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        os.write(1, f"{os.getpid()} {port}\n".encode())
        await asyncio.Event().wait()


def main() -> None:
    set_up_logs("error")
    for line in sys.stdin:
        url, data = line.split()
        pid = os.fork()
        if pid == 0:
            asyncio.run(serve(url, Path(data)))
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        os.write(1, f"died {os.WTERMSIG(status)}\n".encode())


if __name__ == "__main__":
    main()
