"""The instants of a clock at which something is to be told: its warning, its escalation steps, its breach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from slabot.domain.clocks.clock import PAST, Clock
from slabot.domain.clocks.facts import FactKind
from slabot.domain.clocks.paces import pace
from slabot.domain.clocks.promise import Promise
from slabot.domain.clocks.targets import moved
from slabot.domain.policy import EscalationStep
from slabot.domain.support import Support
from slabot.domain.target import Metric
from slabot.domain.ticket import Ticket
from slabot.domain.timeline import Kind

_RENEWS = (FactKind.SEVERITY_CHANGED, FactKind.PLAN_SET, FactKind.REOPENED)
"""Facts that give a clock another course: nothing on the new course took effect before them."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One fact that a clock owes the timeline, once per (ticket, metric, generation, step)."""

    kind: Kind
    clock: Clock
    at: datetime
    """When it takes effect, however late it is noticed."""
    noticed_from: datetime
    """When a watch may write it; what is missed *at* the due instant is past it only afterwards."""
    step: EscalationStep | None = None
    step_name: str = ""
    """`75%:queue_lead`; empty for a warning and a breach."""


def step_name(step: EscalationStep) -> str:
    return f"{step.at_share * 100:g}%:{step.tell}"


def untold(ticket: Ticket, promise: Promise, support: Support) -> list[Milestone]:
    """Every milestone that the timeline does not hold yet, soonest first; `promise` is the ticket's own."""
    return [
        each
        for each in _all(ticket, promise, support)
        if not ticket.was_told(each.kind, each.clock.metric, each.clock.generation, each.step_name)
    ]


def _all(ticket: Ticket, promise: Promise, support: Support) -> tuple[Milestone, ...]:
    """Told or not, soonest first; found once for a promise, because every turn of the watch asks twice."""
    kept = ticket.computed
    if kept.milestones is None or kept.promise is not promise:
        found = (
            milestone
            for clock in (*promise.earlier, *promise.clocks.values())
            for milestone in _of_clock(ticket, clock, support, promise.first_response)
        )
        milestones = tuple(sorted(found, key=lambda milestone: milestone.noticed_from))
        if kept.promise is not promise:
            return milestones
        kept.milestones = milestones
    return kept.milestones


def _of_clock(
    ticket: Ticket, clock: Clock, support: Support, first_response: datetime | None
) -> Iterator[Milestone]:
    """Those of one clock. What was due before the clock stopped is owed also when it is noticed later."""
    if clock.due is None or clock.warn_at is None:
        return
    stops = [at for at in (clock.met_at, clock.ended_at, clock.paused_since) if at is not None]
    stop = min(stops, default=None)
    renewed = [fact.at for fact in ticket.facts if fact.kind in _RENEWS and (stop is None or fact.at < stop)]
    since = max(renewed, default=None)

    def reached(kind: Kind, at: datetime, step: EscalationStep | None = None) -> Iterator[Milestone]:
        if clock.inherited_at is not None and at < clock.inherited_at:
            return  # It was owed, and told, on the ticket that was merged into this one.
        is_at_due = kind is Kind.BREACHED or (step is not None and step.at_share >= 1)
        if not is_at_due and since is not None and at < since:
            at = since
        if stop is None or at < stop:
            name = step_name(step) if step is not None else ""
            yield Milestone(kind, clock, at, at + PAST if is_at_due else at, step, name)

    yield from reached(Kind.WARNED, clock.warn_at)
    for step in clock.level.escalation:
        if step.metric is clock.metric:
            yield from reached(Kind.ESCALATED, _instant(clock, step.at_share, support, first_response), step)
    yield from reached(Kind.BREACHED, clock.due)


def _instant(clock: Clock, share: float, support: Support, first_response: datetime | None) -> datetime:
    """Where this share of the clock's budget is used up, by the clock's own pace and pauses."""
    target = clock.target
    assert clock.due is not None
    if share >= 1 or target is None or clock.started_at is None or clock.first_due is None:
        return clock.due
    if share == target.warn_at_share and target.warn_before is None and clock.warn_at is not None:
        return clock.warn_at
    answered = first_response if clock.metric is Metric.RESOLUTION else None
    running = pace(target, support.calendar(target.calendar), answered)
    budget = running.between(clock.started_at, clock.first_due)
    at = running.advance(clock.started_at, round(budget * share))
    for pause in clock.pauses:
        if pause.since < at:
            at = moved(at, running, pause.since, pause.until)
    return at
