"""Two conversations of one visitor become one: both timelines say so, nothing promised is lost, and nobody is shown
what another visitor wrote."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from slabot.services.audit import Report, audit
from tests.cast import Agent, Fact, Visitor
from tests.house import Server, Start

NOBODY_LOGS_IN = "nobody in my course can log in"
ONE_THING = "could I talk to a person please"


async def talk(visitor: Visitor, words: str = NOBODY_LOGS_IN) -> str:
    return str((await visitor.says(words, new=True))["conversation"])


async def two_talks(server: Server) -> tuple[Visitor, str, str]:
    """Vera with an older ticket and a graver one that she opened an hour later, forgetting the first."""
    vera = await server.vera()
    older = await talk(vera, ONE_THING)
    return vera, older, await talk(vera)


async def merged(agent: Agent, ends: str, goes_on: str) -> Fact:
    return await agent.acts("merge", ends, into=goes_on)


async def opened(agent: Agent, conversation: str) -> Fact:
    return await agent.does("open", conversation=conversation)


async def kinds(agent: Agent, conversation: str) -> list[str]:
    return [event["kind"] for event in (await opened(agent, conversation))["timeline"]]


async def audited(server: Server, number: str) -> Report:
    house = server.running.house
    return await audit(number, house.timelines, house.supports)


async def test_a_merge_is_a_fact_in_both_timelines_and_the_agent_reads_both(server: Server) -> None:
    _vera, older, newer = await two_talks(server)
    aidan = await server.desk()
    assert (await merged(aidan, newer, older))["ok"]
    there, here = await opened(aidan, newer), await opened(aidan, older)
    into = next(event for event in there["timeline"] if event["kind"] == "merged_into")
    came = next(event for event in here["timeline"] if event["kind"] == "merged_from")
    assert into["data"] == {"conversation": older, "ticket": here["ticket"]["number"]}
    assert (came["data"]["conversation"], came["data"]["ticket"]) == (newer, there["ticket"]["number"])
    assert there["row"]["status"] == "resolved"
    assert NOBODY_LOGS_IN in [event.get("text") for event in here["merged"][newer]]
    assert NOBODY_LOGS_IN not in [event.get("text") for event in here["timeline"]]
    for number in (there["ticket"]["number"], here["ticket"]["number"]):
        assert (await audited(server, number)).findings == ()


async def test_the_stricter_severity_and_the_earlier_promise_count_for_the_one_that_goes_on(
    start: Start, store_url: str
) -> None:
    server = await start(store_url)
    vera = await server.vera()
    grave = await talk(vera)
    server.clock.move_to(server.clock.now() + timedelta(hours=1))
    mild = await talk(vera, ONE_THING)
    aidan = await server.desk()
    before = (await opened(aidan, grave))["ticket"]
    assert (await opened(aidan, mild))["ticket"]["level"] == "normal"
    assert (await merged(aidan, grave, mild))["ok"]
    after = (await opened(aidan, mild))["ticket"]
    due = {clock["metric"]: clock["due"] for clock in after["clocks"]}
    assert after["level"] == before["level"] == "high"
    assert due["first_response"] == before["clocks"][0]["due"]
    explained = [line["detail"] for line in after["clocks"][0]["explanation"]]
    assert any(f"on {before['number']}, which was merged into this one" in line for line in explained)
    row = await server.running.house.timelines.inbox_row(mild)
    assert row is not None
    assert row.owes_reply


async def test_a_promise_that_was_missed_is_counted_once_and_on_the_ticket_that_missed_it(
    start: Start, store_url: str
) -> None:
    server = await start(store_url)
    vera = await server.vera()
    late = await talk(vera)
    await server.moves_to(server.clock.now() + timedelta(hours=5))
    fresh = await talk(vera, ONE_THING)
    aidan = await server.desk()
    assert (await kinds(aidan, late)).count("breached") == 1
    assert (await merged(aidan, late, fresh))["ok"]
    await server.moves_to(server.clock.now() + timedelta(minutes=5))
    assert (await opened(aidan, fresh))["row"]["state"] == "breached"
    assert "breached" not in await kinds(aidan, fresh)
    assert (await kinds(aidan, late)).count("breached") == 1
    for id in (late, fresh):
        assert (await audited(server, (await opened(aidan, id))["ticket"]["number"])).findings == ()


async def test_what_the_visitor_writes_in_the_one_that_ended_is_said_in_the_one_that_goes_on(
    server: Server,
) -> None:
    vera, older, newer = await two_talks(server)
    aidan = await server.desk()
    assert (await merged(aidan, newer, older))["ok"]
    said = await vera.says("it is Biology 101", conversation=newer)
    assert said["conversation"] == older
    assert "it is Biology 101" in [event.get("text") for event in (await opened(aidan, older))["timeline"]]
    assert await vera.does("enter", conversation=newer)  # She may read it still.


async def test_the_visitor_is_told_in_both_and_comes_back_to_the_one_that_goes_on(server: Server) -> None:
    vera, older, newer = await two_talks(server)
    aidan = await server.desk()
    number = (await opened(aidan, older))["ticket"]["number"]
    assert (await merged(aidan, newer, older))["ok"]
    there = (await vera.does("enter", conversation=newer))["conversation"]["messages"]
    here = (await vera.does("enter", conversation=older))["conversation"]["messages"]
    assert number in there[-1]["text"]
    assert "reply" in here[-1]["text"].lower()
    assert next(event["data"] for event in here if event["kind"] == "merged_from")["conversation"] == newer
    await vera.leaves()
    again = await server.vera(token=vera.token)
    assert again.conversation == older


async def test_two_visitors_are_never_shown_each_others_words(server: Server) -> None:
    vera, victor, aidan = await server.vera(), await server.vera(), await server.desk()
    hers, his = await talk(vera), await talk(victor)
    refused = await merged(aidan, hers, his)
    assert (refused["ok"], refused["error"]["fields"]["hindrance"]) == (False, "visitor")
    assert (await aidan.does("foresee_merge", conversation=hers, into=his))["hindrance"] == "visitor"
    assert "merged_from" not in await kinds(aidan, his)


async def test_a_stranger_to_the_workspace_learns_nothing_of_what_could_be_merged(server: Server) -> None:
    _vera, older, newer = await two_talks(server)
    other = await server.desk("mona", ("velsoft",))
    for command, more in (("merge_into", {}), ("foresee_merge", {"into": older})):
        answer = await other.asks(command, conversation=newer, **more)
        assert answer["error"]["code"] == "not_found"
    assert (await merged(other, newer, older))["error"]["code"] == "not_found"


@pytest.mark.parametrize("opposite", [False, True])
async def test_of_two_agents_who_merge_at_once_one_wins(server: Server, opposite: bool) -> None:
    _vera, older, newer = await two_talks(server)
    aidan, lena = await server.desk("aidan"), await server.desk("lena")
    pair = (older, newer) if opposite else (newer, older)
    answers = await asyncio.gather(merged(aidan, newer, older), merged(lena, *pair))
    assert sorted(answer["ok"] for answer in answers) == [False, True]
    lost = next(answer for answer in answers if not answer["ok"])
    assert lost["error"]["fields"]["hindrance"] in ("merged", "merged_there")
    told = [*await kinds(aidan, older), *await kinds(aidan, newer)]
    assert (told.count("merged_into"), told.count("merged_from")) == (1, 1)


async def test_two_processes_that_merge_at_once_write_one_merge(start: Start, store_url: str) -> None:
    one = await start(store_url)
    two = await start(store_url)
    for _ in range(5):
        _vera, older, newer = await two_talks(one)
        aidan, lena = await one.desk("aidan"), await two.desk("lena")
        answers = await asyncio.gather(merged(aidan, newer, older), merged(lena, older, newer))
        assert sorted(answer["ok"] for answer in answers) == [False, True]
        events = await one.running.house.timelines.events_of((older, newer))
        told = [event.kind.value for timeline in events.values() for event in timeline]
        assert (told.count("merged_into"), told.count("merged_from")) == (1, 1)


async def test_a_merge_repeated_under_its_client_id_gets_the_first_answer(server: Server) -> None:
    _vera, older, newer = await two_talks(server)
    aidan = await server.desk()
    asked = {"conversation": newer, "client_id": aidan.client_id(), "into": older}
    first = await aidan.does("merge", **asked)
    assert await aidan.does("merge", **asked) == first
    assert (await kinds(aidan, older)).count("merged_from") == 1


async def test_one_agent_holds_it_afterwards(server: Server) -> None:
    _vera, older, newer = await two_talks(server)
    aidan, lena = await server.desk("aidan"), await server.desk("lena")
    await aidan.takes_over(newer)
    assert (await merged(lena, newer, older))["error"]["code"] == "held"
    assert (await merged(aidan, newer, older))["ok"]
    rows = [(await opened(aidan, id))["row"] for id in (newer, older)]
    assert [row["holder"] for row in rows] == [None, "aidan"]


async def test_the_holder_of_the_one_that_goes_on_keeps_it(server: Server) -> None:
    _vera, older, newer = await two_talks(server)
    aidan, lena = await server.desk("aidan"), await server.desk("lena")
    await lena.takes_over(older)
    await aidan.takes_over(newer)
    assert (await merged(aidan, newer, older))["ok"]
    assert (await opened(aidan, older))["row"]["holder"] == "lena"


async def test_nothing_is_done_any_more_to_one_that_was_merged(server: Server) -> None:
    _vera, older, newer = await two_talks(server)
    aidan = await server.desk()
    assert (await merged(aidan, newer, older))["ok"]
    acts: list[tuple[str, Fact]] = [
        ("claim", {}), ("note", {"text": "x"}), ("reply", {"text": "x", "seen_seq": 99}), ("tag", {"add": ["x"]}),
    ]  # fmt: skip
    for act, more in acts:
        refused = await aidan.acts(act, newer, **more)
        assert (refused["error"]["code"], refused["error"]["fields"]["conversation"]) == ("merged", older)


async def test_what_a_merge_would_do_is_said_before_and_nothing_is_written(server: Server) -> None:
    _vera, older, newer = await two_talks(server)
    aidan = await server.desk()
    assert (await aidan.acts("tag", newer, add=["lms"]))["ok"]
    was = await kinds(aidan, older), await kinds(aidan, newer)
    foreseen = await aidan.does("foresee_merge", conversation=newer, into=older)
    assert (foreseen["hindrance"], foreseen["level"], foreseen["tags"]) == (None, "High priority", ["lms"])
    assert foreseen["ends"]["conversation"] == newer
    assert foreseen["clocks"][0]["metric"] == "first_response"
    assert (await kinds(aidan, older), await kinds(aidan, newer)) == was
    assert (await merged(aidan, newer, older))["ok"]
    said = [event.get("text") for event in (await opened(aidan, older))["timeline"]]
    assert foreseen["told_here"][0] in said


async def test_the_visitors_others_are_offered_first_and_a_number_finds_any(server: Server) -> None:
    _vera, older, newer = await two_talks(server)
    aidan = await server.desk()
    offered = (await aidan.does("merge_into", conversation=newer))["found"]
    assert [one["row"]["conversation"] for one in offered] == [older]
    number = (await opened(aidan, older))["ticket"]["number"]
    found = (await aidan.does("merge_into", conversation=newer, words=number))["found"]
    assert [(one["row"]["conversation"], one["hindrance"]) for one in found] == [(older, None)]


async def test_the_number_of_a_merged_ticket_finds_the_one_that_goes_on(server: Server) -> None:
    vera, older, newer = await two_talks(server)
    aidan = await server.desk()
    number = (await opened(aidan, newer))["ticket"]["number"]
    assert (await merged(aidan, newer, older))["ok"]
    found = (await aidan.does("find", words=number))["found"]
    assert older in [one["row"]["conversation"] for one in found]
    said = await vera.says(f"what about {number}?", conversation=newer)
    answer = next(event["text"] for event in said["events"] if event["kind"] == "bot_wrote")
    assert (await opened(aidan, older))["ticket"]["number"] in answer


async def test_the_next_visitor_words_after_a_merge_wait_for_the_agent_again(server: Server) -> None:
    _vera, older, newer = await two_talks(server)
    aidan = await server.desk()
    await aidan.takes_over(older)
    await aidan.replies(older, "Which course is it?")
    assert (await aidan.acts("wait", older, reason="the course"))["ok"]
    assert (await merged(aidan, newer, older))["ok"]
    row: dict[str, Any] = (await opened(aidan, older))["row"]
    assert (row["owes_reply"], row["is_paused"]) == (True, False)
    await aidan.replies(older, "Thank you, both are being looked at.")
    assert not (await opened(aidan, older))["row"]["owes_reply"]


async def test_an_audit_finds_a_merge_that_only_one_side_tells(start: Start, store_url: str) -> None:
    server = await start(store_url)
    _, older, newer = await two_talks(server)
    aidan = await server.desk()
    numbers = [(await opened(aidan, id))["ticket"]["number"] for id in (older, newer)]
    assert (await merged(aidan, newer, older))["ok"]

    def unmerge(connection: Any) -> None:
        gone = text("DELETE FROM timeline WHERE conversation = :talk AND kind = 'merged_into'")
        connection.execute(gone, {"talk": newer})

    await server.running.store.writer.execute(unmerge)
    found = [finding.place for finding in (await audited(server, numbers[0])).findings]
    assert len(found) == 1
    assert found[0].startswith("merge ")
    assert "chain" in [finding.place for finding in (await audited(server, numbers[1])).findings]
