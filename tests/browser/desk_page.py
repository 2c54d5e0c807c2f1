"""Aidan's side of the glass: the desk, by what an agent sees and does there."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect


class DeskPage:
    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.inbox = page.get_by_role("navigation", name="Inbox")
        self.rows = self.inbox.locator(".rows").get_by_role("listitem")
        self.timeline = page.get_by_role("log")
        self.box = page.locator("#words")
        self.send = page.locator(".sends .primary")
        self.context = page.get_by_role("region", name="Details")
        self.problem = page.locator(".problem")

    async def logs_in(self, email: str, password: str) -> None:
        await self.page.goto(f"{self.url}/desk/login")
        await self.page.get_by_label("E-mail").fill(email)
        await self.page.get_by_label("Password").fill(password)
        await self.page.get_by_role("button", name="Log in").click()
        await expect(self.inbox).to_be_visible()

    async def arrives(self) -> None:
        """With a session already in the browser."""
        await self.page.goto(f"{self.url}/desk")
        await expect(self.inbox).to_be_visible()

    def row(self, words: str) -> Locator:
        """The row in the list that says this."""
        return self.rows.filter(has_text=words)

    async def finds(self, words: str) -> Locator:
        """The row by the search field, once it is there."""
        await self.page.get_by_label("Find in all conversations").fill(words)
        row = self.rows.first
        await expect(self.rows).to_have_count(1)
        return row

    async def opens(self, words: str) -> None:
        row = await self.finds(words)
        await row.get_by_role("button").click()
        await expect(self.box).to_be_visible()
        await expect(self.timeline.locator(".said").first).to_be_visible()

    async def presses(self, name: str | re.Pattern[str]) -> None:
        await self.page.get_by_role("button", name=name, exact=isinstance(name, str)).click()

    async def claims(self) -> None:
        await self.presses("Claim")
        await expect(self.page.get_by_text("you hold it")).to_be_visible()

    async def replies(self, text: str) -> None:
        """Sent, and in the timeline as the server has it."""
        await self.writes(text)
        await self.sees(text)

    async def writes(self, text: str) -> None:
        """Typed and sent as what the composer is set to."""
        await self.box.fill(text)
        await self.send.click()

    async def sees(self, text: str | re.Pattern[str]) -> Locator:
        """The words in the timeline, sent and stored."""
        words = self.timeline.locator(".said:not(.faint), .fact").get_by_text(text).last
        await expect(words).to_be_visible()
        return words

    def clock(self, label: str) -> Locator:
        """The clock of this name in the details."""
        return self.context.locator(".clock").filter(has_text=label)

    @property
    def offer(self) -> Locator:
        return self.page.get_by_role("alert", name="Offered to you")

    @property
    def board(self) -> Locator:
        return self.page.get_by_role("region", name="Live board")

    @property
    def team(self) -> Locator:
        """How many colleagues are there; unfolds to who."""
        return self.inbox.locator(".team summary")

    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")
