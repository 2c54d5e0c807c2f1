"""The watch over people: who comes and goes, who is offered what, whose hold ends; tells the desks concerned."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog

from slabot.services.bulletin import News
from slabot.services.clock import Clock
from slabot.services.colleague import Colleague
from slabot.services.holds import Holds
from slabot.services.offers import Ended, Offer, Offers
from slabot.services.roster import Roster
from slabot.services.staffing import Attendance, Heard, Presence, Staff
from slabot.services.turn import StoreUnavailable

log = structlog.get_logger(__name__)

LONGEST_SLEEP = timedelta(seconds=15)
"""A desk that fell silent, an opening and what another process heard are noticed no later than this."""

ROSTER_LASTS = timedelta(seconds=30)


class Ears(Protocol):
    """Who tells the desks. Called on the loop; must not wait."""

    def presence_changed(self, agent: str, presence: Presence) -> None: ...

    def offered(self, offer: Offer) -> None: ...

    def offer_ended(self, offer: Offer, why: Ended) -> None: ...


class Dispatch:
    """Comings and goings are told at once; offers and holds are settled by `run`, or by `settle` once."""

    def __init__(
        self, staff: Staff, offers: Offers, holds: Holds, roster: Roster, attendance: Attendance, clock: Clock
    ) -> None:
        self._staff = staff
        self._offers = offers
        self._holds = holds
        self._roster = roster
        self._attendance = attendance
        self._clock = clock
        self._ears: list[Ears] = []
        self._told: dict[str, Presence] = {}
        self._woken = asyncio.Event()
        self._floor_version = 0
        self._one_at_a_time = asyncio.Lock()
        self._roster_read_at = datetime.min.replace(tzinfo=UTC)

    def join(self, ears: Ears) -> None:
        self._ears.append(ears)

    async def run(self) -> None:
        """Until cancelled. A failure is logged and tried again: tickets must not lie."""
        while True:
            self._woken.clear()
            try:
                upcoming = await self.settle()
                now = self._clock.now()
                pause = min(max((upcoming - now).total_seconds(), 0.05), LONGEST_SLEEP.total_seconds())
            except Exception:
                log.exception("dispatch_failed")
                pause = 1.0
            try:
                await asyncio.wait_for(self._woken.wait(), pause)
            except TimeoutError:
                continue

    async def settle(self) -> datetime:
        """Everything that is to be done by now; returns when there is more to do, if nothing happens before."""
        async with self._one_at_a_time:
            now = self._clock.now()
            if abs(now - self._roster_read_at) >= ROSTER_LASTS:
                self._roster_read_at = now
                await self._roster.refresh()
            self._staff.heard_elsewhere(await self._attendance.all())
            self._tell_presences(now)
            for offer, why in self._offers.expire(now):
                self._tell_ended(offer, why)
            again = await self._holds.take_back()
            for offer in await self._offers.make(now):
                for ears in self._ears:
                    ears.offered(offer)
            return min(filter(None, (again, self._offers.next_end())), default=now + LONGEST_SLEEP)

    async def arrived(
        self, colleague: Colleague, desk: str, presence: Presence | None, *, is_idle: bool
    ) -> None:
        now = self._clock.now()
        self._staff.arrived(colleague, now, desk=desk, presence=presence, is_idle=is_idle)
        await self._changed(colleague.agent, now)

    async def heard_of(
        self, colleague: Colleague, desk: str, presence: Presence | None, *, is_idle: bool
    ) -> None:
        """Their desk is still there, and the account as it is now; `presence` where they have just chosen it."""
        now = self._clock.now()
        self._staff.is_now(colleague)
        self._staff.heard_of(colleague.agent, now, desk=desk, presence=presence, is_idle=is_idle)
        await self._changed(colleague.agent, now)

    def chosen(self, agent: str) -> Presence:
        """What they set by hand."""
        return self._staff.chosen(agent) or Presence.ONLINE

    def offer_to(self, agent: str) -> Offer | None:
        """The one that this agent has not answered."""
        return self._offers.to(agent)

    async def went(self, agent: str, desk: str) -> None:
        now = self._clock.now()
        self._staff.went(agent, now, desk=desk)
        await self._changed(agent, now)

    def pass_on(self, agent: str, conversation: str) -> bool:
        """The agent does not take what they were offered; False where it is no longer theirs to take."""
        offer = self._offers.pass_on(agent, conversation, self._clock.now())
        if offer is None:
            return False
        self._tell_ended(offer, Ended.PASSED)
        self._woken.set()
        return True

    def listen(self, news: News) -> None:
        """Joins the bulletin after the staff, whose lines it reads."""
        offer = self._offers.listen(news)
        if offer is not None:
            self._tell_ended(offer, Ended.TAKEN)
        row = news.row
        is_unattended = row.holder is not None and not self._staff.is_there(row.holder, self._clock.now())
        if self._staff.floor.version != self._floor_version or is_unattended:
            self._floor_version = self._staff.floor.version
            self._woken.set()

    async def _changed(self, agent: str, now: datetime) -> None:
        self._tell_presences(now)
        self._woken.set()
        try:
            await self._attendance.heard(agent, Heard(self._staff.presence(agent, now), now))
        except StoreUnavailable:
            log.warning(
                "attendance_not_kept"
            )  # The next heartbeat keeps it; nothing but another process waits for it.

    def _tell_presences(self, now: datetime) -> None:
        """Only what differs from what was told last; a desk that fell silent is noticed here as well."""
        known = {*self._told, *self._staff.agents()}
        for agent in sorted(known):
            presence = self._staff.presence(agent, now)
            if presence is not self._told.get(agent, Presence.OFFLINE):
                self._told[agent] = presence
                for ears in self._ears:
                    ears.presence_changed(agent, presence)

    def _tell_ended(self, offer: Offer, why: Ended) -> None:
        for ears in self._ears:
            ears.offer_ended(offer, why)
