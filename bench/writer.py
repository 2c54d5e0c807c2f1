"""What a durable row costs through the writer: CPU of the whole process, with many waiting senders.

Run `python bench/writer.py [address …]`; without an address a SQLite file in a temporary folder. A PostgreSQL
server's own CPU is not in the figures.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from slabot.domain.finding import Findable
from slabot.domain.projection import InboxRow
from slabot.domain.timeline import BOT, Actor, Happening, Head, Kind, append
from slabot.services.turn import Receipt, Turn
from slabot.store.engine import Store, open_store

SENDERS = 100
TURNS = 20_000
ROUNDS = 5
NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)


def conversation(sender: int) -> Iterator[Turn]:
    """Exchanges of one visitor, decided one after the other, as the services decide them."""
    id = f"c_{os.urandom(12).hex()}"
    visitor = Actor.visitor(f"v_{sender}")
    row = InboxRow(
        id, "hes", visitor.id, "Vera", "bot", None, None, None, 99, False, None, "nobody can log in",
        "Here is how.", "bot", NOW, NOW, None, None, False, False,
    )  # fmt: skip
    head = Head()
    for number in itertools.count():
        asked = Happening(Kind.VISITOR_WROTE, visitor, NOW, {}, {"text": f"nobody can log in, try {number}"})
        shown = {"action": "answer", "article": "login"}
        said = Happening(Kind.BOT_WROTE, BOT, NOW, shown, {"text": "Here is how." * 9})
        events = append(id, head, (asked, said), NOW, (os.urandom(16), os.urandom(16)))
        receipt = Receipt("hes", str(visitor), f"{id}-{number}", events[0].digest, {"seq": events[0].seq})
        found = Findable(events[0].seq, f"nobody can log in try {number}"), Findable(events[1].seq, "login")
        yield Turn("hes", id, head, events, row, receipt, findables=found)
        head = events[-1].head


async def measure(address: str) -> None:
    async with await open_store(address) as store:
        per_turn = []
        for _ in range(ROUNDS):
            prepared = [
                list(itertools.islice(conversation(n), TURNS // ROUNDS // SENDERS)) for n in range(SENDERS)
            ]
            wall, cpu = time.perf_counter(), time.process_time()
            await asyncio.gather(*(send(store, turns) for turns in prepared))
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            turns = sum(map(len, prepared))
            per_turn.append((cpu / turns * 1e6, turns / wall))
        cpu_per_turn = statistics.median(cpu for cpu, _ in per_turn)
        rate = statistics.median(rate for _, rate in per_turn)
        kind = address.partition(":")[0]
        print(
            f"{kind}: {cpu_per_turn:.0f} CPU µs a turn of 2 events, what they are found by, a receipt and an inbox row"
            f" ({cpu_per_turn / 6:.1f} a row), {rate:,.0f} turns/s, {SENDERS} senders"
        )


async def send(store: Store, turns: list[Turn]) -> None:
    for turn in turns:
        await store.writer.commit(turn)


async def main() -> None:
    addresses = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        for address in addresses or [f"sqlite:///{folder}/bench.db"]:
            await measure(address)


if __name__ == "__main__":
    asyncio.run(main())
