"""A real `slabot serve` in a process of its own, for tests that kill it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


async def serving(data: Path, port: int, **settings: str) -> Process:
    """Ready when this returns; `settings` are environment variables besides data folder and port."""
    environment = {
        **os.environ,
        "SLABOT_DATA": str(data),
        "SLABOT_PORT": str(port),
        "SLABOT_SEMANTIC": "no",
        "SLABOT_LOG_LEVEL": "error",
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "slabot", "serve", env=environment, stdout=PIPE
    )
    assert process.stdout is not None
    while line := await process.stdout.readline():
        if b"Ctrl-C" in line:
            return process
    raise AssertionError(f"slabot ended with {await process.wait()} before it served")


async def killed(process: Process) -> None:
    """With SIGKILL; one that is dead already stays so."""
    if process.returncode is None:
        process.send_signal(signal.SIGKILL)
        await process.communicate()
