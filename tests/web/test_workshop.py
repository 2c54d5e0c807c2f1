"""The editors' workshop over REST: drafts, trials, publications, history, with two editors and one on disk."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.house import ROOT, Server, Start

WS = "human-esources"
HERE = f"/api/workspaces/{WS}/workshop"
SLUG = "lms-integration-time"


class Editor:
    """An editor's browser."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def get(self, path: str) -> tuple[int, Any]:
        return await self.ask("GET", path)

    async def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        async with self.session.request(method, f"{HERE}{path}", json=body) as response:
            return response.status, await response.json()

    async def opened(self, slug: str = SLUG) -> Any:
        status, sheet = await self.get(f"/articles/{slug}")
        assert status == 200, sheet
        return sheet

    async def saves(self, sheet: Any, slug: str = SLUG, **changes: Any) -> tuple[int, Any]:
        form = {**sheet["form"], **changes}
        revision = sheet["draft"]["revision"] if sheet["draft"] else 0
        body = {"form": form, "base": sheet["digest"], "revision": revision}
        return await self.ask("PUT", f"/articles/{slug}/draft", body)

    async def publishes(self, revision: int, slug: str = SLUG, **more: Any) -> tuple[int, Any]:
        return await self.ask("POST", f"/articles/{slug}/publish", {"revision": revision, **more})


NEW_SHEET: Any = {
    "form": {"title": "", "body": "", "questions": [], "tags": []},
    "digest": None,
    "draft": None,
}


@pytest.fixture
async def shop(start: Start, store_url: str, tmp_path: Path) -> Server:
    """A server whose articles may be changed."""
    kb = tmp_path / "articles"
    shutil.copytree(ROOT / "kb" / WS, kb / WS)
    return await start(store_url, kb=kb)


@pytest.fixture
async def kb(shop: Server, tmp_path: Path) -> Path:
    return tmp_path / "articles" / WS


@pytest.fixture
async def browsers() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


def article_file(kb: Path) -> Path:
    return next(kb.rglob(f"{SLUG}.md"))


def slugs_in(kb: Path) -> set[str]:
    return {file.stem for file in kb.rglob("*.md")}


async def editor(shop: Server, browsers: AsyncExitStack, name: str = "edith", role: str = "editor") -> Editor:
    token = await shop.session(name, (WS,), role)
    cookies = {"slabot_session": token}
    return Editor(await browsers.enter_async_context(aiohttp.ClientSession(shop.url, cookies=cookies)))


@pytest.fixture
async def edith(shop: Server, browsers: AsyncExitStack) -> Editor:
    return await editor(shop, browsers)


async def test_the_list_has_every_article_with_its_state(edith: Editor, kb: Path) -> None:
    _, listed = await edith.get("/articles")
    assert {line["slug"] for line in listed["articles"]} == slugs_in(kb)
    assert {line["state"] for line in listed["articles"]} == {"published"}
    status, _ = await edith.saves(await edith.opened(), title="How long it takes")
    assert status == 200
    _, listed = await edith.get("/articles")
    assert [line["slug"] for line in listed["articles"] if line["state"] == "changed"] == [SLUG]


async def test_a_draft_changes_nothing_for_visitors_and_a_publication_does_within_a_second(
    shop: Server, edith: Editor, kb: Path
) -> None:
    path = article_file(kb)
    before = path.read_bytes()
    sheet = await edith.opened()
    _, saved = await edith.saves(sheet, body=sheet["form"]["body"] + "\n\nAsk Edith for the checklist.")
    assert path.read_bytes() == before
    status, published = await edith.publishes(saved["draft"]["revision"])
    assert status == 200, published
    assert path.read_bytes() != before
    shop.running.library.refresh()
    article = shop.running.library.article(WS, SLUG)
    assert article is not None
    assert "Ask Edith for the checklist." in article.body
    assert (await edith.opened())["draft"] is None


async def test_publishing_touches_only_the_lines_that_were_changed(edith: Editor, kb: Path) -> None:
    path = article_file(kb)
    before = path.read_text(encoding="utf-8").splitlines()
    sheet = await edith.opened()
    _, saved = await edith.saves(sheet, title=f"{sheet['form']['title']} today")
    await edith.publishes(saved["draft"]["revision"])
    after = path.read_text(encoding="utf-8").splitlines()
    assert [line for line, now in zip(before, after, strict=True) if line != now] == [
        line for line in before if line.startswith("title:")
    ]


