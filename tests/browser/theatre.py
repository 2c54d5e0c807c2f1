"""A whole slabot with its pages, a browser, and the people who sit before it: Vera's widget, Aidan's desk."""

from __future__ import annotations

import itertools
import json
import re
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from slabot.bootstrap import Slabot
from slabot.domain.canned import CannedReply
from slabot.services.clock import SteppedClock
from tests.browser.desk_page import DeskPage
from tests.browser.widget_page import WidgetPage

Scheme = Literal["light", "dark"]

PASSWORD = "correct horse battery"
USES = 8
"""Tests that one agent serves, below the dozen conversations that they may hold."""
PATIENCE = 8_000
"""Milliseconds after which what should be on a page counts as missing."""

AXE = Path(__file__).parents[2] / "static" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Watched:
    """What went wrong on a page, as the browser's console told it."""

    def __init__(self) -> None:
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self._forgiven: list[re.Pattern[str]] = []

    def watch(self, page: Page) -> None:
        page.on("console", self._spoke)
        page.on("pageerror", lambda error: self.troubles.append(f"{error.name}: {error.message}"))
        page.on("request", self._requested)

    def forgives(self, pattern: str) -> None:
        """Messages that the test itself provokes, as a line that it cuts."""
        self._forgiven.append(re.compile(pattern))

    @property
    def unforgiven(self) -> list[str]:
        return [
            trouble for trouble in self.troubles if not any(known.search(trouble) for known in self._forgiven)
        ]

    def _spoke(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.text} ({message.location.get('url', '')})")

    def _requested(self, request: Request) -> None:
        self.requests.append(request.url)


@dataclass
class Theatre:
    """The server, its clock, and seats for people. Everybody leaves with the stack."""

    url: str
    browser: Browser
    stack: AsyncExitStack
    running: Slabot | None = None
    """None where the server is another process."""
    clock: SteppedClock | None = None
    watched: Watched = field(default_factory=Watched)
    sessions: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Tokens and how often they were used, by name: hashing a password takes its time on purpose."""
    counter = itertools.count(1)

    async def context(
        self,
        *,
        zone: str = "Europe/Berlin",
        locale: str = "en-GB",
        scheme: Scheme = "light",
        width: int = 1280,
        height: int = 860,
        phone: bool = False,
    ) -> BrowserContext:
        """A browser of one's own: nothing is shared with another context."""
        context = await self.browser.new_context(
            timezone_id=zone,
            locale=locale,
            color_scheme=scheme,
            viewport={"width": width, "height": height},
            has_touch=phone,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        self.stack.push_async_callback(context.close)
        if self.clock is not None:
            await context.clock.set_fixed_time(self.clock.now())
        return context

    async def page(self, context: BrowserContext) -> Page:
        page = await context.new_page()
        self.watched.watch(page)
        return page

    async def vera(
        self,
        workspace: str = "human-esources",
        *,
        context: BrowserContext | None = None,
        host: str | None = None,
    ) -> WidgetPage:
        """Vera on the host page of a workspace; the widget is closed."""
        page = await self.page(context or await self.context())
        await page.goto(host or f"{self.url}/demo/{workspace}")
        return WidgetPage(page, workspace)

    async def aidan(
        self,
        name: str = "Aidan",
        *,
        context: BrowserContext | None = None,
        login: tuple[str, str] | None = None,
        undo: int = 0,
        role: str = "agent",
        **preferences: Any,
    ) -> DeskPage:
        """An agent with the desk open: logged in by the form with `login`, else with a session of their own.

        Replies go at once, unless `undo` says how many seconds they are held; further preferences as the page
        keeps them.
        """
        context = context or await self.context(zone="America/New_York", width=1440, height=900)
        kept = json.dumps(json.dumps({"undo": undo, **preferences}))
        # Only where the page has kept nothing itself: what an agent sets later must survive a reload.
        await context.add_init_script(f"localStorage['slabot.desk'] ??= {kept}")
        desk = DeskPage(await self.page(context), self.url)
        if login is not None:
            await desk.logs_in(*login)
        else:
            token = await self.session(name, role)
            await context.add_cookies([{"name": "slabot_session", "value": token, "url": self.url}])
            await desk.arrives()
        return desk

    async def edith(
        self, path: str = "", *, name: str = "Edith", context: BrowserContext | None = None
    ) -> Page:
        """An editor in the workshop, at a place of it such as `human-esources/gaps`."""
        context = context or await self.context(width=1280, height=900)
        token = await self.session(name, "editor")
        await context.add_cookies([{"name": "slabot_session", "value": token, "url": self.url}])
        page = await self.page(context)
        await page.goto(f"{self.url}/desk/articles#/{path or 'human-esources/articles'}")
        return page

    async def ada(self, path: str = "", *, name: str = "Ada", role: str = "admin") -> Page:
        """An administrator at a place of the administration such as `velsoft/keys`."""
        context = await self.context(width=1280, height=900)
        token = await self.session(name, role)
        await context.add_cookies([{"name": "slabot_session", "value": token, "url": self.url}])
        page = await self.page(context)
        await page.goto(f"{self.url}/desk/admin#/{path or 'velsoft/people'}")
        return page

    async def keeps_canned(self, lead: DeskPage, **reply: Any) -> None:
        """A canned reply of the house, as if the lead had written it."""
        assert self.running is not None
        agent = await lead.page.evaluate("fetch('/api/me').then(r => r.json()).then(a => a.agent.id)")
        colleague = await self.running.house.accounts.colleague(agent)
        assert colleague is not None
        made = CannedReply(**{**reply, "tags": tuple(reply.get("tags", ()))})
        await self.running.house.reply_book.keep(colleague, made)

    async def session(self, name: str, role: str = "agent") -> str:
        """Of an agent by this name; a new one after some tests, for what they hold fills their hands."""
        assert self.running is not None
        token, uses = self.sessions.get(f"{name} {role}", ("", USES))
        if uses == USES:
            accounts, uses = self.running.house.accounts, 0
            email = f"{name.lower()}{next(self.counter)}@example.org"
            await accounts.add(email, name, PASSWORD, role=role)
            token, _ = await accounts.log_in(email, PASSWORD)
        self.sessions[f"{name} {role}"] = (token, uses + 1)
        return token


async def violations(page: Page, inside: str | None = None, rule: str | None = None) -> list[str]:
    """What axe finds on the page, or inside one element of it, by one rule or by all: rule, place and why."""
    if not await page.evaluate("Boolean(window.axe)"):
        await page.evaluate(AXE.read_text(encoding="utf-8"))
    found = await page.evaluate(
        """async ([inside, tags]) => {
            const { violations } = await axe.run(inside ?? document, { runOnly: tags });
            return violations.flatMap(({ id, nodes }) =>
                nodes.map((node) => `${id} at ${node.target.flat().join(" ")}: ${node.failureSummary}`));
        }""",
        [inside, [rule] if rule else WCAG],
    )
    return [str(line) for line in found]
