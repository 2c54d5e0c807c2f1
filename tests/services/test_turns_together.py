"""Turns that the house takes in many conversations at once: one transaction, and each failure its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from slabot.domain.conversation import Conversation
from slabot.domain.support import Support
from slabot.domain.timeline import WATCH, Happening, Kind, broken_links
from slabot.services.turn import Unstorable
from slabot.services.turns import Decision, NotFound, Taken
from tests.services.watched import MONDAY, JumpingClock, aidan, house, opens_a_ticket, vera


def tags(before: Conversation, support: Support) -> Decision:
    return Decision((Happening(Kind.TAGGED, WATCH, MONDAY, {"added": ["seen"]}),))


async def test_each_conversation_of_a_batch_succeeds_or_fails_by_itself(
    store_url: str, tmp_path: Path
) -> None:
    async with house(store_url, tmp_path, JumpingClock(MONDAY)) as running:
        first, broken, unstorable, last = [await opens_a_ticket(running, vera(f"vera-{n}")) for n in range(4)]

        def decide(before: Conversation, support: Support) -> Decision:
            if before.id == broken:
                raise ZeroDivisionError("this one alone")
            if before.id == unstorable:
                return Decision((Happening(Kind.TAGGED, WATCH, MONDAY, {"added": [], "size": 2**70}),))
            return tags(before, support)

        outcomes = await running.turns.take_all([last, "c_none", broken, unstorable, first], decide)
        kinds = [type(outcome) for outcome in outcomes]
        assert kinds == [Taken, NotFound, ZeroDivisionError, Unstorable, Taken]
        for conversation, count in ((first, 1), (last, 1), (broken, 0), (unstorable, 0)):
            events = await running.store.timelines.events(conversation)
            assert sum(event.kind is Kind.TAGGED for event in events) == count
            assert broken_links(events) == []


async def test_who_lost_their_head_to_another_process_decides_again(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as one, house(store_url, tmp_path, clock) as two:
        ours, theirs = [await opens_a_ticket(one, vera(f"vera-{n}")) for n in range(2)]
        await two.desk.reply(aidan(), theirs, "client-100", "I am on it.", seen=99)
        outcomes = await one.turns.take_all([ours, theirs], tags)
        for outcome in outcomes:
            assert isinstance(outcome, Taken)
            assert outcome.conversation.tags == ("seen",)
        assert isinstance(outcomes[1], Taken)
        assert outcomes[1].conversation.spoke_with == "aidan"
        assert broken_links(await two.store.timelines.events(theirs)) == []


@pytest.mark.parametrize("is_cold", [False, True])
async def test_a_batch_reads_what_is_not_in_memory(store_url: str, tmp_path: Path, is_cold: bool) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as one, house(store_url, tmp_path, clock) as two:
        conversations = [await opens_a_ticket(one, vera(f"vera-{n}")) for n in range(3)]
        process = two if is_cold else one
        outcomes = await process.turns.take_all(conversations, tags)
        stored = [await two.store.timelines.inbox_row(conversation) for conversation in conversations]
        assert [row.tags for row in stored if row is not None] == [("seen",)] * 3
        assert [
            outcome.conversation.id for outcome in outcomes if isinstance(outcome, Taken)
        ] == conversations
