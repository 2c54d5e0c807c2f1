"""What follows a merge: the talk is one to its visitor, in a transcript, below a mail, behind a link and in an erasure;
other systems are told; and a merge that would break a promise leaves nothing behind."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from slabot.domain.webhooks import Type
from slabot.services.audit import audit
from slabot.services.colleague import Colleague
from slabot.services.links import LASTS
from slabot.store.schema import downgrade, migrate
from tests.cast import Agent, Fact, Visitor
from tests.house import ROOT, Server, Start
from tests.journeys.test_links import followed, link, returns
from tests.mail.post_office import parts, post_office
from tests.webhooks.receiver import receiver, signature

WORKSPACE = "human-esources"
EARLIER = "could I talk to a person please, I am vera@example.org"
LATER = "nobody in my course can log in"
ALMA = Colleague("alma", "Alma", frozenset({WORKSPACE}), role="admin")


async def talk(visitor: Visitor, words: str) -> str:
    return str((await visitor.says(words, new=True))["conversation"])


async def two_talks(server: Server) -> tuple[Visitor, Agent, str, str]:
    """Vera's two tickets, the second an hour later; in between she goes on in the first."""
    vera, aidan = await server.vera(), await server.desk()
    older = await talk(vera, EARLIER)
    server.clock.move_to(server.clock.now() + timedelta(minutes=30))
    newer = await talk(vera, LATER)
    server.clock.move_to(server.clock.now() + timedelta(minutes=30))
    await vera.says("back to the first one", conversation=older)
    return vera, aidan, older, newer


async def merge(agent: Agent, ends: str, goes_on: str) -> Fact:
    answer = await agent.acts("merge", ends, into=goes_on)
    assert answer["ok"], answer
    return answer


async def number_of(agent: Agent, conversation: str) -> str:
    return str((await agent.does("open", conversation=conversation))["ticket"]["number"])


def tells_of_leaving(fact: Fact) -> bool:
    return any(event["kind"] == "visitor_left" for event in fact.get("events", ()))


def in_this_order(text: str, *parts: str) -> bool:
    at = 0
    for part in parts:
        at = text.find(part, at) + 1
        if not at:
            return False
    return True


async def test_a_transcript_holds_both_talks_in_order_of_time_and_says_which_was_which(
    start: Start, store_url: str
) -> None:
    server = await start(store_url)
    vera, aidan, older, newer = await two_talks(server)
    first, second = await number_of(aidan, older), await number_of(aidan, newer)
    await aidan.acts("note", newer, text="for the desk's eyes")
    assert "From your" not in (await vera.does("transcript", conversation=older))["text"]
    await merge(aidan, newer, older)
    await vera.says("it is Biology 101", conversation=newer)
    written = (await vera.does("transcript", conversation=older))["text"]
    here, there = f"From your ticket {first}:", f"From your ticket {second} (part of this one now):"
    assert in_this_order(
        written,
        here,
        EARLIER,
        there,
        LATER,
        here,
        "back to the first",
        there,
        "This goes on in",
        here,
        "Biology 101",
    )
    assert [written.count(f"you:\n{words}") for words in (EARLIER, LATER)] == [1, 1]
    assert "desk's eyes" not in written


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("Kann ich bitte mit einem Menschen sprechen?", "(gehört jetzt hierher):"),
        ("¿Puedo hablar con una persona, por favor?", "(ahora forma parte de este):"),
        (
            "Est-ce que je peux parler à une personne, s'il vous plaît ?",
            "(fait maintenant partie de celui-ci) :",
        ),
    ],
)
async def test_where_it_was_said_is_told_in_the_language_of_the_talk(
    house: Server, words: str, line: str
) -> None:
    vera, aidan = await house.vera(), await house.desk()
    older, newer = await talk(vera, words), await talk(vera, words)
    await merge(aidan, newer, older)
    written = (await vera.does("transcript", conversation=older))["text"]
    assert f"{await number_of(aidan, newer)} {line}" in written


async def test_a_talk_that_took_over_another_keeps_all_when_it_is_merged_itself(house: Server) -> None:
    vera, aidan = await house.vera(), await house.desk()
    one, two, three = [
        await talk(vera, f"a person please, it is about {n}") for n in ("maths", "art", "music")
    ]
    await merge(aidan, one, two)
    await merge(aidan, two, three)
    written = (await vera.does("transcript", conversation=three))["text"]
    assert all(written.count(f"about {subject}") == 1 for subject in ("maths", "art", "music"))


