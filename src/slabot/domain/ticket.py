"""The tracked promise that a handoff opens: a fold of its conversation's timeline, its clocks derived from facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from slabot.domain.clocks.facts import Fact, FactKind, Inherited
from slabot.domain.clocks.promise import Promise, promise
from slabot.domain.support import Support
from slabot.domain.target import Metric
from slabot.domain.timeline import Event, Kind

if TYPE_CHECKING:
    from slabot.domain.milestones import Milestone


MERGED = "merged"
"""The code of a ticket that goes on in another one."""


class TicketState(StrEnum):
    """Derived, never stored: who has the next move."""

    OPEN = "open"
    WAITING_ON_VISITOR = "waiting_on_visitor"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Told:
    """A warning, breach, escalation or foreseen miss that exists once per (metric, generation, step)."""

    kind: Kind
    metric: Metric
    generation: int
    step: str = ""


class Computed:
    """The promise as it was last computed, with what it was computed from; handed on from state to state."""

    __slots__ = ("facts", "milestones", "promise", "support")

    def __init__(self) -> None:
        self.facts: tuple[Fact, ...] | None = None
        self.support: Support | None = None
        self.promise: Promise | None = None
        self.milestones: tuple[Milestone, ...] | None = None
        """Of this promise, told or not; `domain.milestones` finds them."""


@dataclass(frozen=True)
class Ticket:
    """What was promised, under which version of which policy, and what has happened to it since.

    Without slots, as a conversation: every fact makes a copy that differs in a few fields.
    """

    number: str
    level: str
    queue: str
    opened_at: datetime
    opened_level: str
    policy_version: str
    calendar_digests: Mapping[str, str]
    claimed_level: str | None = None
    formal_report_required: bool = False
    formal_report_at: datetime | None = None
    facts: tuple[Fact, ...] = ()
    """Only what moves a clock: repeated replies of the same side are one."""
    waiting_since: datetime | None = None
    resolved_at: datetime | None = None
    resolved_by: str = ""
    code: str = ""
    rating: int | None = None
    level_decided_by: str = ""
    """The agent who set the severity; empty while it is the bot's assessment."""
    told: tuple[Told, ...] = ()
    third_party_since: datetime | None = None
    """Somebody else's system is the cause; stops a clock only where the policy says so."""
    third_party: str = ""
    third_party_pauses: bool = False
    committed_until: datetime | None = None
    """The time an agent named after the promise came into doubt; the promise itself stays and is counted."""
    opened_plan: str | None = None
    plan: str | None = None
    """The customer's plan, by key; None: the policy as it is for everybody."""
    computed: Computed = field(default_factory=Computed, compare=False, repr=False)
    """Nothing but a memory: most turns add no fact that moves a clock."""

    def altered(self, **fields: Any) -> Ticket:
        """A copy with these fields; past `__init__`, which would set field by field."""
        copy = object.__new__(Ticket)
        vars(copy).update(vars(self), **fields)
        return copy

    @property
    def state(self) -> TicketState:
        if self.resolved_at is not None:
            return TicketState.RESOLVED
        return TicketState.OPEN if self.waiting_since is None else TicketState.WAITING_ON_VISITOR

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    @property
    def is_provisional(self) -> bool:
        """Due times are provisional until an agent records the formal report that the policy asks for."""
        return self.formal_report_required and self.formal_report_at is None

    @property
    def claim_differs(self) -> bool:
        """Sorts first within its severity until an agent decides."""
        return (
            self.claimed_level is not None and self.claimed_level != self.level and not self.level_decided_by
        )

    def was_told(self, kind: Kind, metric: Metric, generation: int, step: str = "") -> bool:
        for told in self.told:  # Few, and quicker to compare than to hash.
            if (
                told.kind is kind
                and told.metric is metric
                and told.generation == generation
                and told.step == step
            ):
                return True
        return False

    def promise(self, support: Support) -> Promise:
        """Every clock of this ticket. `support` must be the version the ticket was opened under."""
        kept = self.computed
        if kept.promise is None or kept.facts is not self.facts or kept.support is not support:
            policy, facts = support.policy, self.facts
            kept.promise = promise(
                policy, self.opened_level, self.opened_at, facts, support.calendars, self.opened_plan
            )
            kept.facts, kept.support, kept.milestones = facts, support, None
        return kept.promise


def opened(event: Event) -> Ticket:
    """The ticket that a `ticket_opened` event starts."""
    data = event.data
    return Ticket(
        number=data["number"],
        level=data["level"],
        opened_level=data["level"],
        queue=data["queue"],
        opened_at=event.at,
        policy_version=data["policy_version"],
        calendar_digests=data["calendars"],
        claimed_level=data.get("claimed"),
        formal_report_required=data.get("formal_report_required", False),
        opened_plan=data.get("plan"),
        plan=data.get("plan"),
    )


