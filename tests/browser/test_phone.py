"""The widget on a phone: the whole screen, clear of its notch and bar, and never under the on-screen keyboard."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre
from tests.browser.widget_page import WidgetPage

WIDTH, HEIGHT = 390, 844
KEYBOARD = 340
"""Pixels of the screen that it covers."""


async def on_a_phone(theatre: Theatre) -> WidgetPage:
    context = await theatre.context(width=WIDTH, height=HEIGHT, phone=True)
    vera = await (await theatre.vera(context=context)).opens()
    await vera.says("are you open now?")
    return vera


async def bottom(element: Locator) -> float:
    box = await element.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


async def test_the_chat_has_the_whole_screen_of_a_phone(theatre: Theatre) -> None:
    vera = await on_a_phone(theatre)
    assert await vera.window.bounding_box() == {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT}


async def test_where_the_keyboard_makes_the_page_smaller_the_field_stands_on_it(theatre: Theatre) -> None:
    vera = await on_a_phone(theatre)
    await vera.page.set_viewport_size({"width": WIDTH, "height": HEIGHT - KEYBOARD})
    await expect(vera.box).to_be_in_viewport(ratio=1)
    assert await bottom(vera.window) == HEIGHT - KEYBOARD
    await looked_at(vera.page, "phone-keyboard", "[data-slabot]", wide=(WIDTH, HEIGHT - KEYBOARD))


async def test_where_the_keyboard_covers_and_pushes_the_page_the_window_keeps_to_what_is_in_view(
    theatre: Theatre,
) -> None:
    vera = await on_a_phone(theatre)
    # As Safari on an iPhone does it, which no Chromium can: the page stays as large, less of it is seen, further down.
    await vera.page.evaluate(
        """([height, top]) => {
            Object.defineProperty(visualViewport, "height", { configurable: true, get: () => height });
            Object.defineProperty(visualViewport, "offsetTop", { configurable: true, get: () => top });
            visualViewport.dispatchEvent(new Event("resize"));
        }""",
        [HEIGHT - KEYBOARD, 120],
    )
    assert await vera.window.bounding_box() == {"x": 0, "y": 120, "width": WIDTH, "height": HEIGHT - KEYBOARD}
    assert await bottom(vera.box) <= 120 + HEIGHT - KEYBOARD


async def test_notch_and_home_bar_cover_nothing(theatre: Theatre) -> None:
    vera = await on_a_phone(theatre)
    screen = await vera.page.context.new_cdp_session(vera.page)
    await screen.send("Emulation.setSafeAreaInsetsOverride", {"insets": {"top": 47, "bottom": 34}})
    await expect(vera.window).to_have_css("padding-top", "47px")
    assert await bottom(vera.box) <= HEIGHT - 34
    heading = await vera.window.get_by_role("heading").first.bounding_box()
    assert heading is not None
    assert heading["y"] >= 47
