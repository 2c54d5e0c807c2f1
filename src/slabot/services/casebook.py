"""What a desk reads: the inbox, one case whole, and what happened since a position. Queries only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slabot.domain.clocks.clock import Clock as TargetClock
from slabot.domain.clocks.clock import State
from slabot.domain.clocks.explain import explain
from slabot.domain.conversation import Conversation
from slabot.domain.instants import written_finely
from slabot.domain.policy import Contact
from slabot.domain.projection import InboxRow
from slabot.domain.support import Support
from slabot.domain.target import Metric
from slabot.domain.timeline import Event
from slabot.services.clock import Clock
from slabot.services.colleague import Colleague
from slabot.services.desk import Desk
from slabot.services.grounds import Grounds, grounds
from slabot.services.roster import Roster
from slabot.services.staffing import Staff
from slabot.services.supports import Supports
from slabot.services.turn import Timelines
from slabot.services.whole_talk import merged_into

INBOX_LIMIT = 2_000
CATCH_UP_LIMIT = 1_000
"""Events of one catching up; a desk that missed more asks again, or fetches its inbox afresh."""

METRIC_LABELS = {
    Metric.ACKNOWLEDGE: "Acknowledgement",
    Metric.FIRST_RESPONSE: "First response",
    Metric.NEXT_RESPONSE: "Next response",
    Metric.RESOLUTION: "Resolution",
}


@dataclass(frozen=True, slots=True)
class Caught:
    """What a desk missed. `more`: ask again from the new positions."""

    rows: list[dict[str, Any]]
    events: list[tuple[str, Event]]
    """Each with its workspace."""
    positions: dict[str, int]
    more: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation as a desk opens it."""

    facts: dict[str, Any]
    events: tuple[Event, ...]
    workspace: str
    merged: Mapping[str, tuple[Event, ...]]
    """The timelines of all that was merged into it, over however many steps."""


