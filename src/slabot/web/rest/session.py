"""`/api/login`, `/api/logout`, `/api/me`: the agent's session in a cookie that scripts cannot read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from slabot.services.accounts import SESSION_LASTS, Accounts
from slabot.services.colleague import Colleague
from slabot.services.turns import Refused
from slabot.web import peers
from slabot.web.limits import Limits
from slabot.web.rest.operation import Operation, body_of
from slabot.wire import rest as wire

COOKIE = "slabot_session"
SECURE_COOKIE = "__Host-slabot_session"


def session_token(request: web.Request) -> str | None:
    return request.cookies.get(SECURE_COOKIE) or request.cookies.get(COOKIE)


class SessionRoutes:
    def __init__(
        self,
        accounts: Accounts,
        limits: Limits,
        trusted_proxies: tuple[str, ...],
        ended: Callable[[str], Awaitable[None]],
    ) -> None:
        """`ended(token)`: closes what a session that was logged out still holds open."""
        self._ended = ended
        self._accounts = accounts
        self._limits = limits
        self._trusted = trusted_proxies

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation("POST", "/api/login", self.log_in, wire.LoggedIn, "Log in as an agent.", wire.LogIn),
            Operation("POST", "/api/logout", self.log_out, wire.Done, "End this session."),
            Operation("GET", "/api/me", self.me, wire.LoggedIn, "Who is logged in.", needs_agent=True),
        )

    async def log_in(self, request: web.Request) -> web.Response:
        self._limits.check(peers.address(request, self._trusted), "login")
        asked = await body_of(request, wire.LogIn)
        token, colleague = await self._accounts.log_in(asked.email, asked.password)
        response = web.json_response(_facts(colleague))
        secure = request.secure or request.headers.get("X-Forwarded-Proto") == "https"
        response.set_cookie(
            SECURE_COOKIE if secure else COOKIE,
            token,
            max_age=int(SESSION_LASTS.total_seconds()),
            httponly=True,
            secure=secure,
            samesite="Lax",
            path="/",
        )
        return response

    async def log_out(self, request: web.Request) -> web.Response:
        token = session_token(request)
        if token:
            await self._accounts.log_out(token)
            await self._ended(token)
        response = web.json_response({"ok": True})
        for name in (COOKIE, SECURE_COOKIE):
            response.del_cookie(name, path="/")
        return response

    async def me(self, request: web.Request) -> web.Response:
        return web.json_response(_facts(await agent_of(request, self._accounts)))


async def agent_of(request: web.Request, accounts: Accounts) -> Colleague:
    """Raises Refused `login`."""
    colleague = await accounts.colleague_of(session_token(request))
    if colleague is None:
        raise Refused("login", "Log in first.")
    return colleague


def _facts(colleague: Colleague) -> dict[str, object]:
    agent = {
        "id": colleague.agent,
        "name": colleague.name,
        "role": colleague.role,
        "workspaces": sorted(colleague.workspaces),
    }
    return {"ok": True, "agent": agent}
