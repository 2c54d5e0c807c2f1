"""What the watch costs: a tick over many clocks of which none is due, and a clock that fires: `python bench/watch.py`.

CPU of the whole process, the writer's thread included; medians. A clock that fires writes one fact or several at that
instant (its warning and an escalation step; its breach, a step, and the sentence to the visitor), each with its own
reminders: both the turn and the fact are told, and the bound is the fact's. `--profile` shows where the time goes.
Exits 1 when a bound is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import pstats
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, insert
from sqlalchemy.engine import Connection

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
WARNED, DUE = MORNING + timedelta(hours=3), MORNING + timedelta(hours=4, seconds=1)

AIDAN = Colleague("aidan", "Aidan", frozenset({WORKSPACE}), capacity=1_000_000)
"""Holds every ticket and is there, so that no miss is foreseen."""

FEW, MANY = 1_000, 1_000_000
TICKS = 300
MANY_TO_FEW = 3.0
MOST_MICROSECONDS = 200.0
"""A fact: its fold, chain, rows and outbox, and its share of the turn."""
BATCHES = 5


@dataclass
class Standing:
    """A clock that stands where it was put."""

    at: datetime = MORNING

    def now(self) -> datetime:
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


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    clock = Standing()
    policies = PoliciesInForce(ROOT / "seeds", MORNING.date(), WORKSPACE)
    async with await open_store(f"sqlite:///{folder / 'slabot.db'}") as store:
        bulletin, staff = Bulletin(), Staff()
        supports = Supports(policies, store.policies)
        await supports.keep_current(WORKSPACE)
        turns = Turns(store.writer, store.timelines, supports, bulletin, clock, RandomIds())
        bot = Bot(WitsFiles(ROOT / "seeds", policies), Library(ROOT / "kb", None, WORKSPACE))
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
    """CPU microseconds of one turn of the watch, and how many events it wrote."""

    turn: float
    events: float

    @property
    def fact(self) -> float:
        return self.turn / self.events


async def fired(running: House, batch: int, profile: cProfile.Profile | None) -> dict[str, Cost]:
    """What a turn costs in a batch of 500: at the warning, and past the due instant."""
    running.clock.at = MORNING
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
    taken = {}
    for name, at in (("warning and step", WARNED), ("breach, step and notice", DUE)):
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


async def measure(with_profile: bool) -> bool:
    profile = cProfile.Profile(time.process_time) if with_profile else None
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder)) as running:
            turns = [await fired(running, batch, profile) for batch in range(BATCHES)]
            await running.store.writer.execute(lambda connection: connection.execute(delete(clocks)).rowcount)
            few = await a_tick(running, FEW)
            many = await a_tick(running, MANY)
    costs = {name: sorted((turn[name] for turn in turns), key=lambda cost: cost.turn) for name in turns[0]}
    medians = {name: each[len(each) // 2] for name, each in costs.items()}
    print(
        f"a tick, none due: {FEW:,} clocks {few:.0f} µs, {MANY:,} clocks {many:.0f} µs, {many / few:.2f} times"
    )
    for name, cost in medians.items():
        print(
            f"a fired clock, {name}: {cost.turn:.0f} µs for {cost.events:g} facts, {cost.fact:.0f} µs a fact "
            f"(batches of {BATCH})"
        )
    if profile is not None:
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)
    return many <= MANY_TO_FEW * few and max(cost.fact for cost in medians.values()) <= MOST_MICROSECONDS


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", action="store_true", help="show where a fired clock's time goes")
    sys.exit(0 if asyncio.run(measure(parser.parse_args().profile)) else 1)
