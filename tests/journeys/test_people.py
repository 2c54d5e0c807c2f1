"""Who is offered what, who is alerted, and what becomes of a conversation whose agent does not come back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from slabot.services.staffing import TIME_TO_LIVE
from tests.cast import Agent, Fact, Visitor
from tests.house import MONDAY_MORNING, Server, Start

INCIDENT = "nobody in my course can log in"
OFFER = timedelta(seconds=60)


@pytest.fixture
async def alone(start: Start, store_url: str) -> Server:
    """A server of this test's own, whose people are the only ones: it is Monday morning and the desk is open."""
    return await start(store_url)


async def asks_for_help(server: Server, words: str = INCIDENT, **more: Any) -> Visitor:
    vera = await server.vera(**more)
    await vera.says(words)
    return vera


async def hears(agent: Agent, name: str, holds: Callable[[Fact], bool] = lambda _: True) -> Fact:
    def wanted(fact: Fact) -> bool:
        return fact["fact"] == name and holds(fact)

    await agent.heard.until(lambda facts: any(map(wanted, facts)))
    return next(fact for fact in agent.heard.facts if wanted(fact))


def offers(agent: Agent) -> list[str]:
    return [fact["conversation"] for fact in agent.heard.facts if fact["fact"] == "offered"]


async def offer_of(agent: Agent) -> Fact | None:
    offer: Fact | None = (await agent.does("inbox"))["offer"]
    return offer


async def test_a_ticket_is_offered_to_one_agent_and_a_claim_takes_it(alone: Server) -> None:
    aidan, lena = await alone.desk("aidan"), await alone.desk("lena")
    vera = await asks_for_help(alone)
    await alone.settles()
    offered = await hears(aidan, "offered")
    assert (offered["conversation"], await offer_of(lena)) == (vera.conversation, None)
    assert offered["until"] == "2026-03-09T14:01:00.000Z"
    assert (await aidan.acts("claim", str(vera.conversation)))["ok"]
    assert (await hears(aidan, "offer_ended"))["why"] == "taken"
    await alone.settles()
    assert offers(lena) == []


async def test_an_offer_that_is_not_taken_in_time_goes_to_the_next_and_comes_round_again(
    alone: Server,
) -> None:
    aidan, lena = await alone.desk("aidan"), await alone.desk("lena")
    await asks_for_help(alone)
    await alone.settles()
    await hears(aidan, "offered")
    await alone.moves_to(MONDAY_MORNING + OFFER)
    assert (await hears(aidan, "offer_ended"))["why"] == "late"
    await hears(lena, "offered")
    for minutes in (2, 3, 4, 5):
        for agent in (aidan, lena):
            await agent.does("presence")
        await alone.moves_to(MONDAY_MORNING + minutes * OFFER)
    await hears(lena, "offer_ended", lambda fact: fact["why"] == "late")
    assert (len(offers(aidan)), len(offers(lena))) == (1, 1)
    for agent in (aidan, lena):
        await agent.does("presence")
    await alone.moves_to(MONDAY_MORNING + 6 * OFFER)
    await aidan.heard.until(lambda _: len(offers(aidan)) == 2)


async def test_who_declines_is_left_alone_and_the_next_is_asked_at_once(alone: Server) -> None:
    aidan, lena = await alone.desk("aidan"), await alone.desk("lena")
    vera = await asks_for_help(alone)
    await alone.settles()
    await hears(aidan, "offered")
    answer = await aidan.does("decline_offer", conversation=vera.conversation)
    assert answer["declined"]
    await alone.settles()
    assert (await hears(lena, "offered"))["conversation"] == vera.conversation
    assert not (await aidan.does("decline_offer", conversation=vera.conversation))["declined"]


async def test_an_agent_who_goes_leaves_their_offer_to_the_next(alone: Server) -> None:
    aidan, lena = await alone.desk("aidan"), await alone.desk("lena")
    vera = await asks_for_help(alone)
    await alone.settles()
    await hears(aidan, "offered")
    await aidan.leaves()
    await hears(lena, "presence", lambda fact: (fact["agent"], fact["state"]) == ("aidan", "offline"))
    await alone.settles()
    assert (await hears(lena, "offered"))["conversation"] == vera.conversation


