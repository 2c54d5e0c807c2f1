"""The leads' live board: who is on, how long the lines are, what is due next, what was missed today. Queries only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from slabot.domain.calendar.zones import zone
from slabot.domain.instants import written_finely
from slabot.domain.policy import Policy, Queue
from slabot.domain.projection import InboxRow
from slabot.domain.timeline import Event
from slabot.services.casebook import METRIC_LABELS, Casebook
from slabot.services.clock import Clock
from slabot.services.colleague import Colleague
from slabot.services.offers import Offers
from slabot.services.roster import Roster
from slabot.services.staffing import Staff
from slabot.services.supports import Supports
from slabot.services.turn import Timelines
from slabot.services.turns import Refused

MOST_BREACHES = 500
"""Of one workspace and day; a board that shows more says "500 or more"."""
LISTED = 8

_NEVER = datetime.max.replace(tzinfo=UTC)


class Board:
    """Everything but the breaches is read from memory, and those by an index on them alone: nothing is counted."""

    def __init__(
        self,
        casebook: Casebook,
        timelines: Timelines,
        supports: Supports,
        staff: Staff,
        offers: Offers,
        roster: Roster,
        clock: Clock,
    ) -> None:
        self._casebook = casebook
        self._timelines = timelines
        self._supports = supports
        self._staff = staff
        self._offers = offers
        self._roster = roster
        self._clock = clock

    async def shown_to(self, colleague: Colleague) -> dict[str, Any]:
        """The lead's own workspaces. Raises Refused for anybody else."""
        if not colleague.leads:
            raise Refused("forbidden", "The board is for leads. Ask whoever runs slabot for the role.")
        names = sorted(colleague.workspaces)
        return {
            "agents": [self._agent(facts) for facts in self._casebook.agents(names)],
            "queues": [facts for name in names for facts in await self._queues(name)],
            "breaches": [await self._breaches(name) for name in names],
        }

    def _agent(self, facts: dict[str, Any]) -> dict[str, Any]:
        offer = self._offers.to(facts["id"])
        return {
            **facts,
            "holds": self._staff.floor.load(facts["id"]),
            "offered": offer.conversation if offer is not None else None,
        }

    async def _queues(self, workspace: str) -> list[dict[str, Any]]:
        policy = self._supports.current(workspace).policy
        rows: dict[str, list[InboxRow]] = {queue.key: [] for queue in policy.queues}
        for row in self._staff.floor.rows(workspace):
            rows.setdefault(row.queue or "", []).append(row)
        return [await self._queue(policy, queue, rows[queue.key]) for queue in policy.queues]

    async def _queue(self, policy: Policy, queue: Queue, rows: Iterable[InboxRow]) -> dict[str, Any]:
        now = self._clock.now()
        rows = list(rows)
        waiting = sum(row.holder is None for row in rows)
        there = list(self._staff.there(policy.workspace, queue.key, now))
        soonest = min(rows, key=lambda row: row.next_due or _NEVER, default=None)
        owes = soonest is not None and soonest.next_due is not None
        support = self._supports.current(policy.workspace)
        return {
            "workspace": policy.workspace,
            "queue": queue.key,
            "name": queue.name,
            "routing": queue.routing.value,
            "open_now": support.calendar(queue.calendar).is_open(now),
            "waiting": waiting,
            "held": len(rows) - waiting,
            "online": len(there),
            "free": sum(self._staff.floor.load(one.agent) < one.capacity for one in there),
            "next": await self._casebook.row(soonest) if soonest is not None and owes else None,
        }

    async def _breaches(self, workspace: str) -> dict[str, Any]:
        """Since midnight by the workspace's clock. Late by a changed severity is counted apart: nobody missed that."""
        here = zone(self._supports.current(workspace).policy.zone)
        today = self._clock.now().astimezone(here).date()
        midnight = datetime.combine(today, time.min, here).astimezone(UTC)
        events = await self._timelines.breaches(workspace, midnight, MOST_BREACHES)
        late = [event for event in events if event.data.get("late_by_reclassification")]
        missed = [event for event in events if not event.data.get("late_by_reclassification")]
        return {
            "workspace": workspace,
            "today": len(missed),
            "reclassified": len(late),
            "is_all": len(events) < MOST_BREACHES,
            "latest": [await self._breach(event) for event in missed[:LISTED]],
        }

    async def _breach(self, event: Event) -> dict[str, Any]:
        row = self._staff.floor.row(event.conversation) or await self._timelines.inbox_row(event.conversation)
        metric = str(event.data["metric"])
        return {
            "conversation": event.conversation,
            "ticket": row.ticket if row is not None else None,
            "holder_name": self._roster.name(row.holder) if row is not None else None,
            "metric": metric,
            "label": next(label for known, label in METRIC_LABELS.items() if known.value == metric),
            "at": written_finely(event.at),
        }
