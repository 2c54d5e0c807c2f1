"""Without a mouse: from the host page to an answered question, from the inbox to a resolved ticket."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect

from tests.browser.theatre import Theatre

FAR_ENOUGH = 40
"""Presses of Tab after which what was looked for is not on the way."""


async def tabbed_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    for _ in range(FAR_ENOUGH):
        await page.keyboard.press(key)
        if await wanted.evaluate("node => node.getRootNode().activeElement === node"):
            return
    raise AssertionError(f"{key} never reaches {wanted}")


async def test_a_visitor_asks_reads_and_closes_by_keyboard_alone(theatre: Theatre) -> None:
    vera = await theatre.vera()
    keyboard = vera.page.keyboard
    await expect(vera.launcher).to_be_visible()
    await tabbed_to(vera.page, vera.launcher)
    await keyboard.press("Enter")
    await expect(vera.box).to_be_focused()
    await keyboard.type("how long does the LMS integration take?")
    await keyboard.press("Enter")
    await vera.sees("a week up to a month")
    await expect(vera.box).to_be_focused()
    await tabbed_to(vera.page, vera.window.get_by_role("button", name="Read the article").last, "Shift+Tab")
    await keyboard.press("Enter")
    await expect(vera.window.locator(".prose")).to_be_visible()
    await keyboard.press("Escape")
    await expect(vera.window).to_have_count(0)
    await expect(vera.launcher).to_be_focused()


async def test_the_explanation_of_a_deadline_unfolds_by_keyboard(theatre: Theatre) -> None:
    vera = await (await theatre.vera()).opens()
    await vera.says("nobody in my course can log in")
    await vera.number()
    summary = vera.cards.last.locator(".deadline summary")
    await tabbed_to(vera.page, summary, "Shift+Tab")
    await vera.page.keyboard.press("Enter")
    await expect(vera.cards.last.get_by_role("table")).to_be_visible()


async def test_an_agent_finds_claims_answers_and_resolves_by_keyboard_alone(theatre: Theatre) -> None:
    aidan, vera = await theatre.aidan(), await theatre.vera()
    await vera.opens()
    await vera.says("nobody in my course can log in")
    number = await vera.number()
    keyboard = aidan.page.keyboard
    await keyboard.press("/")
    await keyboard.type(number)
    await expect(aidan.rows).to_have_count(1)
    await keyboard.press("Escape")
    await keyboard.press("j")
    await keyboard.press("Enter")
    await expect(aidan.timeline.locator(".said").first).to_be_visible()
    await keyboard.press("c")
    await expect(aidan.page.get_by_text("you hold it")).to_be_visible()
    await keyboard.press("r")
    await expect(aidan.box).to_be_focused()
    await keyboard.type("It works again.")
    await keyboard.press("Control+Enter")
    await vera.sees("It works again.")
    await keyboard.press("Escape")
    await keyboard.press("e")
    await expect(aidan.dialog()).to_be_visible()
    await keyboard.press("Enter")
    await vera.sees("Resolved")


async def test_every_key_is_in_the_list_that_the_question_mark_shows(theatre: Theatre) -> None:
    aidan = await theatre.aidan()
    await aidan.page.keyboard.press("?")
    keys = aidan.dialog().locator("kbd")
    assert await keys.all_inner_texts() == [
        *("j", "k", "Enter", "c", "r", "n", "p", "e", "s", "t", "m", "o", "u", "w", "h", "l", "b", "v"),
        *(",", "/", "Ctrl K", "?", "Ctrl Enter", "/", "Esc"),
    ]
    await aidan.page.keyboard.press("Escape")
    await expect(aidan.dialog()).to_have_count(0)
