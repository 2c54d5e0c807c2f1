"""Queues, customers and pages are changed at the desk: shown first, then in force; nobody's change is lost."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.conftest import ROOT, evening, staged
from tests.browser.looks import looked_at_in_every_theme
from tests.browser.theatre import Theatre

PATIENT = 30_000
"""Milliseconds."""
OVER_THE_EDGE = """[...document.querySelectorAll("main *, dialog *")].filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    const isSeen = element.getClientRects().length && !element.closest(".lines, .hidden, .cards thead");
    return isSeen && (right > innerWidth + 1 || left < -1);
}).map((element) => element.outerHTML.slice(0, 90))"""


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Policy files of the test's own."""
    return Path(shutil.copytree(ROOT / "seeds", tmp_path / "policies"))


@pytest.fixture
async def own(chromium: Browser, tmp_path: Path, seeds: Path) -> AsyncIterator[Theatre]:
    """A house whose policy files may be changed."""
    async with staged(chromium, tmp_path, policies=seeds) as house, evening(house) as theatre:
        yield theatre


def row(page: Page, words: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_text(words, exact=True))


async def changing(page: Page) -> None:
    await page.get_by_role("link", name="Change…").click()
    await expect(page.get_by_role("button", name="See what changes…")).to_be_visible()


async def reviewed(page: Page) -> Locator:
    await page.get_by_role("button", name="See what changes…").click()
    dialog = page.get_by_role("dialog")
    # The server reads and checks whole policies for it, on whatever machine.
    await expect(dialog.get_by_role("button", name="Put into force")).to_be_visible(timeout=PATIENT)
    return dialog


async def test_what_changes_is_shown_then_in_force_and_in_the_record(own: Theatre, seeds: Path) -> None:
    own.watched.forgives("status of (422|409)")  # A refusal is an answer; the browser calls it an error.
    ada = await own.ada("velsoft/policy")
    await changing(ada)
    await ada.get_by_role("button", name="Add a queue").click()
    await ada.get_by_role("button", name="Add a customer").click()
    await expect(ada.get_by_role("textbox", name="Addresses end in")).to_be_focused()
    await ada.get_by_role("button", name="Add a page").click()
    await expect(ada.get_by_role("textbox", name="Page")).to_be_focused()
    await ada.get_by_role("button", name="See what changes…").click()
    await expect(ada.get_by_role("alert")).to_have_count(5)
    key = ada.get_by_role("textbox", name="Key")
    await expect(key).to_be_focused()
    await expect(key).to_have_accessible_description(re.compile("a letter first"))
    await key.fill("billing")
    await ada.get_by_role("textbox", name="Name").nth(1).fill("Billing")
    await ada.get_by_role("textbox", name="Name").first.fill("First line")
    await ada.get_by_role("textbox", name="Addresses end in").fill("vera@Acme.com")
    await ada.get_by_role("combobox", name="Looked after by").select_option("helpdesk")
    await ada.get_by_role("textbox", name="Page").fill("https://learn.example.org/")
    dialog = await reviewed(ada)
    await expect(dialog).to_contain_text("name: Support Helpdesk → First line")
    await expect(dialog).to_contain_text("New queue billing")
    await expect(dialog).to_contain_text("New customer acme.com")
    await expect(dialog).to_contain_text("New page https://learn.example.org")
    await dialog.get_by_text("In the lines of the file").click()
    await expect(dialog.locator(".lines")).to_contain_text("+    name: First line")
    await looked_at_in_every_theme(ada, "admin-proposal")
    await dialog.get_by_role("button", name="Put into force").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Tick that you mean it so.")
    assert (seeds / "velsoft.yaml").read_bytes() == (ROOT / "seeds" / "velsoft.yaml").read_bytes()
    await dialog.get_by_role("checkbox").check()
    await dialog.get_by_role("button", name="Put into force").click()
    await expect(ada.get_by_role("status").get_by_text("In force.")).to_be_visible(timeout=PATIENT)
    await expect(ada.get_by_text("First line")).to_be_visible()
    await expect(ada.get_by_text("https://learn.example.org")).to_be_visible()
    assert own.running is not None
    policy = own.running.house.supports.current("velsoft").policy
    assert policy.queue("helpdesk").name == "First line"
    assert policy.allowed_origins == ("https://learn.example.org",)
    await ada.get_by_role("link", name="Record", exact=True).click()
    await ada.get_by_label("Kind").select_option("queue")
    await expect(ada.locator(".deeds > li")).to_have_count(2)
    await expect(ada.locator(".deeds > li").nth(1)).to_contain_text("Ada changed the queue helpdesk")
    await expect(ada.locator(".deeds > li").nth(1)).to_contain_text("name: Support Helpdesk → First line")


async def test_by_the_keyboard_alone(own: Theatre) -> None:
    ada = await own.ada("velsoft/policy")
    await expect(ada.get_by_role("link", name="Change…")).to_be_visible()
    await ada.keyboard.press("n")
    await ada.get_by_role("textbox", name="Name").focus()
    await ada.keyboard.press("Control+a")
    await ada.keyboard.type("First line")
    await ada.keyboard.press("Enter")
    dialog = ada.get_by_role("dialog", name="What changes")
    await expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    await ada.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(ada.get_by_role("textbox", name="Name")).to_have_value("First line")
    await ada.get_by_role("button", name="See what changes…").focus()
    await ada.keyboard.press("Enter")
    await expect(dialog).to_be_visible()
    await ada.keyboard.press("Shift+Tab")
    await expect(dialog.get_by_role("button", name="Put into force")).to_be_focused()
    await ada.keyboard.press("Enter")
    await expect(ada.get_by_role("status").get_by_text("In force.")).to_be_visible(timeout=PATIENT)


