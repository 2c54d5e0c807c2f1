"""Four policies, one widget: hours and contacts are computed at that instant, in each workspace's own words."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.theatre import Theatre

NOW = [
    ("human-esources", "open now", "19:00 Eastern"),
    ("element-human", "open now", "18:00 GMT"),
    ("prosper-ex", "closed now", "09:00 Australian Eastern"),
    ("velsoft", "open now", "16:30 Halifax"),
]
WHOM = [
    ("human-esources", "Support Portal", None),
    ("element-human", "your account manager", "mailto:support@elementhuman.com"),
    ("prosper-ex", "Emergency support", "tel:1300529909"),
    ("velsoft", "Support Helpdesk", "mailto:support@velsoft.com"),
]


@pytest.mark.parametrize(("workspace", "state", "until"), NOW)
async def test_are_you_open_now_is_answered_from_the_policys_calendar(
    theatre: Theatre, workspace: str, state: str, until: str
) -> None:
    vera = await (await theatre.vera(workspace)).opens()
    await expect(vera.header).to_contain_text(until)
    await vera.says("are you open now?")
    await vera.sees(until)
    await expect(vera.cards).to_contain_text(state)


@pytest.mark.parametrize(("workspace", "name", "link"), WHOM)
async def test_who_do_i_call_names_every_contact_with_something_to_tap_or_where_to_find_it(
    theatre: Theatre, workspace: str, name: str, link: str | None
) -> None:
    vera = await (await theatre.vera(workspace)).opens()
    await vera.says("who do I call?")
    await expect(vera.cards).to_contain_text(name, ignore_case=True)
    if link is not None:
        await expect(vera.cards.locator(f'a[href="{link}"]').first).to_be_visible()
    else:
        await expect(vera.cards).to_contain_text("you find it in your onboarding mail")