async def test_whom_the_visitor_spoke_to_last_is_asked_first_in_a_new_conversation_too(
    alone: Server,
) -> None:
    aidan, lena = await alone.desk("aidan"), await alone.desk("lena")
    vera = await asks_for_help(alone)
    first = str(vera.conversation)
    await lena.takes_over(first)
    await lena.replies(first, "Done, please try again.")
    assert (await lena.acts("resolve", first))["ok"]
    await vera.says("the gradebook shows wrong grades for everybody, a person please", new=True)
    assert vera.conversation != first
    await alone.settles()
    offered = await hears(lena, "offered")
    assert (offered["conversation"], offered["knows_visitor"]) == (vera.conversation, True)
    assert offers(aidan) == []


async def test_who_gives_a_ticket_back_is_not_asked_to_take_it_again_at_once(alone: Server) -> None:
    aidan = await alone.desk("aidan")
    vera = await asks_for_help(alone)
    await aidan.takes_over(str(vera.conversation))
    assert (await aidan.acts("release", str(vera.conversation)))["ok"]
    await alone.settles()
    assert offers(aidan) == []
    lena = await alone.desk("lena")
    await alone.settles()
    await hears(lena, "offered")


async def test_queues_and_languages_decide_who_is_asked(alone: Server) -> None:
    accounts = alone.running.house.accounts
    for name in ("aidan", "lena", "mia"):
        await alone.session(name)
    await accounts.change("aidan@example.org", queues=("another",))
    await accounts.change("mia@example.org", languages=("de",))
    await accounts.change("lena@example.org", languages=("en",))
    aidan, lena, mia = [await alone.desk(name) for name in ("aidan", "lena", "mia")]
    await asks_for_help(alone, "in meinem Kurs kann sich niemand anmelden, bitte einen Menschen")
    await alone.settles()
    await hears(mia, "offered")
    assert offers(aidan) == offers(lena) == []


async def test_nobody_there_the_ticket_waits_and_who_arrives_is_told_and_asked(alone: Server) -> None:
    vera = await asks_for_help(alone)
    await alone.settles()
    other = await alone.session("other")
    await alone.running.house.accounts.change("other@example.org", queues=("another",))
    aidan, elsewhere = await alone.desk("aidan"), await alone.desk("other")
    assert other
    [line] = (await aidan.does("inbox"))["lines"]
    assert (line["queue"], line["waiting"]) == ("CustomerCare", 1)
    assert line["next_due"] == "2026-03-09T18:00:00.000Z"
    assert (await elsewhere.does("inbox"))["lines"] == []
    await alone.settles()
    assert (await hears(aidan, "offered"))["conversation"] == vera.conversation


async def test_who_is_away_is_not_asked_until_they_are_back(alone: Server) -> None:
    aidan, lena = await alone.desk("aidan"), await alone.desk("lena")
    await aidan.does("presence", state="away")
    assert (await hears(lena, "presence", lambda fact: fact["state"] == "away"))["agent"] == "aidan"
    await lena.does("presence", idle=True)
    idle = await hears(aidan, "presence", lambda fact: fact["agent"] == "lena" and fact["state"] == "away")
    assert idle["chosen"] == "online"
    await asks_for_help(alone)
    await alone.settles()
    assert offers(aidan) == offers(lena) == []
    await lena.does("presence")
    await alone.settles()
    await hears(lena, "offered")


async def test_nothing_is_offered_while_the_queue_is_closed(alone: Server) -> None:
    night = MONDAY_MORNING + timedelta(hours=10)
    await alone.moves_to(night)
    aidan = await alone.desk("aidan")
    await asks_for_help(alone)
    await alone.settles()
    assert offers(aidan) == []
    await alone.moves_to(MONDAY_MORNING + timedelta(hours=23))
    await aidan.does("presence")
    await alone.settles()
    await hears(aidan, "offered")


async def test_a_visitor_is_told_when_their_agent_does_not_come_back_and_the_next_is_asked(
    alone: Server,
) -> None:
    aidan, lena = await alone.desk("aidan"), await alone.desk("lena")
    vera = await asks_for_help(alone)
    talk = str(vera.conversation)
    await aidan.takes_over(talk)
    await vera.says("are you there?")
    await aidan.leaves()
    await hears(lena, "presence", lambda fact: (fact["agent"], fact["state"]) == ("aidan", "offline"))
    await alone.moves_to(MONDAY_MORNING + timedelta(minutes=9, seconds=59))
    assert (await lena.does("open", conversation=talk))["row"]["holder_name"] == "Aidan"
    await lena.does("presence")
    await alone.moves_to(MONDAY_MORNING + timedelta(minutes=10))
    told = await vera.hears(lambda event: event["kind"] == "released")
    assert (told["who"]["name"], told["data"]) == ("Aidan", {"reason": "vanished"})
    said = await vera.hears(lambda event: "is not there any more" in event.get("text", ""))
    assert "2:00 pm Eastern" in said["text"] or "14:00 Eastern" in said["text"]
    row = await lena.sees(lambda row: row["conversation"] == talk and row["status"] == "waiting")
    assert (row["holder"], row["holder_name"]) == (None, None)
    assert (await hears(lena, "offered"))["conversation"] == talk
    back = await alone.desk("aidan")
    refused = await back.acts("release", talk)
    assert refused["error"]["code"] == "not_holder"


