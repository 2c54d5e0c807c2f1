"""The editors' workshop in the browser: pictures by paste, articles brought in, schedules, translations, languages, keys."""

from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.browser.looks import looked_at
from tests.browser.test_workshop import PUBLICATION, WS, articles, opens, saved, shop, workshop
from tests.browser.theatre import Theatre, violations
from tests.web.test_enclosures import picture

__all__ = ["articles", "shop", "workshop"]

PASTE = """(area, bytes) => {
    const data = new DataTransfer();
    const raw = Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0));
    data.items.add(new File([raw], "image.png", { type: "image/png" }));
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


async def publishes(edith: Page) -> None:
    await saved(edith)
    await edith.get_by_role("button", name="Publish").click()
    anyway = edith.get_by_label("Reason to publish all the same")
    said = edith.get_by_text("Published. Visitors see it now.")
    await expect(said.or_(anyway)).to_be_visible(timeout=PUBLICATION)
    if await anyway.is_visible():
        await anyway.fill("The text says it now.")
        await edith.get_by_role("button", name="Publish all the same").click()
        await expect(said).to_be_visible(timeout=PUBLICATION)


async def within_a_second(shop: Theatre, page: Page, slug: str, words: str) -> None:
    assert shop.running is not None
    for _ in range(100):
        article = shop.running.library.article(WS, slug)
        if article is not None and words in article.html:
            return
        await page.wait_for_timeout(10)
    pytest.fail(f"a second later visitors still get {slug} without {words!r}")


async def test_a_pasted_picture_is_described_published_and_seen_by_a_visitor(
    shop: Theatre, articles: Path
) -> None:
    edith = await shop.edith()
    await opens(edith, "onboarding-checklist")
    body = edith.get_by_label("Text")
    await body.evaluate("(area) => area.setSelectionRange(area.value.length, area.value.length)")
    await body.evaluate(PASTE, base64.b64encode(picture(size=(320, 120))).decode())
    await expect(edith.get_by_text("image.png is in.")).to_be_visible()
    await expect(edith.get_by_text("say what it shows")).to_be_visible()
    await edith.keyboard.type("The checklist with its three boxes")
    shown = edith.get_by_label("As visitors see it").get_by_role(
        "img", name="The checklist with its three boxes"
    )
    await expect(shown).to_be_visible()
    assert await shown.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 320
    await looked_at(edith, "workshop-picture")
    await publishes(edith)
    (kept,) = (articles / WS / "files").glob("image-*")
    await within_a_second(shop, edith, "onboarding-checklist", kept.name)
    vera = await shop.vera()
    await vera.opens()
    await vera.says("where is the onboarding checklist?")
    await vera.window.get_by_role("button", name="Read the article").last.click()
    seen = vera.window.get_by_role("img", name="The checklist with its three boxes").first
    await expect(seen).to_be_visible()
    assert await seen.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 320


async def test_a_picture_that_is_none_is_refused_and_the_text_stays(shop: Theatre) -> None:
    shop.watched.forgives("status of 422")
    edith = await shop.edith()
    await opens(edith, "client-responsibilities")
    before = await edith.get_by_label("Text").input_value()
    await edith.get_by_label("Add a picture or file").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": b"<svg onload='alert(1)'/>"}
    )
    await expect(edith.get_by_role("alert")).to_contain_text("cannot be read as one")
    await expect(edith.get_by_label("Text")).to_have_value(before)


async def test_articles_are_looked_through_and_then_brought_in_as_drafts(shop: Theatre) -> None:
    edith = await shop.edith(f"{WS}/moving")
    page: FilePayload = {
        "name": "parking.html",
        "mimeType": "text/html",
        "buffer": b'<h1>Where do I park?</h1><p>Behind. <img src="map.png" alt="The map of the yard"></p><script>x</script>',
    }
    plan: FilePayload = {"name": "map.png", "mimeType": "image/png", "buffer": picture()}
    torn: FilePayload = {"name": "torn.md", "mimeType": "text/markdown", "buffer": b"\xff\xfe"}
    await edith.get_by_label("Choose a .zip or files").set_input_files([page, plan, torn])
    await expect(edith.get_by_text("1 would come, 0 stay out, 1 cannot be read.")).to_be_visible()
    await expect(edith.get_by_role("row", name="Where do I park?")).to_contain_text("left out: 1 script")
    await expect(edith.get_by_role("listitem").filter(has_text="torn.md")).to_contain_text("is not UTF-8")
    await looked_at(edith, "workshop-import")
    await edith.get_by_role("button", name="Bring 1 in as drafts").click()
    await expect(edith.get_by_text("1 came as drafts, 0 stayed out, 1 could not be read.")).to_be_visible()
    await edith.get_by_role("link", name="See the drafts").click()
    await edith.get_by_role("link", name="Where do I park?").click()
    await expect(
        edith.get_by_label("As visitors see it").get_by_role("img", name="The map of the yard")
    ).to_be_visible()
    await edith.get_by_role("link", name="Import and export").click()
    async with edith.expect_download() as started:
        await edith.get_by_role("link", name="Export everything").click()
    assert (await started.value).suggested_filename == f"{WS}-articles.zip"


async def test_what_is_scheduled_appears_at_its_time_and_not_before(shop: Theatre) -> None:
    assert shop.running is not None
    assert shop.clock is not None
    edith = await shop.edith()
    await opens(edith, "lms-single-sign-on")
    body = edith.get_by_label("Text")
    await body.fill(f"{await body.input_value()}\n\nFrom the summer term on.")
    await saved(edith)
    # Edith sits in Berlin, an hour ahead of the server's clock.
    await edith.get_by_label("At (now, if left empty)").fill("2026-03-09T15:30")
    await edith.get_by_role("button", name="Publish").click()
    await expect(edith.get_by_text("To be published Mon 9 Mar, 15:30 your time.")).to_be_visible(
        timeout=PUBLICATION
    )
    await looked_at(edith, "workshop-schedule")
    assert await shop.running.house.workshop.publish_due() == 0
    began = shop.clock.now()
    shop.clock.move_to(began + timedelta(minutes=30))
    assert await shop.running.house.workshop.publish_due() == 1
    await within_a_second(shop, edith, "lms-single-sign-on", "From the summer term on.")


async def test_an_earlier_version_becomes_the_draft_again(shop: Theatre) -> None:
    edith = await shop.edith()
    await opens(edith, "people-first")
    body = edith.get_by_label("Text")
    before = await body.input_value()
    for words in ("Tea is served at noon.", "Tea is served at one."):
        await body.fill(f"{before}\n\n{words}")
        await publishes(edith)
    await edith.get_by_text("History", exact=True).click()
    versions = edith.locator(".history li")
    await expect(versions.first).to_contain_text("Edith")
    await versions.first.get_by_role("button", name="Version").click()
    change = edith.get_by_role("region", name="What version")
    await expect(change).to_contain_text("+ Tea is served at one.")
    await expect(change).to_contain_text("- Tea is served at noon.")
    await versions.nth(1).get_by_role("button", name="Version").click()
    await edith.get_by_role("button", name="Make this the draft").click()
    await expect(body).to_have_value(f"{before}\n\nTea is served at noon.")
    await expect(edith.get_by_text("The earlier text is your draft now.")).to_be_visible()


async def test_an_article_whose_review_date_has_passed_is_marked_until_it_is_moved(shop: Theatre) -> None:
    edith = await shop.edith()
    await opens(edith, "onboarding-checklist")
    await edith.get_by_text("Language, owner, review date, tags").click()
    await edith.get_by_label("Review by").fill("2026-03-08")
    await publishes(edith)
    await edith.get_by_role("link", name="All articles").click()
    await edith.get_by_label("State").select_option("review")
    row = edith.get_by_role("row", name="onboarding")
    await expect(row).to_contain_text("review date passed")
    await opens(edith, "onboarding-checklist")
    await edith.get_by_text("Language, owner, review date, tags").click()
    await edith.get_by_label("Review by").fill("2026-09-01")
    await publishes(edith)
    await edith.get_by_role("link", name="All articles").click()
    await edith.get_by_label("State").select_option("review")
    await expect(row).to_have_count(0)


async def test_a_translation_is_linked_and_marked_once_its_original_changes(shop: Theatre) -> None:
    edith = await shop.edith()
    await edith.get_by_label("Name of a new article").fill("kontoeinrichtung")
    await edith.get_by_role("button", name="New article").click()
    await edith.get_by_label("Title").fill("So richten wir Ihr Konto ein")
    await edith.get_by_label("Text").fill("## Ihr Konto\n\nEin Kundenbetreuer meldet sich bei Ihnen.")
    await edith.get_by_text("Language, owner, review date, tags").click()
    await edith.get_by_role("combobox", name="Language").select_option("de")
    original = edith.get_by_label("Translation of")
    await original.fill("privacy-and-security")
    await original.blur()
    await saved(edith)
    await edith.reload()
    await edith.get_by_text("Language, owner, review date, tags").click()
    await edith.get_by_label("It says what the original says now").click()
    await publishes(edith)
    await within_a_second(shop, edith, "kontoeinrichtung", "Kundenbetreuer")
    await opens(edith, "privacy-and-security")
    await expect(edith.get_by_role("navigation", name="In other languages")).to_contain_text("So richten wir")
    body = edith.get_by_label("Text")
    await body.fill(f"{await body.input_value()}\n\nAsk us for more.")
    await publishes(edith)
    await within_a_second(shop, edith, "privacy-and-security", "Ask us for more.")
    await edith.get_by_role("link", name="All articles").click()
    await edith.get_by_label("State").select_option("stale")
    row = edith.get_by_role("row", name="So richten wir")
    await expect(row).to_contain_text("original has changed")
    await looked_at(edith, "workshop-stale")


@pytest.mark.parametrize(
    ("locale", "title", "publish"),
    [
        ("de-DE", "Artikel", "Veröffentlichen"),
        ("es-ES", "Artículos", "Publicar"),
        ("fr-FR", "Articles", "Publier"),
    ],
)
async def test_the_workshop_speaks_the_editors_language(
    shop: Theatre, locale: str, title: str, publish: str
) -> None:
    context = await shop.context(locale=locale)
    edith = await shop.edith(context=context)
    await expect(edith.get_by_role("heading", level=1)).to_have_text(title)
    assert await edith.evaluate("document.documentElement.lang") == locale[:2]
    for room in ("articles", "gaps", "numbers", "try", "moving", "articles/account-setup"):
        await edith.evaluate(f"location.hash = '#/{WS}/{room}'")
        await expect(edith.locator("main > *")).to_have_count(1)
        assert await violations(edith) == []
        sideways = await edith.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert sideways <= 0, room
    await expect(edith.get_by_role("button", name=publish)).to_be_visible()
    await looked_at(edith, f"workshop-{locale[:2]}")


async def test_with_keys_alone_and_in_forced_colours_an_article_is_found_changed_and_published(
    shop: Theatre,
) -> None:
    edith = await shop.edith()
    await edith.emulate_media(forced_colors="active")
    await expect(edith.get_by_role("row")).not_to_have_count(0)
    assert await violations(edith) == []
    await edith.get_by_label("Find articles").focus()
    await edith.keyboard.type("troubleshooting")
    await until(edith, "link", "th a")
    await edith.keyboard.press("Enter")
    await expect(edith.get_by_label("Title")).not_to_have_value("")
    assert await violations(edith) == []
    await until(edith, "textarea", "textarea.body")
    await edith.keyboard.press("Control+End")
    await edith.keyboard.type("\n\nBy keys alone.")
    await saved(edith)
    await until(edith, "publish", ".publishing .primary")
    await edith.keyboard.press("Enter")
    anyway = edith.get_by_label("Reason to publish all the same")
    said = edith.get_by_text("Published. Visitors see it now.")
    await expect(said.or_(anyway)).to_be_visible(timeout=PUBLICATION)
    if await anyway.is_visible():  # What another test has published may have taken a question.
        await anyway.focus()
        await edith.keyboard.type("The text says it now.")
        await edith.keyboard.press("Enter")
        await expect(said).to_be_visible(timeout=PUBLICATION)


async def until(page: Page, what: str, selector: str) -> None:
    """Tab by tab to the first of these."""
    for _ in range(60):
        if await page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        await page.keyboard.press("Tab")
    pytest.fail(f"no {what} within 60 tabs")
