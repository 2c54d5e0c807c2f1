"""Other people's pages: strict policies, sandboxes, other languages and directions, several widgets at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import expect

from tests.browser.looks import looked_at
from tests.browser.theatre import Theatre
from tests.browser.widget_page import WidgetPage

Host = Callable[..., Awaitable[str]]


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    """Serves a page from another origin than slabot's; answers its address."""
    async with AsyncExitStack() as stack:

        async def served(body: str, *, policy: str = "", lang: str = "en", framed: bool = False) -> str:
            head = (
                f'<!doctype html><html lang="{lang}"><link rel="icon" href="data:,"><title>A product</title>'
            )
            html = f"{head}<main><h1>A product</h1>{body}</main>"
            frame = f'{head}<iframe title="Course" sandbox="allow-scripts" src="/inner" width="1000" height="800">'

            async def page(_: web.Request) -> web.Response:
                shown = frame if framed else html
                return web.Response(text=shown, content_type="text/html", headers=headers)

            async def inner(_: web.Request) -> web.Response:
                return web.Response(text=html, content_type="text/html")

            headers = {"Content-Security-Policy": policy} if policy else {}
            app = web.Application()
            app.router.add_get("/", page)
            app.router.add_get("/inner", inner)
            server = TestServer(app)
            await server.start_server()
            stack.push_async_callback(server.close)
            return str(server.make_url("/"))

        yield served


def embedded(theatre: Theatre, workspace: str = "human-esources", more: str = "") -> str:
    return f'<script src="{theatre.url}/widget.js" data-workspace="{workspace}" {more} async></script>'


async def test_a_strict_content_security_policy_needs_nothing_but_our_origin(
    theatre: Theatre, host: Host
) -> None:
    sockets = theatre.url.replace("http", "ws")
    policy = (
        f"default-src 'none'; script-src {theatre.url}; connect-src {theatre.url} {sockets}; img-src data:"
    )
    where = await host(embedded(theatre), policy=policy)
    vera = await (await theatre.vera(host=where)).opens()
    await vera.says("how long does the LMS integration take?")
    await vera.window.get_by_role("button", name="Read the article").last.click()
    await expect(vera.window.locator(".prose")).to_contain_text("a week up to a month")
    await expect(vera.window).to_have_css("border-radius", "12px")


async def test_a_sandboxed_frame_without_storage_talks_and_says_that_the_talk_ends_with_the_page(
    theatre: Theatre, host: Host
) -> None:
    page = await theatre.page(await theatre.context())
    await page.goto(await host(embedded(theatre), framed=True))
    vera = WidgetPage(page, "human-esources", page.frame_locator("iframe"))
    await vera.opens()
    await expect(vera.window).to_contain_text(
        "This browser stores nothing here: the talk ends with the page."
    )
    await vera.says("how long does the LMS integration take?")
    await vera.sees("a week up to a month")


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("de", "Wie können wir helfen?"),
        ("es", "¿En qué podemos ayudar?"),
        ("fr", "Comment pouvons-nous aider ?"),
    ],
)
async def test_the_widget_speaks_the_language_of_its_host_page(
    theatre: Theatre, host: Host, lang: str, title: str
) -> None:
    where = await host(embedded(theatre), lang=lang)
    vera = await (await theatre.vera(host=where)).opens()
    heading = vera.window.get_by_role("heading", level=2)
    assert (await heading.inner_text()).replace("\u202f", " ").replace("\u00a0", " ") == title


ENDS_RIGHT = """(node) => {
    const text = node.firstChild, at = document.createRange(), x = (from) => {
        at.setStart(text, from);
        at.setEnd(text, from + 1);
        return at.getBoundingClientRect().x;
    };
    return x(text.length - 1) > x(0);
}"""
"""Whether the last character of one line of words stands to the right of the first."""


async def test_on_a_page_that_reads_from_right_to_left_everything_is_mirrored_but_the_words(
    theatre: Theatre, host: Host
) -> None:
    where = await host(embedded(theatre))
    vera = await theatre.vera(host=where)
    await vera.page.evaluate("document.documentElement.dir = 'rtl'")
    await vera.opens()
    box = await vera.window.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280
    title = vera.window.get_by_text("How can we help?")
    assert await title.evaluate(ENDS_RIGHT), "the question mark stands before the question"
    await looked_at(vera.page, "rtl-home", "[data-slabot]")
    await vera.says("nobody in my course can log in")
    await vera.number()
    mine, close = vera.log.locator(".mine"), vera.window.get_by_role("button", name="Close chat")
    said, cross = await mine.bounding_box(), await close.bounding_box()
    assert said is not None
    assert cross is not None
    middle = box["x"] + box["width"] / 2
    assert said["x"] + said["width"] / 2 < middle
    assert cross["x"] < middle
    await vera.says("לא ניתן להיכנס לקורס!")
    assert not await mine.last.evaluate(ENDS_RIGHT)
    await looked_at(vera.page, "rtl-talk", "[data-slabot]")


