"""What was sent leaves the outbox after a while; what waits or was given up stays until somebody acts."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from slabot.bootstrap import slabot, tended
from slabot.config import load_config
from slabot.services import sweeping
from slabot.services.clock import SteppedClock
from slabot.services.deeds import Deed
from slabot.services.outbox import Fate
from slabot.services.sweeping import Sweep
from slabot.services.turn import Outgoing
from slabot.store.engine import Store
from slabot.store.tables import outbox
from tests.store.scenes import NOON, WORKSPACE, turn

ROOT = Path(__file__).parents[2]
DAY = timedelta(days=1)
KEPT = timedelta(days=30)


async def fates(store: Store) -> dict[str, Fate]:
    return {letter.id: letter.fate for letter in await store.letters.of(WORKSPACE, None, 1_000)}


async def test_what_was_sent_leaves_after_its_days_and_nothing_else_does(store: Store) -> None:
    ids = ("sent-long-ago", "sent-lately", "waiting", "dead")
    mails = tuple(Outgoing(id, WORKSPACE, "mail", {"occasion": "reply"}, NOON) for id in ids)
    await store.writer.commit(turn("c_sweep", outbox=mails))
    await store.outbox.sent("sent-long-ago", NOON)
    await store.outbox.sent("sent-lately", NOON + DAY)
    await store.outbox.failed("dead", NOON, "550 no such mailbox", for_good=True)
    clock = SteppedClock(NOON + KEPT)
    sweep = Sweep(store.outbox, clock, KEPT)
    assert await sweep.sweep() == 0, "kept for its days, the last one included"
    clock.move_to(NOON + KEPT + timedelta(seconds=1))
    assert await sweep.sweep() == 1
    left = {"sent-lately": Fate.SENT, "waiting": Fate.WAITING, "dead": Fate.DEAD}
    assert await fates(store) == left
    clock.move_to(NOON + 100 * KEPT)
    assert await sweep.sweep() == 1
    assert await fates(store) == {"waiting": Fate.WAITING, "dead": Fate.DEAD}


async def test_messages_for_receivers_are_swept_as_mail_is(store: Store) -> None:
    told = Outgoing("m_1", WORKSPACE, "webhook:wh_1", {"type": "ticket.opened"}, NOON, lane="wh_1/c", place=1)
    await store.writer.commit(turn("c_told", outbox=(told,)))
    await store.outbox.sent("m_1", NOON)
    assert await Sweep(store.outbox, SteppedClock(NOON + 2 * KEPT), KEPT).sweep() == 1


async def test_many_rows_go_a_few_at_a_time_until_none_is_left(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "AT_A_TIME", 7)
    mails = tuple(Outgoing(f"m_{i}", WORKSPACE, "mail", {"occasion": "reply"}, NOON) for i in range(30))
    await store.writer.commit(turn("c_many", outbox=mails))
    await store.writer.execute(
        lambda connection: connection.execute(outbox.update().values(sent_at=0)).rowcount
    )
    assert await Sweep(store.outbox, SteppedClock(NOON), KEPT).sweep() == 30
    assert await fates(store) == {}


async def test_a_letter_that_is_sent_again_is_not_swept(store: Store) -> None:
    mail = Outgoing("again", WORKSPACE, "mail", {"occasion": "reply"}, NOON)
    await store.writer.commit(turn("c_again", outbox=(mail,)))
    await store.outbox.failed("again", NOON, "550 no such mailbox", for_good=True)
    deed = Deed("a_ada", NOON, "mail.replay", "again", WORKSPACE)
    assert await store.letters.send_again(WORKSPACE, "again", NOON + 2 * KEPT, deed) == 1
    assert await Sweep(store.outbox, SteppedClock(NOON + 3 * KEPT), KEPT).sweep() == 0
    assert await fates(store) == {"again": Fate.WAITING}


async def test_a_server_sweeps_when_it_starts(store_url: str, tmp_path: Path) -> None:
    folders = {"policies": str(ROOT / "seeds"), "kb": str(ROOT / "kb")}
    settings = {"SLABOT_SENT_KEPT_DAYS": "2"}
    config = load_config(settings, data=tmp_path, database=store_url, semantic=False, **folders)
    async with slabot(config, SteppedClock(NOON), only="velsoft") as running:
        store = running.store
        mails = tuple(Outgoing(id, WORKSPACE, "mail", {"occasion": "reply"}, NOON) for id in ("old", "new"))
        await store.writer.commit(turn("c_start", outbox=mails))
        await store.outbox.sent("old", NOON - 3 * DAY)
        await store.outbox.sent("new", NOON - DAY)
        async with tended(running), asyncio.timeout(20):
            while set(await fates(store)) != {"new"}:  # noqa: ASYNC110 - a database calls nobody back
                await asyncio.sleep(0)
