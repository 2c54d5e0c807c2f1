"""The visitor's own data, from their side of the glass: agreed to before, taken away, deleted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import ROOT, evening, staged
from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre

WORKSPACE = "human-esources"
CONSENT = "We keep what you write here for a year, to answer you and your colleagues better."


@pytest.fixture
async def asking(chromium: Browser, tmp_path: Path) -> AsyncIterator[Theatre]:
    """A house whose policy asks for consent before the first message."""
    policies = tmp_path / "policies"
    policies.mkdir()
    for path in (ROOT / "seeds").iterdir():
        if path.name.startswith(WORKSPACE) or path.suffix == ".txt":
            (policies / path.name).write_bytes(path.read_bytes())
    document = policies / f"{WORKSPACE}.yaml"
    document.write_text(f"{document.read_text()}\nconsent: {CONSENT}\n")
    async with staged(chromium, tmp_path / "data", policies=policies) as house, evening(house) as visit:
        yield visit


async def test_nothing_can_be_written_before_the_visitor_agreed_and_they_are_asked_once(
    asking: Theatre,
) -> None:
    vera = await asking.vera()
    await vera.launcher.click()
    await expect(vera.window).to_contain_text(CONSENT)
    await expect(vera.box).to_have_count(0)
    await looked_at(vera.page, "consent", "[data-slabot]")
    await vera.window.get_by_role("button", name="Talk to a person").click()
    await expect(vera.log.locator(".said")).to_have_count(0)
    await vera.window.get_by_role("button", name="Agree and write").click()
    await vera.says("are you open now?")
    await vera.cards.first.wait_for()
    await vera.page.reload()
    await vera.opens()
    await expect(vera.window).not_to_contain_text(CONSENT)


async def test_a_visitor_takes_the_talk_away_and_has_everything_deleted(theatre: Theatre) -> None:
    aidan, vera = await theatre.aidan(), await theatre.vera()
    await vera.opens()
    await vera.says("nobody in my course can log in, my name is Wobblebottom")
    number = await vera.number()
    await aidan.opens(number)
    await aidan.sees("my name is Wobblebottom")
    await vera.window.get_by_role("button", name="More").click()
    await expect(vera.window.locator(".more")).to_be_visible()
    await looked_at(vera.page, "more", "[data-slabot]")
    async with vera.page.expect_download() as downloaded:
        await vera.window.get_by_role("button", name="Download the transcript").click()
    path = await (await downloaded.value).path()
    assert "my name is Wobblebottom" in path.read_text(encoding="utf-8")
    await vera.window.get_by_role("button", name="Send the transcript by e-mail").click()
    await expect(vera.window.locator(".more")).to_contain_text("Write your e-mail address in the chat first.")
    await vera.window.get_by_role("button", name="Delete my data").click()
    await looked_at(vera.page, "delete", "[data-slabot]")
    await vera.window.get_by_role("button", name="Delete for good").click()
    await expect(vera.window).not_to_contain_text("Wobblebottom")
    await expect(vera.window).not_to_contain_text(number)
    # The desk that has it open is left with nothing of it either.
    await expect(aidan.page.get_by_text("Wobblebottom")).to_have_count(0)
    await vera.page.reload()
    await vera.opens()
    await expect(vera.window).not_to_contain_text("Wobblebottom")
