"""What a full exchange costs beside a bare echo and beside the usual way of writing it: `python bench/messages.py`.

An exchange is: the visitor's message arrives, is durable, the bot's answer is durable, it is published, the message is
acknowledged. Every server is a process of its own and its CPU is counted, not the wall; all of them take turns within each
round, and the ratios are medians over rounds.

`plumbing` answers everything with one sentence, so that the exchange is what the goals speak of: at least a fifth of the
echo, ten times the naive one, on both databases. `whole` decides as slabot does, in ours and in the naive one alike; the
decision is most of either exchange, so its goal is its own: half as much again as the naive one manages, and the same growth.
Options: `--visitors 60 --rounds 7 --stored 1000000 --no-postgres`. Exits 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import uvloop

from peers.crowd import Crowd
from peers.history import History
from peers.processes import PostgresServer, cpu_seconds, peer, postgres
from peers.talk import Phrasebook
from slabot.policies.in_force import PoliciesInForce

FEW = 1_000
OF_ECHO = 1 / 5
OF_NAIVE = 10.0
WHOLE_OF_NAIVE = 1.5
GROWTH = 1.3
SECONDS = 0.7
"""CPU that a server should use in one round, so that its clock's grain and the noise of a moment do not count."""


Fresh = Callable[..., str]
"""Name of a new database, and of one to copy → its address."""


@dataclass(slots=True)
class Entrant:
    """One server under measure."""

    name: str
    process: int
    port: int
    database: PostgresServer | None = None
    exchanges: int = 240
    """In a round; the first, uncounted one adjusts it."""
    cost: list[float] = field(default_factory=list)
    """CPU µs an exchange, by round."""
    database_cost: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    """Exchanges per wall second."""

    async def run(self, crowd: Crowd) -> None:
        database = self.database.cpu_seconds() if self.database else 0.0
        wall, cpu = time.perf_counter(), cpu_seconds(self.process)
        done = await crowd.talk(self.exchanges)
        cpu, wall = cpu_seconds(self.process) - cpu, time.perf_counter() - wall
        self.cost.append(cpu / done * 1e6)
        self.rate.append(done / wall)
        if self.database:
            self.database_cost.append((self.database.cpu_seconds() - database) / done * 1e6)

    async def warm_up(self, crowd: Crowd) -> None:
        """Twice, so that the second tells what a warm exchange costs."""
        for _ in range(2):
            await self.run(crowd)
        self.exchanges = max(240, round(SECONDS * 1e6 / self.cost[-1]))
        for measured in (self.cost, self.rate, self.database_cost):
            measured.clear()


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio of two entrants' costs, which must stay on one side of a bound."""

    what: str
    above: str
    below: str
    bound: float
    at_least: bool

    def line(self, entrants: dict[str, Entrant]) -> tuple[str, bool]:
        pairs = zip(entrants[self.above].cost, entrants[self.below].cost, strict=True)
        ratio = statistics.median(above / below for above, below in pairs)
        kept = ratio >= self.bound if self.at_least else ratio <= self.bound
        side = "at least" if self.at_least else "at most"
        return f"{self.what:<62}{ratio:>8.2f}  {side} {self.bound:g}{'' if kept else '  MISSED'}", kept


def main() -> int:
    options = _options()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="slabot-bench-")))
        book = Phrasebook(Path("kb"))
        servers = _entrants(stack, folder, book, options)
        entrants = {entrant.name: entrant for entrant in servers}
        gc.disable()
        uvloop.run(_rounds(servers, book, options))
    return _told(entrants, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--visitors", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--stored", type=int, default=1_000_000)
    parser.add_argument("--postgres", action=argparse.BooleanOptionalAction, default=True)
    options = parser.parse_args()
    if find_spec("aiosqlite") is None:
        parser.error("the usual way needs aiosqlite: uv pip install -r bench/requirements.txt")
    if options.stored <= FEW:
        parser.error(
            f"--stored is compared with {FEW:,}; give a larger number than that, got {options.stored:,}"
        )
    return options


