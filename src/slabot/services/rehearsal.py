"""A conversation played step by step under a clock that only the steps move: the real services, no real time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from slabot.domain.conversation import Conversation
from slabot.domain.device import Device
from slabot.domain.instants import written_if_any
from slabot.domain.target import Metric
from slabot.domain.timeline import Event, Kind
from slabot.services.bulletin import Bulletin, News
from slabot.services.clock import SteppedClock
from slabot.services.colleague import Colleague
from slabot.services.desk import Desk
from slabot.services.reception import Guest, Reception
from slabot.services.staffing import Staff
from slabot.services.supports import Supports
from slabot.services.turn import Timelines
from slabot.services.watch import Watch


class NothingSaidYet(ValueError):
    """A step that needs a conversation came before the visitor's first message."""


class Rehearsal:
    """One visitor, one conversation, and as many silent, free agents as asked for."""

    def __init__(
        self,
        guest: Guest,
        agents: int,
        *,
        reception: Reception,
        desk: Desk,
        watch: Watch,
        staff: Staff,
        supports: Supports,
        timelines: Timelines,
        bulletin: Bulletin,
        clock: SteppedClock,
    ) -> None:
        self._guest = guest
        self._reception = reception
        self._desk = desk
        self._watch = watch
        self._staff = staff
        self._supports = supports
        self._timelines = timelines
        self._clock = clock
        self._team = [_colleague(number, guest.workspace) for number in range(1, max(agents, 1) + 1)]
        self._online = agents
        self._conversation: Conversation | None = None
        self._heard: list[Event] = []
        self._steps = 0
        self._keep_online()
        bulletin.join(self._listen)

    async def visitor_says(self, text: str) -> dict[str, Any]:
        id = self._conversation.id if self._conversation else None
        await self._reception.say(self._guest, id, self._client_id(), text)
        return await self._seen()

    async def visitor_describes(self, device: Device) -> dict[str, Any]:
        """What their widget tells after a yes. Raises NothingSaidYet, or Refused without the yes."""
        await self._reception.describe(self._guest, self._current().id, self._client_id(), device)
        return await self._seen()

    async def agent_says(self, text: str) -> dict[str, Any]:
        """Claims first if nobody holds it. Raises NothingSaidYet."""
        conversation = self._current()
        colleague = self._holder_of(conversation)
        seen = conversation.head.seq
        await self._desk.reply(colleague, conversation.id, self._client_id(), text, seen=seen)
        return await self._seen()

    async def agent_joins(self) -> dict[str, Any]:
        """An agent comes online if nobody was, and claims the conversation."""
        conversation = self._current()
        self._online = max(self._online, 1)
        self._keep_online()
        if conversation.holder is None:
            await self._desk.claim(self._team[0], conversation.id, self._client_id())
        return await self._seen()

    async def visitor_leaves(self) -> dict[str, Any]:
        await self._reception.leave(self._guest, self._current().id)
        return await self._seen()

    async def visitor_returns(self) -> dict[str, Any]:
        await self._reception.come_back(self._guest, self._current().id)
        return await self._seen()

    async def advance(self, minutes: float) -> dict[str, Any]:
        return await self.advance_to(self._clock.now() + timedelta(minutes=minutes))

    async def advance_to(self, at: datetime) -> dict[str, Any]:
        """Stops at each instant at which the watch has something to do; never goes back."""
        while (upcoming := await self._timelines.next_clock_at()) is not None and upcoming <= at:
            self._clock.move_to(upcoming)
            self._keep_online()
            if not await self._watch.fire():
                break
        self._clock.move_to(at)
        self._keep_online()
        return await self._seen()

    def _current(self) -> Conversation:
        if self._conversation is None:
            raise NothingSaidYet("nobody has said anything yet; start with a visitor step")
        return self._conversation

    def _holder_of(self, conversation: Conversation) -> Colleague:
        held = (colleague for colleague in self._team if colleague.agent == conversation.holder)
        return next(held, self._team[0])

    def _keep_online(self) -> None:
        now = self._clock.now()
        for colleague in self._team[: self._online]:
            self._staff.arrived(colleague, now)

    def _client_id(self) -> str:
        self._steps += 1
        return f"step-{self._steps:06d}"

    def _listen(self, news: News) -> None:
        self._conversation = news.conversation
        self._heard += news.events

    async def _seen(self) -> dict[str, Any]:
        """What the bot said in this step, and where conversation and ticket stand."""
        heard, self._heard = self._heard, []
        replies = [
            {"text": event.text, "action": event.data["action"], "article": event.data.get("article")}
            for event in heard
            if event.kind is Kind.BOT_WROTE
        ]
        conversation = self._conversation
        status = conversation.status.value if conversation else "bot"
        return {"replies": replies, "ticket": await self._ticket(), "status": status}

    async def _ticket(self) -> dict[str, Any] | None:
        conversation = self._conversation
        if conversation is None or conversation.ticket is None:
            return None
        support = await self._supports.of(conversation.workspace, conversation.ticket)
        promise = conversation.ticket.promise(support)
        return {
            "number": conversation.ticket.number,
            "severity": conversation.ticket.level,
            "queue": conversation.ticket.queue,
            **{metric.value: written_if_any(promise.due(metric)) for metric in Metric},
            "requester_email": conversation.email,
            "state": conversation.ticket.state.value,
        }


def _colleague(number: int, workspace: str) -> Colleague:
    return Colleague(f"agent-{number}", f"Agent {number}", frozenset({workspace}), capacity=1_000)