async def test_of_two_editors_the_second_is_shown_both_texts(
    shop: Server, browsers: AsyncExitStack, edith: Editor
) -> None:
    emil = await editor(shop, browsers, "emil")
    hers, his = await edith.opened(), await emil.opened()
    assert (await edith.saves(hers, title="Hers"))[0] == 200
    status, refused = await emil.saves(his, title="His")
    assert (status, refused["error"]["code"]) == (409, "conflict")
    assert "title: Hers" in refused["error"]["fields"]["theirs"]
    assert "title: His" in refused["error"]["fields"]["mine"]
    assert (await edith.opened())["form"]["title"] == "Hers"


async def test_a_file_changed_on_disk_under_a_draft_is_not_overwritten(edith: Editor, kb: Path) -> None:
    sheet = await edith.opened()
    _, saved = await edith.saves(sheet, title="Edith's title")
    path = article_file(kb)
    on_disk = path.read_text(encoding="utf-8").replace("title:", "title: Disk", 1)
    path.write_text(on_disk, encoding="utf-8")
    status, refused = await edith.publishes(saved["draft"]["revision"])
    assert (status, refused["error"]["code"]) == (409, "conflict")
    assert refused["error"]["fields"]["where"] == "file"
    assert refused["error"]["fields"]["theirs"] == on_disk
    assert path.read_text(encoding="utf-8") == on_disk
    again = await edith.opened()
    assert again["form"]["title"] == "Edith's title", "nothing of hers is lost"
    _, saved = await edith.saves(again, title="Both")
    assert (await edith.publishes(saved["draft"]["revision"]))[0] == 200
    _, history = await edith.get(f"/articles/{SLUG}/versions")
    assert [version["editor"] for version in history["versions"]] == ["Edith", ""]


async def test_a_change_that_loses_a_question_is_stopped_and_needs_a_reason(edith: Editor, kb: Path) -> None:
    victim = next(slug for slug in sorted(slugs_in(kb)) if slug != SLUG)
    stolen = (await edith.opened(victim))["form"]["questions"]
    sheet = await edith.opened()
    _, saved = await edith.saves(sheet, title=stolen[0], questions=[*stolen, *sheet["form"]["questions"]])
    revision = saved["draft"]["revision"]
    status, refused = await edith.publishes(revision)
    assert (status, refused["error"]["code"]) == (409, "loses_questions")
    assert victim in {lost["slug"] for lost in refused["error"]["fields"]["lost"]}
    assert (await edith.publishes(revision, reason="They are one topic now."))[0] == 200
    _, history = await edith.get(f"/articles/{SLUG}/versions")
    assert history["versions"][0]["reason"] == "They are one topic now."


async def test_a_new_article_is_drafted_previewed_and_published(edith: Editor, kb: Path) -> None:
    form = {"title": "Parking", "body": "Park **behind** the house.\n\n<script>alert(1)</script>"}
    _, seen = await edith.ask("POST", "/articles/parking/preview", {"form": form})
    assert "<strong>behind</strong>" in seen["html"]
    assert "<script" not in seen["html"]
    status, saved = await edith.saves(NEW_SHEET, "parking", **form, questions=["where do i park my car"])
    assert status == 200, saved
    assert (await edith.publishes(saved["draft"]["revision"], "parking"))[0] == 200
    assert (kb / "parking.md").read_text(encoding="utf-8").startswith("---\ntitle: Parking\n")


@pytest.mark.parametrize("slug", ["..%2F..%2Fsecrets", "Capital", "a--b", "x" * 81, ".hidden", "a b"])
async def test_a_name_that_no_article_can_have_is_refused_in_words(edith: Editor, slug: str) -> None:
    status, refused = await edith.saves(NEW_SHEET, slug, title="Parking", body="Behind.")
    assert status in (404, 409, 422), refused
    assert refused["ok"] is False


async def test_an_article_that_cannot_be_read_is_not_published(edith: Editor) -> None:
    sheet = await edith.opened()
    body = {"text": "---\ntitle: [\n---\nText", "base": sheet["digest"], "revision": 0}
    _, saved = await edith.ask("PUT", f"/articles/{SLUG}/draft", body)
    status, refused = await edith.publishes(saved["draft"]["revision"])
    assert (status, refused["error"]["code"]) == (422, "invalid")
    assert f"{SLUG}.md:" in refused["error"]["message"]


