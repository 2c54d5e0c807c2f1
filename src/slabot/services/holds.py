"""Takes back the conversations of agents who have gone and do not return: the visitor is told, the ticket waits again."""

from __future__ import annotations

from datetime import datetime

import structlog

from slabot.domain.calendar.errors import BeyondHorizon
from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.notices import handed_back
from slabot.domain.dialogue.outcome import spoken
from slabot.domain.dialogue.plan import Moment
from slabot.domain.holding import hold_ends_at
from slabot.domain.support import Support
from slabot.domain.timeline import WATCH, Happening, Kind
from slabot.services.bot import Bot
from slabot.services.clock import Clock
from slabot.services.roster import Roster
from slabot.services.staffing import Staff
from slabot.services.supports import Supports
from slabot.services.turns import Decision, Turns

log = structlog.get_logger(__name__)

VANISHED = "vanished"
"""The reason of a release that the watch wrote."""


class Holds:
    """Decided against the timeline in a turn of its own: an agent who writes at the same instant keeps the hold."""

    def __init__(
        self, turns: Turns, bot: Bot, supports: Supports, staff: Staff, roster: Roster, clock: Clock
    ) -> None:
        self._turns = turns
        self._bot = bot
        self._supports = supports
        self._staff = staff
        self._roster = roster
        self._clock = clock
        self._began = clock.now()

    async def take_back(self) -> datetime | None:
        """Releases what was held too long by nobody; returns when to look again, if anybody is gone."""
        now = self._clock.now()
        upcoming: list[datetime] = []
        for agent in tuple(self._staff.floor.holders()):
            gone_since = self.gone_since(agent, now)
            if gone_since is None:
                continue
            for id in self._staff.floor.held_by(agent):
                try:
                    ends = await self._take_back(id, agent, gone_since, now)
                except Exception:
                    log.exception("hold_not_taken_back", conversation=id)
                    continue
                upcoming += [ends] if ends is not None else []
        return min(upcoming, default=None)

    def gone_since(self, agent: str, now: datetime) -> datetime | None:
        """Of an agent of whom nobody ever heard: since this process began to listen."""
        if self._staff.is_there(agent, now):
            return None
        return self._staff.gone_since(agent) or self._began

    async def _take_back(self, id: str, agent: str, gone_since: datetime, now: datetime) -> datetime | None:
        conversation = await self._turns.conversation(id)
        ends = self._ends(conversation, gone_since)
        if ends is None or now < ends or conversation.holder != agent:
            return ends

        def decide(before: Conversation, support: Support) -> Decision:
            still_ends = self._ends(before, gone_since)
            if before.holder != agent or still_ends is None or self._clock.now() < still_ends:
                return Decision()
            return self._released(before, agent, support)

        await self._turns.take(id, decide)
        return None

    def _released(self, before: Conversation, agent: str, support: Support) -> Decision:
        now = self._clock.now()
        voice = self._bot.wits(before.workspace).voice
        moment = Moment(now, "", self._staff.of(support.policy, now, before.id))
        said = handed_back(before, support=support, voice=voice, moment=moment, is_gone=True)
        name = self._roster.name(agent)
        data = {"reason": VANISHED, "agent": agent}
        released = Happening(Kind.RELEASED, WATCH, now, data, {"name": name} if name else {})
        return Decision((released, *(spoken(utterance, now) for utterance in said)))

    def _ends(self, conversation: Conversation, gone_since: datetime) -> datetime | None:
        """None where the calendar does not reach that far."""
        support = self._supports.current(conversation.workspace)
        ticket = conversation.ticket
        queue = next(
            (known for known in support.policy.queues if ticket is not None and known.key == ticket.queue),
            None,
        )
        calendar = support.calendar(queue.calendar if queue is not None else None)
        try:
            return hold_ends_at(conversation, gone_since, calendar, support.policy.routing)
        except BeyondHorizon:
            return None