async def test_what_somebody_else_changed_is_shown_and_kept(own: Theatre, seeds: Path) -> None:
    own.watched.forgives("status of 409")
    ada, bo = await own.ada("velsoft/policy"), await own.ada("velsoft/policy", name="Bo")
    await changing(ada)
    await ada.get_by_role("textbox", name="Name").fill("First line")
    mine = await reviewed(ada)
    await changing(bo)
    await bo.get_by_role("combobox", name="Offered").select_option("by_hand")
    theirs = await reviewed(bo)
    await theirs.get_by_role("button", name="Put into force").click()
    await expect(bo.get_by_role("status").get_by_text("In force.")).to_be_visible(timeout=PATIENT)
    await mine.get_by_role("button", name="Put into force").click()
    both = ada.get_by_role("dialog", name="The file was changed meanwhile")
    await expect(both).to_contain_text("Bo changed it at the desk", timeout=PATIENT)
    await expect(both).to_contain_text("offered: in turn → by hand")
    await expect(both).to_contain_text("name: Support Helpdesk → First line")
    await looked_at_in_every_theme(ada, "admin-meanwhile")
    await both.get_by_role("button", name="Put into force").click()
    await expect(ada.get_by_role("status").get_by_text("In force.")).to_be_visible(timeout=PATIENT)
    text = (seeds / "velsoft.yaml").read_text()
    assert "    name: First line\n    routing: by_hand\n" in text
    await changing(ada)
    await ada.get_by_role("textbox", name="Name").fill("Nobody's")
    (seeds / "velsoft.yaml").write_text(text.replace("name: First line", "name: On disk"))
    dialog = await reviewed(ada)
    await expect(dialog).to_contain_text("It was changed in the file itself:")
    await dialog.get_by_role("button", name="Drop mine, load the file again").click()
    await expect(ada.get_by_role("textbox", name="Name")).to_have_value("On disk")


async def test_a_file_that_cannot_be_written_here_says_so_and_stays_readable(
    own: Theatre, seeds: Path
) -> None:
    own.watched.forgives("status of 409")
    file = seeds / "velsoft.yaml"
    file.rename(seeds / "elsewhere.txt")
    file.symlink_to(seeds / "elsewhere.txt")
    ada = await own.ada("velsoft/policy")
    await expect(ada.get_by_text("velsoft.yaml is a link on the server")).to_be_visible()
    await expect(ada.get_by_role("link", name="Change…")).to_have_count(0)
    await expect(row(ada, "helpdesk")).to_be_visible()
    await ada.goto(f"{own.url}/desk/admin#/velsoft/policy/change")
    await expect(row(ada, "helpdesk")).to_be_visible()
    await looked_at_in_every_theme(ada, "admin-locked")
    (seeds / "elsewhere.txt").write_text("workspace: velsoft\n")
    await ada.reload()
    await expect(ada.get_by_role("alert")).to_contain_text("velsoft.yaml has faults on disk")
    await expect(row(ada, "helpdesk")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
async def test_every_room_fits_a_phone_in_every_language(own: Theatre, language: str) -> None:
    ada = await own.ada("element-human/people")
    await own.session("Aidan")
    await ada.evaluate(f"localStorage['slabot.desk'] = JSON.stringify({{ language: '{language}' }})")
    await ada.set_viewport_size({"width": 360, "height": 760})
    for room in (
        "people",
        "people/new",
        "policy",
        "policy/change",
        "keys",
        "webhooks",
        "webhooks/new",
        "mail",
        "log",
    ):
        await ada.goto("about:blank")
        await ada.goto(f"{own.url}/desk/admin#/element-human/{room}")
        await expect(ada.locator("main section").first).to_be_visible()
        await expect(ada.locator("html")).to_have_attribute("lang", language)
        await fits(ada, f"admin-{room.replace('/', '-')}-{language}")
    await ada.goto(f"{own.url}/desk/admin#/element-human/policy/change")
    form = ada.locator("main form")
    await form.locator("input[type=text]").first.fill("Donaudampfschifffahrtsgesellschaftskapitän")
    await form.locator("[data-new]").click()
    await form.locator("input[type=text]").nth(5).fill("neu")
    await form.locator("input[type=text]").nth(6).fill("Neu")
    await form.locator(".primary").click()
    await expect(ada.get_by_role("dialog")).to_be_visible(timeout=PATIENT)
    await fits(ada, f"admin-proposal-{language}")


async def fits(page: Page, name: str) -> None:
    """Nothing hangs over the edge of the page."""
    wide = await page.evaluate(OVER_THE_EDGE)
    assert wide == [], name
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    if folder := os.environ.get("SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}-360.png", full_page=True)


async def test_the_form_can_be_used_by_everyone(own: Theatre) -> None:
    ada = await own.ada("element-human/policy")
    await changing(ada)
    await ada.get_by_role("button", name="Add a queue").click()
    await ada.get_by_role("button", name="Add a customer").click()
    await ada.get_by_role("button", name="Add a page").click()
    await ada.get_by_role("button", name="See what changes…").click()
    await expect(ada.get_by_role("alert")).to_have_count(5)
    await looked_at_in_every_theme(ada, "admin-arranging")
