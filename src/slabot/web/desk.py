"""The namespace `/desk`: the agents' commands, each in the name of the session's own agent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from typing import Any

import structlog
from aiohttp import web

from slabot.services.accounts import Accounts
from slabot.services.bulletin import News
from slabot.services.casebook import Casebook
from slabot.services.clock import Clock
from slabot.services.desk import Colleague, Desk, NoSuchColleague
from slabot.services.staffing import Presence, Staff
from slabot.services.turns import Refused, Taken
from slabot.web import views
from slabot.web.door import Door, refusal
from slabot.web.limits import Limits
from slabot.web.metrics import SOCKETS
from slabot.web.origins import is_own
from slabot.web.rest.session import session_token
from slabot.web.rooms import desks_room, visitors_room
from slabot.wire import desk as wire

log = structlog.get_logger(__name__)


class DeskDoor(Door):
    models = wire.COMMANDS

    def __init__(
        self, desk: Desk, casebook: Casebook, accounts: Accounts, staff: Staff, clock: Clock, limits: Limits
    ) -> None:
        super().__init__("/desk", limits)
        self._desk = desk
        self._casebook = casebook
        self._accounts = accounts
        self._staff = staff
        self._clock = clock
        self._colleagues: dict[str, Colleague] = {}
        self._sessions: dict[str, str] = {}
        self._names: dict[str, str] = {}

    async def connected(self, sid: str, request: web.Request, auth: Any) -> None:  # noqa: ARG002 - the cookie says who it is
        origin = request.headers.get("Origin")
        if origin is not None and not is_own(origin, request.host):
            raise refusal("origin", "The desk is only served to its own page.")
        token = session_token(request)
        colleague = await self._accounts.colleague_of(token)
        if colleague is None or token is None:
            raise refusal("login", "Log in first.")
        self._colleagues[sid] = colleague
        self._sessions[sid] = token
        self._names = {known.agent: known.name for known in await self._accounts.colleagues()}
        self._staff.arrived(colleague.agent, colleague.workspaces, self._clock.now(), colleague.capacity)
        for workspace in colleague.workspaces:
            await self.enter_room(sid, desks_room(workspace))
        SOCKETS.labels("/desk").inc()
        await self._tell_presence(colleague, Presence.ONLINE)

    async def disconnected(self, sid: str) -> None:
        colleague = self._colleagues.pop(sid, None)
        self._sessions.pop(sid, None)
        if colleague is None:
            return
        SOCKETS.labels("/desk").dec()
        if all(other.agent != colleague.agent for other in self._colleagues.values()):
            self._staff.went(colleague.agent)
            await self._tell_presence(colleague, Presence.OFFLINE)

    def limited_as(self, sid: str) -> str | None:
        colleague = self._colleagues.get(sid)
        return colleague.agent if colleague is not None else None

    async def log_out(self, token: str) -> None:
        """Closes every desk of the session; without this a desk left open would outlive its session."""
        for sid in [sid for sid, session in self._sessions.items() if session == token]:
            await self.disconnect(sid)

    async def on_inbox(self, sid: str, inbox: wire.Inbox) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._casebook.inbox(colleague, inbox.workspace, inbox.view)

    async def on_catch_up(self, sid: str, catch_up: wire.CatchUp) -> Mapping[str, Any]:
        caught = await self._casebook.catch_up(self._colleagues[sid], catch_up.positions)
        events = [views.desk_event(event, self._names, "Bot") for event in caught.events]
        return {"rows": caught.rows, "events": events, "positions": caught.positions, "more": caught.more}

    async def on_open(self, sid: str, opened: wire.Open) -> Mapping[str, Any]:
        case = await self._casebook.open(self._colleagues[sid], opened.conversation)
        timeline = [views.desk_event(event, self._names, case.bot_name) for event in case.events]
        return {**case.facts, "timeline": timeline}

    async def on_claim(self, sid: str, claim: wire.Claim) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.claim(colleague, claim.conversation, claim.client_id, claim.reason)
        )

    async def on_release(self, sid: str, release: wire.Release) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(self._desk.release(colleague, release.conversation, release.client_id))

    async def on_reply(self, sid: str, reply: wire.Reply) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.reply(
                colleague,
                reply.conversation,
                reply.client_id,
                reply.text,
                seen=reply.seen_seq,
                anyway=reply.anyway,
            )
        )

    async def on_note(self, sid: str, note: wire.Note) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(self._desk.note(colleague, note.conversation, note.client_id, note.text))

    async def on_resolve(self, sid: str, resolve: wire.Resolve) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.resolve(colleague, resolve.conversation, resolve.client_id, resolve.code)
        )

    async def on_change_severity(self, sid: str, change: wire.ChangeSeverity) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.change_severity(
                colleague, change.conversation, change.client_id, change.level, change.reason
            )
        )

    async def on_wait(self, sid: str, wait: wire.Wait) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(self._desk.wait(colleague, wait.conversation, wait.client_id, wait.reason))

    async def on_wait_ended(self, sid: str, ended: wire.WaitEnded) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(self._desk.end_waiting(colleague, ended.conversation, ended.client_id))

    async def on_record_formal_report(self, sid: str, record: wire.RecordFormalReport) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.record_formal_report(colleague, record.conversation, record.client_id, record.channel)
        )

    async def on_commit_to_time(self, sid: str, commit: wire.CommitToTime) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.commit_to_time(colleague, commit.conversation, commit.client_id, commit.until)
        )

    async def on_name_third_party(self, sid: str, named: wire.NameThirdParty) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.name_third_party(colleague, named.conversation, named.client_id, named.name)
        )

    async def on_clear_third_party(self, sid: str, cleared: wire.ClearThirdParty) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.clear_third_party(colleague, cleared.conversation, cleared.client_id)
        )

    async def on_transfer(self, sid: str, transfer: wire.Transfer) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        if (transfer.agent is None) == (transfer.queue is None):
            raise Refused("invalid", "Name an agent or a queue, one of the two.")
        to = await self._accounts.colleague(transfer.agent) if transfer.agent else None
        if transfer.agent is not None and to is None:
            raise NoSuchColleague
        return await self._acted(
            self._desk.transfer(
                colleague,
                transfer.conversation,
                transfer.client_id,
                to=to,
                queue=transfer.queue,
                note=transfer.note,
            )
        )

    async def on_presence(self, sid: str, presence: wire.SetPresence) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        if await self._accounts.colleague_of(self._sessions[sid]) is None:
            await self.disconnect(sid)
            raise Refused("login", "Your session has ended. Log in again.")
        before = self._staff.presence(colleague.agent, self._clock.now())
        now = Presence(presence.state)
        self._staff.heard_of(colleague.agent, self._clock.now(), now)
        if before is not now:
            await self._tell_presence(colleague, now)
        return {"positions": await self._casebook.positions(colleague)}

    async def on_typing(self, sid: str, typing: wire.Typing) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        conversation = await self._desk.conversation(colleague, typing.conversation)
        fact = {"who": "agent", "name": colleague.name, "on": typing.on}
        await self.server.emit("typing", fact, room=visitors_room(conversation), namespace="/visitor")
        return {}

    def listen(self, news: News) -> None:
        """Tells every desk of the conversation's workspace; where none is open, nothing is made ready."""
        workspace = news.conversation.workspace
        if any(workspace in colleague.workspaces for colleague in self._colleagues.values()):
            self.server.start_background_task(self._tell, news)

    async def _tell(self, news: News) -> None:
        try:
            row = await self._casebook.row(news.row)
            events = [views.desk_event(event, self._names, "Bot") for event in news.events]
            workspace = news.conversation.workspace
            fact = {
                "workspace": workspace,
                "position": news.events[-1].position,
                "from": news.events[0].position,
                "row": row,
                "events": events,
            }
            await self.server.emit("changed", fact, room=desks_room(workspace), namespace="/desk")
        except Exception:
            log.exception("emit_failed")

    async def _acted(self, verb: Awaitable[Taken]) -> Mapping[str, Any]:
        taken = await verb
        return taken.answer

    async def _tell_presence(self, colleague: Colleague, presence: Presence) -> None:
        fact = {"agent": colleague.agent, "name": colleague.name, "state": presence.value}
        await asyncio.gather(
            *(
                self.server.emit("presence", fact, room=desks_room(workspace), namespace="/desk")
                for workspace in colleague.workspaces
            )
        )
