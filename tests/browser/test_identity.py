"""Signing in and out on the host page: the same talk on two devices, and nothing of it left on the screen after."""

from __future__ import annotations

import itertools
import time

import jwt
from playwright.async_api import Page, expect

from slabot.services.keyring import IdentityKey, Keyring
from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre
from tests.browser.widget_page import WidgetPage

WORKSPACE = "human-esources"
counter = itertools.count(1)


async def a_key(theatre: Theatre) -> IdentityKey:
    assert theatre.running is not None
    assert theatre.clock is not None
    return await Keyring(theatre.running.store.identity_keys, theatre.clock).add(WORKSPACE)


async def signs_in(page: Page, key: IdentityKey, subject: str) -> None:
    """The page has a function that fetches a fresh token each time."""

    def token() -> str:
        claims = {
            "sub": subject,
            "jti": f"browser-{next(counter)}",
            "exp": int(time.time()) + 60,
            "name": "Vera",
        }
        return jwt.encode(claims, key.material, headers={"kid": key.kid})

    await page.expose_function("freshToken", token)
    await page.evaluate("slabot.identify({ token: () => freshToken() })")


async def on_a_new_device(theatre: Theatre, key: IdentityKey, subject: str) -> WidgetPage:
    vera = await theatre.vera()
    await expect(vera.launcher).to_be_visible()
    await signs_in(vera.page, key, subject)
    return await vera.opens()


async def test_who_signs_in_goes_on_with_their_talks_on_another_device(theatre: Theatre) -> None:
    key, subject = await a_key(theatre), f"vera-{next(counter)}"
    laptop = await on_a_new_device(theatre, key, subject)
    await laptop.says("are you open now?")
    await laptop.cards.first.wait_for()
    phone = await on_a_new_device(theatre, key, subject)
    await phone.sees("are you open now?")
    await phone.says("and who do I call?")
    await laptop.sees("and who do I call?")


async def test_a_talk_begun_before_signing_in_goes_on_after_it(theatre: Theatre) -> None:
    key = await a_key(theatre)
    vera = await (await theatre.vera()).opens()
    await vera.says("are you open now?")
    await vera.cards.first.wait_for()
    await signs_in(vera.page, key, f"vera-{next(counter)}")
    await vera.says("and who do I call?")
    await expect(vera.cards).to_have_count(2)
    await expect(vera.lines("are you open now?")).to_have_count(1)


async def test_after_logging_out_nothing_of_the_talk_is_left_not_even_after_a_reload(
    theatre: Theatre,
) -> None:
    key, subject = await a_key(theatre), f"vera-{next(counter)}"
    vera = await on_a_new_device(theatre, key, subject)
    await vera.says("are you open now?")
    await vera.cards.first.wait_for()
    await vera.page.evaluate("slabot.identify(null)")
    await expect(vera.window.get_by_text("are you open now?")).to_have_count(0)
    await vera.says("hello from somebody else")
    await vera.settles()
    await vera.page.reload()
    await vera.opens()
    await vera.sees("hello from somebody else")
    await expect(vera.window.get_by_text("are you open now?")).to_have_count(0)


async def test_a_page_that_logs_nobody_out_keeps_its_anonymous_talk(theatre: Theatre) -> None:
    vera = await (await theatre.vera()).opens()
    await vera.says("are you open now?")
    await vera.cards.first.wait_for()
    await vera.page.evaluate("slabot.identify(null)")
    await expect(vera.lines("are you open now?")).to_have_count(1)


async def test_the_page_hears_that_its_sign_in_is_not_believed(theatre: Theatre) -> None:
    vera = await theatre.vera()
    await expect(vera.launcher).to_be_visible()
    await vera.page.evaluate(
        "window.heard = []; slabot.on('identity', (why) => heard.push(why)); slabot.identify({ token: 'x.y.z' })"
    )
    await vera.launcher.click()
    await expect(vera.window.get_by_role("alert")).to_contain_text("is no signed token")
    assert len(await vera.page.evaluate("heard")) == 1
    await looked_at(vera.page, "identity-refused", "[data-slabot]")
