"""The watch over the clocks: finds what is due by index, writes each fact once, sleeps until the next instant."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from slabot.domain.clocks.clock import Clock as TargetClock
from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.notices import at_risk, missed
from slabot.domain.dialogue.outcome import spoken
from slabot.domain.dialogue.plan import Moment, Utterance
from slabot.domain.dialogue.voice import Voice
from slabot.domain.escalation import ASSIGNED_AGENT, recipients
from slabot.domain.forecast import is_foreseeable, risk_of
from slabot.domain.instants import written_if_any
from slabot.domain.milestones import Milestone, untold
from slabot.domain.projection import is_running
from slabot.domain.reminders import reached
from slabot.domain.support import Support
from slabot.domain.timeline import WATCH, Happening, Kind
from slabot.services.bot import Bot
from slabot.services.bulletin import News
from slabot.services.clock import Clock
from slabot.services.letters import alert
from slabot.services.staffing import Presence, Staff
from slabot.services.turn import Outgoing, Timelines
from slabot.services.turns import Decision, Turns

log = structlog.get_logger(__name__)

BATCH = 500
"""Clocks at a time: their turns are read together, and one transaction takes them all."""
CLOCKS_OF_ONE = 8
"""Rows that one conversation may have due at once: four metrics, and generations that ended meanwhile."""
LONGEST_SLEEP = timedelta(seconds=30)
"""The machine's clock may jump; nothing is noticed later than this."""
LOOKS_AHEAD = timedelta(hours=1)
"""How long before a clock's next instant its forecast is made again, a minute at a time."""
BETWEEN_LOOKS = timedelta(minutes=1)

MOVES_CLOCKS = frozenset(
    {
        Kind.TICKET_OPENED, Kind.SEVERITY_CHANGED, Kind.PLAN_SET, Kind.REOPENED, Kind.WAITING_ENDED, Kind.TRANSFERRED,
        Kind.THIRD_PARTY_CLEARED, Kind.SNOOZED, Kind.WAITING_ON_VISITOR, Kind.MERGED_FROM,
    }
)  # fmt: skip
"""Facts after which a clock's next instant may be nearer than the watch sleeps; others bring none within 30 s."""


class Watch:
    """Safe beside other watches: a fact is decided against the timeline, and the second to decide finds it there."""

    def __init__(self, turns: Turns, timelines: Timelines, bot: Bot, staff: Staff, clock: Clock) -> None:
        self._turns = turns
        self._timelines = timelines
        self._bot = bot
        self._staff = staff
        self._clock = clock
        self._woken = asyncio.Event()
        self._looked_at = datetime.min.replace(tzinfo=UTC)

    async def run(self) -> None:
        """Until cancelled. A failure is logged and tried again after a pause: clocks must not stop."""
        while True:
            self._woken.clear()
            try:
                await self.fire()
                await self._look_in_time()
                pause = await self._pause()
            except Exception:
                log.exception("watch_failed")
                pause = 1.0
            try:
                await asyncio.wait_for(self._woken.wait(), pause)
            except TimeoutError:
                continue

    def listen(self, news: News) -> None:
        """A ticket's clocks may have changed, so the next instant may be nearer."""
        if not MOVES_CLOCKS.isdisjoint([event.kind for event in news.events]):
            self._woken.set()

    async def fire(self) -> int:
        """Writes everything that is due by now, however late; returns how many turns that took.

        A conversation whose turn fails is left for the next time and holds up nobody; a row that is due while
        its timeline owes nothing is written anew.
        """
        fired = 0
        idle: set[str] = set()
        given_up: set[str] = set()
        while True:
            limit = BATCH + CLOCKS_OF_ONE * len(given_up)
            clocks = await self._timelines.due_clocks(self._clock.now(), limit)
            due = [id for id in dict.fromkeys(clock.conversation for clock in clocks) if id not in given_up]
            if not due:
                return fired
            stale = [id for id in due if id in idle]
            for id, taken in zip(due, await self._turns.take_all(due, self._decide), strict=True):
                if isinstance(taken, Exception):
                    log.error("clock_not_fired", conversation=id, exc_info=taken)
                    given_up.add(id)
                elif taken.events:
                    fired += 1
                    idle.discard(id)
                else:
                    idle.add(id)
            for id in stale:
                if id in idle:
                    await self._turns.project_anew(id)
                    given_up.add(id)

    async def look_ahead(self) -> int:
        """Forecasts the responses that come due next; returns how many misses were foreseen."""
        soon = await self._timelines.due_clocks(self._clock.now() + LOOKS_AHEAD, BATCH)
        conversations = list(dict.fromkeys(clock.conversation for clock in soon))
        foreseen = 0
        for id, taken in zip(
            conversations, await self._turns.take_all(conversations, self._foresee), strict=True
        ):
            if isinstance(taken, Exception):
                log.error("forecast_failed", conversation=id, exc_info=taken)
            else:
                foreseen += bool(taken.events)
        return foreseen

    async def _look_in_time(self) -> None:
        now = self._clock.now()
        if abs(now - self._looked_at) >= BETWEEN_LOOKS:
            self._looked_at = now
            await self.look_ahead()

    async def _pause(self) -> float:
        upcoming = await self._timelines.next_clock_at()
        if upcoming is None:
            return LONGEST_SLEEP.total_seconds()
        wait = (upcoming - self._clock.now()).total_seconds()
        # What is due still could not be written just now: the next try must not be a busy loop.
        return min(max(wait, 0.0), LONGEST_SLEEP.total_seconds()) if wait > 0 else 1.0

    def _decide(self, before: Conversation, support: Support) -> Decision:
        now = self._clock.now()
        reminded = reached(before, now)
        ticket = before.ticket
        if ticket is None:
            return Decision(reminded)
        promise = ticket.promise(support)
        due = [each for each in untold(ticket, promise, support) if each.noticed_from <= now]
        if not due:
            return Decision(reminded)
        telling = self._telling(before, support, now)
        telling.happened += reminded
        current = set(map(id, promise.clocks.values()))
        for milestone in due:
            telling.tell(milestone, is_current=id(milestone.clock) in current)
        return telling.decision

    def _foresee(self, before: Conversation, support: Support) -> Decision:
        ticket = before.open_ticket
        if ticket is None:
            return Decision()
        telling = self._telling(before, support, self._clock.now())
        for clock in ticket.promise(support).clocks.values():
            if is_foreseeable(before, clock):
                telling.foresee(clock, warned_now=False)
        return telling.decision

    def _telling(self, before: Conversation, support: Support, now: datetime) -> _Telling:
        return _Telling(before, support, now, self._bot, self._staff)


