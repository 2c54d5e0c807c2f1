"""The editors' workshop in the browser: two editors side by side, one on disk, and a visitor who sees what is published."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.browser.conftest import ROOT, evening, staged
from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre
from tests.cast import visitor

WS = "human-esources"
SLUG = "lms-integration-time"
PUBLICATION = 30_000
"""Milliseconds that it may take on a busy machine: every article's questions are asked first."""

BROKEN_WORDS = """cells => cells.flatMap(cell => [...cell.textContent.matchAll(/[^\\s]+/g)].filter(({ index, 0: word }) => {
    const range = document.createRange();
    range.setStart(cell.firstChild, index);
    range.setEnd(cell.firstChild, index + word.length);
    return range.getClientRects().length > 1;
}).map(([word]) => word))"""
"""Of cells that hold nothing but text: the words that do not stand on one line."""

QUESTION = "how long does the LMS integration take?"


@pytest.fixture(scope="module")
async def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kb = tmp_path_factory.mktemp("articles")
    shutil.copytree(ROOT / "kb", kb, dirs_exist_ok=True)
    return kb


@pytest.fixture(scope="module")
async def workshop(
    chromium: Browser, articles: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Theatre]:
    async with staged(chromium, tmp_path_factory.mktemp("workshop"), articles) as theatre:
        assert theatre.running is not None
        following = asyncio.create_task(theatre.running.library.watch())
        yield theatre
        following.cancel()


@pytest.fixture
async def shop(workshop: Theatre) -> AsyncIterator[Theatre]:
    async with evening(workshop) as visit:
        visit.watched.forgives(
            r"status of 4(04|09)"
        )  # A conflict is an answer; the browser calls it an error.
        yield visit


async def opens(page: Page, slug: str = SLUG) -> None:
    await page.evaluate(f"location.hash = '#/{WS}/articles/{slug}'")
    await expect(page.get_by_label("Title")).not_to_have_value("")


async def saved(page: Page) -> None:
    await expect(page.get_by_text("draft saved")).to_be_visible()


@asynccontextmanager
async def held_back(page: Page, address: str) -> AsyncIterator[None]:
    """The line is slow: what is asked at this address goes on its way at the end."""
    asked, go = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        asked.set()
        await go.wait()
        await route.continue_()

    await page.route(address, hold)
    yield
    await asked.wait()
    go.set()


async def test_a_visitor_sees_a_published_change_within_a_second(shop: Theatre) -> None:
    edith = await shop.edith()
    await edith.get_by_label("Find articles").fill("integration")
    await edith.get_by_role("link", name="How long").first.click()
    await opens(edith)
    body = edith.get_by_label("Text")
    await body.fill(
        (await body.input_value()).replace("a week up to a month", "a week up to a month, says Edith", 1)
    )
    await expect(edith.get_by_label("As visitors see it").get_by_text("says Edith").first).to_be_visible()
    await saved(edith)
    await edith.get_by_role("button", name="Publish").click()
    await expect(edith.get_by_text("Published. Visitors see it now.")).to_be_visible(timeout=PUBLICATION)
    assert shop.running is not None
    for _ in range(100):
        article = shop.running.library.article(WS, SLUG)
        if article is not None and "says Edith" in article.body:
            break
        await edith.wait_for_timeout(10)
    else:
        pytest.fail("a second later the index still has the old text")
    vera = await shop.vera()
    await vera.opens()
    await vera.says(QUESTION)
    await vera.sees("says Edith")


async def test_of_two_editors_the_second_sees_both_texts_and_decides(shop: Theatre) -> None:
    edith, emil = await shop.edith(), await shop.edith(name="Emil")
    await opens(edith, "account-setup")
    await opens(emil, "account-setup")
    await expect(emil.get_by_text("Edith has this article open too.")).to_be_visible()
    await edith.get_by_label("Title").fill("Hers")
    await saved(edith)
    emil_s = emil.get_by_label("Title")
    await emil_s.fill("His")
    await expect(emil.get_by_text("Nothing was overwritten.")).to_be_visible()
    await expect(emil.locator(".notice pre")).to_contain_text("title: Hers")
    await emil.get_by_role("button", name="Keep mine").click()
    await saved(emil)
    await expect(emil_s).to_have_value("His")


async def test_a_file_changed_on_disk_under_the_editors_hands_is_shown_not_overwritten(
    shop: Theatre, articles: Path
) -> None:
    slug = sorted(file.stem for file in (articles / WS).glob("*.md"))[5]
    path = articles / WS / f"{slug}.md"
    edith = await shop.edith()
    await opens(edith, slug)
    await edith.get_by_label("Owner").evaluate("(owner) => owner.closest('details').open = true")
    await edith.get_by_label("Owner").fill("Edith")
    await saved(edith)
    on_disk = path.read_text(encoding="utf-8") + "\nAdded on disk.\n"
    path.write_text(on_disk, encoding="utf-8")
    await edith.get_by_role("button", name="Publish").click()
    await expect(edith.locator(".notice pre")).to_contain_text("Added on disk.", timeout=PUBLICATION)
    assert path.read_text(encoding="utf-8") == on_disk
    await edith.get_by_role("button", name="Take the other").click()
    await expect(edith.locator(".notice pre")).to_have_count(0)


