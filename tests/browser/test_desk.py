"""What agents do at the desk, each act seen by the visitor and by colleagues as it happens."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.desk_page import DeskPage
from tests.browser.theatre import PASSWORD, Theatre
from tests.browser.widget_page import WidgetPage

INCIDENT = "nobody in my course can log in"


async def held(theatre: Theatre) -> tuple[WidgetPage, DeskPage, str]:
    """Vera with an urgent ticket that Aidan has claimed; its number."""
    aidan, vera = await theatre.aidan(), await theatre.vera()
    await vera.opens()
    await vera.says(INCIDENT)
    number = await vera.number()
    await aidan.opens(number)
    await aidan.claims()
    return vera, aidan, number


async def test_a_reply_written_before_the_visitors_newest_words_is_held_and_shown_with_them(
    theatre: Theatre,
) -> None:
    vera, aidan, _ = await held(theatre)
    await aidan.box.fill("Please send me a screenshot.")
    await vera.says("wait, it works again")
    await aidan.sees("wait, it works again")
    await aidan.send.click()
    waiting = aidan.timeline.get_by_role("alert")
    await expect(waiting).to_contain_text("the visitor wrote meanwhile")
    await expect(waiting).to_contain_text("wait, it works again")
    await expect(vera.lines("Please send me a screenshot.")).to_have_count(0)
    await waiting.get_by_role("button", name="Edit").click()
    await expect(aidan.box).to_have_value("Please send me a screenshot.")
    await aidan.replies("Good to hear. I close it then.")
    await vera.sees("Good to hear.")


async def test_a_held_reply_can_be_sent_anyway_and_arrives_once(theatre: Theatre) -> None:
    vera, aidan, _ = await held(theatre)
    await aidan.box.fill("I have reset the course.")
    await vera.says("thanks for looking")
    await aidan.sees("thanks for looking")
    await aidan.send.click()
    await aidan.presses("Send anyway")
    await vera.sees("I have reset the course.")
    await expect(vera.lines("I have reset the course.")).to_have_count(1)
    await expect(aidan.timeline.get_by_role("alert")).to_have_count(0)


async def test_a_colleague_takes_over_with_a_reason_and_the_first_holder_sees_who(theatre: Theatre) -> None:
    vera, aidan, number = await held(theatre)
    lena = await theatre.aidan("Lena")
    await lena.opens(number)
    await expect(lena.page.locator(".sends")).to_contain_text("Aidan holds this conversation")
    await lena.presses("Take over…")
    await lena.dialog().get_by_label("Reason").fill("Aidan's shift has ended")
    await lena.dialog().get_by_role("button", name="Take over").click()
    await expect(lena.page.get_by_text("you hold it")).to_be_visible()
    await expect(aidan.page.get_by_text("Lena holds it")).to_be_visible()
    await aidan.box.fill("I am not the holder any more")
    await expect(aidan.send).to_be_disabled()
    await vera.sees("Lena joined")


async def test_a_note_is_for_agents_only(theatre: Theatre) -> None:
    vera, aidan, _ = await held(theatre)
    await aidan.presses("Note")
    await aidan.writes("Their single sign-on was changed yesterday.")
    await aidan.sees("Their single sign-on was changed yesterday.")
    await aidan.replies("I found the cause.")
    await vera.sees("I found the cause.")
    await expect(vera.log.get_by_text("single sign-on")).to_have_count(0)


async def test_a_ticket_passed_on_to_a_queue_waits_there_with_its_note(theatre: Theatre) -> None:
    vera, aidan, number = await held(theatre)
    await aidan.presses("Pass on…")
    await aidan.dialog().get_by_label("Note for whoever gets it").fill("Needs the LMS team")
    await aidan.dialog().get_by_role("button", name="Pass on").click()
    await expect(aidan.page.get_by_text("waits in CustomerCare")).to_be_visible()
    await aidan.sees("Aidan passed it on to CustomerCare")
    await aidan.sees("Needs the LMS team")
    await expect(vera.log.get_by_text("Needs the LMS team")).to_have_count(0)
    lena = await theatre.aidan("Lena")
    await lena.opens(number)
    await lena.claims()


async def test_another_severity_needs_a_reason_and_the_visitor_is_told_the_new_time(theatre: Theatre) -> None:
    aidan, vera = await theatre.aidan(), await theatre.vera()
    await vera.opens()
    await vera.says("the gradebook is slow for a few of my students")
    await vera.cards.first.wait_for()
    await vera.says("yes please")
    await aidan.opens(await vera.number())
    await aidan.presses("Change…")
    dialog = aidan.dialog()
    await dialog.get_by_label("Severity").select_option("normal")
    await dialog.get_by_role("button", name="Change severity").click()
    await expect(dialog).to_be_visible()  # The browser asks for the reason first.
    await dialog.get_by_label("Reason").fill("Only two students see it")
    await dialog.get_by_role("button", name="Change severity").click()
    await aidan.sees(re.compile("Aidan set the severity to .*Only two students see it"))
    await vera.sees(re.compile("18:00 Eastern"))
    await expect(aidan.clock("First response").locator(".badge")).to_contain_text("8 h")


async def test_a_ticket_that_waits_on_the_visitor_stands_still_until_they_write(theatre: Theatre) -> None:
    aidan, vera = await theatre.aidan(), await theatre.vera("velsoft")
    await vera.opens()
    await vera.says("nobody in our company can log in to the authoring tool")
    number = await vera.number()
    assert number.startswith("VS-")
    await aidan.opens(number)
    await aidan.box.fill("Which address do you log in at?")
    await aidan.presses("Reply and wait for the visitor")
    await aidan.sees("waits on the visitor")
    await expect(aidan.clock("Resolution").locator(".badge")).to_contain_text("paused")
    await vera.says("at the one in our invitation")
    await expect(aidan.clock("Resolution").locator(".badge")).not_to_contain_text("paused")
    await aidan.sees("No longer waiting on the visitor")


async def test_a_p1_of_element_human_is_provisional_until_its_formal_report_is_recorded(
    theatre: Theatre,
) -> None:
    aidan, vera = await theatre.aidan(), await theatre.vera("element-human")
    await vera.opens()
    await vera.says("the whole platform is down, nobody in our organisation can log in")
    number = await vera.number()
    assert number.startswith("EH-")
    await expect(vera.cards.last).to_contain_text("Provisional until your formal report")
    await aidan.opens(number)
    notice = aidan.context.locator(".notice")
    await expect(notice).to_contain_text("Due times are provisional")
    await notice.get_by_role("button", name="Record the report").click()
    await aidan.sees("Aidan recorded the formal report")
    await vera.sees("Your formal report was recorded")
    await expect(notice).to_have_count(0)


async def test_a_wrong_password_is_refused_in_words_and_the_right_one_opens_the_desk(
    theatre: Theatre,
) -> None:
    theatre.watched.forgives("status of 401|api/login")
    assert theatre.running is not None
    await theatre.running.house.accounts.add("mia@example.org", "Mia", PASSWORD)
    page = await theatre.page(await theatre.context())
    desk = DeskPage(page, theatre.url)
    await page.goto(f"{theatre.url}/desk")
    await page.wait_for_url("**/desk/login")
    await page.get_by_label("E-mail").fill("mia@example.org")
    await page.get_by_label("Password").fill("not the one")
    await desk.presses("Log in")
    await expect(page.get_by_role("alert")).to_have_text("E-mail address and password do not fit together.")
    await desk.logs_in("mia@example.org", PASSWORD)


async def test_what_is_typed_shows_on_the_other_side_while_it_is_typed(theatre: Theatre) -> None:
    vera, aidan, _ = await held(theatre)
    await aidan.box.press_sequentially("I look")
    await expect(vera.window.get_by_text("Aidan is writing")).to_be_visible()
    await vera.box.press_sequentially("And")
    await expect(aidan.timeline.get_by_text("The visitor is writing")).to_be_visible()


async def test_a_committed_time_and_a_third_party_stand_beside_the_clocks(theatre: Theatre) -> None:
    vera, aidan, _ = await held(theatre)
    beside = aidan.context.locator(".standing")
    await beside.get_by_text("Commit to a time").click()
    await beside.get_by_label("New time").fill("2099-03-09T18:30")
    await beside.get_by_role("button", name="Tell the visitor").click()
    await expect(beside).to_contain_text("Committed to")
    await expect(beside).to_contain_text("its miss is counted")
    await vera.sees(re.compile("new time|2099"))

    await beside.get_by_text("A third party is the cause").click()
    await beside.get_by_label("Whose system").fill("Canvas hosting")
    await beside.get_by_role("button", name="Record it").click()
    await expect(beside).to_contain_text("Canvas hosting is the cause since")
    await expect(beside).to_contain_text("No clock stands still for it")
    await beside.get_by_role("button", name="No longer").click()
    await expect(beside).not_to_contain_text("Canvas hosting")


async def test_an_agent_sees_that_the_visitor_has_read_the_reply(theatre: Theatre) -> None:
    aidan, vera = await theatre.aidan(), await theatre.vera()
    await vera.opens()
    await vera.says("nobody in my course can log in")
    await aidan.opens(await vera.number())
    await aidan.replies("Which course is it?")
    await vera.sees("Which course is it?")
    reply = aidan.timeline.locator(".said.agent").filter(has_text="Which course is it?")
    await expect(reply.get_by_text("· Read")).to_be_visible()
    await aidan.replies("And since when?")
    await vera.sees("And since when?")
    await expect(aidan.timeline.get_by_text("· Read")).to_have_count(1)
    await expect(aidan.timeline.locator(".said.agent").last.get_by_text("· Read")).to_be_visible()
