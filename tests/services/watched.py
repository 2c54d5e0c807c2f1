"""A house for the watch's tests: everything that bootstrap builds, over a real store, under a clock that jumps."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select

from slabot.domain.timeline import Event, Kind
from slabot.knowledge.library import Library
from slabot.policies.in_force import PoliciesInForce
from slabot.policies.wits import WitsFiles
from slabot.services.bot import Bot
from slabot.services.bulletin import Bulletin
from slabot.services.clock import Clock
from slabot.services.colleague import Colleague
from slabot.services.courier import Courier
from slabot.services.desk import Desk
from slabot.services.ids import RandomIds
from slabot.services.links import Links
from slabot.services.mailer import Mailer
from slabot.services.reception import Guest, Reception
from slabot.services.shared_incidents import SharedIncidents
from slabot.services.staffing import Staff
from slabot.services.supports import Supports
from slabot.services.turns import Taken, Turns
from slabot.services.watch import Watch
from slabot.store.engine import Store, open_store
from slabot.store.tables import outbox

ROOT = Path(__file__).parents[2]
MONDAY = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
"""10:00 in New York: the chat of Human eSources is open."""

LINK_SECRET = bytes(32)

TOLD = (Kind.WARNED, Kind.ESCALATED, Kind.BREACHED, Kind.RISK_FORESEEN)


class JumpingClock:
    """The machine's clock at its worst: forward, and back."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class House:
    """What of a slabot takes part: the visitor's and the agent's verbs, the watch, and the post if there is one."""

    store: Store
    turns: Turns
    bulletin: Bulletin
    staff: Staff
    reception: Reception
    desk: Desk
    watch: Watch
    supports: Supports
    courier: Courier | None


@asynccontextmanager
async def house(
    store_url: str,
    folder: Path,
    clock: Clock,
    workspace: str = "human-esources",
    added_to_policy: str = "",
    mailer: Mailer | None = None,
    page: str = "",
) -> AsyncIterator[House]:
    """One workspace; `added_to_policy` are further lines of its policy file."""
    seeds = folder / "seeds"
    if not seeds.exists():
        seeds.mkdir(parents=True)
        for path in (ROOT / "seeds").glob(f"{workspace}*.yaml"):
            shutil.copy(path, seeds)
        with (seeds / f"{workspace}.yaml").open("a", encoding="utf-8") as policy:
            policy.write(added_to_policy)
    policies = PoliciesInForce(seeds, MONDAY.date())
    async with await open_store(store_url) as store:
        bulletin, staff = Bulletin(), Staff()
        supports = Supports(policies, store.policies)
        await supports.keep_current(workspace)
        turns = Turns(store.writer, store.timelines, supports, bulletin, clock, RandomIds())
        bot = Bot(WitsFiles(seeds, policies), articles(workspace))
        watch = Watch(turns, store.timelines, bot, staff, clock)
        courier = None
        if mailer is not None:
            courier = Courier(
                store.outbox,
                mailer,
                turns,
                store.timelines,
                supports,
                store.agents,
                bot,
                Links(page, LINK_SECRET),
                clock,
            )
            bulletin.join(courier.listen)
        bulletin.join(staff.listen)
        bulletin.join(watch.listen)
        reception = Reception(
            turns, bot, supports, staff, store.writer, clock, SharedIncidents(turns, store.timelines)
        )
        desk = Desk(turns, bot, staff, clock)
        yield House(store, turns, bulletin, staff, reception, desk, watch, supports, courier)


@cache
def articles(workspace: str) -> Library:
    """Read once: a library takes longer than all the rest of the house."""
    return Library(ROOT / "kb", None, workspace)


def vera(name: str = "vera", workspace: str = "human-esources", **known: Any) -> Guest:
    return Guest(f"v_{name}", workspace, zone="Europe/Berlin", **known)


def aidan(workspace: str = "human-esources") -> Colleague:
    return Colleague("aidan", "Aidan", frozenset({workspace}))


async def opens_a_ticket(
    running: House, guest: Guest | None = None, words: str = "nobody in my course can log in, a person please"
) -> str:
    """The conversation's id; a high ticket at Human eSources is due after four open hours."""
    taken: Taken = await running.reception.say(guest or vera(), None, "client-000", words)
    if taken.conversation.ticket is None:
        taken = await running.reception.say(
            guest or vera(), taken.conversation.id, "client-001", "yes please, a person"
        )
    assert taken.conversation.ticket is not None, [event.text for event in taken.events]
    return taken.conversation.id


async def told(running: House, conversation: str) -> list[Event]:
    events = await running.store.timelines.events(conversation)
    return [event for event in events if event.kind in TOLD]


def kinds(events: Sequence[Event]) -> list[tuple[str, str, str]]:
    return [(event.kind.value, event.data["metric"], event.data.get("step", "")) for event in events]


async def letters(running: House) -> list[dict[str, Any]]:
    """What waits in the outbox, by the instant it may go out."""
    rows = await running.store.reader.rows(select(outbox).order_by(outbox.c.send_at, outbox.c.id))
    return [
        {
            **orjson.loads(row.payload),
            "id": row.id,
            "send_at": datetime.fromtimestamp(row.send_at / 1_000_000, UTC),
            "sent": row.sent_at is not None,
            "failed": row.failed_at is not None,
            "tries": row.tries,
            "error": row.error,
        }
        for row in rows
    ]