async def test_two_widgets_on_a_page_are_each_called_by_their_workspace(theatre: Theatre, host: Host) -> None:
    both = embedded(theatre) + embedded(theatre, "velsoft", 'data-corner="bottom-left"')
    where = await host(both)
    vera = await theatre.vera(host=where)
    await expect(vera.page.locator("[data-slabot] button.launch")).to_have_count(2)
    await vera.page.evaluate("slabot.widgets.velsoft.open()")
    other = WidgetPage(vera.page, "velsoft")
    await expect(other.window).to_be_visible()
    await expect(vera.window).to_have_count(0)


async def test_in_a_single_page_app_agents_see_where_the_visitor_writes_from(
    theatre: Theatre, host: Host
) -> None:
    vera = await theatre.vera(host=await host(embedded(theatre)))
    await vera.page.evaluate("history.pushState({}, '', '/courses/7?token=secret')")
    await vera.page.evaluate("slabot.set({ page: location.origin + location.pathname })")
    await vera.opens()
    await vera.says("nobody in my course can log in")
    aidan = await theatre.aidan()
    await aidan.opens(await vera.number())
    where = aidan.context.get_by_role("link", name="/courses/7")
    await expect(where).to_be_visible()
    assert "secret" not in (await where.get_attribute("href") or "")
    await vera.page.evaluate("slabot.set({ page: location.origin + '/grades' })")
    await vera.says("the grades are gone too")
    await aidan.page.reload()
    await aidan.opens(await vera.number())
    await expect(aidan.context.get_by_role("link", name="/grades")).to_be_visible()


async def test_the_host_page_opens_closes_and_hears_what_is_unread(theatre: Theatre, host: Host) -> None:
    where = await host(embedded(theatre))
    vera = await theatre.vera(host=where)
    await expect(vera.launcher).to_be_visible()
    await vera.page.evaluate(
        "window.heard = []; for (const name of ['opened', 'closed', 'unread'])"
        " slabot.on(name, (detail) => heard.push([name, detail])); 0"
    )
    await vera.page.evaluate("slabot.open()")
    await vera.says("nobody in my course can log in")
    number = await vera.number()
    await vera.page.evaluate("slabot.close()")
    aidan = await theatre.aidan()
    await aidan.opens(number)
    await aidan.replies("I am looking into it.")
    await expect(vera.launcher).to_have_accessible_name("Chat with Human eSources (1)")
    heard = await vera.page.evaluate("heard")
    assert ["opened", None] in heard
    assert ["closed", None] in heard
    assert [detail for name, detail in heard if name == "unread"][-1] == 1, heard
    await vera.page.evaluate("slabot.set({ theme: 'dark', locale: 'de' })")
    await vera.page.evaluate("slabot.open()")
    await expect(vera.box).to_have_attribute("placeholder", "Nachricht schreiben")


async def test_the_page_loads_nothing_of_the_chat_before_somebody_is_interested(
    theatre: Theatre, host: Host
) -> None:
    where = await host(embedded(theatre))
    vera = await theatre.vera(host=where)
    await expect(vera.launcher).to_be_visible()
    ours = [url for url in theatre.watched.requests if url.startswith(theatre.url)]
    assert [url.split("?")[0].removeprefix(theatre.url) for url in ours] == [
        "/widget.js",
        "/api/widget/human-esources",
    ]
    async with vera.page.expect_request("**/assets/chat-*.js"):
        await vera.launcher.hover()


async def test_an_unknown_workspace_is_refused_with_the_reason_in_the_window(
    theatre: Theatre, host: Host
) -> None:
    theatre.watched.forgives("api/widget/nobody")
    page = await theatre.page(await theatre.context())
    await page.goto(await host(embedded(theatre, "nobody")))
    vera = WidgetPage(page, "nobody")
    await vera.launcher.click()
    await expect(vera.window.get_by_role("alert")).to_contain_text("The chat cannot be opened:")
