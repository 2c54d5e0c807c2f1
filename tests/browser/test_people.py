"""People at several desks beside a visitor: offers, colleagues' eyes and hands, who comes and goes, the leads' board."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.async_api import expect

from tests.browser.desk_page import DeskPage
from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre
from tests.browser.widget_page import WidgetPage
from tests.cast import visitor

INCIDENT = "nobody in my course can log in"
OTHERS = (
    ("velsoft", "the course export fails for everybody", "yes please"),
    ("velsoft", "nobody in our company can log in to the authoring tool"),
    ("prosper-ex", "our survey results are wrong for one team", "yes please"),
)
"""What else waits on that day."""
WIDE = (1440, 900)


async def settles(theatre: Theatre) -> None:
    assert theatre.running is not None
    await theatre.running.watch.fire()
    await theatre.running.house.dispatch.settle()


def whom_is_asked(theatre: Theatre) -> list[str]:
    """The names of those who have an offer."""
    assert theatre.running is not None
    house = theatre.running.house
    return [one.name for one in house.roster.of("human-esources") if house.dispatch.offer_to(one.agent)]


async def is_heard_of(desk: DeskPage, theatre: Theatre) -> None:
    """A heartbeat after the clock was moved: the page is touched and the agent says that they are there."""
    assert theatre.clock is not None
    await desk.page.clock.set_fixed_time(theatre.clock.now())
    presence = desk.page.get_by_label("Your presence")
    await desk.page.mouse.move(200, 200)
    mine = desk.inbox.locator(".team li").filter(has_text="(you)")
    for state in ("away", "online"):
        await presence.select_option(state)
        await expect(mine.locator(f".dot.{state}")).to_have_count(1)


async def reports(theatre: Theatre) -> tuple[WidgetPage, str]:
    """Vera with an urgent ticket that waits; its number."""
    vera = await theatre.vera()
    await vera.opens()
    await vera.says(INCIDENT)
    return vera, await vera.number()


async def test_an_offer_goes_from_one_desk_to_the_next_and_taking_it_brings_the_visitor_a_person(
    alone: Theatre,
) -> None:
    aidan, lena = await alone.aidan("Aidan"), await alone.aidan("Lena")
    vera, number = await reports(alone)
    await expect(aidan.row(number)).to_be_visible()
    await settles(alone)
    desks = {"Aidan": aidan, "Lena": lena}
    [asked] = whom_is_asked(alone)
    first = desks.pop(asked)
    [(other, second)] = desks.items()
    await expect(first.offer).to_contain_text(number)
    await expect(first.offer).to_contain_text(INCIDENT)
    await expect(second.offer).to_have_count(0)
    await looked_at(first.page, "desk-offer", wide=WIDE)
    await first.offer.get_by_role("button", name="Not now").click()
    await expect(first.offer).to_have_count(0)
    await settles(alone)
    await second.offer.get_by_role("button", name="Take it").click()
    await expect(second.page.get_by_text("you hold it")).to_be_visible()
    await expect(second.offer).to_have_count(0)
    await vera.sees(f"{other} joined")
    await expect(first.row(number)).to_contain_text(f"{other} ·")


async def test_who_arrives_is_told_what_waited_and_shown_it(alone: Theatre) -> None:
    _, number = await reports(alone)
    aidan = await alone.aidan()
    waits = aidan.inbox.get_by_role("status", name="What waits")
    await expect(waits).to_contain_text("1 in CustomerCare, due Mon 9 Mar, 14:00")
    await looked_at(aidan.page, "desk-arrival", wide=WIDE)
    await waits.get_by_role("button", name="Show them").click()
    await expect(waits).to_have_count(0)
    await expect(aidan.row(number)).to_be_visible()
    await expect(aidan.page.get_by_label("View")).to_have_value("unassigned")


async def test_a_ticket_passed_to_a_colleague_is_theirs_with_the_note(theatre: Theatre) -> None:
    aidan, lena = await theatre.aidan("Aidan"), await theatre.aidan("Lena")
    vera, number = await reports(theatre)
    await aidan.opens(number)
    await aidan.claims()
    await lena.opens(number)
    await aidan.presses("Pass on…")
    dialog = aidan.dialog()
    await dialog.get_by_role("combobox", name="To").select_option(label="Lena, online")
    await dialog.get_by_label("Note").fill("You know this campus")
    await dialog.get_by_role("button", name="Pass on").click()
    await expect(lena.page.get_by_text("you hold it")).to_be_visible()
    await lena.sees(re.compile("Aidan passed it on to Lena.*You know this campus"))
    await vera.sees("Passed on to Lena")
    await expect(aidan.page.get_by_text("Lena holds it")).to_be_visible()


async def test_colleagues_see_who_looks_and_who_writes(theatre: Theatre) -> None:
    aidan, lena = await theatre.aidan("Aidan"), await theatre.aidan("Lena")
    vera, number = await reports(theatre)
    await aidan.opens(number)
    await lena.opens(number)
    await expect(aidan.page.get_by_text("Lena looks at it too")).to_be_visible()
    await expect(lena.page.get_by_text("Aidan looks at it too")).to_be_visible()
    await lena.box.press_sequentially("I lo")
    await expect(aidan.timeline.get_by_text("Lena is writing")).to_be_visible()
    await expect(vera.window.get_by_text("Lena is writing")).to_be_visible()
    await lena.page.context.close()
    await expect(aidan.page.get_by_text("looks at it too")).to_have_count(0)


async def test_who_touches_nothing_for_ten_minutes_is_away_until_the_next_touch(theatre: Theatre) -> None:
    ines, lena = await theatre.aidan("Ines"), await theatre.aidan("Lena")
    assert theatre.clock is not None
    await lena.team.click()
    seen = lena.inbox.locator(".team li").filter(has_text="Ines")
    await expect(seen).to_contain_text("Online")
    await ines.page.clock.set_fixed_time(theatre.clock.now() + timedelta(minutes=10))
    await expect(ines.page.get_by_label("Your presence")).to_contain_text("Away, idle")
    await expect(seen).to_contain_text("Away")
    await ines.page.mouse.move(300, 300)
    await expect(seen).to_contain_text("Online")
    await ines.page.get_by_label("Your presence").select_option("offline")
    await expect(seen).to_contain_text("Offline")


async def test_what_an_agent_chose_holds_over_reloads_and_tabs_until_they_choose_again(
    theatre: Theatre,
) -> None:
    otto, lena = await theatre.aidan("Otto"), await theatre.aidan("Lena")
    await lena.team.click()
    seen = lena.inbox.locator(".team li").filter(has_text="Otto")
    presence = otto.page.get_by_label("Your presence")
    await presence.select_option("offline")
    await expect(seen).to_contain_text("Offline")
    await otto.page.reload()
    await expect(presence).to_have_value("offline")
    await expect(seen).to_contain_text("Offline")
    tab = await otto.page.context.new_page()
    await otto.page.close()
    await tab.goto(otto.page.url)
    await expect(tab.get_by_label("Your presence")).to_have_value("offline")
    await expect(seen).to_contain_text("Offline")
    await tab.get_by_label("Your presence").select_option("online")
    await expect(seen).to_contain_text("Online")


async def test_an_agents_machine_dies_in_the_middle_of_a_reply_and_nobody_is_left_waiting(
    alone: Theatre,
) -> None:
    assert alone.clock is not None
    aidan, lena = await alone.aidan("Aidan"), await alone.aidan("Lena")
    vera, number = await reports(alone)
    await aidan.opens(number)
    await aidan.claims()
    await vera.says("are you there?")
    await aidan.sees("are you there?")
    await aidan.box.press_sequentially("Yes, I")
    await aidan.page.context.close()
    await expect(lena.team).to_contain_text("1 online")
    alone.clock.move_to(alone.clock.now() + timedelta(minutes=10))
    await is_heard_of(lena, alone)
    await settles(alone)
    await vera.sees("Aidan is no longer here.")
    await vera.sees("is not there any more, so it waits for the next person")
    await expect(vera.lines("Yes, I")).to_have_count(0)
    await lena.offer.get_by_role("button", name="Take it").click()
    await vera.sees("Lena joined")
    await lena.sees(re.compile("Aidan was gone for too long"))


async def test_a_lead_watches_the_board_and_it_follows_what_happens(alone: Theatre) -> None:
    assert alone.clock is not None
    lena, aidan = await alone.aidan("Lena", role="lead"), await alone.aidan("Aidan")
    _, number = await reports(alone)
    await expect(aidan.page.get_by_role("button", name="Board")).to_have_count(0)
    await lena.presses("Board")
    queue = lena.board.get_by_role("row").filter(has_text="CustomerCare")
    await expect(queue.get_by_role("cell")).to_have_text(["1", "0", "2 of 2", re.compile(number)])
    await expect(lena.board).to_contain_text("1 waits. None is with people.")
    await aidan.opens(number)
    await aidan.claims()
    await expect(queue.get_by_role("cell").nth(1)).to_have_text("1")
    await expect(lena.board.get_by_role("listitem").filter(has_text="Aidan")).to_contain_text("1 of 12")
    alone.clock.move_to(alone.clock.now() + timedelta(hours=4, seconds=1))
    for desk in (lena, aidan):
        await is_heard_of(desk, alone)
    await settles(alone)
    await expect(lena.board).to_contain_text("1 due time was missed today.")
    missed = lena.board.locator(".missed li")
    await expect(missed).to_contain_text(f"{number} First response · Aidan")
    for workspace, *words in OTHERS:
        other = await alone.stack.enter_async_context(visitor(alone.url, workspace))
        for text in words:
            await other.says(text)
    await expect(lena.board.get_by_role("row").filter(has_text="Support Helpdesk")).to_contain_text("VS-")
    await looked_at(lena.page, "desk-board", wide=WIDE)
    await missed.get_by_role("button", name=number).click()
    await expect(lena.board).to_have_count(0)
    await expect(lena.page.get_by_text("Aidan holds it")).to_be_visible()
