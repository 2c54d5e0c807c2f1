"""Real PostgreSQL and Redis for tests: each on a socket in a temporary folder, gone when the tests end."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

UNPRIVILEGED = "postgres"
"""Whom PostgreSQL runs as where the tests run as root; it refuses root."""

PATIENCE = 30.0
"""Seconds within which a server must answer."""


class PostgresServer:
    """A running server; every test gets a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = 0

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{UNPRIVILEGED}@/{database}?host={self.folder}"

    def fresh_url(self) -> str:
        """The address of a new, empty database."""
        self._made += 1
        name = f"slabot_{self._made}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def drop(self, url: str) -> None:
        name = url.partition("?")[0].rpartition("/")[2]
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def execute(self, statement: str, url: str | None = None) -> None:
        with psycopg.connect(url or self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for the session; `fsync` is off, for no test pulls the plug of the machine."""
    with _short_folder(UNPRIVILEGED if os.geteuid() == 0 else None) as folder:
        data = folder / "data"
        _run(
            [
                _postgres("initdb"),
                "-D",
                str(data),
                "-U",
                UNPRIVILEGED,
                "-A",
                "trust",
                "--no-sync",
                "-E",
                "UTF8",
            ]
        )
        settings = (
            "listen_addresses=",
            f"unix_socket_directories={folder}",
            "fsync=off",
            "max_connections=60",
        )
        command = [
            _postgres("postgres"),
            "-D",
            str(data),
            *(part for one in settings for part in ("-c", one)),
        ]
        server = PostgresServer(folder)
        with _running(_unprivileged(command), signal.SIGINT):
            _until(lambda: psycopg.connect(server.url()).close(), psycopg.OperationalError)
            yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database: every test that takes it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'slabot.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    url = server.fresh_url()
    yield url
    server.drop(url)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The address of a Redis server that keeps nothing."""
    with _short_folder(None) as folder:
        path = folder / "redis.sock"
        command = [
            "redis-server",
            "--port",
            "0",
            "--unixsocket",
            str(path),
            "--save",
            "",
            "--dir",
            str(folder),
        ]
        with _running(command, signal.SIGTERM):
            _until(lambda: _connects(path), OSError)
            yield f"unix://{path}"


@contextlib.contextmanager
def _short_folder(owner: str | None) -> Iterator[Path]:
    """Not pytest's own: the path of a socket may have 107 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="slabot-"))
    try:
        if owner is not None:
            shutil.chown(folder, owner, owner)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _running(command: list[str], stop: signal.Signals) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
        if process.poll() is not None:
            raise RuntimeError(f"{command[0]} ended by itself with {process.returncode}")
    finally:
        process.send_signal(stop)
        process.wait(PATIENCE)


def _postgres(program: str) -> str:
    found = shutil.which(program) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)),
        None,
    )
    if found is None:
        raise FileNotFoundError(f"{program} is not installed; on Debian: apt-get install postgresql")
    return found


def _unprivileged(command: list[str]) -> list[str]:
    if os.geteuid() != 0:
        return command
    # Not `su`: the signal that stops the server must reach the server itself.
    return ["setpriv", f"--reuid={UNPRIVILEGED}", f"--regid={UNPRIVILEGED}", "--init-groups", *command]


def _run(command: list[str]) -> None:
    done = subprocess.run(_unprivileged(command), capture_output=True, text=True, check=False, cwd="/")
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.strip()}")


def _connects(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(path))


def _until(attempt: object, expected: type[Exception]) -> None:
    assert callable(attempt)
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            attempt()
            return
        except expected:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
