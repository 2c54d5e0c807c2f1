"""What visitors asked comes back to the editors: honest numbers, gaps by meaning, and drafts made of them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.house import ROOT, Server, Start

WS = "human-esources"
HERE = f"/api/workspaces/{WS}/workshop"
SLUG = "lms-integration-time"


class Edith:
    def __init__(self, shop: Server) -> None:
        self._shop = shop

    async def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Everything that was committed is counted first."""
        await self._shop.running.tally.catch_up()
        token = await self._shop.session("edith", (WS,), "editor")
        async with (
            aiohttp.ClientSession(self._shop.url, cookies={"slabot_session": token}) as session,
            session.request(method, f"{HERE}{path}", json=body) as response,
        ):
            return response.status, await response.json()


@pytest.fixture
async def desk(start: Start, store_url: str, tmp_path: Path) -> Server:
    """One that nobody else's visitors talk to, with articles of its own: numbers are counted."""
    shutil.copytree(ROOT / "kb" / WS, tmp_path / "articles" / WS)
    return await start(store_url, kb=tmp_path / "articles")


@pytest.fixture
async def edith(desk: Server) -> Edith:
    return Edith(desk)


async def test_an_answer_that_a_visitor_confirms_counts_as_solved(desk: Server, edith: Edith) -> None:
    vera = await desk.vera()
    await vera.says("how long does the LMS integration take?")
    await vera.says("yes, that helped")
    other = await desk.vera()
    await other.says("how long does the LMS integration take?")
    _, numbers = await edith.ask("GET", "/numbers?days=7")
    article = next(one for one in numbers["articles"] if one["slug"] == SLUG)
    assert (article["shown"], article["solved"], article["asked_for_person"]) == (2, 1, 0)
    assert numbers["days"] == [
        {"day": "2026-03-09", "solved": 1, "asked_for_person": 0, "left": 0, "open": 1}
    ]


async def test_questions_that_mean_the_same_stand_together_and_become_a_draft(
    desk: Server, edith: Edith
) -> None:
    aidan = await desk.desk()
    for text in ("do you have a podcast?", "is there a podcast"):
        vera = await desk.vera()
        await vera.says(text)
        await vera.says("talk to a person please")
        assert vera.conversation
        await aidan.takes_over(vera.conversation)
        await aidan.replies(
            vera.conversation, "Hi Vera, there is no podcast yet, write to ed@example.org for news."
        )
        await aidan.acts("resolve", vera.conversation, code="solved")
    _, found = await edith.ask("GET", "/gaps")
    group = next(one for one in found["groups"] if "podcast" in one["questions"][0]["text"])
    assert (group["visitors"], len(group["questions"])) == (2, 2)
    assert sorted(group["tickets"]) == ["HES-1", "HES-2"]
    question = group["questions"][0]
    body = {"conversation": question["conversation"], "seq": question["seq"]}
    status, drafted = await edith.ask("POST", "/gaps/draft", body)
    assert status == 200, drafted
    _, sheet = await edith.ask("GET", f"/articles/{drafted['slug']}")
    assert sheet["published"] is None
    assert "podcast" in sheet["form"]["title"]
    assert "there is no podcast yet" in sheet["form"]["body"]
    assert "example.org" not in sheet["text"]
    _, again = await edith.ask("POST", "/gaps/draft", body)
    assert again["slug"] != drafted["slug"], "an earlier draft is not overwritten"


async def test_the_tally_can_be_thrown_away_and_counted_anew(desk: Server, edith: Edith) -> None:
    vera = await desk.vera()
    await vera.says("how long does the LMS integration take?")
    _, before = await edith.ask("GET", "/numbers")
    await desk.running.store.tallies.keep((), WS, 0)
    _, after = await edith.ask("GET", "/numbers")
    assert before == after
    assert before["articles"]


@pytest.mark.parametrize("days", ["0", "367", "-1", "x", "1e9", "²"])
async def test_days_that_are_no_number_of_days_are_refused(edith: Edith, days: str) -> None:
    status, refused = await edith.ask("GET", f"/numbers?days={days}")
    assert (status, refused["error"]["code"]) == (422, "invalid")


async def test_a_question_that_is_in_no_group_cannot_be_drafted_from(edith: Edith) -> None:
    status, _ = await edith.ask("POST", "/gaps/draft", {"conversation": "nobody", "seq": 1})
    assert status == 404


async def test_a_change_that_would_fail_last_months_visitors_says_how_many(
    desk: Server, edith: Edith
) -> None:
    for _ in range(2):
        vera = await desk.vera()
        await vera.says("how long does the LMS integration take?")
    _, sheet = await edith.ask("GET", f"/articles/{SLUG}")
    form = {
        **sheet["form"],
        "title": "Cakes",
        "body": "We bake.",
        "tags": [],
        "questions": ["do you bake cakes"],
    }
    draft = {"form": form, "base": sheet["digest"], "revision": 0}
    _, saved = await edith.ask("PUT", f"/articles/{SLUG}/draft", draft)
    revision = saved["draft"]["revision"]
    status, refused = await edith.ask("POST", f"/articles/{SLUG}/publish", {"revision": revision})
    assert (status, refused["error"]["code"]) == (409, "loses_questions")
    fields = refused["error"]["fields"]
    assert fields["visitors"] == 2
    assert {(lost["slug"], lost["question"]) for lost in fields["lost"]} >= {
        (SLUG, sheet["form"]["questions"][0])
    }
