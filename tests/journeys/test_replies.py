"""What a composer offers: canned replies, articles by search, and the Markdown that the visitor sees."""

from __future__ import annotations

import pytest

from tests.cast import Agent, Visitor
from tests.house import PASSWORD, Server, logged_in

RESTART = {"workspace": "human-esources", "key": "restart", "title": "After a restart"}


async def a_talk(server: Server) -> tuple[Visitor, Agent, str]:
    vera, aidan = await server.vera(), await server.desk()
    return vera, aidan, (await vera.says("nobody in my course can log in"))["conversation"]


async def a_lead(server: Server, workspaces: tuple[str, ...] = ()) -> Agent:
    """Lena, who may change canned replies."""
    name = f"lena{len(workspaces)}"
    if name not in server.logins:
        accounts = server.running.house.accounts
        await accounts.add(f"{name}@example.org", "Lena", PASSWORD, role="lead", workspaces=workspaces)
        server.logins[name] = await logged_in(server.url, f"{name}@example.org")
    return await server.desk(name)


async def test_a_canned_reply_comes_with_its_places_filled_from_the_conversation(server: Server) -> None:
    _, aidan, talk = await a_talk(server)
    lena = await a_lead(server)
    text = "Hello {visitor_name|there}, {ticket} is due {due}. {agent_name}, {workspace}"
    await lena.does("keep_canned", **RESTART, text=text, tags=["lms"], then="resolve", code="solved")
    offered = (await aidan.does("canned", conversation=talk))["replies"]
    [reply] = [reply for reply in offered if reply["key"] == "restart"]
    number = (await aidan.does("open", conversation=talk))["ticket"]["number"]
    assert reply["text"] == (
        f"Hello there, {number} is due Mon 9 Mar, 14:00 Eastern (19:00 your time). Aidan, Human eSources"
    )
    assert (reply["tags"], reply["then"], reply["code"]) == (["lms"], "resolve", "solved")
    kept = await aidan.does("canned_kept", workspace="human-esources")
    assert not kept["may_change"]
    assert text in [reply["text"] for reply in kept["replies"]]


async def test_a_reply_kept_again_takes_the_place_of_the_first_and_a_dropped_one_is_gone(
    server: Server,
) -> None:
    lena = await a_lead(server)
    await lena.does("keep_canned", **{**RESTART, "key": "twice"}, text="first")
    await lena.does("keep_canned", **{**RESTART, "key": "twice"}, text="second")
    kept = (await lena.does("canned_kept", workspace="human-esources"))["replies"]
    assert [reply["text"] for reply in kept if reply["key"] == "twice"] == ["second"]
    await lena.does("drop_canned", workspace="human-esources", key="twice")
    kept = (await lena.does("canned_kept", workspace="human-esources"))["replies"]
    assert "twice" not in [reply["key"] for reply in kept]
    gone = await lena.asks("drop_canned", workspace="human-esources", key="twice")
    assert gone["error"]["code"] == "not_found"


async def test_only_leads_change_canned_replies_and_only_of_their_own_workspaces(house: Server) -> None:
    aidan, lena = await house.desk(), await a_lead(house, ("velsoft",))
    refused = await aidan.asks("keep_canned", **RESTART, text="Hello.")
    assert refused["error"]["code"] == "forbidden"
    for workspace in ("human-esources", "no-such-workspace"):
        stranger = await lena.asks("keep_canned", **{**RESTART, "workspace": workspace}, text="Hello.")
        assert stranger["error"]["code"] == "not_found"


async def test_a_faulty_reply_is_refused_with_every_fault(house: Server) -> None:
    lena = await a_lead(house)
    refused = await lena.asks("keep_canned", **RESTART, text="Dear {nobody}", level="P9", reason="why")
    assert refused["error"]["code"] == "invalid"
    assert "{nobody}" in refused["error"]["message"]
    assert "P9" in refused["error"]["message"]


async def test_articles_are_found_by_their_words_and_by_the_visitors_own(house: Server) -> None:
    vera, aidan = await house.vera(), await house.desk()
    talk = (await vera.says("how long does the LMS integration take?"))["conversation"]
    for words in ("", "lms integration time"):
        found = (await aidan.does("find_articles", conversation=talk, words=words))["articles"]
        assert found[0]["slug"] == "lms-integration-time"
        assert "a week up to a month" in found[0]["text"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Try **this**:\n\n1. log out\n2. log in", "<strong>this</strong>"),
        ("See https://example.org/help.", 'href="https://example.org/help"'),
        ("<img src=x onerror=alert(1)> **hi**", "&lt;img"),
        ("[click](javascript:alert(1)) **hi**", "<strong>hi</strong>"),
    ],
)
async def test_the_preview_is_what_the_visitor_gets(house: Server, text: str, html: str) -> None:
    vera, aidan, talk = await a_talk(house)
    preview = (await aidan.does("preview", text=text))["html"]
    assert html in preview
    assert "<img" not in preview
    assert "javascript:" not in preview.replace("(javascript:", "")
    await aidan.replies(talk, text)
    heard = await vera.hears(lambda event: event["kind"] == "agent_wrote" and event["text"] == text)
    assert heard["html"] == preview


async def test_plain_lines_need_no_markdown(house: Server) -> None:
    vera, aidan, talk = await a_talk(house)
    text = "It works again.\nThank you * for waiting, 2 < 3 & more."
    assert (await aidan.does("preview", text=text))["html"] is None
    await aidan.replies(talk, text)
    heard = await vera.hears(lambda event: event.get("text") == text)
    assert "html" not in heard
