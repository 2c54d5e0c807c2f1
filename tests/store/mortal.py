"""Processes that tests kill: this one loads the program once and forks one for every line on its stdin.

`write URL` writes until it is killed and says what was acknowledged (`id seq position client`);
`migrate URL N` migrates and kills itself before the change of the schema after the N-th.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from slabot.domain.timeline import Head
from slabot.services.turn import Repeated
from slabot.store.engine import Store, open_store
from slabot.store.schema import migrate
from tests.store.scenes import receipt, turn

ROOT = Path(__file__).parents[2]
TALKS = 12


class Mortals:
    """The other end: starts them, listens, kills."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def live(self, *command: str, lines: int | None = None) -> tuple[list[str], int]:
        """What one said until killed after so many lines (None: it dies by itself), and its signal."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(" ".join(command) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        said: list[str] = []
        for line in self._process.stdout:
            if line.startswith("died"):
                return [one for one in said if one], int(line.split()[1])
            said.append(line.strip())
            if len(said) == lines:
                os.kill(pid, signal.SIGKILL)
        raise RuntimeError("the process that forks the others has ended")


@contextmanager
def mortals() -> Iterator[Mortals]:
    command = [sys.executable, "-m", "tests.store.mortal"]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        try:
            yield Mortals(process)
        finally:
            process.kill()


async def talk(store: Store, conversation: str) -> None:
    head = Head()
    for number in itertools.count():
        client_id = f"{conversation}-{number}"
        made = turn(conversation, head, f"message {number}", receipt=receipt(client_id, n=number))
        committed = await store.writer.commit(made)
        head = committed.events[-1].head
        # One write, so that a kill cuts no line that counts in two.
        os.write(1, f"{conversation} {head.seq} {committed.events[-1].position} {client_id}\n".encode())
        if number % 7 == 3:
            with suppress(Repeated):
                await store.writer.commit(turn(conversation, head, receipt=receipt(client_id, n=-1)))
                raise RuntimeError(f"{client_id} happened twice")


async def write(url: str) -> None:
    async with await open_store(url) as store:
        await asyncio.gather(*(talk(store, f"c_{os.getpid()}_{n}") for n in range(TALKS)))


def die_migrating(url: str, survived: int) -> None:
    changes = itertools.count(1)

    @event.listens_for(Engine, "before_cursor_execute")
    def before(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement.lstrip().startswith(("CREATE", "INSERT")) and next(changes) > survived:
            os.kill(os.getpid(), signal.SIGKILL)

    migrate(url)


def main() -> None:
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            os.write(1, f"{os.getpid()}\n".encode())
            match line.split():
                case ["write", url]:
                    asyncio.run(write(url))
                case ["migrate", url, survived]:
                    die_migrating(url, int(survived))
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        os.write(1, f"\ndied {os.WTERMSIG(status)}\n".encode())


if __name__ == "__main__":
    main()