async def test_a_mailed_transcript_and_the_history_below_a_reply_hold_both_talks(
    start: Start, store_url: str
) -> None:
    async with post_office() as office:
        server = await start(store_url, smtp_url=office.url, mail_from="Help <help@example.org>")
        courier = server.running.courier
        assert courier is not None
        vera, aidan, older, newer = await two_talks(server)
        there = f"From your ticket {await number_of(aidan, newer)} (part of this one now):"
        await merge(aidan, newer, older)
        asked = {"conversation": older, "mail": True, "client_id": vera.client_id()}
        assert (await vera.does("transcript", **asked))["mailed"]
        await vera.leaves()
        await aidan.heard.until(lambda facts: any(map(tells_of_leaving, facts)))
        await aidan.takes_over(older)
        await aidan.replies(older, "Both are solved now.")
        await courier.deliver()
        by_subject = {str(mail["Subject"]): mail for mail in office.arrived}
        for subject, answer in (("your conversation", EARLIER), ("a reply", "Both are solved now.")):
            mail = next(mail for name, mail in by_subject.items() if subject in name)
            for form in parts(mail):
                assert answer in form
                assert in_this_order(form, there, LATER), form
        reply = next(mail for name, mail in by_subject.items() if "a reply" in name)
        assert older not in reply.as_string()
        assert newer not in reply.as_string(), "the ids of conversations are secrets"


async def test_the_link_of_a_mail_opens_where_the_conversation_goes_on_until_it_expires(
    server: Server,
) -> None:
    vera, aidan = await server.vera(), await server.desk()
    older, newer = await talk(vera, EARLIER), await talk(vera, LATER)
    other = await talk(vera, "what are your hours?")
    mailed = link(server, newer)
    late = server.running.house.links.token(WORKSPACE, newer, server.clock.now() - LASTS)
    await merge(aidan, newer, older)
    status, answer = await followed(server, late)
    assert (status, answer["error"]["code"]) == (410, "link_expired")
    status, answer = await followed(server, mailed)
    assert status == 200
    elsewhere, hello = await returns(server, answer["token"])
    assert hello["conversation"]["id"] == older
    assert (await elsewhere.says("I am on my phone now"))["conversation"] == older
    written = (await elsewhere.does("transcript"))["text"]
    assert in_this_order(written, EARLIER, LATER, "on my phone")
    assert (await elsewhere.asks("enter", conversation=other))["error"]["code"] == "not_found"


