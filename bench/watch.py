"""What the watch costs: a tick over many clocks of which none is due, and a clock that fires: `python bench/watch.py`.

CPU of the whole process, the writer's thread included; medians over batches of 500, every clock with instants of its
own. The bound is for a clock that fires: its fact with fold, chain, rows and reminders, and with a breach the sentence
to the visitor. It is measured where warning, step and breach lie apart. By the policy as it is shipped two of them fall
on one instant and share a turn, which is told beside it. `--profile` shows where the time goes. Exits 1 when a bound is
missed.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import gc
import pstats
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, insert
from sqlalchemy.engine import Connection

from slabot.bootstrap import COLLECTED_AFTER
from slabot.domain.timeline import microseconds
from slabot.knowledge.library import Library
from slabot.policies.in_force import PoliciesInForce
from slabot.policies.wits import WitsFiles
from slabot.services.bot import Bot
from slabot.services.bulletin import Bulletin
from slabot.services.colleague import Colleague
from slabot.services.desk import Desk
from slabot.services.ids import RandomIds
from slabot.services.reception import Guest, Reception
from slabot.services.shared_incidents import SharedIncidents
from slabot.services.staffing import Staff
from slabot.services.supports import Supports
from slabot.services.turns import Turns
from slabot.services.watch import BATCH, Watch
from slabot.store.engine import Store, open_store
from slabot.store.tables import clocks

ROOT = Path(__file__).parents[1]
WORKSPACE = "human-esources"
MORNING = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
OPENING = timedelta(minutes=1)
"""In which a batch of tickets is opened, each at an instant of its own."""


def _past(hours: float) -> datetime:
    return MORNING + timedelta(hours=hours) + OPENING


SHIPPED = (("warning and step", _past(3)), ("breach, step and notice", _past(4)))
APART = (("warning", _past(3)), ("step", _past(3.6)), ("breach and notice", _past(4)))
"""What fires, and when all of a batch have reached it."""

AIDAN = Colleague("aidan", "Aidan", frozenset({WORKSPACE}), capacity=1_000_000)
"""Holds every ticket and is there, so that no miss is foreseen."""

FEW, MANY = 1_000, 1_000_000
TICKS = 300
MANY_TO_FEW = 3.0
MOST_MICROSECONDS = 200.0
BATCHES = 5


@dataclass
class Standing:
    """A clock that stands where it was put, or goes a little on with every look at it."""

    at: datetime = MORNING
    pace: timedelta = timedelta(0)

    def now(self) -> datetime:
        self.at += self.pace
        return self.at


@dataclass
class House:
    clock: Standing
    store: Store
    turns: Turns
    reception: Reception
    desk: Desk
    staff: Staff
    watch: Watch


def apart(folder: Path) -> Path:
    """The seeds, with one escalation step between warning and breach instead of one at each."""
    seeds = folder / "seeds"
    shutil.copytree(ROOT / "seeds", seeds)
    policy = seeds / f"{WORKSPACE}.yaml"
    lines = policy.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "at: 100%, tell:" not in line]
    policy.write_text("".join(kept).replace("at: 75%, tell:", "at: 90%, tell:"), encoding="utf-8")
    return seeds


@asynccontextmanager
async def house(folder: Path, seeds: Path = ROOT / "seeds") -> AsyncIterator[House]:
    clock = Standing()
    policies = PoliciesInForce(seeds, MORNING.date(), WORKSPACE)
    async with await open_store(f"sqlite:///{folder / 'slabot.db'}") as store:
        bulletin, staff = Bulletin(), Staff()
        supports = Supports(policies, store.policies)
        await supports.keep_current(WORKSPACE)
        turns = Turns(store.writer, store.timelines, supports, bulletin, clock, RandomIds())
        bot = Bot(WitsFiles(seeds, policies), Library(ROOT / "kb", None, WORKSPACE))
        watch = Watch(turns, store.timelines, bot, staff, clock)
        bulletin.join(staff.listen)
        bulletin.join(watch.listen)
        reception = Reception(
            turns, bot, supports, staff, store.writer, clock, SharedIncidents(turns, store.timelines)
        )
        yield House(clock, store, turns, reception, Desk(turns, bot, staff, clock), staff, watch)


async def a_tick(running: House, open_clocks: int) -> float:
    """CPU microseconds of a tick that finds nothing due among so many clocks."""
    await running.store.writer.execute(lambda connection: _fill(connection, open_clocks))
    taken = []
    for _ in range(TICKS):
        began = time.process_time_ns()
        await running.watch.fire()
        await running.store.timelines.next_clock_at()
        taken.append((time.process_time_ns() - began) / 1000)
    await running.store.writer.execute(lambda connection: connection.execute(delete(clocks)).rowcount)
    return statistics.median(taken)


def _fill(connection: Connection, count: int) -> int:
    ahead = microseconds(MORNING + timedelta(days=1))
    columns = ("conversation", "metric", "generation", "due", "met_at", "next_at")
    for start in range(0, count, 50_000):
        rows = [
            (f"c_{n}", "resolution", 1, ahead + n, None, ahead + n)
            for n in range(start, min(start + 50_000, count))
        ]
        connection.execute(insert(clocks), [dict(zip(columns, row, strict=True)) for row in rows])
    return count


@dataclass
class Cost:
    """CPU microseconds of one turn of the watch, and how many facts it wrote."""

    turn: float
    events: float

    @property
    def fact(self) -> float:
        return self.turn / self.events


async def fired(
    running: House, batch: int, instants: Sequence[tuple[str, datetime]], profile: cProfile.Profile | None
) -> dict[str, Cost]:
    """What a turn of the watch costs in a batch of 500, at each of these instants."""
    running.clock.at, running.clock.pace = MORNING, timedelta(milliseconds=1)
    guests = [Guest(f"v_{batch}_{n}", WORKSPACE, zone="Europe/Berlin") for n in range(BATCH)]
    words = "nobody in my course can log in, a person please"
    opened = await asyncio.gather(
        *(running.reception.say(guest, None, "client-000", words) for guest in guests)
    )
    claims = (
        running.desk.claim(AIDAN, taken.conversation.id, f"client-{batch}-{n}")
        for n, taken in enumerate(opened)
    )
    await asyncio.gather(*claims)
    if running.clock.at > MORNING + OPENING:
        raise RuntimeError(f"the last ticket was claimed at {running.clock.at}, later than OPENING")
    running.clock.pace = timedelta(0)
    taken = {}
    for name, at in instants:
        running.clock.at = at
        running.staff.arrived(AIDAN, at)
        if profile is not None:
            profile.enable()
        before = await running.store.timelines.position(WORKSPACE)
        began = time.process_time_ns()
        count = await running.watch.fire()
        spent = (time.process_time_ns() - began) / 1000
        if profile is not None:
            profile.disable()
        if count != BATCH:
            raise RuntimeError(f"{count} turns fired, expected {BATCH}")
        written = await running.store.timelines.position(WORKSPACE) - before
        taken[name] = Cost(spent / count, written / count)
    return taken


async def medians(
    running: House, instants: Sequence[tuple[str, datetime]], profile: cProfile.Profile | None
) -> dict[str, Cost]:
    # As a server does once it is up; see `bootstrap.tended`.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
    batches = [await fired(running, batch, instants, profile) for batch in range(BATCHES)]
    return {
        name: sorted((batch[name] for batch in batches), key=lambda cost: cost.turn)[BATCHES // 2]
        for name, _ in instants
    }


async def measure(with_profile: bool) -> bool:
    profile = cProfile.Profile(time.process_time) if with_profile else None
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder), apart(Path(folder))) as running:
            alone = await medians(running, APART, profile)
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder)) as running:
            shared = await medians(running, SHIPPED, profile)
            await running.store.writer.execute(lambda connection: connection.execute(delete(clocks)).rowcount)
            few = await a_tick(running, FEW)
            many = await a_tick(running, MANY)
    print(
        f"a tick, none due: {FEW:,} clocks {few:.0f} µs, {MANY:,} clocks {many:.0f} µs, {many / few:.2f} times"
    )
    for name, cost in alone.items():
        print(
            f"a fired clock, {name}: {cost.turn:.0f} µs (at most {MOST_MICROSECONDS:.0f}; batches of {BATCH})"
        )
    for name, cost in shared.items():
        print(f"a turn, {name}: {cost.turn:.0f} µs for {cost.events:g} facts, {cost.fact:.0f} µs a fact")
    if profile is not None:
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)
    return many <= MANY_TO_FEW * few and max(cost.turn for cost in alone.values()) <= MOST_MICROSECONDS


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", action="store_true", help="show where a fired clock's time goes")
    sys.exit(0 if asyncio.run(measure(parser.parse_args().profile)) else 1)
