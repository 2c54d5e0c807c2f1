"""Search at the desk as an agent does it: from the keyboard, through everything, with the words marked."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre
from tests.cast import visitor


async def test_an_agent_finds_a_conversation_by_words_deep_in_it_and_sees_them_marked(
    alone: Theatre,
) -> None:
    vera, aidan = await alone.vera(), await alone.aidan()
    await vera.opens()
    await vera.says("nobody in my course can log in")
    number = await vera.number()
    await vera.says("we see the <b>Wolpertinger</b> page after every second click, and only in the morning")
    await vera.says("and the colours are strange")
    await aidan.page.keyboard.press("/")
    await expect(aidan.row(number)).to_be_visible()
    await aidan.page.keyboard.press("/")
    await expect(aidan.page.get_by_label("Find in all conversations")).to_be_focused()
    await aidan.page.keyboard.type("click wolpert")
    row = aidan.rows.first
    await expect(aidan.rows).to_have_count(1)
    await expect(row.locator("mark")).to_have_text(["Wolpertinger", "click"])
    await expect(row).to_contain_text("<b>Wolpertinger</b>")
    await expect(aidan.inbox.get_by_text("1 conversation found")).to_be_visible()
    await looked_at(aidan.page, "desk-found")
    await row.get_by_role("button").click()
    await expect(aidan.page.get_by_text(number).first).to_be_visible()


async def test_the_palette_searches_everything_and_says_when_there_is_nothing(theatre: Theatre) -> None:
    aidan = await theatre.aidan()
    await aidan.page.keyboard.press("Control+k")
    await aidan.dialog().get_by_role("combobox").fill("elwedritsche")
    await aidan.page.get_by_role("option", name="Find “elwedritsche” in everything").click()
    await expect(aidan.inbox.get_by_text("Nothing matches “elwedritsche”.")).to_be_visible()


async def test_a_found_line_is_scrolled_to_and_marked_when_it_is_opened_with_the_keyboard(
    theatre: Theatre,
) -> None:
    vera = await theatre.stack.enter_async_context(visitor(theatre.url, "human-esources"))
    await vera.says("nobody in my course can log in since the Basilisk update, the Basilisk one")
    for number in range(1, 13):
        await vera.says(f"and line {number} of the list\nis long\nand longer\nand ends here")
    aidan = await theatre.aidan()
    row = await aidan.finds("basilisk")
    await expect(row.locator("mark").first).to_have_text("Basilisk")
    await aidan.page.keyboard.press("Escape")
    await aidan.page.keyboard.press("j")
    await aidan.page.keyboard.press("Enter")
    sought = aidan.timeline.locator(".sought")
    await expect(sought.locator("mark")).to_have_text(["Basilisk", "Basilisk"])
    await expect(sought).to_be_in_viewport()
    last = aidan.timeline.locator(".said").last
    await expect(last).not_to_be_in_viewport()
    await vera.says("one more thing")
    await aidan.sees("one more thing")
    await aidan.page.get_by_label("Find in all conversations").fill("")
    await aidan.page.keyboard.press("Escape")
    await aidan.rows.filter(has=aidan.page.locator("[aria-current=true]")).get_by_role("button").click()
    await expect(aidan.timeline.locator(".said").last).to_be_in_viewport()
    await expect(aidan.timeline.locator(".sought")).to_have_count(0)


async def test_what_a_visitor_writes_appears_in_the_searches_and_views_that_two_agents_have_open(
    alone: Theatre,
) -> None:
    aidan, lena = await alone.aidan("Aidan"), await alone.aidan("Lena")
    vera = await (await alone.vera()).opens()
    await vera.says("nobody in my course can log in")
    number = await vera.number()
    await aidan.page.get_by_label("Find in all conversations").fill("cockatrice")
    await expect(aidan.inbox.get_by_text("Nothing matches “cockatrice”.")).to_be_visible()
    await lena.page.get_by_label("Find in all conversations").fill(number)
    await lena.page.keyboard.press("Escape")
    await lena.page.keyboard.press("v")
    await lena.dialog().get_by_label("Name of the view").fill("The cockatrice")
    await lena.dialog().get_by_role("button", name="Save").click()
    await lena.page.keyboard.press("Escape")
    await expect(lena.dialog()).to_have_count(0)
    await expect(lena.rows).to_have_count(1)
    await vera.says("it began with the Cockatrice release")
    await expect(aidan.row("Cockatrice").locator("mark")).to_have_text("Cockatrice")
    await lena.opens(number)
    await lena.claims()
    await expect(aidan.row("Lena ·")).to_have_count(1)
    await lena.presses("Resolve…")
    await lena.dialog().get_by_role("button", name="Resolve").click()
    await expect(aidan.row("Cockatrice")).to_have_count(1)


async def test_a_saved_view_follows_what_a_colleague_does(alone: Theatre) -> None:
    aidan, lena = await alone.aidan("Aidan"), await alone.aidan("Lena")
    await aidan.page.get_by_label("View", exact=True).select_option("unassigned")
    await aidan.page.keyboard.press("Escape")
    await aidan.page.keyboard.press("v")
    await aidan.dialog().get_by_label("Name of the view").fill("Waits for anybody")
    await aidan.dialog().get_by_role("button", name="Save").click()
    await aidan.page.keyboard.press("Escape")
    await expect(aidan.dialog()).to_have_count(0)
    await aidan.page.get_by_label("View", exact=True).select_option("all")
    await aidan.page.get_by_label("View", exact=True).select_option(label="Waits for anybody")
    await expect(aidan.rows).to_have_count(0)
    vera = await (await alone.vera()).opens()
    await vera.says("nobody in my course can log in")
    number = await vera.number()
    await expect(aidan.row(number)).to_have_count(1)
    await lena.opens(number)
    await lena.claims()
    await expect(aidan.rows).to_have_count(0)
    await lena.presses("Release")
    await expect(aidan.row(number)).to_have_count(1)
