"""Views of one's own: what the list shows under a name, by keyboard and palette, at every desk of the agent."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre


async def test_an_agent_saves_a_search_renames_it_and_finds_it_in_the_palette(theatre: Theatre) -> None:
    vera, aidan = await theatre.vera(), await theatre.aidan("Ava")
    await vera.opens()
    await vera.says("nobody in my course can log in, Klabautermann")
    await vera.number()
    view = aidan.page.get_by_label("View", exact=True)
    await aidan.page.get_by_label("Find in all conversations").fill("klabautermann")
    await aidan.page.get_by_label("Order").select_option("severity")
    await aidan.page.keyboard.press("Escape")
    await aidan.rows.first.get_by_role("button").focus()
    await aidan.page.keyboard.press("v")
    await expect(aidan.dialog()).to_contain_text("Everything with “klabautermann”, by severity")
    await aidan.dialog().get_by_label("Name of the view").fill("Sailors")
    await aidan.page.keyboard.press("Enter")
    await expect(aidan.dialog()).to_contain_text("The list shows your view “Sailors”.")
    await looked_at(aidan.page, "desk-views")
    name = aidan.dialog().get_by_label("Name of “Sailors”")
    await name.fill("Ghosts of ships")
    await name.press("Enter")
    await expect(aidan.dialog()).to_contain_text("“Ghosts of ships”")
    await aidan.page.keyboard.press("Escape")
    await expect(view.locator("option:checked")).to_have_text("Ghosts of ships")
    await view.select_option("open")
    await expect(aidan.page.get_by_label("Find in all conversations")).to_have_value("")
    await aidan.page.keyboard.press("Control+k")
    await aidan.dialog().get_by_role("combobox").fill("ghosts")
    await aidan.page.keyboard.press("Enter")
    await expect(aidan.page.get_by_label("Find in all conversations")).to_have_value("klabautermann")
    await expect(aidan.page.get_by_label("Order")).to_have_value("severity")
    await aidan.page.reload()
    await expect(view.get_by_role("option", name="Ghosts of ships")).to_be_attached()
    await aidan.rows.first.get_by_role("button").focus()
    await aidan.page.keyboard.press("v")
    await aidan.dialog().get_by_role("button", name="Remove “Ghosts of ships”").click()
    await expect(aidan.dialog().get_by_text("Your views")).to_have_count(0)