def ticket_after(ticket: Ticket, event: Event) -> Ticket:
    """The ticket once this event of its conversation happened; events that do not concern it change nothing."""
    match event.kind:
        case Kind.VISITOR_WROTE if ticket.is_open and not event.data.get("owes_nothing"):
            return _with_fact(ticket, event, FactKind.CUSTOMER_REPLY)
        case Kind.AGENT_WROTE:
            return _with_fact(ticket, event, FactKind.AGENT_RESPONSE)
        case Kind.ACKNOWLEDGED:
            return _with_fact(ticket, event, FactKind.ACKNOWLEDGED)
        case Kind.SEVERITY_CHANGED:
            changed = _with_fact(ticket, event, FactKind.SEVERITY_CHANGED, event.data["level"])
            by = event.actor.id if event.actor.role == "agent" else ticket.level_decided_by
            queue = event.data.get("queue", ticket.queue)
            formal = event.data.get("formal_report_required", ticket.formal_report_required)
            return changed.altered(
                level=event.data["level"],
                level_decided_by=by,
                queue=queue,
                formal_report_required=formal,
            )
        case Kind.PLAN_SET:
            plan = event.data["plan"]
            return _with_fact(ticket, event, FactKind.PLAN_SET, plan=plan).altered(plan=plan)
        case Kind.TRANSFERRED if event.data.get("queue") and event.data["queue"] != ticket.queue:
            moved = _with_fact(ticket, event, FactKind.HANDED_OFF_TO_QUEUE)
            return moved.altered(queue=event.data["queue"])
        case Kind.WAITING_ON_VISITOR if ticket.waiting_since is None:
            paused = ticket if _third_party_holds(ticket) else _with_fact(ticket, event, FactKind.PAUSE)
            return paused.altered(waiting_since=event.at)
        case Kind.WAITING_ENDED if ticket.waiting_since is not None:
            resumed = ticket if _third_party_holds(ticket) else _with_fact(ticket, event, FactKind.RESUME)
            return resumed.altered(waiting_since=None)
        case Kind.THIRD_PARTY_NAMED:
            return _third_party_named(ticket, event)
        case Kind.THIRD_PARTY_CLEARED if ticket.third_party_since is not None:
            holds_alone = _third_party_holds(ticket) and ticket.waiting_since is None
            cleared = _with_fact(ticket, event, FactKind.RESUME) if holds_alone else ticket
            return cleared.altered(third_party_since=None, third_party="", third_party_pauses=False)
        case Kind.TIME_COMMITTED:
            return ticket.altered(committed_until=datetime.fromisoformat(event.data["until"]))
        case Kind.RESOLVED if ticket.is_open:
            solved = _with_fact(ticket, event, FactKind.SOLVED)
            code = event.data.get("code", "")
            return solved.altered(resolved_at=event.at, resolved_by=str(event.actor), code=code)
        case Kind.MERGED_INTO if ticket.is_open:
            gone = _with_fact(ticket, event, FactKind.MERGED)
            return gone.altered(resolved_at=event.at, resolved_by=str(event.actor), code=MERGED)
        case Kind.MERGED_FROM if event.data["promises"]:
            owed = tuple(map(_inherited, event.data["promises"]))
            return _with_fact(ticket, event, FactKind.INHERITED, inherited=owed)
        case Kind.REOPENED if not ticket.is_open:
            again = _with_fact(ticket, event, FactKind.REOPENED)
            return again.altered(resolved_at=None, resolved_by="", code="")
        case Kind.RATED:
            return ticket.altered(rating=event.data["score"])
        case Kind.FORMAL_REPORT_RECORDED:
            return ticket.altered(formal_report_at=event.at)
        case Kind.WARNED | Kind.BREACHED | Kind.ESCALATED | Kind.RISK_FORESEEN:
            metric, step = Metric(event.data["metric"]), event.data.get("step", "")
            generation = event.data["generation"]
            if ticket.was_told(event.kind, metric, generation, step):
                return ticket
            return ticket.altered(told=(*ticket.told, Told(event.kind, metric, generation, step)))
        case _:
            return ticket


def _third_party_holds(ticket: Ticket) -> bool:
    """Whether a pause of the third party's is open, so that another reason to wait neither opens nor ends one."""
    return ticket.third_party_since is not None and ticket.third_party_pauses


def _third_party_named(ticket: Ticket, event: Event) -> Ticket:
    """Named again: another name, the same pause."""
    name = str((event.content or {}).get("name", ""))
    if ticket.third_party_since is not None:
        return ticket.altered(third_party=name)
    pauses = bool(event.data.get("pauses"))
    begins = pauses and ticket.waiting_since is None
    paused = _with_fact(ticket, event, FactKind.PAUSE) if begins else ticket
    return paused.altered(third_party_since=event.at, third_party=name, third_party_pauses=pauses)


def _inherited(promise: Mapping[str, str]) -> Inherited:
    started_at, due, warn_at = (
        datetime.fromisoformat(promise[key]) for key in ("started_at", "due", "warn_at")
    )
    return Inherited(Metric(promise["metric"]), promise["ticket"], started_at, due, warn_at)


def _with_fact(
    ticket: Ticket,
    event: Event,
    kind: FactKind,
    level: str | None = None,
    plan: str | None = None,
    inherited: tuple[Inherited, ...] = (),
) -> Ticket:
    """A second reply of the same side in a row moves no clock, so it is left out: the list stays short.

    What was written later took effect no earlier, even where the machine's clock was set back in between.
    """
    replies = (FactKind.CUSTOMER_REPLY, FactKind.AGENT_RESPONSE)
    if kind in replies:
        anew = (*replies, FactKind.REOPENED, FactKind.INHERITED)
        last = next((fact for fact in reversed(ticket.facts) if fact.kind in anew), None)
        if last is not None and last.kind == kind:
            return ticket
    at = max(event.at, ticket.facts[-1].at if ticket.facts else ticket.opened_at)
    fact = Fact(kind, at, level, plan=plan, inherited=inherited, seq=event.seq)
    return ticket.altered(facts=(*ticket.facts, fact))
