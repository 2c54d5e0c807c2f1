"""`/api/admin`: the administrators' verbs; for everybody else there is nothing here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from aiohttp import web

from slabot.services.accounts import Accounts
from slabot.services.administration import Administration, AgentChange, Newcomer
from slabot.services.colleague import Colleague
from slabot.services.deeds import Sought
from slabot.services.outbox import Fate
from slabot.services.turns import Refused
from slabot.web.rest.operation import Operation, body_of
from slabot.web.rest.session import agent_of
from slabot.wire import admin as wire
from slabot.wire import rest

AGENT = "/api/admin/agents/{id}"
KEYS = "/api/admin/workspaces/{workspace}/keys"
WEBHOOK = "/api/admin/webhooks/{id}"
MAIL = "/api/admin/workspaces/{workspace}/mail"


class AdminRoutes:
    def __init__(self, administration: Administration, accounts: Accounts) -> None:
        self._administration = administration
        self._accounts = accounts

    def operations(self) -> tuple[Operation, ...]:
        filters = (
            ("before", "Only what was done before this instant."),
            ("by", "Only what this agent did, by id, or `cli` for a terminal of the server."),
            ("noun", "Only what was done to such a thing: agent, key, webhook, canned or mail."),
            ("words", "Only where these letters are in what it was done to."),
        )
        state = (("state", "waiting, sent or dead."),)
        operations = (
            Operation("GET", "/api/admin", self.overview, wire.Overview, "Everything that is administered."),
            Operation(
                "GET", "/api/admin/log", self.log, wire.DeedList, "Who did what, newest first.", query=filters
            ),
            Operation("POST", "/api/admin/agents", self.add_agent, wire.Made, "Add a person.", wire.AddAgent),
            Operation("PATCH", AGENT, self.change_agent, rest.Done, "Change a person.", wire.ChangeAgent),
            Operation("POST", KEYS, self.add_key, wire.Made, "Add a signing key.", wire.AddKey),
            Operation("DELETE", f"{KEYS}/{{kid}}", self.retire_key, rest.Done, "Retire a signing key."),
            Operation(
                "POST", "/api/admin/webhooks", self.add_webhook, wire.Made, "Add a receiver.", wire.AddWebhook
            ),
            Operation(
                "POST", f"{WEBHOOK}/acts/{{act}}", self.act, wire.Made, "Rotate, pause, resume or drop one."
            ),
            Operation(
                "GET",
                f"{WEBHOOK}/deliveries",
                self.deliveries,
                wire.DeliveryList,
                "Its messages.",
                query=state,
            ),
            Operation("POST", f"{WEBHOOK}/replay", self.replay, wire.Replayed, "Send again.", wire.Replay),
            Operation("GET", MAIL, self.letters, wire.LetterList, "Its mail.", query=state),
            Operation(
                "POST",
                f"{MAIL}/replay",
                self.send_again,
                wire.Replayed,
                "Send mail that was given up again.",
                wire.SendAgain,
            ),
        )
        return tuple(replace(operation, needs_agent=True) for operation in operations)

    async def overview(self, request: web.Request) -> web.Response:
        facts = await self._administration.overview(await self._admin(request))
        return web.json_response({"ok": True, **facts})

    async def log(self, request: web.Request) -> web.Response:
        admin, asked = await self._admin(request), request.query
        before = asked.get("before")
        try:
            until = datetime.fromisoformat(before).astimezone(UTC) if before else None
        except ValueError:
            raise Refused("invalid", "Send `before` as 2026-03-09T14:00:00Z.") from None
        sought = Sought(until, asked.get("by") or None, asked.get("noun") or None, asked.get("words", ""))
        return web.json_response({"ok": True, "deeds": await self._administration.log(admin, sought)})

    async def add_agent(self, request: web.Request) -> web.Response:
        admin, asked = await self._admin(request), await body_of(request, wire.AddAgent)
        return _made(await self._administration.add_agent(admin, Newcomer(**asked.model_dump())))

    async def change_agent(self, request: web.Request) -> web.Response:
        admin, asked = await self._admin(request), await body_of(request, wire.ChangeAgent)
        facts = asked.model_dump()
        change = AgentChange(is_disabled=facts.pop("disabled"), **facts)
        await self._administration.change_agent(admin, request.match_info["id"], change)
        return web.json_response({"ok": True})

    async def add_key(self, request: web.Request) -> web.Response:
        admin, asked = await self._admin(request), await body_of(request, wire.AddKey)
        key = await self._administration.add_key(admin, request.match_info["workspace"], asked.public_key)
        return _made(key.kid, None if asked.public_key else key.material)

    async def retire_key(self, request: web.Request) -> web.Response:
        admin, named = await self._admin(request), request.match_info
        await self._administration.retire_key(admin, named["workspace"], named["kid"])
        return web.json_response({"ok": True})

    async def add_webhook(self, request: web.Request) -> web.Response:
        admin, asked = await self._admin(request), await body_of(request, wire.AddWebhook)
        endpoint = await self._administration.add_webhook(admin, asked.workspace, asked.url, asked.types)
        return _made(endpoint.id, endpoint.secret)

    async def act(self, request: web.Request) -> web.Response:
        admin, named = await self._admin(request), request.match_info
        secret = await self._administration.act_on_webhook(admin, named["id"], named["act"])
        return _made(named["id"], secret)

    async def deliveries(self, request: web.Request) -> web.Response:
        admin, fate = await self._admin(request), _fate_of(request)
        found = await self._administration.deliveries(admin, request.match_info["id"], fate)
        return web.json_response({"ok": True, "deliveries": found})

    async def replay(self, request: web.Request) -> web.Response:
        admin, asked = await self._admin(request), await body_of(request, wire.Replay)
        count = await self._administration.replay(admin, request.match_info["id"], asked.delivery)
        return web.json_response({"ok": True, "count": count})

    async def letters(self, request: web.Request) -> web.Response:
        admin, fate = await self._admin(request), _fate_of(request)
        found = await self._administration.letters(admin, request.match_info["workspace"], fate)
        return web.json_response({"ok": True, "letters": found})

    async def send_again(self, request: web.Request) -> web.Response:
        admin, asked = await self._admin(request), await body_of(request, wire.SendAgain)
        workspace = request.match_info["workspace"]
        count = await self._administration.send_again(admin, workspace, asked.letter)
        return web.json_response({"ok": True, "count": count})

    async def _admin(self, request: web.Request) -> Colleague:
        """The session's own agent; whether they administrate, the service says."""
        return await agent_of(request, self._accounts)


def _fate_of(request: web.Request) -> Fate | None:
    """Raises Refused `invalid`."""
    state = request.query.get("state")
    if state is not None and state not in [fate.value for fate in Fate]:
        raise Refused("invalid", "Send `state` as waiting, sent or dead.")
    return Fate(state) if state is not None else None


def _made(id: str, secret: str | None = None) -> web.Response:
    """A secret is shown once and kept by no cache on the way."""
    made = wire.Made(id=id, secret=secret).model_dump()
    return web.json_response(made, headers={"Cache-Control": "no-store"})
