"""A ticket's clocks as a pure function of its policy, its calendars and what happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.clocks.clock import Clock, Pause
from slabot.domain.clocks.facts import Fact, FactKind, Inherited, ordered
from slabot.domain.clocks.paces import Pace, pace
from slabot.domain.clocks.targets import due, in_force, moved, warned_from
from slabot.domain.policy import Level, Policy
from slabot.domain.target import Metric, Target, Unit


@dataclass(frozen=True, slots=True)
class Promise:
    """What is owed on one ticket by the facts given."""

    level: Level
    opened_at: datetime
    clocks: Mapping[Metric, Clock]
    """The latest generation of each metric; all four are here."""
    earlier: tuple[Clock, ...]
    """Generations that a newer one replaced, oldest first."""
    paused_since: datetime | None
    solved_at: datetime | None
    first_response: datetime | None
    """When a person first answered."""

    def due(self, metric: Metric) -> datetime | None:
        return self.clocks[metric].due

    @property
    def resolution_text(self) -> str | None:
        """The words that stand where the document gives no time for the resolution."""
        target = self.clocks[Metric.RESOLUTION].target
        return target.words if target is not None and target.unit is Unit.WORDS else None

    def next_instant(self, after: datetime) -> datetime | None:
        """The next instant at which a clock warns or is past due: when a watch must look again."""
        coming = (clock.next_instant(after) for clock in self.clocks.values())
        return min((at for at in coming if at is not None), default=None)


def promise(
    policy: Policy,
    level_key: str,
    opened_at: datetime,
    facts: Iterable[Fact],
    calendars: Mapping[str, Calendar],
    plan: str | None = None,
) -> Promise:
    """`plan` is the customer's, by key. Raises `UnknownLevel`, `UnknownPlan`, `ContradictoryFacts`, and what the
    calendars raise."""
    ticket = _Ticket(policy, policy.level(level_key, plan), opened_at.astimezone(UTC), calendars, plan)
    for fact in ordered(facts, opened_at):
        ticket.apply(fact)
    return ticket.promise()


@dataclass(slots=True)
class _Run:
    """One metric's clock while the facts are being told."""

    metric: Metric
    level: Level
    """The severity it counts by; the ticket's own until it is met."""
    started_at: datetime | None
    generation: int = 1
    met_at: datetime | None = None
    ended_at: datetime | None = None
    late: bool = False
    inherited: tuple[tuple[Inherited, datetime], ...] = ()
    """Promises of merged tickets that hold here too, each with when it came."""

    @property
    def is_owed(self) -> bool:
        return self.started_at is not None and self.met_at is None and self.ended_at is None


