"""Every screen, light and dark, wide and 320 px: no accessibility violation, nothing that scrolls sideways."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre
from tests.cast import visitor

INCIDENT = "nobody in my course can log in"
OTHERS = (
    ("prosper-ex", ("our survey results are wrong for one team", "yes please, dana@team.example")),
    ("velsoft", ("the course export fails for everybody", "yes please")),
    ("element-human", ("our data export is missing rows", "yes please")),
    ("velsoft", ("are you open on Thanksgiving?",)),
)
"""What else the desk of this day sees."""


@pytest.mark.parametrize("workspace", ["human-esources", "element-human", "prosper-ex", "velsoft"])
async def test_the_widgets_home_and_its_cards_can_be_used_by_everyone(
    theatre: Theatre, workspace: str
) -> None:
    vera = await theatre.vera(workspace)
    await expect(vera.launcher).to_be_visible()
    await looked_at(vera.page, f"{workspace}-launcher", "[data-slabot]")
    await vera.opens()
    await looked_at(vera.page, f"{workspace}-home", "[data-slabot]")
    await vera.says("are you open now?")
    await expect(vera.cards).to_have_count(1)
    await looked_at(vera.page, f"{workspace}-hours", "[data-slabot]")
    await vera.says("who do I call?")
    await expect(vera.cards).to_have_count(2)
    await looked_at(vera.page, f"{workspace}-contacts", "[data-slabot]")


async def test_the_talk_up_to_the_rating_can_be_used_by_everyone(theatre: Theatre) -> None:
    aidan, vera = await theatre.aidan(), await theatre.vera()
    await vera.opens()
    await vera.says("how long does the LMS integration take?")
    await vera.sees("a week up to a month")
    await looked_at(vera.page, "talk-article", "[data-slabot]")
    await vera.window.get_by_role("button", name="Read the article").last.click()
    await expect(vera.window.locator(".prose").last).to_be_visible()
    await looked_at(vera.page, "article", "[data-slabot]")
    await vera.window.get_by_role("button", name="Back").click()
    await vera.says(INCIDENT)
    number = await vera.number()
    await looked_at(vera.page, "talk-ticket", "[data-slabot]")
    await vera.log.locator(".card details.deadline summary").last.click()
    await looked_at(vera.page, "talk-explained", "[data-slabot]")
    await vera.person.locator("[aria-expanded]").click()
    await looked_at(vera.page, "talk-person-explained", "[data-slabot]")
    await vera.person.locator("[aria-expanded]").click()
    await aidan.opens(number)
    await aidan.claims()
    await aidan.replies("Hello Vera, I am looking into it. Which course is it?")
    await vera.sees("Which course is it?")
    await looked_at(vera.page, "talk-held", "[data-slabot]")
    await vera.goes_home()
    await looked_at(vera.page, "home-ticket", "[data-slabot]")
    await vera.window.get_by_role("button", name="Your conversation").click()
    await aidan.presses("Resolve…")
    await aidan.dialog().get_by_role("button", name="Resolve").click()
    await vera.sees("Resolved")
    await expect(vera.window.get_by_role("group", name="How was it?")).to_be_visible()
    await looked_at(vera.page, "talk-resolved", "[data-slabot]")


async def test_the_desk_and_its_dialogs_can_be_used_by_everyone(theatre: Theatre) -> None:
    wide = (1440, 900)
    vera = await (await theatre.vera()).opens()
    await vera.says("our gradebook is empty and grades of the whole course are lost")
    await vera.says("this is a P1! nobody in my course can log in")
    number = await vera.number()
    for workspace, words in OTHERS:
        other = await theatre.stack.enter_async_context(visitor(theatre.url, workspace, "Europe/London"))
        for text in words:
            await other.says(text)
    stranger = await theatre.page(await theatre.context(width=wide[0], height=wide[1]))
    await stranger.goto(f"{theatre.url}/desk/login")
    await looked_at(stranger, "desk-login", wide=wide)
    aidan = await theatre.aidan()
    await expect(aidan.rows.first).to_be_visible()
    await looked_at(aidan.page, "desk-inbox", wide=wide)
    await aidan.opens(number)
    await aidan.claims()
    await aidan.page.get_by_label("Find in all conversations").fill("")
    await looked_at(aidan.page, "desk", wide=wide)
    await aidan.clock("First response").locator("summary").click()
    await looked_at(aidan.page, "desk-clock", wide=wide)
    await aidan.box.fill("Hello Vera, I am looking into it. Which campus is it?")
    await vera.says("it is the north campus")
    await aidan.sees("it is the north campus")
    await aidan.send.click()
    await expect(aidan.timeline.get_by_role("alert")).to_be_visible()
    await looked_at(aidan.page, "desk-held", wide=wide)
    await aidan.presses("Send anyway")
    await aidan.sees("Which campus is it?")
    await aidan.presses("Note")
    await aidan.writes("The single sign-on of this campus was changed yesterday.")
    await aidan.sees("single sign-on of this campus")
    await looked_at(aidan.page, "desk-conversation", wide=wide)
    for button, name in (
        ("Resolve…", "resolve"),
        ("Pass on…", "transfer"),
        ("Change…", "severity"),
    ):
        await aidan.presses(button)
        await expect(aidan.dialog()).to_be_visible()
        await looked_at(aidan.page, f"desk-{name}", wide=wide)
        await aidan.page.keyboard.press("Escape")
    await aidan.page.keyboard.press("?")
    await looked_at(aidan.page, "desk-keys", wide=wide)
    await aidan.page.keyboard.press("Escape")
    lena = await theatre.aidan("Lena")
    await lena.opens(number)
    await lena.presses("Take over…")
    await looked_at(lena.page, "desk-takeover", wide=wide)


async def test_what_helps_an_agent_write_can_be_used_by_everyone(theatre: Theatre) -> None:
    wide = (1440, 900)
    lena = await theatre.aidan("Lena", role="lead", undo=20)
    vera = await (await theatre.vera()).opens()
    await vera.says(INCIDENT)
    number = await vera.number()
    kept = {"workspace": "human-esources", "key": "restarted", "title": "After a break"}
    text = "Hello {visitor_name|there}, **{ticket}** is done:\n\n- log out\n- log in again"
    await theatre.keeps_canned(lena, **kept, text=text, tags=["lms"], then="resolve", code="solved")
    await lena.opens(number)
    await lena.box.press_sequentially("/rest")
    await expect(lena.page.get_by_role("option", name="After a break")).to_be_visible()
    await looked_at(lena.page, "desk-canned-picker", wide=wide)
    await lena.page.keyboard.press("Enter")
    await lena.presses("Preview")
    await expect(lena.page.locator(".previewed strong")).to_be_visible()
    await looked_at(lena.page, "desk-preview", wide=wide)
    await lena.send.click()
    await expect(lena.page.get_by_role("button", name="Undo")).to_be_visible()
    await looked_at(lena.page, "desk-undo", wide=wide)
    await lena.presses("Undo")
    await expect(lena.box).to_be_focused()
    await lena.page.keyboard.press("Escape")
    for key, name in (("h", "aside"), ("w", "wait"), (",", "settings"), ("Control+k", "palette")):
        await lena.page.keyboard.press(key)
        await expect(lena.dialog()).to_be_visible()
        await looked_at(lena.page, f"desk-{name}", wide=wide)
        if name != "palette":
            await lena.page.keyboard.press("Escape")
            await expect(lena.dialog()).to_have_count(0)
    await lena.dialog().get_by_role("combobox").fill("canned")
    await lena.page.keyboard.press("Enter")
    await lena.dialog().get_by_text("After a break").click()
    await looked_at(lena.page, "desk-canned", wide=wide)
