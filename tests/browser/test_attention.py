"""What reaches an agent who looks elsewhere: the tab's title and icon, a sound and a notification, each as it was set."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from playwright.async_api import BrowserContext, expect

from tests.browser.desk_page import DeskPage
from tests.browser.theatre import Theatre
from tests.cast import Visitor, visitor

WS = "velsoft"
INCIDENT = "the course export fails for everybody"

LOOKS_AWAY = """(() => {
    let isHidden = false;
    const frames = [];
    const draw = window.requestAnimationFrame.bind(window);
    Object.defineProperty(document, "hidden", { get: () => isHidden });
    Object.defineProperty(document, "visibilityState", { get: () => (isHidden ? "hidden" : "visible") });
    window.requestAnimationFrame = (frame) => (isHidden ? frames.push(frame) : draw(frame));
    window.looks = (away) => {
        isHidden = away;
        document.dispatchEvent(new Event("visibilitychange"));
        if (!away) for (const frame of frames.splice(0)) draw(frame);
    };
})()"""
"""A browser without a window always shows its page; this makes it one that is covered: nothing is drawn until it is seen."""

LISTENS = """(() => {
    window.notes = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (at) {
        window.notes.push(Math.round(this.frequency.value));
        return start.call(this, at);
    };
    window.told = [];
    const Native = window.Notification;
    window.Notification = class extends Native {
        constructor(title, options) {
            super(title, options);
            window.told.push({ title, ...options });
            window.last = this;
        }
    };
})()"""
"""What the page plays and what it hands to the desktop is written down on its way."""


async def beside_the_screen(
    theatre: Theatre, name: str, *, may_notify: bool = True, **preferences: Any
) -> DeskPage:
    """An agent whose browser can be covered and listened to."""
    context: BrowserContext = await theatre.context(zone="America/Halifax", width=1440, height=900)
    await context.add_init_script(LOOKS_AWAY)
    await context.add_init_script(LISTENS)
    if may_notify:
        await context.grant_permissions(["notifications"], origin=theatre.url)
    return await theatre.aidan(name, context=context, **preferences)


async def tickets(vera: Visitor) -> str:
    """Opens one; its number."""
    await vera.says(INCIDENT)
    answer = await vera.says("yes please")
    number = next(event["data"]["number"] for event in answer["events"] if event["kind"] == "ticket_opened")
    return str(number)


async def icon(desk: DeskPage) -> str:
    return unquote(await desk.page.locator("link[rel=icon]").get_attribute("href") or "")


async def test_the_tab_counts_what_is_owed_and_marks_what_is_unread(alone: Theatre) -> None:
    aidan = await beside_the_screen(alone, "Aidan")
    page = aidan.page
    await expect(page).to_have_title("slabot desk")
    assert "circle" not in await icon(aidan)
    async with visitor(alone.url, WS) as vera:
        number = await tickets(vera)
        await expect(page).to_have_title("• (1) slabot desk")
        assert "r='7.5' fill='#c62f24'" in await icon(aidan)
        await aidan.opens(number)
        await expect(page).to_have_title("(1) slabot desk")
        assert "stroke='#c62f24'" in await icon(aidan), "read, and still owed"
        await aidan.claims()
        await aidan.replies("I am looking into it.")
        await expect(page).to_have_title("slabot desk")
        assert "circle" not in await icon(aidan)
        await vera.says("is there any news?")
        await expect(page).to_have_title("(1) slabot desk")
        await aidan.replies("It works again.")
        await expect(page).to_have_title("slabot desk")


async def test_the_tab_of_a_covered_page_tells_of_what_came_meanwhile(alone: Theatre) -> None:
    aidan = await beside_the_screen(alone, "Aidan")
    page = aidan.page
    async with visitor(alone.url, WS) as vera:
        await aidan.opens(await tickets(vera))
        await aidan.claims()
        await aidan.replies("I am looking into it.")
        await expect(page).to_have_title("slabot desk")
        await page.evaluate("looks(true)")
        await vera.says("is there any news?")
        await expect(page).to_have_title("• (1) slabot desk")
        await page.evaluate("looks(false)")
        await expect(page).to_have_title("(1) slabot desk")
        await aidan.sees("is there any news?")


async def test_a_colleagues_answer_takes_the_mark_away(alone: Theatre) -> None:
    aidan, lena = await beside_the_screen(alone, "Aidan"), await alone.aidan("Lena")
    async with visitor(alone.url, WS) as vera:
        number = await tickets(vera)
        await expect(aidan.page).to_have_title("• (1) slabot desk")
        await lena.opens(number)
        await lena.claims()
        await expect(aidan.page).to_have_title("slabot desk")


async def test_sound_and_notification_come_only_to_whom_asked_for_them(alone: Theatre) -> None:
    quiet = await beside_the_screen(alone, "Quinn")
    loud = await beside_the_screen(alone, "Lou")
    page = loud.page
    await page.keyboard.press(",")
    await loud.dialog().get_by_label("Sound").check()
    await loud.dialog().get_by_label("notification").check()
    await page.keyboard.press("Escape")
    for desk in (quiet, loud):
        await desk.page.evaluate("looks(true)")
    async with visitor(alone.url, WS) as vera:
        number = await tickets(vera)
        await expect(page).to_have_title(re.compile(r"\(1\)"))
        await expect(quiet.page).to_have_title(re.compile(r"\(1\)"))
        assert await page.evaluate("notes") == [660, 880]
        (told,) = await page.evaluate("told")
        assert number in told["title"]
        assert told["body"] == INCIDENT, "the visitor's words, not the bot's"
        assert await quiet.page.evaluate("[notes, told]") == [[], []]
        await page.evaluate("looks(false), last.onclick()")
        await expect(loud.box).to_be_visible()
        await expect(page.locator(".conversation header")).to_contain_text(number)
        await loud.claims()
        assert alone.clock is not None
        alone.clock.move_to(alone.clock.now() + timedelta(minutes=1))
        await vera.says("it is the finance course")
        await loud.sees("it is the finance course")
        assert len(await page.evaluate("told")) == 1, "who looks at the page needs no notification"
        assert await page.evaluate("notes") == [660, 880, 660, 880]


async def test_what_was_set_holds_after_a_reload_and_can_be_taken_back(alone: Theatre) -> None:
    aidan = await beside_the_screen(alone, "Aidan", sound=True, notify=True)
    await aidan.page.reload()
    await aidan.page.keyboard.press(",")
    await expect(aidan.dialog().get_by_label("Sound")).to_be_checked()
    await aidan.dialog().get_by_label("Sound").uncheck()
    await aidan.dialog().get_by_label("notification").uncheck()
    await aidan.page.keyboard.press("Escape")
    await aidan.page.evaluate("looks(true)")
    async with visitor(alone.url, WS) as vera:
        await tickets(vera)
        await expect(aidan.page).to_have_title(re.compile(r"\(1\)"))
        assert await aidan.page.evaluate("[notes, told]") == [[], []]


async def test_a_browser_that_forbids_notifications_is_said_so(theatre: Theatre) -> None:
    aidan = await beside_the_screen(theatre, "Blocked", may_notify=False, notify=True)
    await aidan.page.evaluate(
        "() => void Object.defineProperty(Notification, 'permission', { get: () => 'denied' })"
    )
    await aidan.page.keyboard.press(",")
    await expect(aidan.dialog().locator(".notice")).to_be_visible()
