"""Merging as two agents and a visitor see it: what will happen is said first, then it has happened on every screen."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.looks import looked_at, looked_at_in_every_theme
from tests.browser.theatre import Theatre
from tests.cast import Visitor, visitor

WIDE = (1440, 900)
FIRST = "could I talk to a person please"
SECOND = "nobody in my course can log in"


async def test_an_agent_merges_two_conversations_of_a_visitor_and_everybody_sees_where_it_goes_on(
    alone: Theatre,
) -> None:
    aidan, lena, vera = await alone.aidan("Aidan"), await alone.aidan("Lena"), await alone.vera()
    await vera.opens()
    await vera.says(FIRST)
    first = await vera.number()
    token = await vera.page.evaluate("Object.entries(localStorage).find(([key]) => /token/.test(key))[1]")
    other_tab = await alone.stack.enter_async_context(visitor(alone.url, "human-esources", token=token))
    await other_tab.says(SECOND, new=True)
    await expect(vera.log.locator(".said.mine", has_text=SECOND)).to_be_visible()
    await expect(lena.rows.filter(has_text=SECOND)).to_have_count(1)
    await lena.opens(SECOND)
    second = await lena.page.locator(".conversation header .soft").inner_text()
    second = next(part for part in second.split(" · ") if part.startswith("HES-"))
    await aidan.opens(SECOND)
    await aidan.page.keyboard.press("m")
    dialog = aidan.dialog()
    await expect(dialog.get_by_role("button", name=first)).to_be_enabled()
    await dialog.get_by_role("searchbox").fill(first)
    await dialog.get_by_role("button", name=first).click()
    await expect(dialog.get_by_text(f"{second} ends here and goes on in {first}.")).to_be_visible()
    await expect(dialog.get_by_text(f"{first} becomes High priority")).to_be_visible()
    await expect(dialog.get_by_text(f"part of {first} now")).to_be_visible()
    await dialog.get_by_role("button", name="The other way round").click()
    await expect(dialog.get_by_text(f"{first} ends here and goes on in {second}.")).to_be_visible()
    await dialog.get_by_role("button", name="The other way round").click()
    await expect(dialog.get_by_text(f"{second} ends here and goes on in {first}.")).to_be_visible()
    await dialog.get_by_role("button", name="Merge", exact=True).click()
    await expect(aidan.dialog()).to_have_count(0)
    await aidan.sees(f"merged {second} into this")
    await aidan.page.locator(".came-in summary").click()
    await expect(aidan.timeline.locator(".came-in .said.visitor", has_text=SECOND)).to_be_visible()
    await vera.sees(f"part of {first} now")
    await expect(lena.page.get_by_text(f"It goes on in {first}.")).to_be_visible()
    await expect(lena.box).to_have_count(0)
    await lena.page.locator(".goes-on").get_by_role("button", name="Open it").click()
    await lena.sees(f"merged {second} into this")
    await vera.says("it is Biology 101")
    await aidan.sees("it is Biology 101")
    await aidan.replies("Thank you, I am looking at both.")
    await vera.sees("I am looking at both.")
    await vera.log.get_by_role("button", name="What you wrote there").click()
    await expect(vera.log.locator(".said.mine", has_text=SECOND)).to_be_visible()
    await vera.says("and Biology 102")
    await aidan.sees("and Biology 102")
    await vera.sees("I am looking at both.")


async def test_what_belongs_to_another_visitor_cannot_be_chosen_and_says_why(theatre: Theatre) -> None:
    aidan, vera, victor = await theatre.aidan(), await theatre.vera(), await theatre.vera()
    numbers = []
    for one in (vera, victor):
        await one.opens()
        await one.says(SECOND)
        numbers.append(await one.number())
    await aidan.opens(numbers[0])
    await aidan.presses("Merge…")
    await aidan.dialog().get_by_role("searchbox").fill(numbers[1])
    other = aidan.dialog().get_by_role("button", name=numbers[1])
    await expect(other).to_be_disabled()
    await expect(other).to_contain_text("another visitor’s")


async def two_talks(theatre: Theatre) -> tuple[Visitor, str, str]:
    """A visitor with two conversations; the numbers of their tickets."""
    vera = await theatre.stack.enter_async_context(visitor(theatre.url, "human-esources", "Europe/Berlin"))
    numbers = []
    for words in (FIRST, SECOND):
        await vera.says(words, new=True)
        numbers.append((await vera.does("hello"))["tickets"][0]["number"])
    return vera, numbers[0], numbers[1]


async def test_what_a_merge_will_do_can_be_read_by_everyone_in_every_theme(theatre: Theatre) -> None:
    _, first, second = await two_talks(theatre)
    aidan = await theatre.aidan()
    await aidan.opens(second)
    await aidan.presses("Merge…")
    await aidan.dialog().get_by_role("button", name=first).click()
    await expect(aidan.dialog().get_by_text(f"part of {first} now")).to_be_visible()
    await looked_at_in_every_theme(aidan.page, "desk-merge")


async def test_whoever_merges_and_whoever_comes_later_can_use_what_they_see(theatre: Theatre) -> None:
    _, first, second = await two_talks(theatre)
    aidan = await theatre.aidan()
    await aidan.opens(second)
    await aidan.presses("Merge…")
    choice = aidan.dialog().get_by_role("button", name=first)
    await expect(choice).to_be_enabled()
    await looked_at(aidan.page, "desk-merge-choice", wide=WIDE)
    await choice.click()
    await aidan.dialog().get_by_role("button", name="Merge", exact=True).click()
    await aidan.sees(f"merged {second} into this")
    await aidan.page.locator(".came-in summary").click()
    await looked_at(aidan.page, "desk-merged", wide=WIDE)
    await expect(aidan.row(second).get_by_text(f"merged into {first}")).to_be_visible()
    await aidan.row(second).get_by_role("button").click()
    await expect(aidan.page.get_by_text(f"It goes on in {first}.")).to_be_visible()
    await expect(aidan.page.locator(".conversation header")).to_contain_text(f"merged into {first}")
    await expect(aidan.page.get_by_text("resolved", exact=True)).to_have_count(0)
    await looked_at(aidan.page, "desk-merged-away", wide=WIDE)
