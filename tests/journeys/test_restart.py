"""A server that stops and starts again: everything acknowledged is there, and the widget carries on where it was."""

from __future__ import annotations

from datetime import timedelta

from tests.cast import Fact, own
from tests.house import Server, Start


async def restarted(server: Server, start: Start, store_url: str) -> Server:
    """Another server object over the same database, at the same instant."""
    at = server.clock.now()
    await server.stack.aclose()
    again = await start(store_url)
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
