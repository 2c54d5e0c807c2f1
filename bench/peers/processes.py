"""Servers as child processes, the CPU they used, and a PostgreSQL of the bench's own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

BENCH = Path(__file__).parents[1]
UNPRIVILEGED = "postgres"
"""Whom PostgreSQL runs as where the bench runs as root; it refuses root."""


@contextmanager
def peer(name: str, *arguments: str) -> Iterator[tuple[int, int]]:
    """Process id and port of `peers/name.py`, served until the block ends."""
    environ = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(BENCH), os.environ.get("PYTHONPATH")))),
    }
    command = [sys.executable, str(BENCH / "peers" / f"{name}.py"), *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line.strip().isdigit():
                raise RuntimeError(f"{' '.join(command)} did not start")
            yield process.pid, int(line)
        finally:
            process.terminate()


def cpu_seconds(process: int) -> float:
    """All CPU that a process and its threads have used, from its own clock."""
    return time.clock_gettime((~process << 3) | 2)  # The kernel's number for "CPU clock of that process".


class PostgresServer:
    """A running server with fsync on; `cpu_seconds` counts its processes, but not those that have ended."""

    def __init__(self, folder: Path, process: int) -> None:
        self._folder = folder
        self._process = process

    def url(self, database: str) -> str:
        return f"postgresql://{UNPRIVILEGED}@/{database}?host={self._folder}"

    def fresh_url(self, name: str, like: str = "template1") -> str:
        """The address of a new database: empty, or a copy of another that nobody is connected to."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}".encode())
        return self.url(name)

    def cpu_seconds(self) -> float:
        total = cpu_seconds(self._process)
        for child in Path(f"/proc/{self._process}/task/{self._process}/children").read_text().split():
            with suppress(OSError):  # It ended meanwhile.
                total += cpu_seconds(int(child))
        return total


@contextmanager
def postgres() -> Iterator[PostgresServer]:
    """On a socket in a temporary folder; durable, as a server would be set up."""
    with tempfile.TemporaryDirectory(prefix="slabot-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, UNPRIVILEGED, UNPRIVILEGED)
        initdb = [_program("initdb"), "-D", f"{folder}/data", "-U", UNPRIVILEGED, "-A", "trust", "-E", "UTF8"]
        subprocess.run(_unprivileged(initdb), check=True, stdout=subprocess.DEVNULL, cwd="/")
        options = (
            "listen_addresses=",
            f"unix_socket_directories={folder}",
            "shared_buffers=512MB",
            "max_wal_size=4GB",
        )
        command = [
            _program("postgres"),
            "-D",
            f"{folder}/data",
            *(part for one in options for part in ("-c", one)),
        ]
        process = subprocess.Popen(
            _unprivileged(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/"
        )
        try:
            server = PostgresServer(folder, process.pid)
            _until_it_answers(server)
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _until_it_answers(server: PostgresServer) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(server.url("postgres")).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _program(name: str) -> str:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name) or (str(installed[0]) if installed else None)
    if found is None:
        raise FileNotFoundError(f"{name} is not installed; on Debian: apt-get install postgresql")
    return found


def _unprivileged(command: list[str]) -> list[str]:
    if os.geteuid() != 0:
        return command
    return ["setpriv", f"--reuid={UNPRIVILEGED}", f"--regid={UNPRIVILEGED}", "--init-groups", *command]
