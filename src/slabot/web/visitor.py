"""The namespace `/visitor`: the widget's commands, each in the name of the session's own visitor."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import structlog
from aiohttp import web

from slabot.domain.conversation import Conversation
from slabot.domain.support import Support
from slabot.domain.timeline import Event
from slabot.services.attachments import Attachments
from slabot.services.bulletin import News
from slabot.services.front_desk import FrontDesk
from slabot.services.privacy import Privacy
from slabot.services.reception import Guest, Reception
from slabot.services.supports import Supports, UnknownWorkspace
from slabot.services.turn import Timelines
from slabot.services.turns import NotFound, Refused, Taken
from slabot.web import peers, views
from slabot.web.admission import Admission, Admitted
from slabot.web.door import Door, refusal
from slabot.web.farewells import Farewells
from slabot.web.limits import Limits
from slabot.web.metrics import SOCKETS
from slabot.web.origins import is_allowed
from slabot.web.readings import Readings
from slabot.web.rooms import desks_room, guests_room, talk_room, visitors_rooms
from slabot.web.tokens import Session
from slabot.wire import visitor as wire

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Seat:
    """One connected widget; several tabs of a visitor have a seat each."""

    guest: Guest
    session: Session
    token: str
    conversation: str | None = None
    ending: asyncio.TimerHandle | None = None
    """Hangs up when a verified session runs out."""

    @property
    def is_verified(self) -> bool:
        return self.session.identity is not None


class VisitorDoor(Door):
    models = wire.COMMANDS

    def __init__(
        self,
        reception: Reception,
        privacy: Privacy,
        attachments: Attachments,
        front_desk: FrontDesk,
        timelines: Timelines,
        supports: Supports,
        admission: Admission,
        limits: Limits,
        readings: Readings,
        trusted_proxies: tuple[str, ...],
        grace: float,
        grace_at_start: float,
    ) -> None:
        """`grace`: seconds a visitor may be away before they have left; after a start, `grace_at_start`."""
        super().__init__("/visitor", limits)
        self._reception = reception
        self._privacy = privacy
        self._attachments = attachments
        self._front_desk = front_desk
        self._timelines = timelines
        self._supports = supports
        self._admission = admission
        self._readings = readings
        self._trusted = trusted_proxies
        self._seats: dict[str, Seat] = {}
        self._seated: dict[str, set[str]] = {}
        self._asking: dict[tuple[str, str], str] = {}
        """By visitor and client_id, the tab that will get its events in the answer."""
        self._farewells = Farewells(reception, timelines, self._seated.__contains__, grace, grace_at_start)

    async def connected(self, sid: str, request: web.Request, auth: Any) -> None:
        address = peers.address(request, self._trusted)
        self._limits.check(address, "connect")
        try:
            asked = wire.Connect.model_validate(auth if isinstance(auth, dict) else {})
            support = self._supports.current(asked.workspace)
        except UnknownWorkspace as error:
            raise refusal("unknown_workspace", str(error)) from None
        except ValueError:
            raise refusal("invalid", "Send auth as {workspace, token?, identity?, locale?, zone?}.") from None
        if not is_allowed(request.headers.get("Origin"), request.host, support.policy):
            raise refusal("origin", "This page may not embed this workspace.")
        try:
            admitted = await self._admission.admit(asked)
        except Refused as refused:
            raise refusal(refused.code, refused.message) from None
        await self._take_seat(sid, admitted)
        if admitted.joined is not None:
            # Their other tabs are somebody else's now; they come back with the token that this one leaves them.
            for other in tuple(self._seated.get(admitted.joined, ())):
                await self.disconnect(other)

    async def _take_seat(self, sid: str, admitted: Admitted) -> None:
        guest, session = admitted.guest, admitted.session
        seat = Seat(guest, session, admitted.token)
        if admitted.is_known:
            latest = await self._timelines.conversations_of(guest.workspace, guest.visitor, 1)
            seat.conversation = guest.only or (latest[0].conversation if latest else None)
            with suppress(NotFound):
                await self._follow(seat)
        if seat.is_verified:
            left = (session.expires_at - datetime.now(UTC)).total_seconds()
            seat.ending = asyncio.get_running_loop().call_later(left, self._hang_up, sid)
        self._seats[sid] = seat
        self._seated.setdefault(guest.visitor, set()).add(sid)
        await self.enter_room(sid, guests_room(seat.guest))
        SOCKETS.labels("/visitor").inc()

    async def _follow(self, seat: Seat) -> None:
        """To where the conversation goes on, if it was merged."""
        if seat.conversation is not None:
            seat.guest, seat.conversation = await self._reception.where_it_goes_on(
                seat.guest, seat.conversation
            )

    def _hang_up(self, sid: str) -> None:
        self.server.start_background_task(_quietly, self.disconnect(sid))

    async def disconnected(self, sid: str) -> None:
        seat = self._seats.pop(sid, None)
        if seat is None:
            return
        SOCKETS.labels("/visitor").dec()
        if seat.ending is not None:
            seat.ending.cancel()
        others = self._seated.get(seat.guest.visitor, set())
        others.discard(sid)
        if not others:
            self._seated.pop(seat.guest.visitor, None)
        if seat.conversation is not None and not others:
            self._farewells.expect(seat.guest, seat.conversation)

    async def open(self) -> None:
        """Call once, when the server starts."""
        await self._farewells.expect_everybody(self._supports.workspaces())

    async def close(self) -> None:
        """Nobody who is cut off by the server's end counts as gone."""
        await self._farewells.close()

    def limited_as(self, sid: str) -> str | None:
        seat = self._seats.get(sid)
        return seat.guest.visitor if seat is not None else None

    async def on_hello(self, sid: str, _: wire.Hello) -> Mapping[str, Any]:
        seat = self._seats[sid]
        answer: dict[str, Any] = {
            "token": seat.token,
            "visitor": seat.guest.visitor,
            "verified": seat.is_verified,
            "conversation": None,
            "head": 0,
        }
        if seat.conversation is not None:
            answer |= await self._whole(seat, seat.conversation)
        answer["conversations"] = await self._front_desk.conversations_of(seat.guest)
        answer["tickets"] = await self._front_desk.tickets_of(seat.guest)
        return answer

    async def on_enter(self, sid: str, enter: wire.Enter) -> Mapping[str, Any]:
        seat = self._seats[sid]
        seat.conversation = (await self._own(seat, enter.conversation)).id
        return await self._whole(seat, seat.conversation)

    async def on_sign_out(self, sid: str, _: wire.SignOut) -> Mapping[str, Any]:
        """Ends a verified session for whoever has its token; an anonymous one lives in its browser alone."""
        seat = self._seats[sid]
        if not seat.is_verified:
            return {"ended": False}
        await self._admission.end(seat.guest.workspace, seat.session)
        for other, theirs in tuple(self._seats.items()):
            if other != sid and theirs.session.id == seat.session.id:
                await self.server.emit("signed_out", {}, room=other, namespace="/visitor")
                await self.disconnect(other)
        # The answer goes out first.
        asyncio.get_running_loop().call_soon(self._hang_up, sid)
        return {"ended": True}

    async def _whole(self, seat: Seat, id: str) -> dict[str, Any]:
        await self._reception.come_back(seat.guest, id)
        events = await self._timelines.events(id)
        conversation = await self._reception.conversation(seat.guest, id)
        head = events[-1].seq
        shown = {
            "id": conversation.id,
            "seq": head,
            "status": conversation.status.value,
            "messages": self._seen(seat, events),
        }
        return {"conversation": shown, "head": head}

    async def on_say(self, sid: str, say: wire.Say) -> Mapping[str, Any]:
        seat = self._seats[sid]
        conversation = None if say.new else (say.conversation or seat.conversation)
        files = await self._attachments.of(seat.guest.workspace, seat.guest.visitor, say.files)
        with self._answering(sid, seat, say.client_id):
            taken = await self._reception.say(
                seat.guest,
                conversation,
                say.client_id,
                say.text,
                has_consented=say.consent,
                files=files,
                page=say.page,
            )
            await self._attachments.attach(seat.guest.workspace, files, taken.answer["conversation"])
        return await self._answered(seat, taken)

    async def on_describe(self, sid: str, told: wire.Describe) -> Mapping[str, Any]:
        seat = self._seats[sid]
        conversation = await self._own(seat, told.conversation)
        with self._answering(sid, seat, told.client_id):
            device = told.device.model_dump(exclude_defaults=True)
            taken = await self._reception.describe(seat.guest, conversation.id, told.client_id, device)
        return await self._answered(seat, taken)

    async def on_resume(self, sid: str, resume: wire.Resume) -> Mapping[str, Any]:
        seat = self._seats[sid]
        conversation = await self._own(seat, resume.conversation)
        events = await self._timelines.events(conversation.id, after=resume.after_seq)
        head = events[-1].seq if events else conversation.head.seq
        return {"conversation": conversation.id, "events": self._seen(seat, events), "head": head}

    async def on_rate(self, sid: str, rate: wire.Rate) -> Mapping[str, Any]:
        seat = self._seats[sid]
        conversation = await self._own(seat, rate.conversation)
        with self._answering(sid, seat, rate.client_id):
            taken = await self._reception.rate(seat.guest, conversation.id, rate.client_id, rate.score)
        return await self._answered(seat, taken)

    async def on_transcript(self, sid: str, asked: wire.Transcript) -> Mapping[str, Any]:
        seat = self._seats[sid]
        conversation = await self._own(seat, asked.conversation)
        if not asked.mail:
            return {"text": await self._privacy.transcript(seat.guest, conversation.id)}
        if asked.client_id is None:
            raise Refused("invalid", "Send a client_id with what goes by mail.")
        await self._privacy.mail_transcript(seat.guest, conversation.id, asked.client_id)
        return {"mailed": True}

    async def on_erase(self, sid: str, _: wire.Erase) -> Mapping[str, Any]:
        seat = self._seats[sid]
        count = await self._privacy.erase(seat.guest)
        for other in tuple(self._seated.get(seat.guest.visitor, ())):
            if not seat.guest.may_see(self._seats[other].conversation or ""):
                continue
            self._seats[other].conversation = None
            if other != sid:
                await self.server.emit("signed_out", {}, room=other, namespace="/visitor")
        return {"erased": count}

    async def on_typing(self, sid: str, typing: wire.Typing) -> Mapping[str, Any]:
        seat = self._seats[sid]
        if seat.conversation is not None:
            fact = {"conversation": seat.conversation, "who": "visitor", "on": typing.on}
            await self.server.emit("typing", fact, room=desks_room(seat.guest.workspace), namespace="/desk")
        return {}

    async def on_seen(self, sid: str, seen: wire.Seen) -> Mapping[str, Any]:
        seat = self._seats[sid]
        if seat.conversation is None:
            return {"head": 0}
        conversation = await self._reception.conversation(seat.guest, seat.conversation)
        read = self._readings.heard(conversation.id, seen.seq, conversation.head.seq)
        fact = {"conversation": conversation.id, "seq": read}
        await self.server.emit("seen", fact, room=desks_room(seat.guest.workspace), namespace="/desk")
        return {"head": conversation.head.seq}

    async def on_search(self, sid: str, search: wire.Search) -> Mapping[str, Any]:
        return {"articles": self._front_desk.search(self._seats[sid].guest, search.text)}

    async def on_article(self, sid: str, read: wire.ReadArticle) -> Mapping[str, Any]:
        article = self._front_desk.article(self._seats[sid].guest, read.slug)
        if article is None:
            raise Refused("not_found", "There is no such article here.")
        return {"article": article}

    async def on_promise(self, sid: str, _: wire.AskPromise) -> Mapping[str, Any]:
        seat = self._seats[sid]
        conversation = None
        if seat.conversation is not None:
            guest, id = await self._reception.where_it_goes_on(seat.guest, seat.conversation)
            conversation = await self._reception.conversation(guest, id)
        return {"talk_to_person": self._front_desk.talk_to_person(seat.guest, conversation)}

    def listen(self, news: News) -> None:
        """Tells the conversation's own visitor, in every tab but the one whose answer holds the same events."""
        command = news.command
        answered = self._asking.get((command.author, command.client_id)) if command is not None else None
        seated: set[str] = self._seated.get(news.conversation.visitor, set())
        if not seated or (len(seated) == 1 and answered in seated):
            return
        if news.conversation.merged_into is not None:
            self._merged(news.conversation.id, news.conversation.merged_into, seated)
        bot_name = self._support(news.conversation).policy.brand.bot_name
        events = views.visitor_events(news.events, bot_name)
        fact = {"conversation": news.conversation.id, "events": events, "head": news.conversation.head.seq}
        fact["status"] = news.conversation.status.value
        emitting = self.server.emit(
            "happened",
            fact,
            room=visitors_rooms(news.conversation),
            skip_sid=answered,
            namespace="/visitor",
        )
        self.server.start_background_task(_quietly, emitting)

    def _merged(self, id: str, into: str, seated: set[str]) -> None:
        """Tabs that came by a link to the one that ended hear of the other from now on."""
        for sid in seated:
            seat = self._seats[sid]
            if seat.guest.only == id:
                seat.guest = replace(seat.guest, only=into)
                room = talk_room(seat.guest.workspace, into)
                self.server.start_background_task(_quietly, self.enter_room(sid, room))

    @contextmanager
    def _answering(self, sid: str, seat: Seat, client_id: str) -> Iterator[None]:
        """While a command is carried out: its tab gets the events once, as the answer. Of two tabs, the later one."""
        command = (seat.guest.visitor, client_id)
        self._asking[command] = sid
        try:
            yield
        finally:
            if self._asking.get(command) == sid:
                del self._asking[command]

    async def _answered(self, seat: Seat, taken: Taken) -> Mapping[str, Any]:
        """The receipt, and the events as they were stored: the sender's own words give way to the first of them."""
        id = taken.answer["conversation"]
        if seat.conversation is None or (taken.events and seat.conversation != id):
            # Not for a repetition: its conversation may be an older one that the visitor has left behind.
            for other in self._seated.get(seat.guest.visitor, ()):
                if self._seats[other].guest.may_see(id):
                    self._seats[other].conversation = id
        events = taken.events or await self._timelines.events(id, after=taken.answer["seq"] - 1)
        return {
            **taken.answer,
            "status": taken.conversation.status.value,
            "events": self._seen(seat, events),
        }

    async def _own(self, seat: Seat, id: str | None) -> Conversation:
        wanted = id or seat.conversation
        if wanted is None:
            raise NotFound
        return await self._reception.conversation(seat.guest, wanted)

    def _support(self, conversation: Conversation) -> Support:
        return self._supports.current(conversation.workspace)

    def _seen(self, seat: Seat, events: tuple[Event, ...]) -> list[dict[str, Any]]:
        return views.visitor_events(
            events, self._supports.current(seat.guest.workspace).policy.brand.bot_name
        )


async def _quietly(emitting: Any) -> None:
    try:
        await emitting
    except Exception:
        log.exception("emit_failed")
