"""The contract of the turn writer, on both databases."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest
from sqlalchemy import event as sqlalchemy_event

from slabot.domain.timeline import Head, Kind, broken_links
from slabot.services.turn import (
    AtCapacity,
    Committed,
    HeadMoved,
    Holding,
    NumberTaken,
    Outgoing,
    Repeated,
    ReusedClientId,
    StoreUnavailable,
    Turn,
    TurnWriter,
    Unstorable,
)
from slabot.store.engine import Store, open_store
from tests.store.scenes import NOON, WORKSPACE, clock, inbox, receipt, ticket, turn, words_of


async def outcomes(store: Store, *turns: Turn) -> list[Committed | BaseException]:
    """What becomes of turns that stand in line together."""
    writer: TurnWriter = store.writer
    return await asyncio.gather(*(writer.commit(one) for one in turns), return_exceptions=True)


def mail(id: str) -> Outgoing:
    return Outgoing(id, WORKSPACE, "mail", {"to": "vera@example.org"}, NOON)


async def test_what_was_committed_is_read_back_whole(store: Store) -> None:
    first = turn(receipt=receipt("m1", seq=2), ticket=ticket("HES-1"), opens_ticket=True, clocks=(clock(),))
    committed = await store.writer.commit(first)

    assert [event.position for event in committed.events] == [1, 2, 3]
    assert await store.timelines.events("c_1") == committed.events
    assert broken_links(committed.events) == []
    assert await store.timelines.inbox_row("c_1") == first.inbox
    assert await store.timelines.ticket(WORKSPACE, "HES-1") == first.ticket
    assert await store.timelines.due_clocks(NOON.replace(hour=16), 10) == first.clocks
    assert await store.timelines.receipt(WORKSPACE, "visitor:v_vera", "m1") == first.receipt


async def test_a_turn_decided_against_an_older_head_is_handed_back_and_writes_nothing(store: Store) -> None:
    first = await store.writer.commit(turn())
    head = first.events[-1].head
    second = await store.writer.commit(turn(head=head, words="it is the maths course"))
    with pytest.raises(HeadMoved):
        await store.writer.commit(
            turn(
                head=head, words="too late", receipt=receipt("m9"), outbox=(mail("late"),), clocks=(clock(),)
            )
        )

    assert await store.timelines.events("c_1") == first.events + second.events
    assert await store.timelines.receipt(WORKSPACE, "visitor:v_vera", "m9") is None
    assert await store.timelines.next_clock_at() is None
    assert await store.outbox.next_try_at("mail") is None
    assert await store.timelines.position(WORKSPACE) == 5


async def test_a_conversation_starts_once(store: Store) -> None:
    await store.writer.commit(turn())
    with pytest.raises(HeadMoved):
        await store.writer.commit(turn(words="a second beginning"))


async def test_a_head_of_the_right_number_but_another_digest_is_not_the_head(store: Store) -> None:
    committed = await store.writer.commit(turn())
    forged = Head(committed.events[-1].seq, b"another past")
    with pytest.raises(HeadMoved):
        await store.writer.commit(turn(head=forged))


async def test_of_two_turns_in_line_against_one_head_the_first_wins(store: Store) -> None:
    head = (await store.writer.commit(turn())).events[-1].head
    first, second = await outcomes(store, turn(head=head, words="first"), turn(head=head, words="second"))

    assert isinstance(first, Committed)
    assert isinstance(second, HeadMoved)
    assert words_of(await store.timelines.events("c_1")) == ["nobody can log in", "first"]


async def test_two_turns_of_one_conversation_in_line_keep_their_order(store: Store) -> None:
    first = turn(words="one")
    second = turn(head=first.events[-1].head, words="two", inbox=inbox("c_1", last_words="to the second"))
    assert all(isinstance(outcome, Committed) for outcome in await outcomes(store, first, second))

    events = await store.timelines.events("c_1")
    assert words_of(events) == ["one", "two"]
    assert [event.position for event in events] == [1, 2, 3, 4, 5]
    assert broken_links(events) == []
    row = await store.timelines.inbox_row("c_1")
    assert row is not None
    assert row.last_words == "to the second"


async def test_a_repeated_command_gets_its_first_answer_and_happens_once(store: Store) -> None:
    first = await store.writer.commit(turn(receipt=receipt("m1", seq=2)))
    again = turn(head=first.events[-1].head, receipt=receipt("m1", seq=5))
    with pytest.raises(Repeated) as repeated:
        await store.writer.commit(again)

    assert repeated.value.answer == {"seq": 2}
    assert len(await store.timelines.events("c_1")) == 3


async def test_a_repetition_in_line_beside_the_first_happens_once(store: Store) -> None:
    one, two = turn("c_1", receipt=receipt("m1", seq=2)), turn("c_2", receipt=receipt("m1", seq=2))
    first, second = await outcomes(store, one, two)

    assert isinstance(first, Committed)
    assert isinstance(second, Repeated)
    assert second.answer == {"seq": 2}
    assert await store.timelines.events("c_2") == ()


async def test_a_client_id_with_another_body_is_an_error(store: Store) -> None:
    first = await store.writer.commit(turn(receipt=receipt("m1")))
    with pytest.raises(ReusedClientId):
        await store.writer.commit(turn(head=first.events[-1].head, receipt=receipt("m1", "something else")))


async def test_client_ids_belong_to_their_author(store: Store) -> None:
    await store.writer.commit(turn(receipt=receipt("m1")))
    aidans = receipt("m1", "another body")._replace(author="agent:a_aidan")
    await store.writer.commit(turn("c_2", receipt=aidans))

    assert await store.timelines.receipt(WORKSPACE, "agent:a_aidan", "m1") == aidans


async def test_a_ticket_number_is_given_once(store: Store) -> None:
    numbers = await asyncio.gather(*(store.writer.next_ticket_number(WORKSPACE) for _ in range(20)))
    assert sorted(numbers) == list(range(1, 21))
    assert await store.writer.next_ticket_number("velsoft") == 1

    await store.writer.commit(turn(ticket=ticket("HES-1"), opens_ticket=True))
    with pytest.raises(NumberTaken):
        await store.writer.commit(turn("c_2", ticket=ticket("HES-1", "c_2"), opens_ticket=True))
    assert await store.timelines.events("c_2") == ()


async def test_numbers_go_on_after_a_restart(store: Store, store_url: str) -> None:
    number = await store.writer.next_ticket_number(WORKSPACE)
    await store.writer.commit(turn(ticket=ticket(f"HES-{number}"), opens_ticket=True))
    async with await open_store(store_url) as restarted:
        assert await restarted.writer.next_ticket_number(WORKSPACE) == number + 1


async def test_a_process_whose_number_was_taken_goes_on_after_the_newest(
    store: Store, store_url: str
) -> None:
    async with await open_store(store_url) as other:
        mine, theirs = [await one.writer.next_ticket_number(WORKSPACE) for one in (store, other)]
        assert mine == theirs
        for n in range(5):
            number = mine if n == 0 else await store.writer.next_ticket_number(WORKSPACE)
            await store.writer.commit(turn(f"c_{n}", ticket=ticket(f"HES-{number}"), opens_ticket=True))
        with pytest.raises(NumberTaken):
            await other.writer.commit(turn("c_x", ticket=ticket(f"HES-{theirs}", "c_x"), opens_ticket=True))
        assert await other.writer.next_ticket_number(WORKSPACE) == 6


async def test_a_changed_ticket_keeps_its_number_and_its_beginning(store: Store) -> None:
    first = await store.writer.commit(turn(ticket=ticket("HES-1"), opens_ticket=True))
    resolved = ticket("HES-1", state="resolved", resolved_at=NOON.replace(hour=15), rating=5)
    await store.writer.commit(turn(head=first.events[-1].head, ticket=resolved))

    assert await store.timelines.ticket(WORKSPACE, "HES-1") == resolved
    assert await store.timelines.tickets_of(WORKSPACE, "v_vera") == (resolved,)


async def test_the_clocks_of_a_conversation_are_replaced_whole_or_left(store: Store) -> None:
    first = turn(clocks=(clock(), clock(metric="resolution", next_at=None)))
    await store.writer.commit(first)
    second = turn(head=first.events[-1].head)
    await store.writer.commit(second)
    assert await store.timelines.next_clock_at() == NOON.replace(hour=16)

    await store.writer.commit(turn(head=second.events[-1].head, clocks=(clock(met_at=NOON, next_at=None),)))
    assert await store.timelines.next_clock_at() is None


async def test_a_clock_that_moved_is_written_alone_and_its_neighbours_stay(store: Store) -> None:
    resolution = clock(metric="resolution", next_at=NOON.replace(hour=20))
    first = turn(clocks=(clock(), resolution))
    await store.writer.commit(first)
    warned = clock(next_at=NOON.replace(hour=18))
    await store.writer.commit(turn(head=first.events[-1].head, moved=(warned,)))
    assert set(await store.timelines.clocks_of("c_1")) == {warned, resolution}


async def test_a_clock_that_moved_behind_its_whole_ticket_in_one_batch_stands_as_it_moved(
    store: Store,
) -> None:
    first = turn(clocks=(clock(), clock(metric="resolution", next_at=None)))
    moved = clock(next_at=NOON.replace(hour=18))
    second = turn(head=first.events[-1].head, moved=(moved,))
    assert [type(each) for each in await outcomes(store, first, second)] == [Committed, Committed]
    assert await store.timelines.next_clock_at() == NOON.replace(hour=18)


async def test_nobody_holds_more_than_their_capacity(store: Store) -> None:
    claims = [turn(f"c_{n}", holdings=(Holding("a_aidan", 1, 2),)) for n in range(5)]
    results = await outcomes(store, *claims)

    assert [type(result) for result in results] == [Committed, Committed, AtCapacity, AtCapacity, AtCapacity]
    assert await store.timelines.events("c_2") == ()
    released = turn("c_0", claims[0].events[-1].head, holdings=(Holding("a_aidan", -1, 2),))
    await store.writer.commit(released)
    await store.writer.commit(turn("c_9", holdings=(Holding("a_aidan", 1, 2),)))
    with pytest.raises(AtCapacity) as refused:
        await store.writer.commit(turn("c_10", holdings=(Holding("a_aidan", 1, 2),)))
    assert refused.value.agent == "a_aidan"


async def test_a_transfer_moves_a_conversation_between_two_capacities(store: Store) -> None:
    first = await store.writer.commit(turn(holdings=(Holding("a_aidan", 1, 1),)))
    moved = (Holding("a_aidan", -1, 1), Holding("a_edith", 1, 1))
    await store.writer.commit(turn(head=first.events[-1].head, holdings=moved))
    await store.writer.commit(turn("c_2", holdings=(Holding("a_aidan", 1, 1),)))
    with pytest.raises(AtCapacity):
        await store.writer.commit(turn("c_3", holdings=(Holding("a_edith", 1, 1),)))


@pytest.mark.parametrize("spoilt", ["outbox", "place", "surrogate", "nul", "number", "missing"])
async def test_a_bad_turn_never_fails_its_neighbours(store: Store, spoilt: str) -> None:
    await store.writer.commit(turn("c_0", outbox=(mail("kept"),)))
    bad = {
        "outbox": turn("c_bad", outbox=(mail("kept"),)),
        "place": turn("c_bad", clocks=(clock("c_bad"), clock("c_bad"))),
        "surrogate": turn("c_bad", inbox=inbox("c_bad", first_words="\ud800")),
        "nul": turn("c_bad", inbox=inbox("c_bad", last_words="a\0b")),
        "number": turn("c_bad", inbox=inbox("c_bad", rank=2**70)),
        "missing": turn("c_bad", clocks=(clock("c_bad")._replace(metric=cast(str, None)),)),
    }[spoilt]
    results = await outcomes(store, turn("c_1"), bad, turn("c_2"), turn("c_3", outbox=(mail("other"),)))

    assert [type(result) for result in results] == [Committed, Unstorable, Committed, Committed]
    assert await store.timelines.events("c_bad") == ()
    assert await store.timelines.inbox_row("c_bad") is None
    positions = [event.position for event in await store.timelines.since(WORKSPACE, 0, 100)]
    assert positions == list(range(1, 13))


async def test_a_nul_or_any_other_character_in_a_text_is_kept(store: Store) -> None:
    words = "a\0b \U0001f600 \x1b “quotes” \\u0000 \u2028"
    committed = await store.writer.commit(turn(words=words))
    events = await store.timelines.events("c_1")

    assert words_of(events) == [words]
    assert broken_links(events) == []
    assert events == committed.events


async def test_a_conversation_cannot_be_continued_from_another_workspace(store: Store) -> None:
    first = await store.writer.commit(turn())
    with pytest.raises(Unstorable):
        await store.writer.commit(turn(head=first.events[-1].head, workspace="velsoft"))


async def test_positions_are_counted_for_each_workspace(store: Store) -> None:
    await outcomes(store, turn("c_1"), turn("c_2", workspace="velsoft"), turn("c_3"))

    assert await store.timelines.position(WORKSPACE) == 6
    assert await store.timelines.position("velsoft") == 3
    assert await store.timelines.position("element-human") == 0
    assert [event.conversation for event in await store.timelines.since(WORKSPACE, 2, 2)] == ["c_1", "c_3"]
    started = await store.timelines.of_kind(WORKSPACE, Kind.CONVERSATION_STARTED, 3)
    assert [event.conversation for event in started] == ["c_3"]


async def test_a_hundred_concurrent_writers_lose_nothing(store: Store) -> None:
    async def talk(conversation: str) -> Head:
        head = Head()
        for n in range(6):
            committed = await store.writer.commit(turn(conversation, head, f"{conversation} says {n}"))
            head = committed.events[-1].head
        return head

    heads = await asyncio.gather(*(talk(f"c_{n}") for n in range(100)))

    events = await store.timelines.since(WORKSPACE, 0, 10_000)
    assert [event.position for event in events] == list(range(1, 1 + 100 * 13))
    for n, head in enumerate(heads):
        told = await store.timelines.events(f"c_{n}")
        assert broken_links(told) == []
        assert told[-1].head == head
        assert words_of(told) == [f"c_{n} says {number}" for number in range(6)]


async def test_turns_that_wait_share_a_commit(store: Store) -> None:
    commits = 0

    def count(_: object) -> None:
        nonlocal commits
        commits += 1

    sqlalchemy_event.listen(store.writer.engine, "commit", count)
    await outcomes(store, *(turn(f"c_{n}") for n in range(200)))
    assert commits < 20


async def test_closing_commits_everyone_who_waits_and_then_refuses(store: Store, store_url: str) -> None:
    waiting = [asyncio.ensure_future(store.writer.commit(turn(f"c_{n}"))) for n in range(50)]
    await asyncio.sleep(0)  # Each task has taken its place in line; none has been answered.
    await store.close()

    assert all(isinstance(one, Committed) for one in await asyncio.gather(*waiting))
    with pytest.raises(StoreUnavailable):
        await store.writer.commit(turn("c_late"))
    async with await open_store(store_url) as reopened:
        assert await reopened.timelines.position(WORKSPACE) == 150


async def test_a_caller_who_went_away_stops_nobody(store: Store) -> None:
    gone = asyncio.ensure_future(store.writer.commit(turn("c_gone")))
    await asyncio.sleep(0)  # In line.
    gone.cancel()
    await store.writer.commit(turn("c_2"))

    with pytest.raises(asyncio.CancelledError):
        await gone
    kinds = [event.kind for event in await store.timelines.events("c_gone")]
    assert kinds == [Kind.CONVERSATION_STARTED, Kind.VISITOR_WROTE, Kind.BOT_WROTE]