async def test_whoever_erases_by_a_link_erases_what_was_merged_and_nothing_else(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    older, newer = await talk(vera, EARLIER), await talk(vera, LATER)
    other = await talk(vera, "how long does the LMS integration take?")
    await merge(aidan, newer, older)
    _, answer = await followed(server, link(server, newer))
    elsewhere, _ = await returns(server, answer["token"])
    assert (await elsewhere.does("erase"))["erased"] == 2
    events = await server.running.house.timelines.events_of((older, newer))
    assert not any(event.content for timeline in events.values() for event in timeline)
    assert (await vera.does("enter", conversation=other))["ok"]


async def test_other_systems_are_told_of_a_merge_as_documented_and_signed(
    start: Start, store_url: str
) -> None:
    async with receiver() as crm:
        server = await start(store_url, webhooks_private=True)
        types = (Type.TICKET_RESOLVED, Type.TICKET_ASSIGNED)
        told = await server.running.house.administration.add_webhook(ALMA, WORKSPACE, crm.url, types)
        _vera, aidan, older, newer = await two_talks(server)
        first, second = await number_of(aidan, older), await number_of(aidan, newer)
        await aidan.takes_over(newer)
        await merge(aidan, newer, older)
        await server.running.forwarder.settle()
        resolved = next(each for each in crm.taken if each["type"] == "ticket.resolved")
        data = resolved["data"]
        assert (data["code"], data["merged_into"]) == ("merged", {"conversation": older, "number": first})
        assert (data["conversation"], data["ticket"]["number"]) == (newer, second)
        assert data["ticket"]["state"] == "resolved"
        assert (data["by"]["id"], data["by"]["name"]) == ("aidan", "Aidan")
        goes_on = [each["data"] for each in crm.taken if each["data"]["conversation"] == older]
        assert [each["ticket"]["holder"]["id"] for each in goes_on] == ["aidan"]
        for head, body in zip(crm.heads, crm.bodies, strict=True):
            assert head["webhook-signature"] == signature(told.secret, head, body)


async def test_a_merge_that_would_break_a_promise_is_refused_and_nothing_is_written(
    start: Start, store_url: str, tmp_path: Path
) -> None:
    policies = tmp_path / "policies"
    policies.mkdir()
    document = (ROOT / "seeds" / "velsoft.yaml").read_text(encoding="utf-8")
    within_a_day = "      within: 1 business day\n      words: 1 day\n      source: {line: 24,"
    assert document.count(within_a_day) == 1
    in_words = "      text: Future software release\n      source: {line: 24,"
    (policies / "velsoft.yaml").write_text(document.replace(within_a_day, in_words), encoding="utf-8")
    server = await start(store_url, only="velsoft", policies=policies)
    vera, aidan = await server.vera("velsoft"), await server.desk()
    mild = await talk(vera, "could I talk to a person please")
    grave = await talk(vera, "nobody in our company can log in at all")
    aidan_s = {"conversation": mild, "client_id": aidan.client_id(), "into": grave}

    async def all_there_is() -> list[Fact]:
        return [await aidan.does("open", conversation=id) for id in (mild, grave)]

    before = await all_there_is()
    assert [each["ticket"]["level"] for each in before] == ["medium", "high"]
    refused = await aidan.asks("merge", **aidan_s)
    assert (refused["error"]["code"], refused["error"]["fields"]["hindrance"]) == ("cannot_merge", "promise")
    assert "Merge it into this one instead" in refused["error"]["message"]
    assert await all_there_is() == before
    assert await server.running.house.timelines.receipt("velsoft", "aidan", aidan_s["client_id"]) is None
    for each in before:
        report = await audit(
            each["ticket"]["number"], server.running.house.timelines, server.running.house.supports
        )
        assert report.findings == ()
    await merge(aidan, grave, mild)
    assert (await aidan.does("open", conversation=mild))["ticket"]["level"] == "high"


async def test_the_severity_that_came_over_is_explained_by_the_clause_and_words_it_came_from(
    server: Server,
) -> None:
    vera, aidan = await server.vera(), await server.desk()
    mild, grave = await talk(vera, EARLIER), await talk(vera, LATER)
    why = (await aidan.does("open", conversation=grave))["ticket"]
    assert (why["reasons"][0]["because"], why["reasons_from"]) == (LATER, None)
    own = (await aidan.does("open", conversation=mild))["ticket"]["reasons"]
    await merge(aidan, grave, mild)
    after = (await aidan.does("open", conversation=mild))["ticket"]
    assert (after["reasons"], after["reasons_from"]) == (why["reasons"], why["number"])
    assert after["reasons"] != own
    third = await talk(vera, "could I talk to a person please, about the exam")
    await merge(aidan, mild, third)
    after = (await aidan.does("open", conversation=third))["ticket"]
    assert (after["reasons"], after["reasons_from"]) == (why["reasons"], why["number"]), (
        "over two steps as well"
    )


async def test_a_severity_that_stayed_keeps_its_own_clause_after_a_merge(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    mild, grave = await talk(vera, EARLIER), await talk(vera, LATER)
    before = (await aidan.does("open", conversation=grave))["ticket"]
    await merge(aidan, mild, grave)
    await vera.says("thanks, the colour of the button is odd too", conversation=grave)
    after = (await aidan.does("open", conversation=grave))["ticket"]
    assert (after["level"], after["reasons"][0], after["reasons_from"]) == (
        "high",
        before["reasons"][0],
        None,
    )


async def test_a_row_and_a_search_hit_say_that_it_was_merged_and_into_what(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    older, newer = await talk(vera, EARLIER), await talk(vera, "nobody in my course on zymurgy can log in")
    await merge(aidan, newer, older)
    number = await number_of(aidan, older)
    assert (await aidan.does("open", conversation=newer))["row"]["merged_into"] == number
    assert (await aidan.sees(lambda row: row["conversation"] == newer and row["status"] == "resolved"))[
        "merged_into"
    ] == number
    found = {
        one["row"]["conversation"]: one["row"] for one in (await aidan.does("find", words="zymurgy"))["found"]
    }
    assert (found[newer]["merged_into"], found[newer]["status"]) == (number, "resolved")
    assert (await aidan.does("open", conversation=older))["row"]["merged_into"] is None


async def test_a_talk_without_a_ticket_is_merged_into_one_without_a_number(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    older, newer = await talk(vera, "what are your hours?"), await talk(vera, "hello, are you open?")
    await merge(aidan, newer, older)
    assert (await aidan.does("open", conversation=newer))["row"]["merged_into"] == ""


async def test_rows_of_merges_before_the_column_was_there_say_it_too(start: Start, store_url: str) -> None:
    server = await start(store_url)
    _vera, aidan, older, newer = await two_talks(server)
    number = await number_of(aidan, older)
    await merge(aidan, newer, older)
    await server.stack.aclose()
    await asyncio.to_thread(downgrade, store_url, "0010")
    await asyncio.to_thread(migrate, store_url)
    lena = await (await start(store_url)).desk("lena")
    rows = [(await lena.does("open", conversation=id))["row"]["merged_into"] for id in (newer, older)]
    assert rows == [number, None]