async def test_a_lost_question_stops_a_publication_until_there_is_a_reason(shop: Theatre) -> None:
    edith = await shop.edith()
    await opens(edith, "lms-problems")
    await edith.get_by_label("Questions it answers").fill("do you bake cakes\nwho are you")
    await saved(edith)
    await edith.get_by_role("button", name="Publish").click()
    await expect(edith.get_by_text("Not published.")).to_be_visible(timeout=PUBLICATION)
    await looked_at(edith, "workshop-lost")
    await edith.get_by_label("Reason to publish all the same").fill("We bake now.")
    await edith.get_by_role("button", name="Publish all the same").click()
    await expect(edith.get_by_text("Published. Visitors see it now.")).to_be_visible(timeout=PUBLICATION)
    await edith.get_by_text("History").click()
    await expect(edith.get_by_text("We bake now.")).to_be_visible()
    await edith.get_by_role("button", name="Version", exact=False).first.click()
    await expect(edith.locator(".added").filter(has_text="do you bake cakes")).to_be_visible()
    await looked_at(edith, "workshop-history")


async def test_questions_and_tags_keep_every_keystroke_while_the_page_goes_on_without_them(
    shop: Theatre,
) -> None:
    edith = await shop.edith()
    await opens(edith, "lms-visibility")
    questions, tags = edith.get_by_label("Questions it answers"), edith.get_by_label("Tags")
    typed = "do you bake cakes, or bread \n\n  who are "
    async with edith.expect_response("**/preview"):
        await questions.fill(typed)
    await saved(edith)
    await expect(questions).to_have_value(typed)
    await tags.evaluate("(tags) => tags.closest('details').open = true")
    async with edith.expect_response("**/preview"):
        await tags.fill("Cakes, bread ,")
    await saved(edith)
    await expect(tags).to_have_value("Cakes, bread ,")
    await expect(questions).to_have_value(typed)
    await edith.reload()
    await expect(questions).to_have_value("do you bake cakes, or bread\nwho are")
    await expect(tags).to_have_value("Cakes, bread")


async def test_what_is_typed_while_a_publication_is_on_its_way_stays_and_is_the_next_draft(
    shop: Theatre,
) -> None:
    edith = await shop.edith()
    await opens(edith, "onboarding-checklist")
    await edith.get_by_label("Title").fill("Welcome")
    await saved(edith)
    async with held_back(edith, "**/publish"):
        await edith.get_by_role("button", name="Publish").click()
        await edith.get_by_label("Title").fill("Welcome to everybody")
    await expect(edith.get_by_text("draft saved")).to_be_visible(timeout=PUBLICATION)
    await expect(edith.get_by_label("Title")).to_have_value("Welcome to everybody")
    assert shop.running is not None
    published = shop.running.library.article(WS, "onboarding-checklist")
    assert published is not None
    assert published.title == "Welcome"
    await edith.reload()
    await expect(edith.get_by_label("Title")).to_have_value("Welcome to everybody")


async def test_gaps_become_drafts_and_numbers_are_plotted_beside_their_table(shop: Theatre) -> None:
    assert shop.running is not None
    async with visitor(shop.url, WS) as vera:
        await vera.says(QUESTION)
        await vera.says("yes, that helped")
        await vera.says("do you have a podcast?")
    await shop.running.tally.catch_up()
    edith = await shop.edith(f"{WS}/numbers")
    await expect(edith.get_by_role("row", name="How long")).to_be_visible()
    await edith.get_by_text("Day by day").click()
    await looked_at(edith, "workshop-numbers")
    await edith.set_viewport_size({"width": 360, "height": 740})
    assert await edith.locator("thead th").evaluate_all(BROKEN_WORDS) == []
    await edith.set_viewport_size({"width": 1280, "height": 860})
    await edith.get_by_role("link", name="Gaps").click()
    gap = edith.locator(".gap").filter(has_text="podcast")
    await expect(gap).to_be_visible()
    await looked_at(edith, "workshop-gaps")
    await gap.get_by_role("button", name="Draft an article").click()
    await expect(edith.get_by_label("Title")).to_have_value("Do you have a podcast")


async def test_the_ticket_that_a_gap_became_is_one_click_away_at_the_desk(shop: Theatre) -> None:
    assert shop.running is not None
    async with visitor(shop.url, WS) as vera:
        await vera.says("is there a discount for choirs?")
        said = await vera.says("a person please, vera@example.org")
        number = next(event["data"]["number"] for event in said["events"] if event["kind"] == "ticket_opened")
    await shop.running.tally.catch_up()
    edith = await shop.edith(f"{WS}/gaps")
    await edith.locator(".gap").filter(has_text="choirs").get_by_role("link", name=number, exact=True).click()
    await expect(edith.get_by_role("searchbox")).to_have_value(number)
    await expect(edith.get_by_role("button", name=f"{number} Normal priority")).to_be_visible()


async def test_a_question_is_tried_out_with_the_reasons(shop: Theatre) -> None:
    edith = await shop.edith(f"{WS}/try")
    await edith.get_by_role("searchbox", name="Question").fill("who marks the exams?")
    await edith.get_by_role("button", name="Ask").click()
    await expect(edith.get_by_text("The bot would say")).to_be_visible()
    await looked_at(edith, "workshop-try")


async def test_the_next_question_can_be_typed_while_the_last_is_answered(shop: Theatre) -> None:
    edith = await shop.edith(f"{WS}/try")
    question = edith.get_by_role("searchbox", name="Question")
    await question.fill("who marks the exams?")
    async with held_back(edith, "**/try"):
        await edith.get_by_role("button", name="Ask").click()
        await question.fill("and who reads them?")
    await expect(edith.get_by_text("The bot would say")).to_be_visible()
    await expect(question).to_have_value("and who reads them?")


async def test_the_list_and_a_sheet_can_be_used_by_everyone(shop: Theatre) -> None:
    edith = await shop.edith()
    await expect(edith.get_by_role("row")).not_to_have_count(0)
    await looked_at(edith, "workshop-list")
    await opens(edith, "account-setup")
    await expect(edith.locator(".preview article")).to_be_visible()
    await looked_at(edith, "workshop-sheet")
    await opens(edith, "account-setup")
