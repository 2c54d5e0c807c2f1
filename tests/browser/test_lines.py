"""Tunnels, second tabs, blocked WebSockets, a killed server: every word arrives once and in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, expect

from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre
from tests.browser.widget_page import WidgetPage
from tests.served import free_port, killed, serving

INCIDENT = "nobody in my course can log in"
CUT = r"WebSocket connection|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY"
"""What the browser says about a line that a test cuts on purpose."""

BACK = 40_000
"""Milliseconds within which a page is back after the server is; its pauses grow up to twenty seconds."""


async def test_words_written_in_a_tunnel_are_kept_and_arrive_once_with_what_was_missed(
    theatre: Theatre,
) -> None:
    theatre.watched.forgives(CUT)
    context = await theatre.context()
    aidan, vera = await theatre.aidan(), await theatre.vera(context=context)
    await vera.opens()
    await vera.says(INCIDENT)
    number = await vera.number()
    await aidan.opens(number)
    await aidan.claims()
    await vera.sees("Aidan joined")
    await context.set_offline(True)
    await expect(vera.window.get_by_role("status")).to_contain_text("There is no connection")
    await vera.says("are you still there?")
    await vera.sees("Kept here, sent once there is a connection")
    await looked_at(vera.page, "offline", "[data-slabot]")
    await aidan.replies("I am looking into it.")
    await context.set_offline(False)
    await vera.sees("I am looking into it.")
    await vera.settles()
    await expect(vera.lines("are you still there?")).to_have_count(1)
    await expect(vera.lines("I am looking into it.")).to_have_count(1)
    await expect(aidan.timeline.get_by_text("are you still there?")).to_have_count(1)


async def test_words_not_yet_sent_outlive_a_reload(theatre: Theatre) -> None:
    theatre.watched.forgives(CUT)
    context = await theatre.context()
    vera = await (await theatre.vera(context=context)).opens()
    await vera.says("are you open now?")
    await vera.cards.first.wait_for()
    await vera.page.route("**/socket.io/**", lambda route: route.abort())
    await context.set_offline(True)
    await vera.says("and tomorrow?")
    await context.set_offline(False)
    await vera.page.unroute_all()
    await vera.page.reload()
    await vera.opens()
    await expect(vera.lines("and tomorrow?")).to_have_count(1)
    await vera.settles()
    await expect(vera.lines("and tomorrow?")).to_have_count(1)


async def test_on_a_slow_network_the_button_works_at_once_and_what_is_asked_is_answered(
    theatre: Theatre,
) -> None:
    context = await theatre.context(width=390, height=844, phone=True)
    context.set_default_timeout(BACK)
    page = await theatre.page(context)
    devtools = await context.new_cdp_session(page)
    # A phone in a train: 50 kB/s, and four tenths of a second there and back.
    slow = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 20_000}
    await devtools.send("Network.enable")
    await devtools.send("Network.emulateNetworkConditions", slow)
    await page.goto(f"{theatre.url}/demo/human-esources")
    vera = WidgetPage(page, "human-esources")
    await vera.launcher.click()
    await expect(vera.launcher).to_have_attribute("aria-busy", "true")
    await expect(vera.box).to_be_visible(timeout=BACK)
    await vera.says("how long does the LMS integration take?")
    await expect(vera.log.get_by_text("a week up to a month")).to_be_visible(timeout=BACK)
    await expect(vera.window.locator(".sending")).to_have_count(0, timeout=BACK)


async def test_two_tabs_agree_on_what_was_said_and_in_which_order(theatre: Theatre) -> None:
    context = await theatre.context()
    first = await (await theatre.vera(context=context)).opens()
    await first.says("are you open now?")
    await first.cards.first.wait_for()
    second = await theatre.vera(context=context)
    await second.opens()
    await second.sees("are you open now?")
    await asyncio.gather(first.says("who do I call?"), second.says("how long does the LMS integration take?"))
    for tab in (first, second):
        await tab.sees("a week up to a month")
        await expect(tab.cards).to_have_count(3)
        await tab.settles()
    said = [await tab.log.locator(".said").all_inner_texts() for tab in (first, second)]
    # Buttons stand under the last line of the tab that is asked; the words are the same.
    assert said[0] == said[1]


async def without_websockets(context: BrowserContext) -> BrowserContext:
    """As behind a proxy that lets none through: every handshake fails."""
    await context.add_init_script(
        "window.WebSocket = class extends WebSocket { constructor() { super('ws://127.0.0.1:1/blocked'); } };"
    )
    return context


async def test_where_websockets_are_blocked_the_talk_goes_on_by_polling(theatre: Theatre) -> None:
    theatre.watched.forgives(CUT)
    aidan = await theatre.aidan(
        context=await without_websockets(await theatre.context(width=1440, height=900))
    )
    vera = await theatre.vera(context=await without_websockets(await theatre.context()))
    await vera.opens()
    await vera.says(INCIDENT)
    await aidan.opens(await vera.number())
    await aidan.replies("I am looking into it.")
    await vera.sees("I am looking into it.")
    assert any("transport=polling" in url for url in theatre.watched.requests)


@asynccontextmanager
async def house_of_its_own(browser: Browser, port: int) -> AsyncIterator[Theatre]:
    async with AsyncExitStack() as stack:
        theatre = Theatre(f"http://127.0.0.1:{port}", browser, stack)
        theatre.watched.forgives(CUT)
        yield theatre
    assert not theatre.watched.unforgiven


async def test_after_kill_9_widget_and_desk_carry_on_where_they_were(
    chromium: Browser, tmp_path: Path
) -> None:
    port = free_port()
    server = await serving(tmp_path, port, SLABOT_DEMO="yes")
    try:
        async with house_of_its_own(chromium, port) as theatre:
            aidan = await theatre.aidan(login=("aidan@demo.example", "slabot-demo"))
            vera = await (await theatre.vera()).opens()
            await vera.says(INCIDENT)
            number = await vera.number()
            await aidan.opens(number)
            await aidan.claims()
            await aidan.replies("I am looking into it.")
            await vera.sees("I am looking into it.")
            await killed(server)
            await expect(vera.window.get_by_role("status")).to_contain_text("There is no connection")
            await vera.says("are you still there?")
            await expect(aidan.page.get_by_text("The line is down")).to_be_visible()
            server = await serving(tmp_path, port, SLABOT_DEMO="yes")
            await expect(vera.window.locator(".sending")).to_have_count(0, timeout=BACK)
            await expect(aidan.timeline.get_by_text("are you still there?")).to_have_count(1, timeout=BACK)
            await expect(aidan.page.get_by_text("you hold it")).to_be_visible()
            await aidan.replies("Yes, I am.")
            await vera.sees("Yes, I am.")
            for line in (INCIDENT, "I am looking into it.", "are you still there?", "Yes, I am."):
                await expect(vera.lines(line)).to_have_count(1)
            await expect(aidan.row(number)).to_have_count(1)
    finally:
        await killed(server)
