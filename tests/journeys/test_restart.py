"""A server that stops and starts again: everything acknowledged is there, and the widget carries on where it was."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog

from slabot.domain.timeline import Kind
from slabot.services.bulletin import News
from slabot.web.farewells import Farewells
from tests.cast import PATIENCE, Fact, own
from tests.house import Server, Start


async def restarted(server: Server, start: Start, store_url: str, grace_at_start: float = 90.0) -> Server:
    """Another server object over the same database, at the same instant."""
    at = server.clock.now()
    await server.stack.aclose()
    again = await start(store_url, grace_at_start=grace_at_start)
    again.clock.move_to(at)
    return again


async def test_a_restart_gives_exactly_what_happened_after_a_seq(start: Start, store_url: str) -> None:
    server = await start(store_url)
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    before = await vera.does("resume", after_seq=0)
    await vera.leaves()
    await aidan.replies(talk, "I am looking into it")
    await aidan.replies(talk, "It works again")
    again = await restarted(server, start, store_url)
    back = await again.vera(token=vera.token)
    assert back.token == vera.token
    assert back.conversation == talk
    missed = await back.does("resume", after_seq=before["head"], conversation=talk)
    assert [event["text"] for event in missed["events"] if event["kind"] == "agent_wrote"] == [
        "I am looking into it",
        "It works again",
    ]
    whole = await back.does("resume", after_seq=0)
    assert whole["events"] == before["events"] + missed["events"]
    nothing = await back.does("resume", after_seq=whole["head"])
    assert (nothing["events"], nothing["head"]) == ([], whole["head"])


async def test_after_a_restart_a_repetition_still_shows_once(start: Start, store_url: str) -> None:
    server = await start(store_url)
    vera = await server.vera()
    first = await vera.says("nobody in my course can log in", client_id="before-the-restart")
    again = await restarted(server, start, store_url)
    back = await again.vera(token=vera.token)
    repeated = await back.says("nobody in my course can log in", client_id="before-the-restart", new=True)
    assert repeated["conversation"] == first["conversation"]
    assert own(repeated) == own(first)
    tickets = (await back.does("hello"))["tickets"]
    assert len(tickets) == 1


async def test_a_restart_loses_no_claim_no_clock_and_no_session(start: Start, store_url: str) -> None:
    server = await start(store_url)
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    await aidan.takes_over(talk)
    case = await aidan.does("open", conversation=talk)
    session = await server.session()
    again = await restarted(server, start, store_url)
    again.logins["aidan"] = session
    at_desk = await again.desk()
    assert await at_desk.does("open", conversation=talk) == case
    back = await again.vera(token=vera.token)
    said = await back.says("are you there?")
    assert "bot_wrote" not in [event["kind"] for event in said["events"]]


async def test_a_deadline_missed_while_the_server_was_down_is_breached_at_its_own_instant(
    start: Start, store_url: str
) -> None:
    server = await start(store_url)
    vera = await server.vera()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    again = await restarted(server, start, store_url)
    await again.moves_to(server.clock.now() + timedelta(hours=9))
    aidan = await again.desk()
    timeline: list[Fact] = (await aidan.does("open", conversation=talk))["timeline"]
    [breach] = [event for event in timeline if event["kind"] == "breached"]
    assert breach["at"] == "2026-03-09T18:00:00.000Z"


async def test_who_is_not_back_after_a_restart_has_left_so_that_replies_reach_them_by_mail(
    start: Start, store_url: str
) -> None:
    server = await start(store_url, grace=90.0)
    vera = await server.vera()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    # The server ends before it could tell who went for good.
    with structlog.testing.capture_logs() as logs:
        again = await restarted(server, start, store_url, grace_at_start=0.0)
    assert not [entry for entry in logs if entry["log_level"] in ("warning", "error")]
    aidan = await again.desk()
    if (await aidan.does("open", conversation=talk))["visitor"]["present"]:
        await aidan.heard.until(lambda facts: any(_left(fact) for fact in facts))
    assert not (await aidan.does("open", conversation=talk))["visitor"]["present"]


async def test_who_is_back_some_time_after_a_restart_has_not_left(start: Start, store_url: str) -> None:
    server = await start(store_url, grace=90.0)
    vera, paul = await server.vera(), await server.vera()
    gone = (await vera.says("nobody in my course can log in"))["conversation"]
    stays = (await paul.says("the gradebook of my course is empty"))["conversation"]
    house, left = server.running.house, asyncio.Event()
    house.bulletin.join(lambda news: left.set() if _has_left(news, gone) else None)
    row = await house.timelines.inbox_row(stays)
    assert row is not None
    farewells = Farewells(house.reception, house.timelines, {row.visitor}.__contains__, 0.0, 0.0)
    await farewells.expect_everybody(["human-esources"])
    await asyncio.wait_for(left.wait(), PATIENCE)
    aidan = await server.desk()
    assert (await aidan.does("open", conversation=stays))["visitor"]["present"]
    assert not (await aidan.does("open", conversation=gone))["visitor"]["present"]


def _has_left(news: News, conversation: str) -> bool:
    return news.conversation.id == conversation and any(
        event.kind is Kind.VISITOR_LEFT for event in news.events
    )


def _left(fact: Fact) -> bool:
    return any(event["kind"] == "visitor_left" for event in fact.get("events", ()))
