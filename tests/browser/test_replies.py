"""How an agent writes: canned replies and articles by `/`, a preview, and a moment in which a reply can be undone."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.desk_page import DeskPage
from tests.browser.theatre import Theatre
from tests.browser.widget_page import WidgetPage

INCIDENT = "nobody in my course can log in"
UNDO = 20


async def a_ticket(theatre: Theatre, undo: int = 0) -> tuple[WidgetPage, DeskPage, str]:
    """Vera with an urgent ticket that Aidan has open; its number."""
    aidan, vera = await theatre.aidan(undo=undo), await theatre.vera()
    await vera.opens()
    await vera.says(INCIDENT)
    number = await vera.number()
    await aidan.opens(number)
    return vera, aidan, number


async def test_a_lead_keeps_a_canned_reply_and_an_agent_sends_it_with_all_it_does(theatre: Theatre) -> None:
    lena = await theatre.aidan("Lena", role="lead")
    vera, aidan, number = await a_ticket(theatre)
    await lena.page.keyboard.press("Control+k")
    await lena.dialog().get_by_role("combobox").fill("canned")
    await lena.page.keyboard.press("Enter")
    dialog = lena.dialog()
    await dialog.get_by_label("Workspace").select_option("human-esources")
    await dialog.get_by_role("button", name="New canned reply").click()
    await dialog.get_by_label("Key").fill("course-restart")
    await dialog.get_by_label("Title").fill("After a course restart")
    await dialog.get_by_label("Text").fill("Hello {visitor_name|there}, **{ticket}** is done. {agent_name}")
    await dialog.get_by_label("Adds tags").fill("lms, restart")
    await dialog.get_by_label("Afterwards").select_option("resolve")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog.get_by_text("After a course restart")).to_be_visible()
    await aidan.box.press_sequentially("/course")
    choice = aidan.page.get_by_role("option", name=re.compile("After a course restart"))
    await expect(choice).to_have_attribute("aria-selected", "true")
    await aidan.page.keyboard.press("Enter")
    await expect(aidan.box).to_have_value(f"Hello there, **{number}** is done. Aidan")
    await expect(aidan.page.locator(".along")).to_contain_text("resolves")
    await aidan.presses("Preview")
    await expect(aidan.page.locator(".previewed strong")).to_have_text(number)
    await aidan.send.click()
    said = vera.log.locator("strong", has_text=number)
    await expect(said).to_be_visible()
    await vera.sees("Resolved")
    await expect(aidan.context.get_by_text("restart", exact=True)).to_be_visible()


async def test_a_part_of_a_canned_reply_can_be_left_out(theatre: Theatre) -> None:
    lena = await theatre.aidan("Lena", role="lead")
    assert theatre.running is not None
    vera, aidan, _ = await a_ticket(theatre)
    kept = {"workspace": "human-esources", "key": "closing", "title": "Closing words", "text": "Goodbye."}
    await theatre.keeps_canned(lena, **kept, tags=["bye"], then="resolve")
    await aidan.box.press_sequentially("/closing")
    await aidan.page.get_by_role("option", name=re.compile("Closing words")).click()
    await aidan.page.get_by_role("button", name="Without it: resolves").click()
    await aidan.send.click()
    await vera.sees("Goodbye.")
    await expect(aidan.page.get_by_text("you hold it")).to_be_visible()
    await expect(aidan.context.get_by_text("bye", exact=True)).to_be_visible()


async def test_a_place_that_nothing_fills_keeps_a_reply_from_going(theatre: Theatre) -> None:
    _, aidan, _ = await a_ticket(theatre)
    await aidan.box.fill("Dear {visitor_name}, it works.")
    await expect(aidan.page.locator(".sends")).to_contain_text("Fill in {visitor_name} first.")
    await expect(aidan.send).to_be_disabled()
    await aidan.box.fill("Dear Vera, it works.")
    await expect(aidan.send).to_be_enabled()


async def test_an_article_found_from_the_box_goes_along_and_the_visitor_opens_it(theatre: Theatre) -> None:
    vera, aidan, _ = await a_ticket(theatre)
    await aidan.box.press_sequentially("This may help: /lms integration time")
    await aidan.page.get_by_role("option", name=re.compile("LMS")).first.click()
    await expect(aidan.page.locator(".along")).to_contain_text("The visitor can open")
    await expect(aidan.box).to_have_value(re.compile(r"^This may help: .*a week up to a month", re.DOTALL))
    await aidan.send.click()
    await vera.window.get_by_role("button", name="Read the article").last.click()
    await expect(vera.window.locator(".prose")).to_be_visible()


async def test_a_reply_is_held_for_a_moment_and_undo_brings_its_words_back(theatre: Theatre) -> None:
    vera, aidan, _ = await a_ticket(theatre, undo=UNDO)
    await aidan.writes("Sent too early")
    await aidan.presses("Undo")
    await expect(aidan.box).to_have_value("Sent too early")
    await aidan.box.fill("Sent in time")
    await aidan.send.click()
    await expect(aidan.timeline.get_by_text("Sends in a moment")).to_be_visible()
    await expect(vera.lines("Sent in time")).to_have_count(0)
    await aidan.presses("Send now")
    await vera.sees("Sent in time")
    await expect(vera.lines("Sent too early")).to_have_count(0)


async def test_a_tab_closed_while_a_reply_is_held_keeps_it_as_a_draft(theatre: Theatre) -> None:
    vera, aidan, number = await a_ticket(theatre, undo=UNDO)
    await aidan.writes("Half a thought")
    await expect(aidan.timeline.get_by_text("Sends in a moment")).to_be_visible()
    await aidan.page.reload()
    await aidan.opens(number)
    await expect(aidan.box).to_have_value("Half a thought")
    await expect(vera.lines("Half a thought")).to_have_count(0)


async def test_another_act_lets_a_held_reply_go_first(theatre: Theatre) -> None:
    vera, aidan, _ = await a_ticket(theatre, undo=UNDO)
    await aidan.writes("It is fixed.")
    await expect(aidan.timeline.get_by_text("Sends in a moment")).to_be_visible()
    await aidan.presses("Resolve…")
    await aidan.dialog().get_by_role("button", name="Resolve").click()
    await vera.sees("It is fixed.")
    await vera.sees("Resolved")
    words = await vera.log.inner_text()
    assert words.index("It is fixed.") < words.index("Resolved")
