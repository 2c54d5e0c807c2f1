"""Warnings, escalation steps and breaches: each once, at the instant it took effect, with its reminder beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import update

from slabot.domain.timeline import Kind
from slabot.store.tables import clocks
from tests.services.watched import (
    MONDAY,
    JumpingClock,
    aidan,
    house,
    kinds,
    letters,
    opens_a_ticket,
    told,
    vera,
)

DUE = MONDAY + timedelta(hours=4)
WARNED = MONDAY + timedelta(hours=3)
LATER = timedelta(days=3)

ALL = [
    ("warned", "first_response", ""),
    ("escalated", "first_response", "75%:assigned_agent"),
    ("escalated", "first_response", "100%:queue_lead"),
    ("breached", "first_response", ""),
]


async def test_facts_take_effect_at_their_instants_however_late_they_are_noticed(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        conversation = await opens_a_ticket(running)
        clock.at = MONDAY + LATER
        assert await running.watch.fire() == 1
        facts = await told(running, conversation)
        assert kinds(facts) == ALL
        assert [fact.at for fact in facts] == [WARNED, WARNED, DUE, DUE]
        assert {fact.recorded_at for fact in facts} == {clock.at}
        assert await running.watch.fire() == 0


async def test_a_deadline_is_not_missed_at_its_own_instant_but_a_second_later(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        conversation = await opens_a_ticket(running)
        clock.at = WARNED - timedelta(seconds=1)
        assert await running.watch.fire() == 0
        clock.at = DUE
        await running.watch.fire()
        assert Kind.BREACHED not in {fact.kind for fact in await told(running, conversation)}
        assert await running.store.timelines.next_clock_at() == DUE + timedelta(seconds=1)
        clock.at = DUE + timedelta(seconds=1)
        await running.watch.fire()
        assert (await told(running, conversation))[-1].kind is Kind.BREACHED


async def test_every_fact_has_its_reminder_in_the_same_transaction(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        await opens_a_ticket(running)
        clock.at = DUE + timedelta(seconds=1)
        await running.watch.fire()
        waiting = await letters(running)
        assert {letter["fact"] for letter in waiting} == {"warned", "escalated", "breached"}
        assert {letter["ticket"] for letter in waiting} == {"HES-1"}
        assert {letter["tell"] for letter in waiting} == {"queue_lead"}, "nobody holds it, so the lead hears"
        assert not any("nobody in my course" in str(value) for letter in waiting for value in letter.values())


async def test_a_reply_after_the_due_instant_does_not_hide_a_breach_that_nobody_had_noticed(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        conversation = await opens_a_ticket(running)
        clock.at = DUE + timedelta(minutes=5)
        await running.desk.reply(aidan(), conversation, "client-100", "I am on it.", seen=99)
        await running.reception.say(vera(), conversation, "client-101", "it still fails for all of us")
        said = len(await running.store.timelines.events(conversation))
        await running.watch.fire()
        facts = await told(running, conversation)
        assert kinds(facts) == ALL
        assert facts[-1].at == DUE
        assert len(await running.store.timelines.events(conversation)) == said + len(ALL), (
            "the bot does not say that a reply has not come which has"
        )


async def test_a_reply_in_time_leaves_nothing_to_tell(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        conversation = await opens_a_ticket(running)
        clock.at = MONDAY + timedelta(hours=1)
        await running.desk.reply(aidan(), conversation, "client-100", "I am on it.", seen=99)
        clock.at = MONDAY + LATER
        assert await running.watch.fire() == 0
        assert await told(running, conversation) == []


async def test_a_clock_that_jumps_forward_and_back_tells_nothing_twice(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        conversation = await opens_a_ticket(running)
        for at in (MONDAY + LATER, MONDAY, WARNED, DUE, MONDAY + LATER, MONDAY + 2 * LATER):
            clock.at = at
            await running.watch.fire()
        facts = await told(running, conversation)
        assert kinds(facts) == ALL
        assert [fact.at for fact in facts] == [WARNED, WARNED, DUE, DUE]


async def test_a_warning_of_a_raised_severity_takes_effect_with_the_change_not_before(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        conversation = await opens_a_ticket(running, words="how do I sort my courses? a person please")
        raised = MONDAY + timedelta(hours=3, minutes=30)
        clock.at = raised
        await running.desk.change_severity(aidan(), conversation, "client-100", "high", "many students")
        clock.at = raised + timedelta(minutes=1)
        await running.watch.fire()
        facts = await told(running, conversation)
        assert [each for each in kinds(facts) if each[0] != "risk_foreseen"] == ALL[:2]
        assert {fact.at for fact in facts if fact.kind is not Kind.RISK_FORESEEN} == {raised}


async def test_a_row_that_owes_nothing_is_written_anew_and_holds_up_nobody(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        broken = await opens_a_ticket(running, vera("one"))
        clock.at = MONDAY + timedelta(minutes=1)
        sound = await opens_a_ticket(running, vera("two"))
        spoilt = update(clocks).where(clocks.c.conversation == broken).values(next_at=1)
        await running.store.writer.execute(lambda connection: connection.execute(spoilt).rowcount)
        clock.at = WARNED - timedelta(seconds=1)
        assert await running.watch.fire() == 0
        assert await running.store.timelines.next_clock_at() == WARNED
        clock.at = DUE + timedelta(hours=1)
        assert await running.watch.fire() == 2
        assert kinds(await told(running, sound)) == ALL


async def test_reminders_of_the_night_wait_for_the_opening_unless_the_severity_says_so(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(datetime(2026, 3, 10, 1, 0, tzinfo=UTC))  # noon in Sydney
    async with house(store_url, tmp_path, clock, "prosper-ex") as running:
        words = "nobody in our company can log in, a person please"
        urgent = await opens_a_ticket(running, vera("one", "prosper-ex"), words)
        calm = await opens_a_ticket(running, vera("two", "prosper-ex"), words)
        await running.desk.change_severity(aidan("prosper-ex"), calm, "client-100", "T2", "one team only")
        clock.at += timedelta(hours=18)
        await running.watch.fire()
        at_night = datetime(2026, 3, 10, 19, 0, tzinfo=UTC)  # six in the morning
        at_opening = datetime(2026, 3, 10, 22, 0, tzinfo=UTC)
        facts = [*await told(running, urgent), *await told(running, calm)]
        assert [fact.at for fact in facts if fact.kind is Kind.WARNED] == [at_night, at_night]
        reminders = {
            letter["conversation"]: letter["send_at"]
            for letter in await letters(running)
            if letter["fact"] == "warned"
        }
        assert reminders == {urgent: at_night, calm: at_opening}


async def test_a_step_for_a_contact_without_an_address_tells_the_lead_whom_to_call(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(datetime(2026, 3, 10, 1, 0, tzinfo=UTC))
    async with house(store_url, tmp_path, clock, "prosper-ex") as running:
        conversation = await opens_a_ticket(
            running, vera(workspace="prosper-ex"), "nobody in our company can log in, a person please"
        )
        clock.at += timedelta(days=14)
        await running.watch.fire()
        assert ("escalated", "resolution", "100%:coo") in kinds(await told(running, conversation))
        last = next(letter for letter in await letters(running) if letter.get("instead_of"))
        assert (last["tell"], last["instead_of"]) == ("queue_lead", "coo")
