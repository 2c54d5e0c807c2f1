"""Vera's side of the glass: the widget on a host page, by what a person sees and does there."""

from __future__ import annotations

import re
from typing import Self

from playwright.async_api import FrameLocator, Locator, Page, expect


class WidgetPage:
    def __init__(self, page: Page, workspace: str, frame: FrameLocator | None = None) -> None:
        """`frame`: where in the page the widget is, if it is not in the page itself."""
        self.page = page
        self.root = (frame or page).locator(f"[data-slabot={workspace}]")
        self.launcher = self.root.locator("button.launch")
        self.window = self.root.get_by_role("dialog")
        self.header = self.window.locator(".hours")
        self.log = self.window.get_by_role("log")
        self.box = self.window.get_by_role("textbox")
        self.person = self.window.locator(".person")
        self.cards = self.window.locator(".card")

    async def opens(self) -> Self:
        await self.launcher.click()
        await expect(self.box).to_be_visible()
        return self

    async def says(self, text: str) -> None:
        """Typed and sent with Enter; drawn when this returns."""
        await self.box.fill(text)
        await self.box.press("Enter")
        await expect(self.log.get_by_text(text, exact=True).last).to_be_visible()

    async def sees(self, text: str | re.Pattern[str]) -> Locator:
        """The words in the talk, once they are there."""
        words = self.log.get_by_text(text).last
        await expect(words).to_be_visible()
        return words

    async def goes_home(self) -> None:
        await self.window.get_by_role("button", name="Back to the start").click()

    async def settles(self) -> None:
        """Nothing is on its way any more."""
        await expect(self.window.locator(".sending")).to_have_count(0)

    def lines(self, text: str) -> Locator:
        """Every line of the talk that says exactly this."""
        return self.log.get_by_text(text, exact=True)

    async def number(self) -> str:
        """Of the ticket whose card is shown last."""
        heading = self.log.locator(".card h2").filter(has_text=re.compile(r"[A-Z]{2,3}-\d+")).last
        await expect(heading).to_be_visible()
        found = re.search(r"[A-Z]{2,3}-\d+", await heading.inner_text())
        assert found is not None
        return found[0]