@dataclass(slots=True)
class _Ticket:
    """The fold: one fact after the other."""

    policy: Policy
    level: Level
    opened_at: datetime
    calendars: Mapping[str, Calendar]
    plan: str | None = None
    runs: dict[Metric, _Run] = field(default_factory=dict)
    earlier: list[Clock] = field(default_factory=list)
    first_response: datetime | None = None
    awaited: bool = False
    """An agent has responded and the visitor has not replied since."""
    paused_since: datetime | None = None
    last_paused: datetime | None = None
    solved_at: datetime | None = None
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    """Closed ones, in the order they closed."""

    def __post_init__(self) -> None:
        for metric in Metric:
            begins = None if metric is Metric.NEXT_RESPONSE else self.opened_at
            self.runs[metric] = _Run(metric, self.level, begins)
        self._acknowledge_by_confirmation()

    def apply(self, fact: Fact) -> None:
        at = fact.at.astimezone(UTC)
        match fact.kind:
            case FactKind.AGENT_RESPONSE:
                self._meet(Metric.ACKNOWLEDGE, at)
                self._meet(Metric.FIRST_RESPONSE, at)
                self._meet(Metric.NEXT_RESPONSE, at)
                self.first_response = self.first_response or at
                self.awaited = True
            case FactKind.CUSTOMER_REPLY:
                if self.awaited:
                    self._renew(Metric.NEXT_RESPONSE, at)
                self.awaited = False
            case FactKind.PAUSE:
                if self.paused_since is None:
                    self.paused_since = self.last_paused = at
            case FactKind.RESUME:
                assert self.last_paused is not None  # `ordered` refuses a resume without pause
                # A second resume ends a pause that overlapped the first; from the first one's start they are one.
                self.pauses.append((self.last_paused, at))
                self.paused_since = None
            case FactKind.SOLVED:
                self._solve(at)
            case FactKind.REOPENED:
                self._reopen(at)
            case FactKind.SEVERITY_CHANGED:
                self._change_severity(self.policy.level(fact.level or "", self.plan), at)
            case FactKind.PLAN_SET:
                self.plan = fact.plan
                self._change_severity(self.policy.level(self.level.key, self.plan), at)
            case FactKind.ACKNOWLEDGED:
                self._meet(Metric.ACKNOWLEDGE, at)
            case FactKind.HANDED_OFF_TO_QUEUE:
                if self.policy.first_response_per_queue:
                    self._renew(Metric.FIRST_RESPONSE, at)
            case FactKind.INHERITED:
                for one in fact.inherited:
                    self._inherit(one, at)
            case FactKind.MERGED:
                for run in self.runs.values():
                    if run.is_owed:
                        run.ended_at = at

    def promise(self) -> Promise:
        clocks = {metric: self._clock(run) for metric, run in self.runs.items()}
        return Promise(
            level=self.level,
            opened_at=self.opened_at,
            clocks=clocks,
            earlier=tuple(self.earlier),
            paused_since=self.paused_since,
            solved_at=self.solved_at,
            first_response=self.first_response,
        )

    # -- what a fact does

    def _acknowledge_by_confirmation(self) -> None:
        if self.level.acknowledged_by == "confirmation":
            self._meet(Metric.ACKNOWLEDGE, self.opened_at)
            self.runs[Metric.ACKNOWLEDGE].late = False

    def _meet(self, metric: Metric, at: datetime) -> None:
        run = self.runs[metric]
        if run.started_at is not None and run.met_at is None:
            run.met_at = at

    def _solve(self, at: datetime) -> None:
        if self.solved_at is not None:
            return
        self.solved_at = at
        self._meet(Metric.RESOLUTION, at)
        for run in self.runs.values():
            # Nobody waits for an answer on a solved ticket: its clock ends without being met or missed.
            if run.is_owed:
                run.ended_at = at

    def _reopen(self, at: datetime) -> None:
        assert self.solved_at is not None  # `ordered` refuses a reopening of what was not solved
        before = self.runs[Metric.RESOLUTION]
        self.earlier.append(self._clock(before))
        self.pauses.append((self.solved_at, at))
        self.solved_at = None
        after = _Run(Metric.RESOLUTION, before.level, self.opened_at, before.generation + 1)
        self.runs[Metric.RESOLUTION] = after
        if before.level is not self.level:
            self._reclassify(after, at)
        self._renew(Metric.NEXT_RESPONSE, at)
        self.awaited = False

    def _inherit(self, one: Inherited, at: datetime) -> None:
        """Owed here by the earlier of both promises; where nothing of the kind is owed any more, owed anew."""
        metric = one.metric
        if metric in (Metric.FIRST_RESPONSE, Metric.NEXT_RESPONSE):
            # Which answer is owed differs between two tickets; that one is owed is what was promised.
            self.awaited = False
            metric = Metric.FIRST_RESPONSE
            if not self.runs[metric].is_owed and self._target(self.runs[Metric.NEXT_RESPONSE]) is not None:
                metric = Metric.NEXT_RESPONSE
        if not self.runs[metric].is_owed:
            self._renew(metric, at)
        run = self.runs[metric]
        run.inherited = (*run.inherited, (one, at))

    def _renew(self, metric: Metric, at: datetime) -> None:
        """The next generation of a clock starts; the one before is kept."""
        before = self.runs[metric]
        generation = 1
        if before.started_at is not None:
            if before.is_owed:
                before.ended_at = at
            self.earlier.append(self._clock(before))
            generation = before.generation + 1
        self.runs[metric] = _Run(metric, self.level, at, generation)

    def _change_severity(self, level: Level, at: datetime) -> None:
        if level is self.level:
            return
        self.level = level
        for run in self.runs.values():
            if run.met_at is None:
                self._reclassify(run, at)
        self._acknowledge_by_confirmation()

    def _reclassify(self, run: _Run, at: datetime) -> None:
        """The clock counts by the ticket's severity now; a due instant that is thereby past is not a breach.

        One that was missed already under the earlier severity stays a breach. What a merged ticket promised is
        computed anew as well, from where that ticket began if it began earlier; if it was missed, it was there.
        """
        before = self._clock(run)
        run.level = self.level
        if run.inherited and run.started_at is not None:
            run.started_at = min(run.started_at, *(one.started_at for one, _ in run.inherited))
            run.inherited = ()
        after = self._clock(run)
        moment = min(at, after.paused_since or at)
        was_missed = before.due is not None and before.due < moment and not run.late
        if before.due is not None and before.inherited_at is not None and before.due < before.inherited_at:
            was_missed = False
        run.late = after.due is not None and after.due < moment and not was_missed

    # -- from a run to its clock

    def _target(self, run: _Run) -> Target | None:
        targets = run.level.targets
        metric: Metric | None = run.metric
        if metric is Metric.NEXT_RESPONSE and metric not in targets:
            metric = self.policy.next_response
        target = targets.get(metric) if metric else None
        if target is None or run.started_at is None:
            return target
        return in_force(target, run.started_at, self.calendars, self.policy.support_calendar)

    def _clock(self, run: _Run) -> Clock:
        target = self._target(run)
        common = Clock(
            metric=run.metric,
            level=run.level,
            target=target,
            generation=run.generation,
            started_at=run.started_at,
            met_at=run.met_at,
            ended_at=run.ended_at,
            late_by_reclassification=run.late,
        )
        if target is None or run.started_at is None:
            return common
        calendar = self.calendars[target.calendar or self.policy.support_calendar]
        # A first response only turns its own resolution round; the response itself runs in open time.
        answered = self.first_response if run.metric is Metric.RESOLUTION else None
        first_due = due(run.started_at, target, calendar, answered)
        if first_due is None:
            return common
        running = pace(target, calendar, answered)
        warn_at = warned_from(run.started_at, first_due, target, running)
        clock = self._paused(common, first_due, warn_at, target, running)
        for one, since in run.inherited:
            begun = replace(
                common,
                started_at=one.started_at,
                inherited_from=one.ticket,
                inherited_at=since.astimezone(UTC),
            )
            promised = self._paused(begun, one.due, one.warn_at, target, running, since)
            assert clock.due is not None
            assert promised.due is not None
            if promised.due < clock.due:
                clock = promised
        return clock

    def _paused(
        self,
        clock: Clock,
        first_due: datetime,
        warn_at: datetime,
        target: Target,
        running: Pace,
        after: datetime | None = None,
    ) -> Clock:
        """The clock with what the pauses moved; only those `after` an instant where the due instant has the rest."""
        at = first_due
        pauses: list[Pause] = []
        paused_since = None
        if clock.metric is Metric.RESOLUTION and target.pausable:
            for since, until in _union(self.pauses, after):
                later = moved(at, running, since, until)
                pauses.append(Pause(since, until, running.between(since, until), at, later))
                at = later
                if since < warn_at:
                    warn_at = moved(warn_at, running, since, until)
            paused_since = self.paused_since
        if target.warn_before is not None and clock.started_at is not None:
            warn_at = max(clock.started_at, min(warn_at, at - target.warn_before))
        return clock.running_to(first_due, at, warn_at, tuple(pauses), paused_since)


def _union(
    pauses: Iterable[tuple[datetime, datetime]], after: datetime | None
) -> list[tuple[datetime, datetime]]:
    """Overlapping pauses count once; what lies before `after` not at all."""
    joined: list[tuple[datetime, datetime]] = []
    if after is not None:
        pauses = [(max(since, after), until) for since, until in pauses if until > after]
    for since, until in sorted(pauses):
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(until, joined[-1][1]))
        else:
            joined.append((since, until))
    return joined
