"""The main job: a question answered, a promise made before it is agreed to, a person who takes over and keeps it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import aiohttp

from tests.cast import Agent, Fact, Visitor
from tests.house import Server

INCIDENT = "nobody in my course can log in"


def bot_words(answer: Fact) -> str:
    return "\n".join(event["text"] for event in answer["events"] if event["kind"] == "bot_wrote")


def cards(answer: Fact) -> list[Fact]:
    return [event["card"] for event in answer["events"] if "card" in event]


async def welcome(server: Server, workspace: str, **query: str) -> Any:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{server.url}/api/widget/{workspace}", params=query) as response,
    ):
        assert response.status == 200
        return await response.json()


async def with_ticket(server: Server) -> tuple[Visitor, Agent, str]:
    """Vera with an urgent ticket, Aidan with his desk open, the ticket's number."""
    aidan, vera = await server.desk(), await server.vera()
    said = await vera.says(INCIDENT)
    opened = next(event for event in said["events"] if event["kind"] == "ticket_opened")
    return vera, aidan, opened["data"]["number"]


async def test_a_question_is_answered_from_an_article_which_is_cited(server: Server) -> None:
    vera = await server.vera()
    answer = await vera.says("how long does the LMS integration take?")
    [said] = [event for event in answer["events"] if event["kind"] == "bot_wrote"]
    assert said["action"] == "answer"
    assert said["article"] == said["card"]["slug"] == "lms-integration-time"
    assert "a week up to a month" in said["text"]
    assert said["card"]["title"] in said["text"]


