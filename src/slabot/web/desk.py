"""The namespace `/desk`: the agents' commands, each in the name of the session's own agent."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Mapping
from typing import Any

import structlog
from aiohttp import web

from slabot.domain.timeline import Event
from slabot.services.accounts import Accounts
from slabot.services.attachments import Attachments
from slabot.services.board import Board
from slabot.services.bulletin import News
from slabot.services.casebook import Casebook
from slabot.services.colleague import Colleague
from slabot.services.desk import Desk, NoSuchColleague
from slabot.services.dispatch import Dispatch
from slabot.services.finding import Finder
from slabot.services.merging import Merging
from slabot.services.offers import Ended, Offer
from slabot.services.replies import ReplyBook
from slabot.services.roster import Roster
from slabot.services.saved_views import SavedViews
from slabot.services.staffing import Presence
from slabot.services.turn import AtCapacity
from slabot.services.turns import Refused, Taken
from slabot.web import views
from slabot.web.desk_ticket import TicketCommands
from slabot.web.desk_work import WorkCommands
from slabot.web.door import Door, refusal
from slabot.web.limits import Limits
from slabot.web.metrics import SOCKETS
from slabot.web.origins import is_own
from slabot.web.readings import Readings
from slabot.web.rest.session import session_token
from slabot.web.rooms import agents_room, desks_room, room_of, talk_room, visitors_rooms
from slabot.web.viewers import Viewers
from slabot.wire import desk as wire

log = structlog.get_logger(__name__)


class DeskDoor(TicketCommands, WorkCommands, Door):
    models = wire.COMMANDS

    def __init__(
        self,
        desk: Desk,
        merging: Merging,
        casebook: Casebook,
        attachments: Attachments,
        board: Board,
        accounts: Accounts,
        roster: Roster,
        dispatch: Dispatch,
        limits: Limits,
        readings: Readings,
        reply_book: ReplyBook,
        finder: Finder,
        saved_views: SavedViews,
    ) -> None:
        super().__init__("/desk", limits)
        self._desk = desk
        self._merging = merging
        self._attachments = attachments
        self._casebook = casebook
        self._board = board
        self._accounts = accounts
        self._roster = roster
        self._dispatch = dispatch
        self._readings = readings
        self._replies = reply_book
        self._finder = finder
        self._saved_views = saved_views
        self._colleagues: dict[str, Colleague] = {}
        self._sessions: dict[str, str] = {}
        self._viewers = Viewers(self._agent_of)
        dispatch.join(self)

    async def connected(self, sid: str, request: web.Request, auth: Any) -> None:
        """The cookie says who it is; `auth` only what they have chosen to be."""
        origin = request.headers.get("Origin")
        if origin is not None and not is_own(origin, request.host):
            raise refusal("origin", "The desk is only served to its own page.")
        token = session_token(request)
        colleague = await self._accounts.colleague_of(token)
        if colleague is None or token is None:
            raise refusal("login", "Log in first.")
        try:
            chosen = wire.Arrive.model_validate(auth if isinstance(auth, dict) else {})
        except ValueError:
            raise refusal("invalid", "Send auth as {state?: online, away or offline, idle?}.") from None
        await self._roster.refresh()
        self._colleagues[sid] = colleague
        self._sessions[sid] = token
        for workspace in colleague.workspaces:
            await self.enter_room(sid, desks_room(workspace))
        await self.enter_room(sid, agents_room(colleague.agent))
        SOCKETS.labels("/desk").inc()
        presence = Presence(chosen.state) if chosen.state is not None else None
        await self._dispatch.arrived(colleague, sid, presence, is_idle=chosen.idle)

    async def disconnected(self, sid: str) -> None:
        colleague = self._colleagues.pop(sid, None)
        self._sessions.pop(sid, None)
        if colleague is None:
            return
        SOCKETS.labels("/desk").dec()
        for conversation in self._viewers.look(sid, None):
            self._tell_viewing(conversation, colleague.workspaces)
        await self._dispatch.went(colleague.agent, sid)

    def limited_as(self, sid: str) -> str | None:
        colleague = self._colleagues.get(sid)
        return colleague.agent if colleague is not None else None

    async def log_out(self, token: str) -> None:
        """Closes every desk of the session; without this a desk left open would outlive its session."""
        for sid in [sid for sid, session in self._sessions.items() if session == token]:
            await self.disconnect(sid)

    async def on_inbox(self, sid: str, inbox: wire.Inbox) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        listed = await self._casebook.inbox(colleague, inbox.workspace, inbox.view)
        offer = self._dispatch.offer_to(colleague.agent)
        saved = views.saved(await self._saved_views.of(colleague))
        return {**listed, "offer": views.offer(offer) if offer is not None else None, **saved}

    async def on_catch_up(self, sid: str, catch_up: wire.CatchUp) -> Mapping[str, Any]:
        caught = await self._casebook.catch_up(self._colleagues[sid], catch_up.positions)
        events = [self._event(event, workspace) for workspace, event in caught.events]
        return {"rows": caught.rows, "events": events, "positions": caught.positions, "more": caught.more}

    async def on_open(self, sid: str, opened: wire.Open) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        case = await self._casebook.open(colleague, opened.conversation)
        row = case.facts["row"]
        if row is not None and row["holder"] == colleague.agent:
            seen = {"conversation": opened.conversation, "seq": case.facts["head"]}
            rooms = [
                room_of(row["workspace"], row["visitor"]),
                talk_room(row["workspace"], opened.conversation),
            ]
            await self.server.emit("seen", seen, room=rooms, namespace="/visitor")
        timeline = [self._event(event, case.workspace) for event in case.events]
        viewers, read = self._seen_by(opened.conversation), self._readings.of(opened.conversation)
        merged = {
            id: [self._event(event, case.workspace) for event in events] for id, events in case.merged.items()
        }
        return {**case.facts, "timeline": timeline, "merged": merged, "viewers": viewers, "read": read}

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
        conversation = await self._desk.conversation(colleague, reply.conversation)
        files = await self._attachments.of(conversation.workspace, colleague.agent, reply.files)
        return await self._acted(
            self._desk.reply(
                colleague,
                reply.conversation,
                reply.client_id,
                reply.text,
                seen=reply.seen_seq,
                anyway=reply.anyway,
                article=reply.article,
                files=files,
            )
        )

    async def on_note(self, sid: str, note: wire.Note) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(self._desk.note(colleague, note.conversation, note.client_id, note.text))

    async def on_transfer(self, sid: str, transfer: wire.Transfer) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        if (transfer.agent is None) == (transfer.queue is None):
            raise Refused("invalid", "Name an agent or a queue, one of the two.")
        to = await self._accounts.colleague(transfer.agent) if transfer.agent else None
        if transfer.agent is not None and to is None:
            raise NoSuchColleague
        transferring = self._desk.transfer(
            colleague,
            transfer.conversation,
            transfer.client_id,
            to=to,
            queue=transfer.queue,
            note=transfer.note,
        )
        try:
            return await self._acted(transferring)
        except AtCapacity:
            if to is None or to.agent == colleague.agent:
                raise
            full = f"{to.name} holds as many conversations as they may. Choose somebody else, or a queue."
            raise Refused("at_capacity", full, agent=to.agent) from None

    async def on_presence(self, sid: str, presence: wire.SetPresence) -> Mapping[str, Any]:
        colleague = await self._accounts.colleague_of(self._sessions[sid])
        if colleague is None:
            await self.disconnect(sid)
            raise Refused("login", "Your session has ended. Log in again.")
        await self._is_now(sid, colleague)
        chosen = Presence(presence.state) if presence.state is not None else None
        await self._dispatch.heard_of(colleague, sid, chosen, is_idle=presence.idle)
        state = self._dispatch.chosen(colleague.agent)
        return {"positions": await self._casebook.positions(colleague), "state": state.value}

    async def _is_now(self, sid: str, colleague: Colleague) -> None:
        """The account may have changed since the desk was opened; it hears of its workspaces of today."""
        before = self._colleagues[sid]
        for workspace in colleague.workspaces - before.workspaces:
            await self.enter_room(sid, desks_room(workspace))
        for workspace in before.workspaces - colleague.workspaces:
            await self.leave_room(sid, desks_room(workspace))
        self._colleagues[sid] = colleague

    async def on_decline_offer(self, sid: str, declined: wire.DeclineOffer) -> Mapping[str, Any]:
        """Not refused when it went to the next meanwhile: the agent wanted it gone."""
        was_theirs = self._dispatch.pass_on(self._colleagues[sid].agent, declined.conversation)
        return {"declined": was_theirs}

    async def on_view(self, sid: str, view: wire.View) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        if view.conversation is not None:
            await self._desk.conversation(colleague, view.conversation)
        for conversation in self._viewers.look(sid, view.conversation):
            self._tell_viewing(conversation, colleague.workspaces)
        return {"viewers": self._seen_by(view.conversation) if view.conversation is not None else []}

    async def on_typing(self, sid: str, typing: wire.Typing) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        conversation = await self._desk.conversation(colleague, typing.conversation)
        fact = {"who": "agent", "name": colleague.name, "on": typing.on}
        if not typing.note and conversation.holder in (None, colleague.agent):
            await self.server.emit("typing", fact, room=visitors_rooms(conversation), namespace="/visitor")
        told = {**fact, "conversation": conversation.id, "agent": colleague.agent}
        desks = desks_room(conversation.workspace)
        await self.server.emit("typing", told, room=desks, skip_sid=sid, namespace="/desk")
        return {}

    async def on_board(self, sid: str, _: wire.ShowBoard) -> Mapping[str, Any]:
        return await self._board.shown_to(self._colleagues[sid])

    def listen(self, news: News) -> None:
        """Tells every desk of the conversation's workspace; where none is open, nothing is made ready."""
        workspace = news.conversation.workspace
        if any(workspace in colleague.workspaces for colleague in self._colleagues.values()):
            self.server.start_background_task(self._tell, news)

    async def _tell(self, news: News) -> None:
        try:
            row = await self._casebook.row(news.row)
            workspace = news.conversation.workspace
            events = [self._event(event, workspace) for event in news.events]
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
        try:
            taken = await verb
        except Refused as refused:
            name = self._roster.name(refused.fields.get("holder"))
            if name is None:
                raise
            message = refused.message.replace("A colleague", name)
            raise Refused(refused.code, message, **refused.fields, holder_name=name) from None
        return taken.answer

    def presence_changed(self, agent: str, presence: Presence) -> None:
        """Told in every workspace that the agent serves, to their own desks too."""
        colleague = self._roster.colleague(agent)
        if colleague is None:
            return
        fact = {
            "agent": agent,
            "name": colleague.name,
            "state": presence.value,
            "chosen": self._dispatch.chosen(agent).value,
            "colleague": self._casebook.agent(colleague),
        }
        self._emit("presence", fact, [desks_room(workspace) for workspace in colleague.workspaces])

    def offered(self, offer: Offer) -> None:
        self._emit("offered", views.offer(offer), [agents_room(offer.agent)])

    def offer_ended(self, offer: Offer, why: Ended) -> None:
        fact = {"conversation": offer.conversation, "why": why.value}
        self._emit("offer_ended", fact, [agents_room(offer.agent)])

    def _event(self, event: Event, workspace: str) -> dict[str, Any]:
        """The same whether it was pushed, caught up or fetched with its conversation."""
        return views.desk_event(event, self._roster.names, self._casebook.bot_name(workspace))

    def _agent_of(self, sid: str) -> str | None:
        colleague = self._colleagues.get(sid)
        return colleague.agent if colleague is not None else None

    def _seen_by(self, conversation: str) -> list[dict[str, Any]]:
        return [
            {"id": agent, "name": self._roster.name(agent) or ""} for agent in self._viewers.of(conversation)
        ]

    def _tell_viewing(self, conversation: str, workspaces: Iterable[str]) -> None:
        """To the desks of the viewer's workspaces; which of them the conversation is in, they alone can tell."""
        fact = {"conversation": conversation, "agents": self._seen_by(conversation)}
        self._emit("viewing", fact, [desks_room(workspace) for workspace in workspaces])

    def _emit(self, name: str, fact: Mapping[str, Any], rooms: list[str]) -> None:
        """To everybody in one of the rooms, once each."""
        self.server.start_background_task(self._emit_now, name, fact, rooms)

    async def _emit_now(self, name: str, fact: Mapping[str, Any], rooms: list[str]) -> None:
        try:
            await self.server.emit(name, fact, room=rooms, namespace="/desk")
        except Exception:
            log.exception("emit_failed")
