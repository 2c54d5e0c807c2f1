"""Told before the miss: who is there decides, the visitor hears it before the due instant, and only once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from slabot.domain.timeline import Kind
from slabot.services.colleague import Colleague
from slabot.services.turns import Refused
from tests.services.watched import (
    MONDAY,
    House,
    JumpingClock,
    aidan,
    house,
    letters,
    opens_a_ticket,
    told,
    vera,
)

DUE = MONDAY + timedelta(hours=4)
WARNED = MONDAY + timedelta(hours=3)


def is_at_his_desk(running: House, clock: JumpingClock, workspace: str = "human-esources") -> None:
    running.staff.arrived(Colleague("aidan", "Aidan", frozenset({workspace})), clock.now())


async def foreseen(running: House, conversation: str) -> list[datetime]:
    return [fact.at for fact in await told(running, conversation) if fact.kind is Kind.RISK_FORESEEN]


async def bot_said(running: House, conversation: str) -> str:
    events = await running.store.timelines.events(conversation)
    return [event.text for event in events if event.kind is Kind.BOT_WROTE][-1]


async def test_the_visitor_hears_early_that_nobody_is_free(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        conversation = await opens_a_ticket(running)
        clock.at = WARNED
        await running.watch.fire()
        assert await foreseen(running, conversation) == [WARNED]
        assert "HES-1" in await bot_said(running, conversation)
        assert "14:00" in await bot_said(running, conversation), "the due time on the desk's clock"
        assert "nobody is free" in await bot_said(running, conversation)
        clock.at = WARNED + timedelta(minutes=30)
        assert await running.watch.look_ahead() == 0, "said once"


async def test_nobody_is_alarmed_while_somebody_is_free(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        conversation = await opens_a_ticket(running)
        clock.at = WARNED
        is_at_his_desk(running, clock)
        await running.watch.fire()
        assert await foreseen(running, conversation) == []
        clock.at = DUE - timedelta(minutes=20)
        assert await running.watch.look_ahead() == 1, "Aidan has not been heard of for too long"
        assert await foreseen(running, conversation) == [clock.at]


async def test_a_line_too_long_for_the_open_time_left_is_a_miss_foreseen(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        conversations = [await opens_a_ticket(running, vera(f"vera-{n}")) for n in range(5)]
        clock.at = WARNED
        is_at_his_desk(running, clock)
        await running.watch.fire()
        assert [await foreseen(running, each) for each in conversations] == [[]] * 5
        clock.at = DUE - timedelta(minutes=20)
        is_at_his_desk(running, clock)
        assert await running.watch.look_ahead() == 1, "five times five minutes do not fit into twenty"
        assert await foreseen(running, conversations[-1]) == [clock.at], "who came last is reached too late"
        said = await bot_said(running, conversations[-1])
        assert "waiting before you" in said, "the true reason: somebody is free"
        assert "nobody is free" not in said


async def test_a_closed_desk_with_open_time_left_alarms_nobody(store_url: str, tmp_path: Path) -> None:
    opened = datetime(2026, 3, 9, 19, 30, tzinfo=UTC)  # 15:30 in New York; the desk closes at 19:00
    clock = JumpingClock(opened)
    async with house(store_url, tmp_path, clock) as running:
        conversation = await opens_a_ticket(running)
        clock.at = opened + timedelta(hours=3)
        is_at_his_desk(running, clock)
        await running.watch.fire()
        clock.at = datetime(2026, 3, 10, 12, 50, tzinfo=UTC)  # 8:50; due at 9:30
        await running.watch.look_ahead()
        assert await foreseen(running, conversation) == []
        clock.at = datetime(2026, 3, 10, 13, 10, tzinfo=UTC)
        assert await running.watch.look_ahead() == 1, "open, and nobody has come"


async def test_agent_and_lead_are_warned_of_a_foreseen_miss(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        conversation = await opens_a_ticket(running)
        await running.desk.claim(aidan(), conversation, "client-100")
        clock.at = WARNED
        await running.watch.fire()
        told_of = {(letter["fact"], letter["tell"]) for letter in await letters(running)}
        assert ("warned", "assigned_agent") in told_of
        assert ("risk_foreseen", "queue_lead") in told_of


async def test_a_new_time_is_told_while_the_promise_stays_and_its_miss_is_counted(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        conversation = await opens_a_ticket(running)
        until = DUE + timedelta(hours=2)
        taken = await running.desk.commit_to_time(aidan(), conversation, "client-100", until)
        assert taken.events[0].kind is Kind.TIME_COMMITTED
        assert "16:00" in await bot_said(running, conversation)
        assert taken.conversation.ticket is not None
        assert taken.conversation.ticket.committed_until == until
        clock.at = until
        await running.watch.fire()
        breaches = [fact for fact in await told(running, conversation) if fact.kind is Kind.BREACHED]
        assert [fact.at for fact in breaches] == [DUE]
        with pytest.raises(Refused, match="still to come"):
            await running.desk.commit_to_time(aidan(), conversation, "client-101", until)


@pytest.mark.parametrize("pauses", [False, True])
async def test_a_third_party_stops_a_resolution_only_where_the_policy_says_so(
    store_url: str, tmp_path: Path, pauses: bool
) -> None:
    clock = JumpingClock(datetime(2026, 3, 9, 14, 0, tzinfo=UTC))
    added = "\nthird_party_pauses: true\n" if pauses else ""
    async with house(store_url, tmp_path, clock, "velsoft", added) as running:
        conversation = await opens_a_ticket(
            running, vera(workspace="velsoft"), "nobody can log in, a person please"
        )
        colleague = aidan("velsoft")
        before = await resolution_due(running)
        clock.at += timedelta(hours=1)
        await running.desk.name_third_party(colleague, conversation, "client-100", "the hosting company")
        await running.desk.wait(colleague, conversation, "client-101", "a screenshot")
        clock.at += timedelta(hours=1)
        await running.desk.clear_third_party(colleague, conversation, "client-102")
        clock.at += timedelta(hours=1)
        await running.desk.end_waiting(colleague, conversation, "client-103")
        waited_alone = await resolution_due(running)
        assert waited_alone - before == timedelta(hours=2), "overlapping pauses count once"
        await running.desk.name_third_party(colleague, conversation, "client-104", "the hosting company")
        clock.at += timedelta(minutes=30)
        await running.desk.clear_third_party(colleague, conversation, "client-105")
        moved = await resolution_due(running) - waited_alone
        assert moved == (timedelta(minutes=30) if pauses else timedelta(0))


async def resolution_due(running: House) -> datetime:
    row = await running.store.timelines.ticket("velsoft", "VS-1")
    assert row is not None
    assert row.resolution is not None
    return row.resolution
