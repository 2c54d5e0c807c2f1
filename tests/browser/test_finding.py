"""Search at the desk as an agent does it: from the keyboard, through everything, with the words marked."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre


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
