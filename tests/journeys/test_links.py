"""The link in a mail: back into one conversation from another device, for a while, and nowhere else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import aiohttp

from slabot.services.links import LASTS
from tests.cast import Visitor, refusal_of
from tests.house import Server

WORKSPACE = "human-esources"
WORDS = "nobody in my course can log in, my address is vera@example.org"


async def followed(server: Server, token: str, workspace: str = WORKSPACE, **headers: str) -> tuple[int, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{server.url}/api/workspaces/{workspace}/links", json={"token": token}, headers=headers
        ) as answer,
    ):
        return answer.status, await answer.json()


async def asks(server: Server) -> Visitor:
    vera = await server.vera()
    await vera.says(WORDS)
    return vera


def link(server: Server, conversation: str | None, workspace: str = WORKSPACE) -> str:
    assert conversation is not None
    return server.running.house.links.token(workspace, conversation, server.clock.now())


async def returns(server: Server, token: str) -> tuple[Visitor, dict[str, Any]]:
    """On another device, which knows nothing but the session that the link gave."""
    elsewhere = Visitor(server.url)
    elsewhere.token = token
    hello = await elsewhere.arrives(WORKSPACE)
    server.stack.push_async_callback(elsewhere.leaves)
    return elsewhere, hello


async def test_a_link_goes_on_with_the_conversation_on_another_device(server: Server) -> None:
    vera, aidan = await asks(server), await server.desk()
    status, answer = await followed(server, link(server, vera.conversation))
    assert status == 200
    elsewhere, hello = await returns(server, answer["token"])
    assert hello["conversation"]["id"] == vera.conversation
    assert any(event.get("text") == WORDS for event in hello["conversation"]["messages"])
    await elsewhere.says("I am on my phone now")
    await vera.hears(lambda event: event.get("text") == "I am on my phone now")
    assert vera.conversation is not None
    await aidan.takes_over(vera.conversation)
    await aidan.replies(vera.conversation, "Thanks, I see it.")
    await elsewhere.hears(lambda event: event.get("text") == "Thanks, I see it.")


async def test_whoever_reads_the_mail_sees_that_conversation_and_no_other_of_hers(server: Server) -> None:
    vera = await asks(server)
    first = vera.conversation
    await vera.says("what are your hours? this is another matter", new=True)
    second = vera.conversation
    assert second != first
    _, answer = await followed(server, link(server, first))
    elsewhere, hello = await returns(server, answer["token"])
    assert hello["conversation"]["id"] == first
    assert [talk["id"] for talk in hello["conversations"]] == [first]
    assert not (await elsewhere.asks("enter", conversation=second))["ok"]
    assert not (await elsewhere.asks("resume", conversation=second, after_seq=0))["ok"]
    refused = await elsewhere.asks("say", conversation=second, client_id=elsewhere.client_id(), text="hello?")
    assert refused["error"]["code"] == "not_found"
    await vera.says("and one more thing in the second", conversation=second)
    said = await elsewhere.says("hello again", new=True)
    assert said["conversation"] == first, "a new talk is for whoever comes without a link"
    await vera.hears(lambda event: event.get("text") == "hello again")
    assert not any(event.get("text", "").startswith("and one more") for event in elsewhere.events)


async def test_deleting_everything_by_a_link_deletes_that_conversation_alone(server: Server) -> None:
    vera = await asks(server)
    first = vera.conversation
    await vera.says("another matter, please", new=True)
    _, answer = await followed(server, link(server, first))
    elsewhere, _ = await returns(server, answer["token"])
    assert (await elsewhere.does("erase"))["erased"] == 1
    assert (await vera.does("enter", conversation=vera.conversation))["ok"]
    status, answer = await followed(server, link(server, first))
    assert (status, answer["error"]["code"]) == (404, "not_found")


async def test_a_link_expires_and_says_so(server: Server) -> None:
    vera = await asks(server)
    assert vera.conversation is not None
    links, now = server.running.house.links, server.clock.now()
    late = links.token(WORKSPACE, vera.conversation, now - LASTS)
    in_time = links.token(WORKSPACE, vera.conversation, now - LASTS + timedelta(seconds=2))
    status, answer = await followed(server, late)
    assert (status, answer["error"]["code"]) == (410, "link_expired")
    assert (await followed(server, in_time))[0] == 200


async def test_a_link_is_good_for_nothing_else_and_nothing_else_is_good_for_a_link(server: Server) -> None:
    vera = await asks(server)
    assert vera.token is not None
    token = link(server, vera.conversation)
    forged = f"{token[:-4]}AAAA"
    for wrong in (vera.token, forged, "abc", "a.b.c"):
        status, answer = await followed(server, wrong)
        assert (status, answer["error"]["code"]) == (404, "not_found")
    assert (await followed(server, token, "velsoft"))[0] == 404
    stranger = Visitor(server.url)
    stranger.token = token
    hello = await stranger.arrives(WORKSPACE)
    server.stack.push_async_callback(stranger.leaves)
    assert hello["conversation"] is None, "a link is no session: who sends it as one is somebody new"


async def test_another_page_cannot_follow_a_link(server: Server) -> None:
    vera = await asks(server)
    token = link(server, vera.conversation)
    assert (await followed(server, token, Origin="https://elsewhere.example"))[0] == 404


async def test_a_session_by_a_link_opens_no_other_workspace(server: Server) -> None:
    vera = await asks(server)
    _, answer = await followed(server, link(server, vera.conversation))
    other = Visitor(server.url)
    other.token = answer["token"]
    hello = await other.arrives("velsoft")
    server.stack.push_async_callback(other.leaves)
    assert hello["conversation"] is None
    refusal = await refusal_of(server.url, "/visitor", {"workspace": "nowhere", "token": answer["token"]})
    assert "workspace" in str(refusal)