def _entrants(stack: ExitStack, folder: Path, book: Phrasebook, options: argparse.Namespace) -> list[Entrant]:
    """Fills the databases one after the other and starts every server."""
    history = History(book, PoliciesInForce(Path("seeds")), datetime.now(UTC))
    entrants = [Entrant("echo", *stack.enter_context(peer("echo")))]
    kinds: list[tuple[str, Fresh, PostgresServer | None]] = [("sqlite", Files(folder).fresh_url, None)]
    if options.postgres:
        database = stack.enter_context(postgres())
        kinds.append(("postgresql", database.fresh_url, database))
    for stored in (FEW, options.stored):
        with _said(f"{stored:,} messages"):
            history.fill([fresh(f"past_{stored}") for _, fresh, _ in kinds], stored)
    for kind, fresh, server in kinds:
        for stored in (FEW, options.stored):
            for bot in ("plumbing", "whole"):
                address = fresh(f"ours_{stored}_{bot}", f"past_{stored}")
                entrants.append(
                    Entrant(
                        f"{kind} {stored:,} {bot}", *stack.enter_context(peer("ours", address, bot)), server
                    )
                )
        for bot in ("plumbing", "whole"):
            address = fresh(f"naive_{bot}")
            entrants.append(
                Entrant(f"{kind} naive {bot}", *stack.enter_context(peer("naive", address, bot)), server)
            )
    return entrants


class Files:
    """SQLite's databases of one run, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fresh_url(self, name: str, like: str | None = None) -> str:
        """The address of a new database: empty, or a copy of another that nobody is connected to."""
        if like is not None:
            shutil.copyfile(self._folder / f"{like}.db", self._folder / f"{name}.db")
        return f"sqlite:///{self._folder / name}.db"


@contextmanager
def _said(what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"stored {what} in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)


async def _rounds(entrants: list[Entrant], book: Phrasebook, options: argparse.Namespace) -> None:
    async with AsyncExitStack() as stack:
        crowds = [
            await stack.enter_async_context(Crowd(entrant.port, book, options.visitors, seed=7))
            for entrant in entrants
        ]
        for entrant, crowd in zip(entrants, crowds, strict=True):
            await entrant.warm_up(crowd)
        for number in range(options.rounds):
            for entrant, crowd in zip(entrants, crowds, strict=True):
                await entrant.run(crowd)
            print(f"round {number + 1} of {options.rounds}", file=sys.stderr, flush=True)


def _told(entrants: dict[str, Entrant], options: argparse.Namespace) -> int:
    echo = entrants["echo"]
    print(f"{'one exchange':<34}{'CPU µs':>9}{'a CPU s':>9}{'wall/s':>9}{'echo ÷':>9}{'database µs':>13}")
    for entrant in entrants.values():
        share = statistics.median(e / own for e, own in zip(echo.cost, entrant.cost, strict=True))
        cost = statistics.median(entrant.cost)
        beside = f"{statistics.median(entrant.database_cost):>13.0f}" if entrant.database_cost else ""
        print(
            f"{entrant.name:<34}{cost:>9.0f}{1e6 / cost:>9.0f}{statistics.median(entrant.rate):>9.0f}{share:>9.3f}{beside}"
        )
    print()
    all_kept = True
    for goal in _goals(entrants, options.stored):
        line, kept = goal.line(entrants)
        print(line)
        all_kept = all_kept and kept
    return 0 if all_kept else 1


def _goals(entrants: dict[str, Entrant], many: int) -> Iterator[Goal]:
    for kind in ("sqlite", "postgresql"):
        if f"{kind} naive whole" not in entrants:
            continue
        for bot in ("plumbing", "whole"):
            few, most = f"{kind} {FEW:,} {bot}", f"{kind} {many:,} {bot}"
            naive = f"{kind} naive {bot}"
            if bot == "plumbing":
                yield Goal(f"{kind} {bot}: exchanges a CPU second, of the echo's", "echo", few, OF_ECHO, True)
                yield Goal(f"{kind} {bot}: naive ÷ ours", naive, few, OF_NAIVE, True)
            else:
                yield Goal(f"{kind} {bot}: naive ÷ ours", naive, few, WHOLE_OF_NAIVE, True)
            yield Goal(f"{kind} {bot}: {many:,} stored ÷ {FEW:,} stored", most, few, GROWTH, False)


if __name__ == "__main__":
    sys.exit(main())