async def test_a_scheduled_publication_happens_at_its_time(shop: Server, edith: Editor, kb: Path) -> None:
    path = article_file(kb)
    sheet = await edith.opened()
    _, saved = await edith.saves(sheet, body=sheet["form"]["body"] + "\n\nFrom noon on.")
    at = "2026-03-09T16:00:00Z"
    status, published = await edith.publishes(saved["draft"]["revision"], at=at)
    assert (status, published["digest"]) == (200, None)
    assert await shop.running.house.workshop.publish_due() == 0
    assert "From noon on." not in path.read_text(encoding="utf-8")
    shop.clock.move_to(shop.clock.now().replace(hour=16))
    assert await shop.running.house.workshop.publish_due() == 1
    assert "From noon on." in path.read_text(encoding="utf-8")


async def test_a_schedule_that_cannot_be_kept_keeps_the_draft_and_says_why(
    shop: Server, edith: Editor, kb: Path
) -> None:
    path = article_file(kb)
    _, saved = await edith.saves(await edith.opened(), title="Later")
    await edith.publishes(saved["draft"]["revision"], at="2026-03-09T16:00:00Z")
    path.write_text(path.read_text(encoding="utf-8") + "\nOn disk.\n", encoding="utf-8")
    shop.clock.move_to(shop.clock.now().replace(hour=17))
    assert await shop.running.house.workshop.publish_due() == 0
    draft = (await edith.opened())["draft"]
    assert "title: Later" in draft["text"]
    assert draft["publish_at"] is None
    assert "changed it meanwhile" in draft["failed"]


async def test_an_earlier_version_can_be_seen_with_what_it_changed(edith: Editor) -> None:
    for words in ("One.", "Two."):
        sheet = await edith.opened()
        _, saved = await edith.saves(sheet, body=f"{sheet['form']['body']}\n\n{words}")
        await edith.publishes(saved["draft"]["revision"])
    _, history = await edith.get(f"/articles/{SLUG}/versions")
    newest = history["versions"][0]["number"]
    _, whole = await edith.get(f"/articles/{SLUG}/versions/{newest}")
    assert [change["line"] for change in whole["changes"] if change["sign"] == "+" and change["line"]] == [
        "Two."
    ]


async def test_who_is_editing_is_told_to_the_other(
    shop: Server, browsers: AsyncExitStack, edith: Editor
) -> None:
    emil = await editor(shop, browsers, "emil")
    assert (await edith.ask("POST", f"/articles/{SLUG}/editing"))[1]["others"] == []
    assert (await emil.ask("POST", f"/articles/{SLUG}/editing"))[1]["others"] == ["Edith"]


async def test_a_question_can_be_tried_and_shows_why_it_finds_what(edith: Editor) -> None:
    status, tried = await edith.ask("POST", "/try", {"text": "how long does the lms integration take?"})
    assert status == 200
    assert tried["candidates"][0]["slug"] == SLUG
    assert "integration" in tried["candidates"][0]["why"]
    assert tried["action"] == "answer"
    assert tried["evidence"] >= tried["answers_from"]


async def test_only_editors_of_the_workspace_come_in(shop: Server, browsers: AsyncExitStack) -> None:
    aidan = await editor(shop, browsers, "aidan", "agent")
    assert (await aidan.get("/articles"))[0] == 403
    async with aiohttp.ClientSession(shop.url) as stranger, stranger.get(f"{HERE}/articles") as response:
        assert response.status == 401
    token = await shop.session("eve", ("velsoft",), "editor")
    async with (
        aiohttp.ClientSession(shop.url, cookies={"slabot_session": token}) as other,
        other.get(f"{HERE}/articles") as response,
    ):
        assert response.status == 404


async def test_two_editors_who_publish_at_once_never_lose_a_text(
    shop: Server, browsers: AsyncExitStack, edith: Editor, kb: Path
) -> None:
    emil = await editor(shop, browsers, "emil")
    for number in range(5):
        hers, his = await edith.opened(), await emil.opened()
        first, second = await asyncio.gather(
            edith.saves(hers, title=f"Hers {number}"), emil.saves(his, title=f"His {number}")
        )
        assert sorted((first[0], second[0])) == [200, 409]
        revision = (first if first[0] == 200 else second)[1]["draft"]["revision"]
        both = await asyncio.gather(edith.publishes(revision), emil.publishes(revision))
        assert sorted(status for status, _ in both)[0] == 200
    _, history = await edith.get(f"/articles/{SLUG}/versions")
    assert len({version["number"] for version in history["versions"]}) == 6
