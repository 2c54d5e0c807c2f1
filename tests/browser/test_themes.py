"""Desk and workshop in every theme, high contrast and forced colours too, from a phone to an ultra-wide screen."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.desk_page import DeskPage
from tests.browser.looks import looked_at_in_every_theme
from tests.browser.theatre import Theatre
from tests.cast import Visitor, visitor

WORDS = {
    "velsoft": ("the course export fails for everybody", "yes please"),
    "prosper-ex": ("our survey results are wrong for one team", "yes please, dana@team.example"),
    "element-human": ("are you open tomorrow?",),
}


async def in_a_conversation(alone: Theatre) -> tuple[DeskPage, Visitor]:
    """A lead with a ticket that she holds, and whose visitor waits for her; others wait beside it."""
    for workspace, words in WORDS.items():
        other = await alone.stack.enter_async_context(visitor(alone.url, workspace, "Europe/London"))
        for text in words:
            await other.says(text)
    vera = await alone.stack.enter_async_context(visitor(alone.url, "human-esources", "Europe/Berlin"))
    await vera.says("this is a P1! nobody in my course can log in")
    lena = await alone.aidan("Lena", role="lead")
    await lena.opens("HES-1")
    await lena.claims()
    await lena.replies("Which course is it?")
    await vera.says("it is course 12")
    await lena.sees("it is course 12")
    await lena.page.get_by_label("Find in all conversations").fill("")
    await expect(lena.rows.nth(1)).to_be_visible()
    return lena, vera


async def test_the_desk_can_be_used_in_every_theme(alone: Theatre) -> None:
    stranger = await alone.page(await alone.context())
    await stranger.goto(f"{alone.url}/desk/login")
    await looked_at_in_every_theme(stranger, "theme-login")
    lena, _ = await in_a_conversation(alone)
    await looked_at_in_every_theme(lena.page, "theme-conversation")
    await lena.presses("Note")
    await lena.box.fill("Ask campus IT.")
    await lena.clock("Next response").locator("summary").click()
    await looked_at_in_every_theme(lena.page, "theme-note")
    await lena.page.reload()
    await expect(lena.rows.nth(1)).to_be_visible()
    await looked_at_in_every_theme(lena.page, "theme-inbox")
    await lena.page.keyboard.press("b")
    await expect(lena.board).to_be_visible()
    await looked_at_in_every_theme(lena.page, "theme-board")


async def test_what_floats_above_the_desk_can_be_used_in_every_theme(alone: Theatre) -> None:
    lena, _ = await in_a_conversation(alone)
    for key, name in (
        ("s", "severity"),
        ("e", "resolve"),
        (",", "settings"),
        ("?", "keys"),
        ("Control+k", "palette"),
    ):
        await lena.page.evaluate("document.activeElement.blur()")
        await lena.page.keyboard.press(key)
        await expect(lena.dialog()).to_be_visible()
        await looked_at_in_every_theme(lena.page, f"theme-{name}")
        await lena.page.keyboard.press("Escape")
        await expect(lena.dialog()).to_have_count(0)


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("articles", "tbody tr"),
        ("gaps", ".gap"),
        ("numbers", "figure"),
        ("try", "[type=search]"),
        ("moving", ".room"),
        ("articles/account-setup", ".preview article"),
    ],
)
async def test_the_workshop_can_be_used_in_every_theme(theatre: Theatre, place: str, shown: str) -> None:
    assert theatre.running is not None
    async with visitor(theatre.url, "human-esources") as vera:
        await vera.says("how long does the LMS integration take?")
        await vera.says("yes, that helped")
        await vera.says("do you have a podcast?")
    await theatre.running.tally.catch_up()
    edith = await theatre.edith(f"human-esources/{place}", name="Enya")
    await expect(edith.locator(shown).first).to_be_visible()
    await looked_at_in_every_theme(edith, f"theme-{place.replace('/', '-')}")