async def test_a_desk_that_falls_silent_is_gone_for_everybody(alone: Server) -> None:
    await alone.desk("aidan")
    lena = await alone.desk("lena")
    silent = MONDAY_MORNING + TIME_TO_LIVE + timedelta(seconds=1)
    alone.clock.move_to(silent)
    await lena.does("presence")
    await alone.settles()
    await hears(lena, "presence", lambda fact: (fact["agent"], fact["state"]) == ("aidan", "offline"))
    known = {agent["id"]: agent["presence"] for agent in (await lena.does("inbox"))["agents"]}
    assert known == {"aidan": "offline", "lena": "online"}


async def test_a_restarted_server_knows_since_when_an_agent_is_gone(start: Start, store_url: str) -> None:
    first = await start(store_url)
    vera = await asks_for_help(first)
    talk = str(vera.conversation)
    aidan = await first.desk("aidan")
    await aidan.takes_over(talk)
    await vera.says("are you there?")
    await first.stack.aclose()
    second = await start(store_url)
    await second.moves_to(MONDAY_MORNING + timedelta(minutes=8))
    back = await second.vera(token=vera.token)
    await second.moves_to(MONDAY_MORNING + timedelta(minutes=10))
    await back.hears(lambda event: event["kind"] == "released")


async def test_another_server_over_the_same_database_takes_nothing_from_an_agent_who_is_there(
    start: Start, store_url: str
) -> None:
    one, two = await start(store_url), await start(store_url)
    aidan = await one.desk("aidan")
    vera = await asks_for_help(one)
    talk = str(vera.conversation)
    await aidan.takes_over(talk)
    await vera.says("are you there?")
    two.running.house.staff.saw((await two.running.house.timelines.inbox("human-esources", 10))[0])
    for minute in range(1, 15):
        at = MONDAY_MORNING + timedelta(minutes=minute)
        one.clock.move_to(at)
        await aidan.does("presence")
        await two.moves_to(at)
    assert (await aidan.does("open", conversation=talk))["row"]["holder"] == "aidan"


async def test_of_two_who_take_the_same_offer_the_other_sees_who(alone: Server) -> None:
    aidan, lena = await alone.desk("aidan"), await alone.desk("lena")
    vera = await asks_for_help(alone)
    answers = await asyncio.gather(*(agent.acts("claim", str(vera.conversation)) for agent in (aidan, lena)))
    [lost] = [answer for answer in answers if not answer["ok"]]
    winner = "Aidan" if answers[0]["ok"] else "Lena"
    assert lost["error"]["message"] == f"{winner} holds this conversation."
    assert lost["error"]["fields"]["holder_name"] == winner


async def test_a_changed_account_is_heard_by_the_open_desk(alone: Server) -> None:
    aidan = await alone.desk("aidan")
    await alone.running.house.accounts.change("aidan@example.org", queues=("another",), capacity=1)
    await aidan.does("presence")
    first = await asks_for_help(alone)
    await alone.settles()
    assert await offer_of(aidan) is None
    second = await asks_for_help(alone)
    await aidan.takes_over(str(first.conversation))
    assert (await aidan.acts("claim", str(second.conversation)))["error"]["code"] == "at_capacity"


async def test_nothing_can_be_passed_to_a_colleague_whose_hands_are_full(alone: Server) -> None:
    aidan, lena = await alone.desk("aidan"), await alone.desk("lena")
    await alone.running.house.accounts.change("lena@example.org", capacity=1)
    await lena.does("presence")
    first, second = await asks_for_help(alone), await asks_for_help(alone)
    await lena.takes_over(str(first.conversation))
    await aidan.takes_over(str(second.conversation))
    refused = await aidan.acts("transfer", str(second.conversation), agent="lena")
    assert refused["error"]["code"] == "at_capacity"
    assert refused["error"]["message"].startswith("Lena holds as many conversations as they may.")
    assert (await aidan.does("open", conversation=second.conversation))["row"]["holder"] == "aidan"
