"""What happened to a ticket as far as its clocks care, in one order that does not depend on the telling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from slabot.domain.instants import written
from slabot.domain.target import Metric


class FactKind(StrEnum):
    AGENT_RESPONSE = "agent_response"
    CUSTOMER_REPLY = "customer_reply"
    PAUSE = "pause"
    """The ticket waits on the visitor, or on whom the policy lets it wait."""
    RESUME = "resume"
    SOLVED = "solved"
    REOPENED = "reopened"
    SEVERITY_CHANGED = "severity_changed"
    PLAN_SET = "plan_set"
    ACKNOWLEDGED = "acknowledged"
    HANDED_OFF_TO_QUEUE = "handed_off_to_queue"
    INHERITED = "inherited"
    """Another ticket was merged into this one, and what it still owed is owed here."""
    MERGED = "merged"
    """This ticket goes on in another one; nothing is owed here any more."""


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a ticket that was merged into this one still owed: no later than it was promised there."""

    metric: Metric
    ticket: str
    """The number it was promised under."""
    started_at: datetime
    due: datetime
    warn_at: datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """`at` is when it took effect. `level` belongs to a changed severity, `queue` to a handoff, `plan` to a plan."""

    kind: FactKind
    at: datetime
    level: str | None = None
    queue: str | None = None
    plan: str | None = None
    """None: as for everybody."""
    inherited: tuple[Inherited, ...] = ()
    seq: int = 0
    """Its place in a timeline, which is its place within an instant too; 0: told in any order."""


class ContradictoryFacts(ValueError):
    """Facts that cannot all be true of one ticket."""


_WITHIN_AN_INSTANT = (
    FactKind.HANDED_OFF_TO_QUEUE,
    FactKind.PLAN_SET,
    FactKind.SEVERITY_CHANGED,
    FactKind.INHERITED,
    FactKind.ACKNOWLEDGED,
    FactKind.CUSTOMER_REPLY,
    FactKind.AGENT_RESPONSE,
    FactKind.PAUSE,
    FactKind.SOLVED,
    FactKind.MERGED,
)
_UNDOES = {FactKind.RESUME: FactKind.PAUSE, FactKind.REOPENED: FactKind.SOLVED}


def ordered(facts: Iterable[Fact], opened_at: datetime) -> tuple[Fact, ...]:
    """By instant, each exact duplicate once, whatever order they came in.

    Within one instant those that have a place in a timeline come first, in that order. Of the others what undoes
    an earlier state (`resume`, `reopened`) comes first, then handoff, plan, severity, the visitor, the agent,
    `pause` and `solved`, and last what undoes these. Raises `ContradictoryFacts` for a
    fact before the opening, a `resume` without `pause`, a `reopened` without `solved`, or a changed severity
    that does not say which.
    """
    result: list[Fact] = []
    holding: Counter[FactKind] = Counter()
    """Pauses that wait for their `resume`, which may overlap; `solved` at most once."""
    for at, same in groupby(sorted(set(facts), key=lambda fact: fact.at), key=lambda fact: fact.at):
        among = list(same)
        if at < opened_at:
            early = min(fact.kind for fact in among)
            raise ContradictoryFacts(
                f"{early} at {written(at)} is before opened_at {written(opened_at)}; expected none before it"
            )
        placed = sorted((fact for fact in among if fact.seq), key=lambda fact: fact.seq)
        for fact in placed:
            _hold(fact, holding)
        held = frozenset(+holding)
        others = sorted((fact for fact in among if not fact.seq), key=lambda fact: _place(fact, held))
        for fact in others:
            _hold(fact, holding)
        result += placed
        result += others
    return tuple(result)


def _place(fact: Fact, held: frozenset[FactKind]) -> tuple[int, str, str, str, str]:
    """Where a fact stands among those of its instant, when these kinds held before it."""
    if fact.kind in _UNDOES:
        place = -1 if _UNDOES[fact.kind] in held else len(_WITHIN_AN_INSTANT)
    else:
        place = _WITHIN_AN_INSTANT.index(fact.kind)
    return place, fact.kind.value, fact.level or "", fact.queue or "", fact.plan or ""


def _hold(fact: Fact, holding: Counter[FactKind]) -> None:
    """Raises `ContradictoryFacts` for a fact that cannot follow what holds."""
    if fact.kind is FactKind.PAUSE:
        holding[fact.kind] += 1
    elif fact.kind is FactKind.SOLVED:
        holding[fact.kind] = 1
    elif fact.kind in _UNDOES:
        undone = _UNDOES[fact.kind]
        if not holding[undone]:
            raise ContradictoryFacts(
                f"{fact.kind} at {written(fact.at)} without {undone} before it; add the {undone} or leave it out"
            )
        holding[undone] -= 1
    elif fact.kind is FactKind.SEVERITY_CHANGED and not fact.level:
        raise ContradictoryFacts(f"severity_changed at {written(fact.at)} names no severity; add it")
