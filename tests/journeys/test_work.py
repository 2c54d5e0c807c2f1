"""What helps an agent work: several acts in one turn, tags, what is put aside and comes back by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from slabot.services.audit import audit
from tests.cast import Agent, Fact, Visitor
from tests.house import Server, Start

INCIDENT = "nobody in my course can log in"


async def at_work(server: Server) -> tuple[Visitor, Agent, str]:
    """Vera with an urgent ticket that Aidan holds; the conversation."""
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says(INCIDENT))["conversation"]
    await aidan.takes_over(talk)
    return vera, aidan, talk


async def opened(aidan: Agent, talk: str) -> Fact:
    return await aidan.does("open", conversation=talk)


async def kinds(aidan: Agent, talk: str) -> list[str]:
    return [event["kind"] for event in (await opened(aidan, talk))["timeline"]]


async def row(aidan: Agent, talk: str) -> Fact:
    return dict((await opened(aidan, talk))["row"])


async def handles(aidan: Agent, talk: str, **what: Any) -> Fact:
    head = (await opened(aidan, talk))["head"]
    return await aidan.acts("handle", talk, **{"seen_seq": head, **what})


async def test_severity_tags_reply_and_resolution_happen_in_one_turn(server: Server) -> None:
    vera, aidan, talk = await at_work(server)
    before = (await opened(aidan, talk))["head"]
    answer = await handles(
        aidan,
        talk,
        text="The course was restarted.",
        level="normal",
        reason="one course only",
        tags=["LMS ", "restart"],
        then="resolve",
        code="solved",
    )
    assert answer["ok"], answer
    events = (await opened(aidan, talk))["timeline"]
    happened = [event["kind"] for event in events if event["seq"] > before]
    assert happened == ["severity_changed", "bot_wrote", "tagged", "agent_wrote", "resolved", "bot_wrote"]
    assert len({event["at"] for event in events if event["seq"] > before}) == 1
    assert (await row(aidan, talk))["tags"] == ["lms", "restart"]
    await vera.hears(lambda event: event.get("text") == "The course was restarted.")


async def test_an_act_that_cannot_be_done_leaves_all_the_others_undone(server: Server) -> None:
    _, aidan, talk = await at_work(server)
    before = (await opened(aidan, talk))["head"]
    answer = await handles(aidan, talk, text="Done.", tags=["lms"], level="no such level", reason="why")
    assert answer["error"]["code"] == "invalid"
    assert (await opened(aidan, talk))["head"] == before


async def test_words_that_the_visitor_wrote_meanwhile_hold_the_whole_turn(server: Server) -> None:
    vera, aidan, talk = await at_work(server)
    seen = (await opened(aidan, talk))["head"]
    await vera.says("my colleague in the other course sees it as well")
    held = await aidan.acts("handle", talk, text="Closing this.", seen_seq=seen, then="resolve")
    assert held["error"]["code"] == "newer_message"
    assert (await row(aidan, talk))["status"] == "held"
    sent = await aidan.acts("handle", talk, text="Closing this.", seen_seq=seen, then="resolve", anyway=True)
    assert sent["ok"]
    assert (await row(aidan, talk))["status"] == "resolved"


async def test_nothing_to_do_is_refused_in_words(server: Server) -> None:
    _, aidan, talk = await at_work(server)
    answer = await handles(aidan, talk)
    assert answer["error"]["code"] == "invalid"
    assert "what is to happen" in answer["error"]["message"]


async def test_an_article_beside_a_reply_can_be_opened_by_the_visitor_and_must_exist(server: Server) -> None:
    vera, aidan, talk = await at_work(server)
    head = (await opened(aidan, talk))["head"]
    refused = await aidan.acts("reply", talk, text="See this.", seen_seq=head, article="no-such-page")
    assert refused["error"]["code"] == "invalid"
    await aidan.acts("reply", talk, text="See this.", seen_seq=head, article="lms-integration-time")
    heard = await vera.hears(lambda event: event.get("text") == "See this.")
    assert heard["article"] == "lms-integration-time"


async def test_a_tag_is_one_word_for_everybody_and_goes_when_it_is_removed(server: Server) -> None:
    vera, aidan, talk = await at_work(server)
    await aidan.acts("tag", talk, add=["Single   Sign-On", "lms"])
    assert (await row(aidan, talk))["tags"] == ["lms", "single sign-on"]
    await aidan.acts("tag", talk, remove=["LMS"])
    assert (await row(aidan, talk))["tags"] == ["single sign-on"]
    await aidan.acts("tag", talk, remove=["never given"])
    assert (await kinds(aidan, talk)).count("tagged") == 2
    assert all(event["kind"] != "tagged" for event in vera.events)


async def test_what_was_put_aside_comes_back_by_itself_at_its_time(start: Start, store_url: str) -> None:
    server = await start(store_url)
    _, aidan, talk = await at_work(server)
    until = server.clock.now() + timedelta(minutes=20)
    assert (await aidan.acts("snooze", talk, until=until.isoformat()))["ok"]
    assert (await row(aidan, talk))["is_snoozed"]
    await server.moves_to(until - timedelta(seconds=1))
    assert (await row(aidan, talk))["is_snoozed"]
    await server.moves_to(until + timedelta(minutes=3))
    assert not (await row(aidan, talk))["is_snoozed"]
    woken = (await opened(aidan, talk))["timeline"][-1]
    assert (woken["kind"], woken["data"]["because"]) == ("woken", "time")
    assert woken["at"].startswith(f"{until:%Y-%m-%dT%H:%M}")
    await server.moves_to(until + timedelta(minutes=9))
    assert (await kinds(aidan, talk)).count("woken") == 1


async def test_what_was_put_aside_until_the_visitor_writes_comes_back_with_their_words(
    server: Server,
) -> None:
    vera, aidan, talk = await at_work(server)
    assert (await aidan.acts("snooze", talk))["ok"]
    assert (await row(aidan, talk))["is_snoozed"]
    await vera.says("any news?")
    assert not (await row(aidan, talk))["is_snoozed"]


async def test_a_warning_of_a_clock_brings_back_what_was_put_aside(start: Start, store_url: str) -> None:
    server = await start(store_url)
    _, aidan, talk = await at_work(server)
    await aidan.acts("snooze", talk, until=(server.clock.now() + timedelta(days=2)).isoformat())
    await server.moves_to(server.clock.now() + timedelta(hours=5))
    assert not (await row(aidan, talk))["is_snoozed"]


async def test_nobody_puts_aside_what_is_over_or_until_a_time_that_has_passed(server: Server) -> None:
    _, aidan, talk = await at_work(server)
    past = server.clock.now() - timedelta(minutes=1)
    assert (await aidan.acts("snooze", talk, until=past.isoformat()))["error"]["code"] == "invalid"
    await aidan.acts("resolve", talk)
    assert (await aidan.acts("snooze", talk))["error"]["code"] == "not_open"


async def test_a_wait_reminds_the_desk_at_its_follow_up_unless_the_visitor_wrote(
    start: Start, store_url: str
) -> None:
    server = await start(store_url)
    vera, aidan, talk = await at_work(server)
    at = server.clock.now() + timedelta(hours=1)
    await aidan.replies(talk, "Which course is it?")
    assert (await aidan.acts("wait", talk, reason="name of the course", follow_up=at.isoformat()))["ok"]
    assert (await row(aidan, talk))["follow_up_at"]
    await server.moves_to(at + timedelta(minutes=1))
    assert (await kinds(aidan, talk))[-1] == "follow_up_reached"
    await server.moves_to(at + timedelta(minutes=2))
    assert (await kinds(aidan, talk)).count("follow_up_reached") == 1
    await vera.says("Biology 101")
    assert (await row(aidan, talk))["follow_up_at"] is None
    later = server.clock.now() + timedelta(hours=1)
    await aidan.acts("wait", talk, reason="a screenshot", follow_up=later.isoformat())
    await vera.says("here it is")
    await server.moves_to(later + timedelta(minutes=1))
    assert (await kinds(aidan, talk)).count("follow_up_reached") == 1


async def test_an_audit_finds_every_reminder_as_the_timeline_says(start: Start, store_url: str) -> None:
    server = await start(store_url)
    _, aidan, talk = await at_work(server)
    until = server.clock.now() + timedelta(minutes=20)
    await aidan.acts("snooze", talk, until=until.isoformat())
    await aidan.acts("tag", talk, add=["lms"])
    await aidan.acts("wait", talk, reason="a screenshot", follow_up=until.isoformat())
    number = (await row(aidan, talk))["ticket"]
    house = server.running.house
    assert (await audit(number, house.timelines, house.supports)).findings == ()
    await server.moves_to(until + timedelta(minutes=1))
    assert (await audit(number, house.timelines, house.supports)).findings == ()