class Casebook:
    def __init__(
        self,
        desk: Desk,
        timelines: Timelines,
        supports: Supports,
        staff: Staff,
        roster: Roster,
        clock: Clock,
    ) -> None:
        self._desk = desk
        self._timelines = timelines
        self._supports = supports
        self._staff = staff
        self._roster = roster
        self._clock = clock

    async def inbox(self, colleague: Colleague, workspace: str | None, view: str) -> dict[str, Any]:
        """The rows of the agent's workspaces by next due instant, and the positions they are as of."""
        wanted = sorted(colleague.workspaces if workspace is None else colleague.workspaces & {workspace})
        positions = await self._positions(wanted)
        rows = [row for name in wanted for row in await self._timelines.inbox(name, INBOX_LIMIT)]
        shown = [await self.row(row) for row in rows]
        now = self._clock.now()
        return {
            "rows": [row for row in shown if _is_in(row, view, colleague.agent)],
            "positions": positions,
            "now": written_finely(now),
            "workspaces": [self._workspace(name) for name in wanted],
            "agents": self.agents(wanted),
            "lines": self._lines(colleague, wanted),
        }

    def agents(self, workspaces: Iterable[str]) -> list[dict[str, Any]]:
        """Everybody who serves one of the workspaces, with their presence now."""
        known = {one.agent: one for name in workspaces for one in self._roster.of(name)}
        return [self.agent(one) for one in known.values()]

    def agent(self, colleague: Colleague) -> dict[str, Any]:
        return {
            "id": colleague.agent,
            "name": colleague.name,
            "role": colleague.role,
            "presence": self._staff.presence(colleague.agent, self._clock.now()).value,
            "capacity": colleague.capacity,
            "workspaces": sorted(colleague.workspaces),
            "queues": sorted(colleague.queues),
            "languages": sorted(colleague.languages),
        }

    def _lines(self, colleague: Colleague, workspaces: Iterable[str]) -> list[dict[str, Any]]:
        """Who waits in the queues that this agent serves: what they are told when they arrive."""
        lines = []
        for name in workspaces:
            for queue in self._supports.current(name).policy.queues:
                waiting = list(self._staff.floor.waiting((name, queue.key)))
                if waiting and colleague.serves(name, queue.key):
                    due = min((row.next_due for row in waiting if row.next_due is not None), default=None)
                    lines.append(
                        {
                            "workspace": name,
                            "queue": queue.key,
                            "name": queue.name,
                            "waiting": len(waiting),
                            "next_due": written_finely(due),
                        }
                    )
        return lines

    async def positions(self, colleague: Colleague) -> dict[str, int]:
        return await self._positions(sorted(colleague.workspaces))

    async def catch_up(self, colleague: Colleague, positions: Mapping[str, int]) -> Caught:
        """Only workspaces of the agent; a position from the future is as good as the newest."""
        caught: list[tuple[str, Event]] = []
        newest: dict[str, int] = {}
        more = False
        for name in sorted(colleague.workspaces & positions.keys()):
            events = await self._timelines.since(name, positions[name], CATCH_UP_LIMIT)
            caught += [(name, event) for event in events]
            newest[name] = (
                events[-1].position if events else min(positions[name], await self._timelines.position(name))
            )
            more = more or len(events) == CATCH_UP_LIMIT
        changed = dict.fromkeys(event.conversation for _, event in caught)
        rows = [await self._timelines.inbox_row(conversation) for conversation in changed]
        return Caught([await self.row(row) for row in rows if row is not None], caught, newest, more)

    async def open(self, colleague: Colleague, id: str) -> Case:
        """Raises NotFound."""
        conversation = await self._desk.conversation(colleague, id)
        events = await self._timelines.events(id)
        merged = await merged_into(conversation.merged, self._timelines)
        stored = await self._timelines.inbox_row(id)
        support = await self._supports.of(conversation.workspace, conversation.ticket)
        facts = {
            "row": await self.row(stored) if stored is not None else None,
            "head": conversation.head.seq,
            "ticket": self._ticket(conversation, support, grounds(events, merged)),
            "visitor": await self._visitor(conversation, support),
            "escalation": _escalation(support),
            "levels": [{"key": level.key, "name": level.name} for level in support.policy.levels],
            "plans": [{"key": plan.key, "name": plan.name} for plan in support.policy.plans],
            "queues": [{"key": queue.key, "name": queue.name} for queue in support.policy.queues],
        }
        return Case(facts, events, conversation.workspace, merged)

    def bot_name(self, workspace: str) -> str:
        """As the bot of a workspace is called today, in every way that a desk hears of it."""
        return self._supports.current(workspace).policy.brand.bot_name

    async def row(self, row: InboxRow) -> dict[str, Any]:
        """A row with what counts down: the state of its next clock and the open time left."""
        support = self._supports.current(row.workspace)
        now = self._clock.now()
        shown = {
            key: written_finely(value) if isinstance(value, datetime) else value
            for key, value in row._asdict().items()
        }
        level = next((known for known in support.policy.levels if known.key == row.level), None)
        calendar = support.calendar()
        left = _open_seconds(support, now, row.next_due) if row.next_due else None
        state = "none" if row.next_due is None else ("breached" if now > row.next_due else "running")
        shown |= {
            "holder_name": self._roster.name(row.holder),
            "level_name": level.name if level else None,
            "open_now": calendar.is_open(now),
            "open_seconds_left": left,
            "state": "paused" if row.is_paused and state == "none" else state,
        }
        return shown

    def _ticket(self, conversation: Conversation, support: Support, why: Grounds) -> dict[str, Any] | None:
        ticket = conversation.ticket
        if ticket is None:
            return None
        promise = ticket.promise(support)
        return {
            "number": ticket.number,
            "level": ticket.level,
            "level_name": support.policy.level(ticket.level).name,
            "claimed": ticket.claimed_level,
            "claim_differs": ticket.claim_differs,
            "decided_by": ticket.level_decided_by,
            "queue": ticket.queue,
            "state": ticket.state.value,
            "provisional": ticket.is_provisional,
            "formal_report": support.policy.level(ticket.level).formal_report_words,
            "plan": ticket.plan,
            "committed_until": written_finely(ticket.committed_until),
            "third_party": None
            if ticket.third_party_since is None
            else {
                "name": ticket.third_party,
                "since": written_finely(ticket.third_party_since),
                "pauses": ticket.third_party_pauses,
            },
            "opened_at": written_finely(ticket.opened_at),
            "resolved_at": written_finely(ticket.resolved_at),
            "rating": ticket.rating,
            "reasons": list(why.reasons),
            "reasons_from": why.ticket,
            "clocks": [
                self._clock_facts(clock, support)
                for clock in promise.clocks.values()
                if clock.target is not None
            ],
            "resolution_text": promise.resolution_text,
        }

    def _clock_facts(self, clock: TargetClock, support: Support) -> dict[str, Any]:
        now = self._clock.now()
        target = clock.target
        calendar = support.calendar(target.calendar if target else None)
        running = clock.state(now) in (State.RUNNING, State.WARNED, State.BREACHED)
        left = _open_seconds(support, now, clock.due) if clock.due and running else None
        return {
            "metric": clock.metric.value,
            "label": METRIC_LABELS[clock.metric],
            "due": written_finely(clock.due),
            "met_at": written_finely(clock.met_at),
            "state": clock.state(now).value,
            "open_seconds_left": left,
            "words": target.words if target else "",
            "contractual": bool(target and target.contractual),
            "continuous_effort": bool(target and target.continuous_effort),
            "explanation": [
                {"label": line.label, "detail": line.detail} for line in explain(clock, calendar)
            ],
        }

    async def _visitor(self, conversation: Conversation, support: Support) -> dict[str, Any]:
        earlier = await self._timelines.tickets_of(conversation.workspace, conversation.visitor)
        current = conversation.ticket.number if conversation.ticket else None
        keeper = support.policy.customer_contact(conversation.email)
        return {
            "id": conversation.visitor,
            "name": conversation.name,
            "plan": conversation.plan,
            "customer": conversation.customer,
            "looked_after_by": keeper.name if keeper is not None else None,
            "email": conversation.email,
            "zone": conversation.zone,
            "page": conversation.page,
            "device": conversation.device,
            "locale": conversation.locale,
            "verified": conversation.is_verified,
            "present": conversation.is_present,
            "earlier": [
                {
                    "number": row.number,
                    "state": row.state,
                    "level": row.level,
                    "opened_at": written_finely(row.opened_at),
                }
                for row in earlier
                if row.number != current
            ],
        }

    def _workspace(self, name: str) -> dict[str, Any]:
        support = self._supports.current(name)
        change = support.calendar().next_change(self._clock.now())
        return {
            "workspace": name,
            "name": support.policy.name,
            "accent": support.policy.brand.accent,
            "zone": support.policy.zone,
            "zone_words": support.policy.zone_words,
            "open_now": support.calendar().is_open(self._clock.now()),
            "next_change": written_finely(change),
        }

    async def _positions(self, workspaces: Iterable[str]) -> dict[str, int]:
        return {name: await self._timelines.position(name) for name in workspaces}


def _open_seconds(support: Support, now: datetime, due: datetime) -> int:
    """Open time until the due instant; past it, elapsed time since, below zero."""
    if now > due:
        return -round((now - due).total_seconds())
    return round(support.calendar().between(now, due))


def _escalation(support: Support) -> dict[str, Any]:
    policy = support.policy
    contact: Contact | None = policy.contact(policy.escalation_contact) if policy.escalation_contact else None
    return {
        "words": policy.escalation_words,
        "contact": None
        if contact is None
        else {
            "name": contact.name,
            "person": contact.person,
            "email": contact.email,
            "phones": [{"country": country, "number": number} for country, number in contact.phones.items()],
            "when": contact.when,
        },
    }


def _is_in(row: Mapping[str, Any], view: str, agent: str) -> bool:
    match view:
        case "mine":
            return bool(row["holder"] == agent)
        case "unassigned":
            return bool(row["status"] == "waiting")
        case "waiting":
            return bool(row["is_paused"])
        case "due":
            return row["next_due"] is not None
        case "breached":
            return bool(row["state"] == "breached")
        case "resolved":
            return bool(row["status"] == "resolved")
        case _:
            return True
