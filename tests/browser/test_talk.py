"""The page behind a mail's link, on a device that knows nothing yet."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.async_api import BrowserContext, Page, expect

from slabot.services.links import LASTS
from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre, violations
from tests.browser.widget_page import WidgetPage

WORKSPACE = "human-esources"
WORDS = "nobody in my course can log in, my address is vera@example.org"


async def asked(theatre: Theatre) -> tuple[str, WidgetPage]:
    """Vera's conversation, by id."""
    vera = await theatre.vera()
    await vera.opens()
    await vera.says(WORDS)
    number = await vera.number()
    assert theatre.running is not None
    row = await theatre.running.store.timelines.ticket(WORKSPACE, number)
    assert row is not None
    return row.conversation, vera


def link(theatre: Theatre, conversation: str, age: timedelta = timedelta()) -> str:
    assert theatre.running is not None
    assert theatre.clock is not None
    token = theatre.running.house.links.token(WORKSPACE, conversation, theatre.clock.now() - age)
    return f"{theatre.url}/talk/{WORKSPACE}#{token}"


async def opened(theatre: Theatre, address: str, context: BrowserContext | None = None) -> Page:
    page = await theatre.page(context or await theatre.context(zone="America/New_York"))
    await page.goto(address)
    return page


async def test_a_link_opens_the_talk_and_leaves_nothing_in_address_history_and_requests(
    theatre: Theatre,
) -> None:
    conversation, vera = await asked(theatre)
    address = link(theatre, conversation)
    page = await opened(theatre, address)
    elsewhere = WidgetPage(page, WORKSPACE)
    await elsewhere.sees(WORDS)
    token = address.partition("#")[2]
    assert page.url == f"{theatre.url}/talk/{WORKSPACE}"
    assert not any(token in asked for asked in theatre.watched.requests)
    assert await page.evaluate("document.referrer") == ""
    await looked_at(page, "talk-link", "main")
    await elsewhere.says("I am on my phone now")
    await vera.sees("I am on my phone now")
    await page.reload()
    await elsewhere.sees("I am on my phone now")


async def test_a_link_opened_in_the_same_browser_takes_nothing_from_the_visitor_s_own_talks(
    theatre: Theatre,
) -> None:
    conversation, vera = await asked(theatre)
    before = await vera.page.evaluate(f"localStorage['slabot:{WORKSPACE}:token']")
    page = await opened(theatre, link(theatre, conversation), vera.page.context)
    await WidgetPage(page, WORKSPACE).sees(WORDS)
    assert await vera.page.evaluate(f"localStorage['slabot:{WORKSPACE}:token']") == before


async def test_an_expired_link_says_what_to_do_in_the_reader_s_language(theatre: Theatre) -> None:
    conversation, _ = await asked(theatre)
    theatre.watched.forgives("410")
    for locale, title in (
        ("en-GB", "This link has expired"),
        ("de-DE", "Dieser Link ist abgelaufen"),
        ("es-ES", "Este enlace ha caducado"),
        ("fr-FR", "Ce lien a expiré"),
    ):
        page = await opened(
            theatre, link(theatre, conversation, LASTS), await theatre.context(locale=locale, width=360)
        )
        await expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert await violations(page) == []
        await looked_at(page, f"talk-expired-{locale[:2]}", "main")
    await page.get_by_role("button", name="Nous écrire ici").click()
    await expect(WidgetPage(page, WORKSPACE).box).to_be_visible()


async def test_a_link_that_is_broken_or_missing_says_so(theatre: Theatre) -> None:
    theatre.watched.forgives("404")
    page = await opened(theatre, f"{theatre.url}/talk/{WORKSPACE}#cut.off")
    await expect(page.get_by_role("heading", level=1)).to_have_text("This link does not open a conversation")
    page = await opened(theatre, f"{theatre.url}/talk/{WORKSPACE}")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Open the link in your mail")
    response = await page.request.get(f"{theatre.url}/talk/{WORKSPACE}")
    assert response.headers["referrer-policy"] == "no-referrer"
    assert re.search(r"default-src 'none'", response.headers["content-security-policy"])
