"""The main job in a real browser, visitor and agent side by side."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.theatre import Theatre

INCIDENT = "nobody in my course can log in"


async def test_a_question_is_answered_from_an_article_that_is_cited_and_can_be_read(theatre: Theatre) -> None:
    vera = await (await theatre.vera()).opens()
    await vera.says("how long does the LMS integration take?")
    await vera.sees("a week up to a month")
    await vera.sees("From the article “How long LMS integration takes")
    await vera.window.get_by_role("button", name="Read the article").last.click()
    await expect(vera.window.locator(".prose")).to_contain_text("a week up to a month")


async def test_the_time_of_a_persons_reply_stands_there_before_anything_is_said(theatre: Theatre) -> None:
    vera = await (await theatre.vera()).opens()
    # Eight business hours from 10:00 of a day that ends at 19:00.
    await expect(vera.person).to_contain_text("reply by Mon 9 Mar, 18:00 Eastern (23:00 your time)")
    await vera.person.locator("[aria-expanded]").click()
    await expect(vera.person.get_by_role("table")).to_contain_text("8 h")


async def test_a_lesser_problem_shows_its_deadline_and_why_before_a_ticket_is_agreed_to(
    theatre: Theatre,
) -> None:
    vera = await (await theatre.vera()).opens()
    await vera.says("the gradebook is slow for a few of my students")
    deadline = vera.cards.locator(".deadline").last
    due = await deadline.locator(".due").inner_text()
    await deadline.locator("summary").click()
    await expect(deadline.get_by_role("row").last).to_contain_text("Due", ignore_case=True)
    await expect(vera.log.get_by_text(re.compile(r"HES-\d+"))).to_have_count(0)
    await vera.says("yes please")
    assert (await vera.number()).startswith("HES-")
    await expect(vera.cards.last.locator(".due")).to_have_text(due)


async def test_an_incident_reaches_an_open_desk_at_once_with_severity_reason_and_clocks(
    alone: Theatre,
) -> None:
    aidan, vera = await alone.aidan(), await alone.vera()
    await vera.opens()
    await vera.says(INCIDENT)
    number = await vera.number()
    await expect(vera.cards.last.locator(".due")).to_have_text("Mon 9 Mar, 14:00 Eastern (19:00 your time)")
    row = aidan.row(number)
    await expect(row).to_contain_text("High priority")
    await expect(row.locator(".badge")).to_contain_text("4 h")
    await row.get_by_role("button").click()
    await expect(aidan.context.locator("figure")).to_contain_text(f"from “{INCIDENT}”")
    await expect(aidan.timeline.locator("mark")).to_have_text(INCIDENT)
    clock = aidan.clock("First response")
    await expect(clock.locator(".badge")).to_contain_text("4 h")
    await clock.locator("summary").click()
    await expect(clock.get_by_role("row").last).to_contain_text("14:00")


async def test_a_person_takes_over_replies_resolves_is_rated_and_a_problem_comes_back(
    theatre: Theatre,
) -> None:
    aidan, vera = await theatre.aidan(), await theatre.vera()
    await vera.opens()
    await vera.says(INCIDENT)
    number = await vera.number()
    await aidan.opens(number)
    await aidan.claims()
    await vera.sees("Aidan joined")
    await aidan.replies("Hello Vera, I am looking into it.")
    await vera.sees("Hello Vera, I am looking into it.")
    await expect(aidan.clock("First response")).to_contain_text("met")
    await expect(vera.person).to_have_text("You are talking with Aidan.")
    await vera.says("how long does the LMS integration take?")
    await aidan.sees("how long does the LMS integration take?")
    # The bot is silent: the newest line is the visitor's own, and nobody answers before Aidan does.
    await aidan.replies("One thing after the other.")
    await vera.sees("One thing after the other.")
    await expect(vera.log.get_by_text("a week up to a month")).to_have_count(0)
    await aidan.presses("Resolve…")
    await aidan.dialog().get_by_role("button", name="Resolve").click()
    await vera.sees("Resolved")
    await vera.window.get_by_role("button", name=re.compile("very good")).click()
    await vera.sees("You rated this talk 5 of 5")
    await aidan.sees("The visitor rated 5 of 5")
    await vera.says("it's back, nobody can log in again")
    await vera.sees("Open again")
    await aidan.sees("Reopened")
    assert await vera.log.get_by_text(re.compile(rf"{number}\b")).count() > 0


async def test_home_lists_the_own_ticket_with_its_next_deadline_until_it_is_met(theatre: Theatre) -> None:
    aidan, vera = await theatre.aidan(), await theatre.vera()
    await vera.opens()
    await vera.says(INCIDENT)
    number = await vera.number()
    await vera.goes_home()
    ticket = vera.window.get_by_role("listitem").filter(has_text=number)
    await expect(ticket).to_contain_text("next by Mon 9 Mar, 14:00 Eastern")
    await aidan.opens(number)
    await aidan.replies("It works again.")
    await vera.window.get_by_role("button", name="Your conversation").click()
    await vera.goes_home()
    await expect(ticket).not_to_contain_text("next by")
