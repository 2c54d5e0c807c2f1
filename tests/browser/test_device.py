"""Browser and device, from the question in the widget to the facts at the desk, with the visitor's yes between."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre

TROUBLE = "my students see a blank page in Safari"


async def test_after_a_yes_the_desk_has_the_browser_and_the_visitor_sees_what_was_told(
    alone: Theatre,
) -> None:
    vera, aidan = await alone.vera(), await alone.aidan()
    fetched: list[str] = []
    vera.page.on("request", lambda request: fetched.append(request.url))
    await vera.opens()
    await vera.says(TROUBLE)
    await vera.sees("Shall I open a ticket for you?")
    await vera.says("yes")
    number = await vera.number()
    await vera.sees("May the chat add which browser and device this is?")
    assert not [url for url in fetched if "/device-" in url]
    await looked_at(vera.page, "device-question", "[data-slabot]")
    await vera.log.get_by_role("button", name="Yes, add it").click()
    await vera.sees("Noted for the person who takes it: Chrome")
    await aidan.opens(number)
    facts = aidan.page.locator("dd.device")
    await expect(facts).to_contain_text("Chrome")
    await expect(facts).to_contain_text("screen")
    await expect(aidan.page.get_by_text("The visitor allowed browser and device to be told")).to_have_count(1)
    await looked_at(aidan.page, "desk-device", ".context")


async def test_after_a_no_nothing_is_read(alone: Theatre) -> None:
    vera = await alone.vera()
    fetched: list[str] = []
    vera.page.on("request", lambda request: fetched.append(request.url))
    await vera.opens()
    await vera.says(TROUBLE)
    await vera.sees("Shall I open a ticket for you?")
    await vera.says("yes")
    await vera.number()
    await vera.says("vera@example.org")
    await vera.log.get_by_role("button", name="No, leave it out").click()
    await vera.sees("All right, nothing is added, and I do not ask again.")
    await vera.settles()
    assert not [url for url in fetched if "/device-" in url]
