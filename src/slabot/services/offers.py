"""Offers of waiting tickets to agents: each stands for a while, then goes to the next. In memory, made anew after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from slabot.domain.dialogue.language import language_of_talk
from slabot.domain.policy import Policy
from slabot.domain.projection import InboxRow
from slabot.domain.routing import Candidate, Routing, whom_to_offer
from slabot.domain.timeline import Kind
from slabot.services.bulletin import News
from slabot.services.colleague import Colleague
from slabot.services.floor import Line
from slabot.services.staffing import Presence, Staff
from slabot.services.supports import Supports
from slabot.services.turn import Timelines
from slabot.services.turns import Turns

ASKED_AGAIN = timedelta(minutes=5)
"""After this an agent who passed on a ticket, or gave it back, may be offered it again."""

EARLIER_TALKS = 5
"""Conversations of the visitor in which the agent they spoke to last is looked for."""

_LAST = datetime.max.replace(tzinfo=UTC)


class Ended(StrEnum):
    """Why an offer no longer stands."""

    TAKEN = "taken"
    PASSED = "passed"
    LATE = "late"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Offer:
    """One ticket for one agent. Taking it is a claim like any other; anybody else may still claim it first."""

    conversation: str
    workspace: str
    agent: str
    until: datetime
    knows_visitor: bool
    """They spoke to this visitor last."""


class Offers:
    """An agent has one open offer at a time: more would not be answered sooner."""

    def __init__(self, turns: Turns, timelines: Timelines, supports: Supports, staff: Staff) -> None:
        self._turns = turns
        self._timelines = timelines
        self._supports = supports
        self._staff = staff
        self._open: dict[str, Offer] = {}
        self._asked: dict[str, str] = {}
        """Conversation by agent with an open offer."""
        self._passed: dict[str, dict[str, datetime]] = {}
        """By conversation, who was asked in vain, and when."""
        self._last_offered: dict[str, datetime] = {}

    def to(self, agent: str) -> Offer | None:
        conversation = self._asked.get(agent)
        return self._open[conversation] if conversation is not None else None

    def next_end(self) -> datetime | None:
        """When the next offer runs out."""
        return min((offer.until for offer in self._open.values()), default=None)

    def pass_on(self, agent: str, conversation: str, now: datetime) -> Offer | None:
        """The agent does not want it now; None where it was not offered to them."""
        offer = self._open.get(conversation)
        if offer is None or offer.agent != agent:
            return None
        self._passed.setdefault(conversation, {})[agent] = now
        return self._end(offer)

    def listen(self, news: News) -> Offer | None:
        """Who gives a ticket back is not asked at once to take it; returns the offer that a claim has ended."""
        row = news.row
        for event in news.events:
            if event.kind in (Kind.RELEASED, Kind.TRANSFERRED) and event.actor.role == "agent":
                self._passed.setdefault(row.conversation, {})[event.actor.id] = event.at
        if self._staff.floor.row(row.conversation) is None or row.holder is not None:
            self._passed.pop(row.conversation, None)
            offer = self._open.get(row.conversation)
            return self._end(offer) if offer is not None else None
        return None

    def expire(self, now: datetime) -> Iterator[tuple[Offer, Ended]]:
        """Ends what ran out, and what was offered to somebody who is no longer there."""
        for offer in tuple(self._open.values()):
            is_there = self._staff.presence(offer.agent, now) is Presence.ONLINE
            if is_there and now < offer.until:
                continue
            self._passed.setdefault(offer.conversation, {})[offer.agent] = now
            yield self._end(offer), Ended.LATE if is_there else Ended.GONE

    async def make(self, now: datetime) -> list[Offer]:
        """Offers what waits, soonest due first, as far as there are people who are free."""
        made = []
        for row in sorted(self._routed(now), key=_urgency):
            candidates = list(self._candidates(row, now))
            if not candidates:
                continue
            policy = self._supports.current(row.workspace).policy
            conversation = await self._turns.conversation(row.conversation)
            if conversation.holder is not None or conversation.open_ticket is None:
                continue
            known = await self._last_agent(row) if policy.routing.last_agent_first else None
            agent = whom_to_offer(
                policy.queue(row.queue or "").routing,
                candidates,
                language=language_of_talk(conversation, policy),
                last_agent=known,
            )
            if agent is None:
                continue
            offer = Offer(
                row.conversation, row.workspace, agent, now + policy.routing.offer_for, agent == known
            )
            self._open[row.conversation] = offer
            self._asked[agent] = row.conversation
            self._last_offered[agent] = now
            made.append(offer)
        return made

    def _routed(self, now: datetime) -> Iterator[InboxRow]:
        """What waits in open queues that offer by themselves and is on offer to nobody."""
        for line in tuple(self._staff.floor.lines()):
            if self._offers_by_itself(line):
                for row in self._staff.floor.waiting(line):
                    if row.conversation not in self._open and self._may_disturb(row, now):
                        yield row

    def _offers_by_itself(self, line: Line) -> bool:
        """False also for a queue that the policy of today no longer has: a person has to look."""
        workspace, queue = line
        policy = self._policy(workspace)
        known = {each.key: each.routing for each in policy.queues} if policy is not None else {}
        return known.get(queue, Routing.BY_HAND) is not Routing.BY_HAND

    def _may_disturb(self, row: InboxRow, now: datetime) -> bool:
        """While the queue is open; at any hour for a severity of which people are reminded at night."""
        support = self._supports.current(row.workspace)
        calendar = support.calendar(support.policy.queue(row.queue or "").calendar)
        level = next((each for each in support.policy.levels if each.key == row.level), None)
        return calendar.is_open(now) or (level is not None and level.reminders_at_night)

    def _candidates(self, row: InboxRow, now: datetime) -> Iterator[Candidate]:
        passed = self._passed.get(row.conversation, {})
        for colleague in self._staff.there(row.workspace, row.queue or "", now):
            since = passed.get(colleague.agent)
            if colleague.agent in self._asked or (since is not None and now - since < ASKED_AGAIN):
                continue
            yield self._candidate(colleague)

    def _candidate(self, colleague: Colleague) -> Candidate:
        return Candidate(
            colleague.agent,
            self._staff.floor.load(colleague.agent),
            colleague.capacity,
            colleague.languages,
            self._last_offered.get(colleague.agent),
        )

    async def _last_agent(self, row: InboxRow) -> str | None:
        if row.spoke_with is not None:
            return row.spoke_with
        talks = await self._timelines.conversations_of(row.workspace, row.visitor, EARLIER_TALKS)
        return next((talk.spoke_with for talk in talks if talk.spoke_with is not None), None)

    def _policy(self, workspace: str) -> Policy | None:
        if workspace not in self._supports.workspaces():
            return None
        return self._supports.current(workspace).policy

    def _end(self, offer: Offer) -> Offer:
        del self._open[offer.conversation]
        del self._asked[offer.agent]
        return offer


def _urgency(row: InboxRow) -> tuple[datetime, int, datetime, str]:
    return row.next_due or _LAST, row.rank, row.started_at, row.conversation
