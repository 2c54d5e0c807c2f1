"""The administration in the browser: people, keys, receivers, mail and the record, each act confirmed, said and kept."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.looks import looked_at_in_every_theme
from tests.browser.theatre import Theatre
from tests.cast import visitor


def said(page: Page, words: str) -> Locator:
    return page.get_by_role("status").get_by_text(words)


async def answers(page: Page, does: str) -> None:
    """Says yes to the question that stands before an act."""
    await page.get_by_role("dialog").get_by_role("button", name=does, exact=True).click()


async def secret(page: Page) -> str:
    """What is shown once; it is gone with its dialog."""
    shown = page.get_by_role("dialog").locator(".secret")
    await expect(shown).to_be_visible()
    words = await shown.inner_text()
    await page.keyboard.press("Escape")
    await expect(shown).to_have_count(0)
    return words


async def recorded(page: Page, words: str) -> None:
    """The newest act in the record says this."""
    await page.get_by_role("link", name="Record", exact=True).click()
    await expect(page.locator(".deeds > li").first).to_contain_text(words)


async def test_a_person_is_added_changed_shut_out_and_let_in_again(alone: Theatre) -> None:
    alone.watched.forgives("status of 401")  # Who is shut out is told so; the browser calls it an error.
    ada = await alone.ada()
    await expect(ada.get_by_role("link", name="Add a person")).to_be_visible()
    await ada.keyboard.press("n")
    await ada.get_by_label("Name", exact=True).fill("Mia Moor")
    await ada.get_by_label("E-mail").fill("mia@example.org")
    await ada.get_by_role("button", name="Make one").click()
    await ada.get_by_label("Role").select_option("lead")
    await ada.get_by_role("group", name="Workspaces").get_by_label("Velsoft").check()
    await ada.get_by_role("group", name="Languages").get_by_label("Deutsch").check()
    await ada.get_by_role("button", name="Add a person").click()
    password = await secret(ada)
    await expect(said(ada, "Mia Moor is added.")).to_be_visible()
    mia = await alone.aidan(login=("mia@example.org", password))
    await ada.get_by_role("link", name="Mia Moor").click()
    await ada.get_by_label("Name", exact=True).fill("Mia Berg")
    await ada.get_by_label("Holds up to").fill("3")
    await ada.get_by_role("group", name="Queues").get_by_label("velsoft · Support Helpdesk").check()
    await ada.get_by_role("button", name="Save").click()
    await expect(said(ada, "Mia Berg is changed.")).to_be_visible()
    await ada.get_by_role("button", name="Disable Mia Berg…").click()
    await expect(ada.get_by_role("dialog")).to_contain_text("logged out everywhere at once")
    await answers(ada, "Disable Mia Berg")
    await expect(said(ada, "is disabled")).to_be_visible()
    await mia.page.reload()
    await expect(mia.page).to_have_url(re.compile("/desk/login$"))
    await ada.get_by_role("button", name="Enable Mia Berg again").click()
    await expect(said(ada, "can log in again")).to_be_visible()
    await ada.get_by_label("New password").fill("a better one")
    await ada.get_by_role("button", name="Set the new password").click()
    await answers(ada, "Set the new password")
    assert await secret(ada) == "a better one"
    await mia.logs_in("mia@example.org", "a better one")
    await recorded(ada, "Ada changed mia@example.org")
    await expect(ada.locator(".deeds > li").first).to_contain_text("password: changed")
    await expect(ada.locator(".deeds > li").nth(3)).to_contain_text("holds up to: 12 → 3")
    await expect(ada.locator(".deeds > li").nth(3)).to_contain_text("Mia Moor → Mia Berg")


async def test_a_person_gets_another_address_and_stays_at_the_desk(alone: Theatre) -> None:
    alone.watched.forgives("status of 422")  # A refusal is an answer; the browser calls it an error.
    ada, mia = await alone.ada(), await alone.aidan("Mia")
    await ada.reload()
    await ada.get_by_role("link", name="Mia").click()
    email = ada.get_by_label("E-mail")
    await expect(email).not_to_have_value("")
    old = await email.input_value()
    taken = await ada.evaluate(
        "fetch('/api/admin').then(r => r.json()).then(a => a.agents.find(({name}) => name === 'Ada').email)"
    )
    for wrong, why in (("mia@", "Write an address as"), (taken, "logs in with this address already")):
        await email.fill(wrong)
        await ada.get_by_role("button", name="Save").click()
        await expect(email).to_have_accessible_description(re.compile(why))
        await expect(email).to_have_value(wrong)
    await email.fill("mia.berg@example.org")
    await ada.get_by_role("button", name="Save").click()
    await expect(said(ada, "Mia is changed.")).to_be_visible()
    await mia.page.reload()
    await expect(mia.page.get_by_role("searchbox")).to_be_visible()
    await recorded(ada, f"address: {old} → mia.berg@example.org")


async def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(alone: Theatre) -> None:
    alone.watched.forgives("status of 422")  # A refusal is an answer; the browser calls it an error.
    ada = await alone.ada("velsoft/people/new")
    await ada.get_by_role("button", name="Add a person").click()
    name = ada.get_by_label("Name", exact=True)
    await expect(name).to_be_focused()
    await expect(name).to_have_attribute("aria-invalid", "true")
    await expect(ada.get_by_role("alert")).to_have_count(3)
    await name.fill("Second Ada")
    me = await ada.evaluate("fetch('/api/admin').then(r => r.json()).then(a => a.agents[0].email)")
    await ada.get_by_label("E-mail").fill(me)
    await ada.get_by_label("New password").fill("long enough")
    await ada.get_by_role("button", name="Add a person").click()
    email = ada.get_by_label("E-mail")
    await expect(email).to_have_accessible_description(re.compile("logs in with this address already"))
    await expect(email).to_be_focused()
    await expect(name).to_have_value("Second Ada")
    await looked_at_in_every_theme(ada, "admin-wrong")
    await ada.goto(f"{alone.url}/desk/admin#/velsoft/webhooks/new")
    await ada.get_by_label("Address").fill("https://10.0.0.1/")
    await ada.get_by_role("button", name="Add a receiver").click()
    await expect(ada.get_by_label("Address")).to_have_accessible_description(
        re.compile("has to be public|be public")
    )


async def test_the_last_administrator_cannot_lock_themselves_out(alone: Theatre) -> None:
    alone.watched.forgives("status of 422")
    ada = await alone.ada()
    await ada.get_by_role("link", name="Ada").click()
    await expect(ada.get_by_label("Role")).to_be_disabled()
    await expect(ada.get_by_role("button", name=re.compile("Disable"))).to_have_count(0)
    await expect(ada.get_by_text("can be disabled by another administrator only")).to_be_visible()
    await ada.get_by_role("group", name="Workspaces").get_by_label("Velsoft").check()
    await ada.get_by_role("button", name="Save").click()
    await expect(ada.get_by_text("You cannot take this away from yourself.")).to_be_visible()
    await ada.reload()
    await expect(ada.get_by_role("link", name="Signing keys")).to_be_visible()


async def test_a_signing_key_is_shown_once_and_retired_after_a_question(alone: Theatre) -> None:
    ada = await alone.ada("velsoft/keys")
    await expect(ada.get_by_text("No keys.")).to_be_visible()
    await ada.get_by_role("button", name="Add a key").click()
    shown = await secret(ada)
    assert len(shown) >= 32
    await expect(ada.get_by_role("dialog")).to_have_count(0)
    await expect(ada.get_by_role("row")).to_have_count(2)
    assert shown not in await ada.content()
    await ada.get_by_role("button", name=re.compile("^Retire 2026")).click()
    await expect(ada.get_by_role("dialog")).to_contain_text("cannot be taken back")
    await ada.get_by_role("button", name="Cancel").click()
    await expect(ada.get_by_role("button", name=re.compile("^Retire 2026"))).to_be_visible()
    await ada.get_by_role("button", name=re.compile("^Retire 2026")).click()
    await answers(ada, "Retire")
    await expect(ada.get_by_role("cell", name=re.compile("retired"))).to_be_visible()
    await recorded(ada, "Ada retired the key")


async def test_a_receiver_is_added_given_a_new_secret_paused_and_dropped(alone: Theatre) -> None:
    ada = await alone.ada("velsoft/webhooks")
    await ada.get_by_role("link", name="Add a receiver").click()
    await ada.get_by_label("Address").fill("https://crm.example.org/hooks")
    await ada.get_by_label("ticket opened").check()
    await ada.get_by_role("button", name="Add a receiver").click()
    first = await secret(ada)
    await expect(ada.get_by_role("heading", name="https://crm.example.org/hooks")).to_be_visible()
    await ada.get_by_role("button", name="New secret…").click()
    await answers(ada, "New secret")
    assert await secret(ada) != first
    await expect(ada.get_by_text("signs as well until")).to_be_visible()
    await ada.get_by_role("button", name="Pause").click()
    await expect(said(ada, "Paused.")).to_be_visible()
    await ada.get_by_role("button", name="Resume").click()
    await expect(said(ada, "goes on from where it stopped")).to_be_visible()
    await ada.get_by_role("button", name="Drop…").click()
    await answers(ada, "Drop")
    await expect(ada.get_by_text("Nobody is told anything.")).to_be_visible()
    await recorded(ada, "Ada dropped wh_")


async def test_messages_and_mail_that_were_given_up_are_sent_again(alone: Theatre) -> None:
    assert alone.running is not None
    store, now = alone.running.store, alone.clock.now() if alone.clock else None
    assert now is not None
    ada = await alone.ada("velsoft/webhooks/new")
    await ada.get_by_label("Address").fill("https://crm.example.org/hooks")
    await ada.get_by_role("button", name="Add a receiver").click()
    await secret(ada)
    async with visitor(alone.url, "velsoft") as vera:
        await vera.says("the course export fails for everybody")
        await vera.says("yes please, vera@example.org")
    await alone.running.forwarder.settle()
    await ada.reload()
    rows = ada.get_by_role("row").filter(has=ada.get_by_role("rowheader"))
    await expect(rows.first).to_contain_text("message added")
    (endpoint,) = await store.webhooks.all()
    for each in await store.webhooks.deliveries(endpoint, None, 10):
        await store.outbox.failed(each.id, now, "answered 500", for_good=True)
    await ada.get_by_label("State").select_option("dead")
    await expect(rows.first).to_contain_text("answered 500")
    dead = await rows.count()
    await rows.first.get_by_role("button", name="Send again").click()
    await expect(rows).to_have_count(dead - 1)
    await ada.get_by_role("button", name="Send all that was given up again…").click()
    await answers(ada, "Send all that was given up again")
    await expect(ada.get_by_text("Nothing like that was sent.")).to_be_visible()
    (letter,) = await store.letters.of("velsoft", None, 10)
    await store.outbox.failed(letter.id, now, "550 no such mailbox", for_good=True)
    await ada.get_by_role("link", name="Mail").click()
    await expect(ada.get_by_text("No mail server is set")).to_be_visible()
    await expect(rows.first).to_contain_text("550 no such mailbox")
    await expect(rows.first.get_by_role("link")).to_have_attribute("href", re.compile("/desk#VS-"))
    await looked_at_in_every_theme(ada, "admin-mail")
    await rows.first.get_by_role("button", name="Send again").click()
    await expect(ada.get_by_text("No letter was given up.")).to_be_visible()
    await recorded(ada, "Ada sent mail again")


async def test_the_record_is_filtered_and_names_terminals_apart(alone: Theatre) -> None:
    assert alone.running is not None
    ada = await alone.ada("velsoft/keys")
    await ada.get_by_role("button", name="Add a key").click()
    await secret(ada)
    await recorded(ada, "Ada added the key")
    deeds = ada.locator(".deeds > li")
    await ada.get_by_label("Who", exact=True).select_option("cli")
    await expect(deeds.filter(has_text="At a terminal of the server added ada")).to_have_count(1)
    await expect(deeds.filter(has_text="added the key")).to_have_count(0)
    await ada.get_by_label("Kind").select_option("webhook")
    await expect(ada.get_by_text("Nothing like that was done.")).to_be_visible()


async def test_the_rooms_are_reached_by_keys_and_from_the_palette_of_the_desk(theatre: Theatre) -> None:
    desk = await theatre.aidan("Adele", role="admin")
    await desk.page.keyboard.press("Control+k")
    await desk.dialog().get_by_role("combobox").fill("signing")
    await desk.page.keyboard.press("Enter")
    page = desk.page
    await expect(page.get_by_role("button", name="Add a key")).to_be_visible()
    for key, name in (("1", "People"), ("2", "Queues and customers"), ("5", "Mail"), ("6", "Record")):
        await page.keyboard.press(key)
        await expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute(
            "aria-current", "page"
        )
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Webhooks")
    await page.keyboard.press("Escape")
    await page.keyboard.press("1")
    await page.keyboard.press("/")
    await expect(page.get_by_role("searchbox")).to_be_focused()
    await page.keyboard.type("adele")
    await expect(page.get_by_role("rowheader")).to_have_count(1)


@pytest.mark.parametrize("role", ["agent", "editor", "lead"])
async def test_who_is_no_administrator_gets_none_of_its_code(theatre: Theatre, role: str) -> None:
    page = await theatre.ada(name=f"No-{role}", role=role)
    await expect(page.get_by_text("This page is for administrators.")).to_be_visible()
    assert not [url for url in theatre.watched.requests if "/office-" in url or "/api/admin" in url]
    canned = page.get_by_role("link", name="Canned replies")
    await expect(canned).to_have_count(1 if role == "lead" else 0)
    if role == "lead":
        await canned.click()
        await expect(page.get_by_role("dialog", name=re.compile("Canned"))).to_be_visible()
        await expect(page).to_have_url(re.compile("/desk$"))


async def test_a_line_that_is_down_is_said_and_loses_nothing(alone: Theatre) -> None:
    alone.watched.forgives("ERR_INTERNET_DISCONNECTED")
    ada = await alone.ada("velsoft/people/new")
    await ada.get_by_label("Name", exact=True).fill("Nora")
    await ada.get_by_label("E-mail").fill("nora@example.org")
    await ada.get_by_label("New password").fill("long enough")
    await ada.context.set_offline(True)
    await ada.get_by_role("button", name="Add a person").click()
    await expect(ada.get_by_role("alert")).to_contain_text("Nothing was changed")
    await ada.context.set_offline(False)
    await ada.get_by_role("button", name="Load again").click()
    await expect(ada.get_by_role("alert")).to_have_count(0)
    await expect(ada.get_by_label("Name", exact=True)).to_have_value("Nora")
    await ada.get_by_role("button", name="Add a person").click()
    await expect(ada.get_by_role("dialog", name="Password of Nora")).to_be_visible()


async def test_every_room_can_be_used_by_everyone(alone: Theatre) -> None:
    ada = await alone.ada("element-human/people")
    await alone.session("Aidan")
    await alone.session("Edith", "editor")
    await ada.reload()
    await expect(ada.get_by_role("rowheader")).to_have_count(3)
    await looked_at_in_every_theme(ada, "admin-people")
    await ada.get_by_role("link", name="Aidan").click()
    await expect(ada.get_by_role("heading", name="Aidan")).to_be_visible()
    await looked_at_in_every_theme(ada, "admin-person")
    await ada.get_by_role("button", name="Disable Aidan…").click()
    await looked_at_in_every_theme(ada, "admin-question")
    await ada.keyboard.press("Escape")
    await ada.keyboard.press("2")
    await expect(ada.get_by_role("rowheader").first).to_be_visible()
    await looked_at_in_every_theme(ada, "admin-policy")
    await ada.keyboard.press("3")
    await ada.get_by_role("button", name="Add a key").click()
    await looked_at_in_every_theme(ada, "admin-secret")
    await secret(ada)
    await looked_at_in_every_theme(ada, "admin-keys")
    await ada.evaluate("location.hash = '#/element-human/webhooks/new'")
    await ada.get_by_label("Address").fill("https://crm.example.org/hooks")
    await ada.get_by_role("button", name="Add a receiver").click()
    await secret(ada)
    await looked_at_in_every_theme(ada, "admin-receiver")
    await ada.get_by_role("link", name="All receivers").click()
    await looked_at_in_every_theme(ada, "admin-webhooks")
    await ada.keyboard.press("6")
    await expect(ada.locator(".deeds > li")).to_have_count(5)
    await looked_at_in_every_theme(ada, "admin-log")
