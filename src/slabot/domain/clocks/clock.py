"""One target running on one ticket: instants only; every state is read from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from slabot.domain.policy import Level
from slabot.domain.target import Metric, Target

PAST = timedelta(seconds=1)
"""A deadline is met at the due instant itself; the first second after it is past."""


class State(StrEnum):
    NONE = "none"
    """No target, words instead of a time, nothing owed, or nothing owed any more."""
    RUNNING = "running"
    WARNED = "warned"
    MET = "met"
    BREACHED = "breached"
    PAUSED = "paused"
    LATE_BY_RECLASSIFICATION = "late_by_reclassification"
    """Past only because the severity changed: reported apart from breaches."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A closed pause, and how far it moved the due instant."""

    since: datetime
    until: datetime
    seconds: float
    """As much of it as counted by the clock's own pace."""
    due_before: datetime
    due_after: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    metric: Metric
    level: Level
    target: Target | None
    generation: int
    started_at: datetime | None
    """None: nothing is owed yet."""
    met_at: datetime | None = None
    ended_at: datetime | None = None
    """Ended without being met: the ticket was solved, or a newer generation took its place."""
    late_by_reclassification: bool = False
    first_due: datetime | None = None
    """Before any pause."""
    due: datetime | None = None
    warn_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    paused_since: datetime | None = None
    """An open pause: it moves nothing yet, and nothing is missed during it."""
    inherited_from: str = ""
    """Number of the merged ticket whose earlier promise holds here; empty: the clock's own."""
    inherited_at: datetime | None = None
    """When that ticket was merged: what its clock reached before then was told there."""

    def running_to(
        self,
        first_due: datetime,
        due: datetime,
        warn_at: datetime,
        pauses: tuple[Pause, ...],
        paused_since: datetime | None,
    ) -> Clock:
        return replace(
            self, first_due=first_due, due=due, warn_at=warn_at, pauses=pauses, paused_since=paused_since
        )

    def state(self, now: datetime) -> State:
        if self.due is None or self.warn_at is None:
            return State.MET if self.target and self.met_at and self.met_at <= now else State.NONE
        over = min((at for at in (self.met_at, self.ended_at) if at is not None and at <= now), default=None)
        held = self.paused_since if self.paused_since is not None and self.paused_since <= now else None
        reached = min(at for at in (over, held, now) if at is not None)
        if reached > self.due:
            return State.LATE_BY_RECLASSIFICATION if self.late_by_reclassification else State.BREACHED
        if over is not None:
            return State.MET if over == self.met_at else State.NONE
        if held is not None:
            return State.PAUSED
        return State.WARNED if now >= self.warn_at else State.RUNNING

    def next_instant(self, after: datetime) -> datetime | None:
        """The next instant at which the state changes by itself."""
        if self.due is None or self.warn_at is None:
            return None
        # What was due before the clock stopped is still to be noticed by a watch that was down.
        stops = [at for at in (self.met_at, self.ended_at, self.paused_since) if at is not None]
        stopped = min(stops, default=None)
        if after < self.warn_at <= self.due and (stopped is None or self.warn_at < stopped):
            return self.warn_at
        if after < self.due + PAST and (stopped is None or self.due < stopped):
            return self.due + PAST
        return None