@dataclass(slots=True)
class _Telling:
    """What one turn of the watch says, and to whom."""

    before: Conversation
    support: Support
    now: datetime
    bot: Bot
    staff: Staff
    happened: list[Happening] = field(default_factory=list)
    outbox: list[Outgoing] = field(default_factory=list)

    @property
    def decision(self) -> Decision:
        return Decision(tuple(self.happened), tuple(self.outbox))

    def tell(self, milestone: Milestone, *, is_current: bool) -> None:
        """The fact with its reminders; a breach of a clock that still runs is said to the visitor too."""
        clock, kind = milestone.clock, milestone.kind
        data = _facts(clock)
        if milestone.step is not None:
            data |= {
                "step": milestone.step_name,
                "tell": milestone.step.tell,
                "share": milestone.step.at_share,
            }
        if kind is not Kind.WARNED and clock.late_by_reclassification:
            data["late_by_reclassification"] = True
        self.happened.append(Happening(kind, WATCH, milestone.at, data))
        self._remind(milestone, kind, milestone.step.tell if milestone.step is not None else None)
        is_owed = is_current and self.before.open_ticket is not None and is_running(clock)
        if is_owed and kind is Kind.BREACHED:
            self._say(
                missed(self.before, clock, support=self.support, voice=self._voice, moment=self._moment())
            )
        elif is_owed and kind is Kind.WARNED:
            self.foresee(clock, warned_now=True)

    def foresee(self, clock: TargetClock, *, warned_now: bool) -> None:
        """The miss that is likely, told before it happens; said once, and never after the due instant."""
        ticket = self.before.open_ticket
        if ticket is None or clock.due is None or self.now >= clock.due:
            return
        if ticket.was_told(Kind.RISK_FORESEEN, clock.metric, clock.generation):
            return
        risk = risk_of(self.before, clock, self.support, self._moment())
        if risk is None or self._holder_is_there():
            return
        data = _facts(clock) | {"because": risk.value}
        self.happened.append(Happening(Kind.RISK_FORESEEN, WATCH, self.now, data))
        foreseen = Milestone(Kind.RISK_FORESEEN, clock, self.now, self.now)
        self._remind(foreseen, Kind.RISK_FORESEEN, None, but=ASSIGNED_AGENT if warned_now else None)
        self._say(
            at_risk(self.before, clock, risk, support=self.support, voice=self._voice, moment=self._moment())
        )

    def _remind(self, milestone: Milestone, kind: Kind, tell: str | None, but: str | None = None) -> None:
        """`but`: somebody who hears of it by another reminder of this turn."""
        for recipient in recipients(kind, tell, self.before.holder, self.support.policy, self.before.email):
            if recipient.tell != but:
                self.outbox.append(alert(self.before, milestone, recipient, self.support, self.now))

    def _say(self, said: tuple[Utterance, ...]) -> None:
        self.happened += [spoken(utterance, self.now) for utterance in said]

    @property
    def _voice(self) -> Voice:
        return self.bot.wits(self.before.workspace).voice

    def _moment(self) -> Moment:
        return Moment(self.now, "", self.staff.of(self.support.policy, self.now, self.before.id))

    def _holder_is_there(self) -> bool:
        holder = self.before.holder
        return holder is not None and self.staff.presence(holder, self.now) is Presence.ONLINE


def _facts(clock: TargetClock) -> dict[str, Any]:
    due = clock.due
    return {
        "metric": clock.metric.value,
        "generation": clock.generation,
        "due": written_if_any(due),
    }
