"""The desk in four languages: by the browser's own, or as the agent chooses."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre

WORDS = {
    "de": ("Eingang", "Übernehmen", "Dringlichkeit", "Live-Übersicht"),
    "es": ("Bandeja", "Tomar", "Gravedad", "Panel en vivo"),
    "fr": ("Boîte", "Prendre", "Gravité", "Tableau en direct"),
}


@pytest.mark.parametrize("language", WORDS)
async def test_an_agent_reads_the_desk_in_their_own_language_and_no_other(
    theatre: Theatre, language: str
) -> None:
    inbox, claim, severity, board = WORDS[language]
    vera = await theatre.vera()
    await vera.opens()
    await vera.says("nobody in my course can log in, a person please")
    number = await vera.number()
    context = await theatre.context(locale=f"{language}-{language.upper()}", width=1440, height=900)
    token = await theatre.session(f"Lena{language}", "lead")
    await context.add_cookies([{"name": "slabot_session", "value": token, "url": theatre.url}])
    page = await theatre.page(context)
    await page.goto(f"{theatre.url}/desk")
    await expect(page.locator("html")).to_have_attribute("lang", language)
    await page.get_by_role("navigation", name=inbox).locator(".rows button").filter(has_text=number).click()
    await expect(page.get_by_role("button", name=claim, exact=True)).to_be_visible()
    await expect(page.get_by_role("heading", name=severity)).to_be_visible()
    await looked_at(page, f"desk-{language}")
    await page.locator(".team > button").click()
    await expect(page.get_by_role("heading", name=board)).to_be_visible()
    await looked_at(page, f"desk-board-{language}")


async def test_the_login_speaks_the_browser_s_language(theatre: Theatre) -> None:
    page = await theatre.page(await theatre.context(locale="fr-FR"))
    await page.goto(f"{theatre.url}/desk/login")
    await expect(page.get_by_label("Mot de passe")).to_be_visible()
    await expect(page.get_by_role("button", name="Se connecter")).to_be_visible()
    await looked_at(page, "login-fr")
