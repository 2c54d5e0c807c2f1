"""Nobody reads, joins or guesses what is not theirs, and what is forbidden looks like what is missing."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest

from tests.cast import PATIENCE, Fact, Visitor, agent, refusal_of
from tests.house import Server, logged_in

NOWHERE = "c_AAAAAAAAAAAAAAAAAAAAAA"


def as_sent(answer: Fact) -> bytes:
    return json.dumps(answer).encode()


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("resume", {"after_seq": 0}),
        ("rate", {"client_id": "rating-of-a-stranger", "score": 1}),
        ("say", {"client_id": "words-of-a-stranger", "text": "what did she write?"}),
    ],
)
async def test_a_strangers_conversation_looks_like_a_missing_one(
    server: Server, command: str, fields: Fact
) -> None:
    vera, stranger = await server.vera(), await server.vera()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    forbidden = await stranger.asks(command, conversation=talk, **fields)
    missing = await stranger.asks(command, conversation=NOWHERE, **fields)
    assert forbidden["error"]["code"] == "not_found"
    assert as_sent(forbidden) == as_sent(missing)
    seen = await vera.does("resume", after_seq=0)
    assert "what did she write?" not in json.dumps(seen)
    assert "rated" not in json.dumps(seen)


async def test_a_visitor_hears_nothing_of_anybody_else(server: Server) -> None:
    vera, stranger, aidan = await server.vera(), await server.vera(), await server.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    await stranger.asks("resume", conversation=talk)
    await stranger.asks("typing", on=True)
    own = (await stranger.says("hello there"))["conversation"]
    await aidan.replies(talk, "for Vera alone")
    await vera.hears(lambda event: event.get("text") == "for Vera alone")
    # Proof that the stranger could have heard: what is theirs arrives, and it is all that did.
    await aidan.replies(own, "for the stranger")
    await stranger.hears(lambda event: event.get("text") == "for the stranger")
    assert {fact["conversation"] for fact in stranger.heard.facts if fact["fact"] == "happened"} == {own}
    assert "for Vera alone" not in json.dumps(stranger.heard.facts)


async def test_all_tabs_of_a_visitor_hear_the_same(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    tab = await server.vera(token=vera.token)
    talk = (await vera.says("hello there"))["conversation"]
    first = await tab.hears(lambda event: event["kind"] == "conversation_started")
    assert first["seq"] == 1
    await aidan.replies(talk, "for every tab")
    for each in (vera, tab):
        await each.hears(lambda event: event.get("text") == "for every tab")
    assert (await tab.says("from the other tab"))["conversation"] == talk


async def test_the_tab_that_asked_gets_its_events_once_and_the_other_tab_is_told(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    tab = await server.vera(token=vera.token)
    talk = (await vera.says("hello there"))["conversation"]
    await tab.says("from the other tab")
    await vera.does("rate", client_id=vera.client_id(), score=4)
    await aidan.replies(talk, "for every tab")
    for each in (vera, tab):
        await each.hears(lambda event: event.get("text") == "for every tab")

    def told(visitor: Visitor, kind: str) -> list[str]:
        heard = [event for fact in visitor.heard.facts for event in fact["events"]]
        return [event.get("text", "") for event in heard if event["kind"] == kind]

    assert told(vera, "visitor_wrote") == ["from the other tab"]
    assert told(tab, "visitor_wrote") == ["hello there"]
    assert (len(told(vera, "rated")), len(told(tab, "rated"))) == (0, 1)


async def test_notes_reasons_and_assessments_stay_at_the_desk(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    assert (await aidan.acts("note", talk, text="she is always like this"))["ok"]
    changed = await aidan.acts("change_severity", talk, level="normal", reason="exaggerated as ever")
    assert changed["ok"]
    await aidan.replies(talk, "hello")
    await vera.hears(lambda event: event.get("text") == "hello")
    told = json.dumps([vera.heard.facts, await vera.does("resume"), await vera.does("hello")])
    assert "always like this" not in told
    assert "exaggerated" not in told
    assert "severity_assessed" not in told
    assert "aidan" not in told.replace("Aidan", "")  # The name is shown, the account's id is not.


async def test_a_token_is_worth_nothing_in_another_workspace(house: Server) -> None:
    vera = await house.vera("human-esources")
    talk = (await vera.says("hello there"))["conversation"]
    elsewhere = await house.vera("velsoft", token=vera.token)
    assert elsewhere.conversation is None
    assert elsewhere.token != vera.token
    assert (await elsewhere.asks("resume", conversation=talk))["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    "forged",
    [
        "x",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ2XzEiLCJhdWQiOiJ2aXNpdG9yOmh1bWFuLWVzb3VyY2VzIiwiZXhwIjo5OTk5OTk5OTk5fQ.",
        "ü.é.ñ",
        "a" * 1_999,
    ],
)
async def test_a_forged_token_makes_a_new_visitor(house: Server, forged: str) -> None:
    stranger = await house.vera(token=forged)
    assert stranger.token not in (None, forged)
    assert stranger.conversation is None


async def test_a_token_with_one_letter_changed_is_forged(house: Server) -> None:
    vera = await house.vera()
    await vera.says("hello there")
    assert vera.token is not None
    head, body, signature = vera.token.split(".")
    changed = ("A" if signature[0] != "A" else "B") + signature[1:]
    stranger = await house.vera(token=f"{head}.{body}.{changed}")
    assert stranger.conversation is None


async def test_the_right_token_leads_back_to_the_conversation(server: Server) -> None:
    vera = await server.vera()
    talk = (await vera.says("hello there"))["conversation"]
    assert (await server.vera(token=vera.token)).conversation == talk


async def test_agents_see_their_workspaces_only(server: Server) -> None:
    vera, velma = await server.vera("human-esources"), await server.vera("velsoft")
    elsewhere = await server.desk("only-velsoft", ("velsoft",))
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    own = (await velma.says("nobody in our company can log in"))["conversation"]
    await elsewhere.sees(lambda row: row["conversation"] == own)
    assert talk not in json.dumps(elsewhere.heard.facts)
    inbox = await elsewhere.does("inbox")
    assert {row["workspace"] for row in inbox["rows"]} == {"velsoft"}
    assert (await elsewhere.does("inbox", workspace="human-esources"))["rows"] == []
    caught = await elsewhere.does("catch_up", positions={"human-esources": 0, "velsoft": 0})
    assert {event["conversation"] for event in caught["events"]}.isdisjoint({talk})
    assert set(caught["positions"]) == {"velsoft"}
    verbs: dict[str, Fact] = {
        "open": {},
        "claim": {"client_id": "not-my-workspace"},
        "reply": {"client_id": "not-my-workspace", "text": "hello", "seen_seq": 0},
        "note": {"client_id": "not-my-workspace", "text": "hello"},
        "resolve": {"client_id": "not-my-workspace"},
        "typing": {"on": True},
    }
    for verb, fields in verbs.items():
        forbidden = await elsewhere.asks(verb, conversation=talk, **fields)
        missing = await elsewhere.asks(verb, conversation=NOWHERE, **fields)
        assert forbidden["error"]["code"] == "not_found", verb
        assert as_sent(forbidden) == as_sent(missing), verb


async def test_nobody_is_handed_a_conversation_of_a_workspace_they_do_not_serve(house: Server) -> None:
    vera, aidan = await house.vera("human-esources"), await house.desk()
    await house.session("only-velsoft", ("velsoft",))
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    elsewhere = await aidan.acts("transfer", talk, agent="only-velsoft")
    nobody = await aidan.acts("transfer", talk, agent="nobody-at-all")
    assert elsewhere["error"]["code"] == "no_such_colleague"
    assert as_sent(elsewhere) == as_sent(nobody)


async def test_the_desk_is_closed_to_who_is_not_logged_in(house: Server) -> None:
    for cookie in ("", "slabot_session=forged", "slabot_session=\xff\xfe"):
        refused = await refusal_of(house.url, "/desk", headers={"Cookie": cookie})
        assert refused == {"message": "Log in first.", "data": {"code": "login"}}


async def test_a_refusal_says_why_in_words_and_as_a_code(house: Server) -> None:
    refused = await refusal_of(house.url, "/visitor", {"workspace": "nowhere"})
    assert refused == {"message": "no workspace 'nowhere' here", "data": {"code": "unknown_workspace"}}


async def test_logging_out_closes_the_desk_of_that_session(house: Server) -> None:
    await house.session("leaver")
    token = await logged_in(house.url, "leaver@example.org")
    leaver = await house.stack.enter_async_context(agent(house.url, token))
    await leaver.does("inbox")
    async with (
        aiohttp.ClientSession(cookies={"slabot_session": token}) as session,
        session.post(f"{house.url}/api/logout") as response,
    ):
        assert response.status == 200
    await asyncio.wait_for(leaver.gone.wait(), PATIENCE)
    assert (await refusal_of(house.url, "/desk", headers={"Cookie": f"slabot_session={token}"}))["data"] == {
        "code": "login"
    }


async def test_ids_of_conversations_and_visitors_cannot_be_guessed(house: Server) -> None:
    vera = Visitor(house.url)
    hello = await vera.arrives("human-esources")
    house.stack.push_async_callback(vera.leaves)
    talk = (await vera.says("hello there"))["conversation"]
    for id in (hello["visitor"], talk):
        assert len(id.split("_", 1)[1]) >= 22  # 128 random bits.
