"""Two conversations of one visitor become one: whether they may, and what of the one goes over into the other. Pure.

The one that ends keeps its words and its past; what it still owes is owed where it goes on, by the earlier promise
and the stricter severity. What was missed stays counted on the ticket that missed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from slabot.domain.clocks.facts import Fact, FactKind, Inherited
from slabot.domain.clocks.promise import Promise
from slabot.domain.conversation import Conversation, Status
from slabot.domain.policy import Level, UnknownLevel
from slabot.domain.projection import owes_reply
from slabot.domain.support import Support
from slabot.domain.target import Metric
from slabot.domain.ticket import Ticket
from slabot.domain.timeline import Actor, Happening, Kind


class Hindrance(StrEnum):
    """Why two conversations cannot become one."""

    SAME = "same"
    WORKSPACE = "workspace"
    VISITOR = "visitor"
    """Nobody is ever shown the words of somebody else."""
    MERGED = "merged"
    """The one that is to end goes on elsewhere already."""
    MERGED_THERE = "merged_there"
    """The one that is to go on does not: it goes on in another itself."""
    RESOLVED = "resolved"
    RESOLVED_THERE = "resolved_there"
    ERASED = "erased"
    HELD = "held"
    """A colleague has the one that is to end."""
    NEEDS_TICKET = "needs_ticket"
    """The one that is to end has a ticket, the other none."""
    PROMISE = "promise"
    """Something that is promised by a time would be promised by none."""


@dataclass(frozen=True, slots=True)
class Merger:
    """What goes over from the one that ends into the one that goes on."""

    level: Level | None
    """The stricter severity, where the ticket that goes on has a milder one."""
    is_reported: bool
    """The formal report that this severity asks for was made on the ticket that ends."""
    promises: tuple[Inherited, ...]
    owes_reply: bool
    claims: bool
    """The agent who merges had the one that ends, and nobody the other: they have it now."""
    ends_waiting: bool
    tags: tuple[str, ...]
    email: str | None


def hindrance(ending: Conversation, going_on: Conversation, agent: str) -> Hindrance | None:
    """None: they may be merged, as far as can be told before it is tried (see `keeps`)."""
    if ending.id == going_on.id:
        return Hindrance.SAME
    if ending.workspace != going_on.workspace:
        return Hindrance.WORKSPACE
    if ending.erased_at is not None or going_on.erased_at is not None:
        return Hindrance.ERASED
    if ending.visitor != going_on.visitor:
        return Hindrance.VISITOR
    if ending.merged_into is not None:
        return Hindrance.MERGED
    if going_on.merged_into is not None:
        return Hindrance.MERGED_THERE
    if ending.status is Status.RESOLVED:
        return Hindrance.RESOLVED
    if going_on.status is Status.RESOLVED:
        return Hindrance.RESOLVED_THERE
    if ending.holder not in (None, agent):
        return Hindrance.HELD
    if ending.open_ticket is not None and going_on.open_ticket is None:
        return Hindrance.NEEDS_TICKET
    return None


def merger(
    ending: Conversation,
    going_on: Conversation,
    agent: str,
    *,
    there: Support,
    here: Support,
    now: datetime,
) -> Merger:
    """`there` is what the ticket that ends was promised under, `here` the one that goes on."""
    old, ticket = ending.open_ticket, going_on.open_ticket
    waits = owes_reply(ending)
    return Merger(
        level=_stricter(old, ticket, here) if old is not None and ticket is not None else None,
        is_reported=old is not None and old.formal_report_at is not None,
        promises=tuple(owed(old, there, now)) if old is not None else (),
        owes_reply=waits,
        claims=ending.holder == agent and going_on.holder is None,
        ends_waiting=waits and ticket is not None and ticket.waiting_since is not None,
        tags=tuple(sorted(set(ending.tags) - set(going_on.tags))),
        email=ending.email if going_on.email is None else None,
    )


def _stricter(old: Ticket, ticket: Ticket, here: Support) -> Level | None:
    try:
        level = here.policy.level(old.level, ticket.plan)
    except UnknownLevel:  # Another version of the policy knew it; its due times go over all the same.
        return None
    return level if level.rank < here.policy.level(ticket.level).rank else None


def owed(old: Ticket, there: Support, now: datetime) -> Iterator[Inherited]:
    """Each clock that is neither met nor over, as it stands when what it waited for is over."""
    promised = old.promise(there)
    if promised.paused_since is not None:
        resumed = Fact(FactKind.RESUME, max(now, promised.paused_since))
        promised = replace(old, facts=(*old.facts, resumed)).promise(there)
    for clock in promised.clocks.values():
        is_over = clock.met_at is not None or clock.ended_at is not None
        if clock.due is None or clock.warn_at is None or clock.started_at is None or is_over:
            continue
        ticket = clock.inherited_from or old.number
        yield Inherited(clock.metric, ticket, clock.started_at, clock.due, clock.warn_at)


def keeps(merged: Merger, promise: Promise | None) -> bool:
    """Whether the ticket that goes on owes everything that was promised, and nothing of it later."""
    if promise is None:
        return not merged.promises
    open_dues = {
        clock.metric: clock.due
        for clock in promise.clocks.values()
        if clock.due is not None and clock.met_at is None and clock.ended_at is None
    }
    return all(
        any(metric in open_dues and open_dues[metric] <= one.due for metric in _alike(one.metric))
        for one in merged.promises
    )


def _alike(metric: Metric) -> tuple[Metric, ...]:
    """That an answer is owed was promised, whether it is the first of a ticket or a later one."""
    answers = (Metric.FIRST_RESPONSE, Metric.NEXT_RESPONSE)
    return answers if metric in answers else (metric,)


def ended(going_on: Conversation, agent: Actor, name: str, now: datetime) -> Happening:
    """The last fact of the one that ends: where it goes on."""
    ticket = going_on.open_ticket.number if going_on.open_ticket is not None else None
    data = {"conversation": going_on.id, "ticket": ticket}
    return Happening(Kind.MERGED_INTO, agent, now, data, {"name": name})


def went_over(
    merged: Merger, ending: Conversation, going_on: Conversation, agent: Actor, name: str, now: datetime
) -> Iterator[Happening]:
    """What happens to the one that goes on. No words are copied: they are read where they were written."""
    named = {"name": name}
    if merged.claims:
        yield Happening(Kind.CLAIMED, agent, now, content=named)
    if merged.ends_waiting:
        yield Happening(Kind.WAITING_ENDED, agent, now)
    ticket = going_on.open_ticket
    if merged.level is not None and ticket is not None:
        formal = merged.level.needs_formal_report and not merged.is_reported
        data: dict[str, Any] = {
            "level": merged.level.key,
            "was": ticket.level,
            "queue": merged.level.queue,
            "formal_report_required": formal,
            "because": "merged",
        }
        yield Happening(Kind.SEVERITY_CHANGED, agent, now, data)
    number = ending.open_ticket.number if ending.open_ticket is not None else None
    data = {
        "conversation": ending.id,
        "ticket": number,
        "owes_reply": merged.owes_reply,
        "promises": [as_kept(one) for one in merged.promises],
    }
    yield Happening(Kind.MERGED_FROM, agent, now, data, named)
    if merged.tags:
        yield Happening(Kind.TAGGED, agent, now, {"added": list(merged.tags)})
    if merged.email is not None:
        yield Happening(Kind.EMAIL_GIVEN, agent, now, content={"email": merged.email})


def as_kept(one: Inherited) -> dict[str, str]:
    """The promise as the timeline holds it."""
    instants = {key: _exactly(getattr(one, key)) for key in ("started_at", "due", "warn_at")}
    return {"metric": one.metric.value, "ticket": one.ticket, **instants}


def _exactly(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