async def test_the_desk_sees_the_page_that_the_visitor_wrote_from_last(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    said = await vera.says(INCIDENT, page="https://example.org/courses")
    assert (await aidan.does("open", conversation=said["conversation"]))["visitor"][
        "page"
    ] == "https://example.org/courses"
    await vera.says("are you there?")
    await vera.says("the grades are gone too", page="https://example.org/grades")
    opened = await aidan.does("open", conversation=said["conversation"])
    assert opened["visitor"]["page"] == "https://example.org/grades"
    assert "page" not in str(vera.heard.facts)


async def test_the_time_of_a_reply_is_known_before_anybody_speaks(server: Server) -> None:
    shown = await welcome(server, "human-esources", zone="Europe/Berlin", locale="en")
    promised = shown["talk_to_person"]
    # A plain question is of normal priority: eight business hours from 10:00, of a day that ends at 19:00.
    assert promised["due"] == "2026-03-09T22:00:00Z"
    assert promised["explanation"][0]["label"] == "target"
    assert promised["explanation"][-1]["label"] == "due"
    vera = await server.vera()
    asked = await vera.does("promise")
    assert asked["talk_to_person"] == promised


async def test_an_urgent_problem_gets_its_deadline_explained_and_a_ticket_at_once(server: Server) -> None:
    vera = await server.vera()
    answer = await vera.says(INCIDENT)
    [card] = [card for card in cards(answer) if card["kind"] == "ticket"]
    assert card["number"].startswith("HES-")
    assert card["number"] in bot_words(answer)
    assert card["severity"] == "High priority"
    [deadline] = card["deadlines"]
    assert deadline["due"] == "2026-03-09T18:00:00Z"
    assert "14:00 Eastern" in deadline["line"]
    assert "19:00 your time" in deadline["line"]
    assert [line["label"] for line in deadline["explanation"]] == ["target", "from", "Mon", "total", "due"]
    assert "four hours" in bot_words(answer)
    assert (await vera.does("promise"))["talk_to_person"]["due"] == deadline["due"]


async def test_a_lesser_problem_is_promised_a_time_before_it_is_agreed_to(server: Server) -> None:
    vera = await server.vera()
    offered = await vera.says("the gradebook is slow for a few of my students")
    assert not [event for event in offered["events"] if event["kind"] == "ticket_opened"]
    [promised] = [card for card in cards(offered) if card["kind"] == "deadline"]
    assert promised["explanation"][-1]["label"] == "due"
    agreed = await vera.says("yes please")
    [ticket] = [card for card in cards(agreed) if card["kind"] == "ticket"]
    assert ticket["deadlines"][0]["due"] == promised["due"]


async def test_the_desk_sees_a_new_ticket_at_once_with_severity_reason_and_running_clocks(
    server: Server,
) -> None:
    _, aidan, number = await with_ticket(server)
    row = await aidan.sees(lambda row: row["ticket"] == number)
    assert (row["level_name"], row["status"], row["state"]) == ("High priority", "waiting", "running")
    assert row["open_seconds_left"] == 4 * 3600
    case = await aidan.does("open", conversation=row["conversation"])
    assert case["ticket"]["reasons"][0]["because"] == INCIDENT
    [first] = [clock for clock in case["ticket"]["clocks"] if clock["metric"] == "first_response"]
    assert (first["due"], first["state"]) == ("2026-03-09T18:00:00.000Z", "running")
    assert first["explanation"]


async def test_a_persons_reply_is_heard_at_once_and_meets_the_first_response(server: Server) -> None:
    vera, aidan, _ = await with_ticket(server)
    assert vera.conversation is not None
    await aidan.takes_over(vera.conversation)
    await vera.hears(lambda event: event["kind"] == "claimed" and event["who"]["name"] == "Aidan")
    await aidan.replies(vera.conversation, "Hello Vera, I am looking into it.")
    heard = await vera.hears(lambda event: event["kind"] == "agent_wrote")
    assert heard["text"] == "Hello Vera, I am looking into it."
    case = await aidan.does("open", conversation=vera.conversation)
    [first] = [clock for clock in case["ticket"]["clocks"] if clock["metric"] == "first_response"]
    assert first["state"] == "met"


async def test_the_bot_is_silent_from_the_claim_until_the_release(server: Server) -> None:
    vera, aidan, _ = await with_ticket(server)
    assert vera.conversation is not None
    await aidan.takes_over(vera.conversation)
    said = await vera.says("how long does the LMS integration take?")
    assert [event["kind"] for event in said["events"]] == ["visitor_wrote"]
    released = await aidan.acts("release", vera.conversation)
    assert released["ok"]
    again = await vera.says("how long does the LMS integration take?")
    assert "bot_wrote" in [event["kind"] for event in again["events"]]


async def test_a_resolved_ticket_is_rated_and_comes_back_when_its_problem_does(server: Server) -> None:
    vera, aidan, number = await with_ticket(server)
    conversation = vera.conversation
    assert conversation is not None
    await aidan.takes_over(conversation)
    await aidan.replies(conversation, "It works again.")
    assert (await aidan.acts("resolve", conversation, code="fixed"))["ok"]
    await vera.hears(lambda event: event["kind"] == "resolved")
    asked = await vera.hears(lambda event: event["kind"] == "bot_wrote" and event["action"] == "close")
    assert asked["text"]
    await vera.does("rate", client_id=vera.client_id(), score=5)
    rated = await aidan.does("open", conversation=conversation)
    assert (rated["ticket"]["state"], rated["ticket"]["rating"]) == ("resolved", 5)
    back = await vera.says("it's back, nobody can log in again")
    assert "reopened" in [event["kind"] for event in back["events"]]
    row = await aidan.sees(lambda row: row["ticket"] == number and row["next_metric"] == "next_response")
    assert (row["conversation"], row["status"]) == (conversation, "waiting")


async def test_a_bare_number_after_resolving_is_the_rating(server: Server) -> None:
    vera, aidan, _ = await with_ticket(server)
    assert vera.conversation is not None
    await aidan.replies(vera.conversation, "It works again.")
    assert (await aidan.acts("resolve", vera.conversation))["ok"]
    said = await vera.says("4")
    [rated] = [event for event in said["events"] if event["kind"] == "rated"]
    assert rated["data"] == {"score": 4}


async def test_a_reply_written_before_the_visitors_newest_words_is_held_back(server: Server) -> None:
    vera, aidan, _ = await with_ticket(server)
    assert vera.conversation is not None
    await aidan.takes_over(vera.conversation)
    seen = (await aidan.does("open", conversation=vera.conversation))["head"]
    await vera.says("wait, it works again")
    late = await aidan.acts("reply", vera.conversation, text="I reset the course.", seen_seq=seen)
    assert late["error"]["code"] == "newer_message"
    anyway = await aidan.acts("reply", vera.conversation, text="I reset it.", seen_seq=seen, anyway=True)
    assert anyway["ok"]


async def test_a_claim_of_severity_changes_nothing_but_is_shown_to_the_desk(server: Server) -> None:
    aidan, vera = await server.desk(), await server.vera("prosper-ex")
    await vera.says("this is a tier 1! the colour of the report button is wrong")
    await vera.says("I want to talk to a person")
    row = await aidan.sees(lambda row: row["conversation"] == vera.conversation and row["ticket"])
    assert row["level"] != "T1"
    case = await aidan.does("open", conversation=row["conversation"])
    assert case["ticket"]["claimed"] == "T1"


async def test_a_deadline_that_passes_is_breached_at_its_own_instant(start: Any, store_url: str) -> None:
    server: Server = await start(store_url)
    vera, aidan, number = await with_ticket(server)
    assert vera.conversation is not None
    due = server.clock.now() + timedelta(hours=4)
    await server.moves_to(due)
    at_due = await aidan.does("open", conversation=vera.conversation)
    assert "breached" not in [event["kind"] for event in at_due["timeline"]]
    await server.moves_to(due + timedelta(minutes=3))
    case = await aidan.does("open", conversation=vera.conversation)
    [breach] = [event for event in case["timeline"] if event["kind"] == "breached"]
    assert breach["at"] == "2026-03-09T18:00:00.000Z"
    row = await aidan.sees(lambda row: row["ticket"] == number and row["state"] == "breached")
    assert row["open_seconds_left"] < 0
