"""Old state and events give the state fetched afresh: at the desk by position, in the widget by seq."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from tests.cast import Agent, Fact, Visitor
from tests.house import Server, Start

State = dict[str, Fact]


def by_conversation(rows: list[Fact]) -> State:
    return {row["conversation"]: row for row in rows}


async def a_busy_hour(server: Server, aidan: Agent) -> list[Visitor]:
    """A bit of everything that changes a row."""
    people = [await server.vera() for _ in range(4)]
    first, second, third, fourth = people
    await first.says("nobody in my course can log in")
    await second.says("how long does the LMS integration take?")
    await third.says("nobody can log in, please call me")
    await fourth.says("I want to talk to a person")
    talks = [one.conversation for one in people]
    assert all(talks)
    urgent, _, called, _ = (str(talk) for talk in talks)
    await aidan.takes_over(urgent)
    await aidan.replies(urgent, "on it")
    assert (await aidan.acts("note", urgent, text="again the same course"))["ok"]
    assert (await aidan.acts("wait", urgent, reason="screenshot"))["ok"]
    await first.says("here it is")
    assert (await aidan.acts("change_severity", called, level="normal", reason="one course"))["ok"]
    assert (await aidan.acts("transfer", called, queue="CustomerCare", note="yours"))["ok"]
    await aidan.replies(called, "hello")
    assert (await aidan.acts("resolve", called))["ok"]
    await third.does("rate", client_id=third.client_id(), score=4)
    await second.says("yes, that helped")
    await fourth.says("vera@example.org")
    return people


async def test_the_rows_a_desk_was_told_are_those_it_would_fetch_afresh(start: Start, store_url: str) -> None:
    server = await start(store_url)
    aidan = await server.desk()
    inbox = await aidan.does("inbox")
    state, position = by_conversation(inbox["rows"]), inbox["positions"]["human-esources"]
    await a_busy_hour(server, aidan)
    fresh = await aidan.does("inbox")
    newest = fresh["positions"]["human-esources"]
    facts = await aidan.heard.until(
        lambda facts: (
            max((fact["position"] for fact in facts if fact["fact"] == "changed"), default=0) >= newest
        )
    )
    for fact in [fact for fact in facts if fact["fact"] == "changed"]:
        assert fact["from"] == position + 1, "a gap, or out of order"
        position = fact["position"]
        state[fact["row"]["conversation"]] = fact["row"]
    assert position == newest
    assert state == by_conversation(fresh["rows"])


async def test_catching_up_from_any_position_ends_in_the_same_state(start: Start, store_url: str) -> None:
    server = await start(store_url)
    aidan = await server.desk()
    await a_busy_hour(server, aidan)
    fresh = await aidan.does("inbox")
    newest = fresh["positions"]["human-esources"]
    whole = await aidan.does("catch_up", positions={"human-esources": 0})
    assert [event["position"] for event in whole["events"]] == list(range(1, newest + 1))
    for position in range(newest + 1):
        caught = await aidan.does("catch_up", positions={"human-esources": position})
        assert caught["events"] == whole["events"][position:]
        assert caught["positions"] == {"human-esources": newest}
        assert not caught["more"]
        for row in caught["rows"]:
            assert row == by_conversation(fresh["rows"])[row["conversation"]]
    ahead = await aidan.does("catch_up", positions={"human-esources": newest + 1_000})
    assert (ahead["events"], ahead["positions"]) == ([], {"human-esources": newest})


async def test_the_heartbeat_carries_the_positions(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    before = (await aidan.does("presence", state="online"))["positions"]
    assert set(before) == set(server.running.house.supports.workspaces())
    head = (await vera.says("hello there"))["head"]
    after = (await aidan.does("presence", state="online"))["positions"]
    # At least: a visitor of the test before may leave the shared house meanwhile, which is a fact as well.
    assert after["human-esources"] - before["human-esources"] >= head
    assert (await vera.does("seen", seq=1))["head"] == head


async def test_a_widget_that_resumes_anywhere_has_what_it_would_fetch_afresh(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    await aidan.replies(talk, "on it")
    await vera.says("thank you")
    whole = await vera.does("resume", after_seq=0)
    for seq in range(whole["head"] + 1):
        tail = await vera.does("resume", after_seq=seq)
        assert tail["events"] == [event for event in whole["events"] if event["seq"] > seq]
        assert tail["head"] == whole["head"]
    assert (await vera.does("hello"))["conversation"]["messages"] == whole["events"]
    ahead = await vera.does("resume", after_seq=10_000)
    assert (ahead["events"], ahead["head"]) == ([], whole["head"])


async def test_what_a_widget_heard_and_was_answered_is_all_there_is(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    for number in range(5):
        talk = (await vera.says(f"nobody in my course can log in {number}"))["conversation"]
        await aidan.replies(talk, f"on it {number}")
    whole = await vera.does("resume", after_seq=0)
    await vera.heard.until(
        lambda facts: (
            max((fact["head"] for fact in facts if fact["fact"] == "happened"), default=0) >= whole["head"]
        )
    )
    assert vera.events == whole["events"]


async def test_news_of_a_turn_come_only_after_it_can_be_read(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says("hello there"))["conversation"]
    for number in range(10):
        await asyncio.gather(vera.says(f"message {number}"), aidan.acts("note", talk, text=f"note {number}"))
        told = [fact for fact in aidan.heard.facts if fact["fact"] == "changed"]
        stored = await server.running.house.timelines.events(talk)
        seqs = {event["seq"] for fact in told for event in fact["events"] if event["conversation"] == talk}
        assert seqs <= {event.seq for event in stored}


async def test_breaches_and_warnings_reach_the_desk_as_they_happen(start: Start, store_url: str) -> None:
    server = await start(store_url)
    vera, aidan = await server.vera(), await server.desk()
    await vera.says("nobody in my course can log in")
    await server.moves_to(server.clock.now() + timedelta(hours=5))
    await aidan.sees(lambda row: row["state"] == "breached")
    fresh = await aidan.does("inbox")
    told = [fact["row"] for fact in aidan.heard.facts if fact["fact"] == "changed"]
    assert told[-1] == fresh["rows"][0]
