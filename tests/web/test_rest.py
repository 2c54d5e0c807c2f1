"""REST over the real server: health, log-in, articles, tickets, origins; every answer is JSON with the right status."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.cast import Fact, refusal_of
from tests.house import PASSWORD, ROOT, Server, Start, logged_in


@pytest.fixture
async def browser(house: Server) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(house.url) as session:
        yield session


async def got(session: aiohttp.ClientSession, path: str, **headers: str) -> tuple[int, Any]:
    async with session.get(path, headers=headers) as response:
        return response.status, await response.json()


async def posted(session: aiohttp.ClientSession, path: str, body: object = None) -> tuple[int, bytes]:
    async with session.post(path, json=body) as response:
        return response.status, await response.read()


async def test_health_and_readiness(house: Server, browser: aiohttp.ClientSession) -> None:
    status, health = await got(browser, "/api/health")
    assert (status, health["ok"]) == (200, True)
    status, ready = await got(browser, "/api/ready")
    assert (status, ready["ok"], ready["store"]) == (200, True, True)
    assert set(ready["workspaces"]) == set(house.running.house.supports.workspaces())
    assert all(ready["workspaces"].values())


async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    house: Server, browser: aiohttp.ClientSession
) -> None:
    await house.session()
    wrong = await posted(browser, "/api/login", {"email": "aidan@example.org", "password": "not this one"})
    unknown = await posted(browser, "/api/login", {"email": "nobody@example.org", "password": "not this one"})
    assert wrong[0] == 401
    assert wrong == unknown


async def test_the_session_cookie_is_out_of_reach_of_scripts(
    house: Server, browser: aiohttp.ClientSession
) -> None:
    await house.session()
    body = {"email": "AIDAN@example.org", "password": PASSWORD}
    async with browser.post("/api/login", json=body) as response:
        assert response.status == 200
        cookie = response.cookies["slabot_session"]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert (await response.json())["agent"]["name"] == "Aidan"
    async with browser.post("/api/login", json=body, headers={"X-Forwarded-Proto": "https"}) as response:
        secure = response.cookies["__Host-slabot_session"]
        assert (secure["secure"], secure["domain"]) == (True, "")


async def test_logging_out_ends_the_session_for_whoever_has_the_cookie(house: Server) -> None:
    await house.session()
    token = await logged_in(house.url, "aidan@example.org")
    async with aiohttp.ClientSession(house.url, cookies={"slabot_session": token}) as browser:
        assert (await got(browser, "/api/me"))[0] == 200
        assert (await posted(browser, "/api/logout"))[0] == 200
    async with aiohttp.ClientSession(house.url, cookies={"slabot_session": token}) as thief:
        status, refused = await got(thief, "/api/me")
        assert (status, refused["error"]["code"]) == (401, "login")


@pytest.mark.parametrize("cookie", ["", "x", "\xff\xfe\x80", "a" * 4_000, "%00", '"quoted"'])
async def test_a_strange_cookie_is_nobodys(browser: aiohttp.ClientSession, cookie: str) -> None:
    status, refused = await got(browser, "/api/me", Cookie=f"slabot_session={cookie}")
    assert (status, refused["error"]["code"]) == (401, "login")


async def test_articles_are_listed_and_read(browser: aiohttp.ClientSession) -> None:
    status, listed = await got(browser, "/api/workspaces/human-esources/articles")
    assert status == 200
    slug = listed["articles"][0]["slug"]
    status, read = await got(browser, f"/api/workspaces/human-esources/articles/{slug}")
    assert status == 200
    assert read["article"]["html"].startswith("<")
    assert (await got(browser, "/api/workspaces/human-esources/articles/no-such"))[0] == 404
    assert (await got(browser, f"/api/workspaces/velsoft/articles/{slug}"))[0] == 404


async def test_a_ticket_is_read_by_agents_of_its_workspace_only(server: Server) -> None:
    vera = await server.vera()
    await vera.says("nobody in my course can log in")
    [ticket] = (await vera.does("hello"))["tickets"]
    path = f"/api/workspaces/human-esources/tickets/{ticket['number']}"
    async with aiohttp.ClientSession(server.url, cookies={"slabot_session": await server.session()}) as aidan:
        status, read = await got(aidan, path)
        assert (status, read["ticket"]["first_response"]) == (200, "2026-03-09T18:00:00.000Z")
        missing = await got(aidan, "/api/workspaces/human-esources/tickets/HES-99999")
        strange = await got(aidan, "/api/workspaces/human-esources/tickets/HES%00")
    elsewhere = await server.session("only-velsoft", ("velsoft",))
    async with aiohttp.ClientSession(server.url, cookies={"slabot_session": elsewhere}) as agent:
        forbidden = await got(agent, path)
    assert forbidden == missing == strange
    assert missing[0] == 404
    async with aiohttp.ClientSession(server.url) as nobody:
        assert (await got(nobody, path))[0] == 401


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nothing", 404),
        ("GET", "/api/widget/nowhere", 404),
        ("GET", "/api/workspaces/nowhere/articles", 404),
        ("DELETE", "/api/login", 405),
        ("POST", "/api/health", 405),
    ],
)
async def test_what_is_not_there_is_answered_as_json(
    browser: aiohttp.ClientSession, method: str, path: str, status: int
) -> None:
    async with browser.request(method, path) as response:
        assert response.status == status
        answer: Fact = await response.json()
        assert answer["ok"] is False
        assert answer["error"]["message"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"7", b"\xff", b'{"email": "a@b.c"}', b'{"email": "a\\u0000b@c.d", "password": "x"}',
     b'{"email": "a@b.c", "password": "x", "role": "lead"}', b'{"email": ["a@b.c"], "password": "x"}',
     b"[" * 10_000],
    ids=lambda body: repr(body)[:24],
)  # fmt: skip
async def test_a_log_in_that_makes_no_sense_names_the_fields(
    browser: aiohttp.ClientSession, body: bytes
) -> None:
    async with browser.post("/api/login", data=body) as response:
        assert response.status in (422, 429)
        assert (await response.json())["ok"] is False


async def test_a_body_too_large_is_refused(browser: aiohttp.ClientSession) -> None:
    async with browser.post("/api/login", data=b"x" * 300_000) as response:
        assert response.status == 413
        assert (await response.json())["ok"] is False


async def test_guessing_passwords_is_slowed_down(start: Start, tmp_path: Path) -> None:
    server = await start(f"sqlite:///{tmp_path}/slabot.db", factor=1)
    async with aiohttp.ClientSession(server.url) as browser:
        tries = [posted(browser, "/api/login", {"email": "a@b.c", "password": str(n)}) for n in range(12)]
        statuses = [status for status, _ in await asyncio.gather(*tries)]
    assert statuses.count(429) == 2


@pytest.fixture
async def guarded(start: Start, tmp_path: Path) -> Server:
    """Human eSources may be embedded by one page only."""
    policies = tmp_path / "policies"
    policies.mkdir()
    for path in (ROOT / "seeds").iterdir():
        if path.name.startswith("human-esources") or path.suffix == ".txt":
            (policies / path.name).write_bytes(path.read_bytes())
    document = policies / "human-esources.yaml"
    document.write_text(document.read_text() + "\nallowed_origins: [https://courses.example]\n")
    return await start(f"sqlite:///{tmp_path}/slabot.db", policies=policies)


async def test_only_allowed_pages_embed_a_workspace(guarded: Server) -> None:
    paths = ("/api/widget/human-esources", "/api/workspaces/human-esources/articles")
    async with aiohttp.ClientSession(guarded.url) as browser:
        for path in paths:
            async with browser.get(path, headers={"Origin": "https://courses.example"}) as response:
                assert response.status == 200
                assert response.headers["Access-Control-Allow-Origin"] == "https://courses.example"
            for origin in (
                "https://evil.example",
                "null",
                "https://courses.example.evil.example",
                "http://[",
                "x",
            ):
                async with browser.get(path, headers={"Origin": origin}) as response:
                    assert response.status == 403, origin
                    assert "Access-Control-Allow-Origin" not in response.headers
            assert (await got(browser, path, Origin=guarded.url))[0] == 200
            assert (await got(browser, path))[0] == 200


async def test_the_socket_asks_for_the_origin_as_well(guarded: Server) -> None:
    auth = {"workspace": "human-esources"}
    for origin in ("https://evil.example", "null"):
        assert await refusal_of(guarded.url, "/visitor", auth, {"Origin": origin})
    with pytest.raises(AssertionError, match="it was let in"):
        await refusal_of(guarded.url, "/visitor", auth, {"Origin": "https://courses.example"})


async def test_the_desk_opens_on_its_own_page_only(house: Server) -> None:
    cookie = f"slabot_session={await house.session()}"
    refused = await refusal_of(
        house.url, "/desk", headers={"Cookie": cookie, "Origin": "https://evil.example"}
    )
    assert refused["data"]["code"] == "origin"
    with pytest.raises(AssertionError, match="it was let in"):
        await refusal_of(house.url, "/desk", headers={"Cookie": cookie, "Origin": house.url})


async def test_a_page_may_ask_first_whether_it_may_send_its_visitors_token(guarded: Server) -> None:
    asking = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    path = "/api/widget/human-esources"
    async with aiohttp.ClientSession(guarded.url) as browser:
        async with browser.options(path, headers={"Origin": "https://courses.example", **asking}) as response:
            assert response.status == 204
            assert "authorization" in response.headers["Access-Control-Allow-Headers"]
        async with browser.options(path, headers={"Origin": "https://evil.example", **asking}) as response:
            assert "Access-Control-Allow-Origin" not in response.headers


async def test_every_page_may_read_that_there_is_no_such_workspace(browser: aiohttp.ClientSession) -> None:
    headers = {"Origin": "https://courses.example"}
    async with browser.get("/api/widget/nowhere", headers=headers) as response:
        assert response.status == 404
        assert response.headers["Access-Control-Allow-Origin"] == "https://courses.example"
        assert (await response.json())["error"]["code"] == "not_found"
