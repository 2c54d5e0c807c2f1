"""The proof: everything that is stored beside a timeline, recomputed from it and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from slabot.domain.calendar.zones import zone
from slabot.domain.clocks.explain import Line, explain
from slabot.domain.clocks.promise import Promise
from slabot.domain.conversation import Conversation, fold
from slabot.domain.finding import findables
from slabot.domain.instants import written
from slabot.domain.projection import clock_rows, inbox_row, ticket_row
from slabot.domain.support import Support
from slabot.domain.target import Metric
from slabot.domain.timeline import Event, Kind, broken_links
from slabot.services.merge_proof import untrue_merges
from slabot.services.supports import MissingVersion, Supports
from slabot.services.turn import Timelines


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as the timeline says: where, what is stored, what it should be."""

    place: str
    stored: str
    recomputed: str


@dataclass(frozen=True, slots=True)
class Report:
    """An audit of one ticket's conversation; without findings everything stored can be proved."""

    number: str
    conversation: str
    events: int
    erased: int
    policy_version: str
    findings: tuple[Finding, ...]
    explanations: Mapping[Metric, tuple[Line, ...]] = field(default_factory=dict)
    beside: tuple[str, ...] = ()
    """What no clock shows: a third party as the cause, a time that was committed to."""


class NoSuchTicket(LookupError):
    """No ticket of this number in any workspace."""


async def audit(number: str, timelines: Timelines, supports: Supports) -> Report:
    """Raises NoSuchTicket."""
    row = None
    for workspace in supports.workspaces():
        row = row or await timelines.ticket(workspace, number)
    if row is None:
        raise NoSuchTicket(f"no ticket {number!r} in {', '.join(supports.workspaces())}")
    events = await timelines.events(row.conversation)
    findings = [Finding("chain", "", fault) for fault in broken_links(events)]

    def unprovable(place: str, stored: str, why: str) -> Report:
        found = (*findings, Finding(place, stored, why))
        return Report(number, row.conversation, len(events), 0, row.policy_version, found)

    own = _until_the_next_ticket(number, events)
    if not own:
        return unprovable("ticket", number, "the timeline opens no ticket of this number")
    try:
        conversation = fold(Conversation(row.conversation, row.workspace), own)
        ticket = conversation.ticket
        support = await supports.of(row.workspace, ticket)
    except (MissingVersion, ValueError, KeyError) as error:
        return unprovable("timeline", "", str(error))
    assert ticket is not None  # `own` holds its opening
    promise = ticket.promise(support)
    if len(own) == len(events):
        findings += await _differences(conversation, support, promise, timelines)
        findings += await _search_differences(conversation, own, timelines)
    else:
        findings += _compared(f"ticket {number}", row, ticket_row(conversation, promise))
    findings += [
        Finding(*difference) for difference in await untrue_merges(row.workspace, own, timelines, supports)
    ]
    return Report(
        number=number,
        conversation=conversation.id,
        events=len(events),
        erased=sum(event.content is None for event in events),
        policy_version=ticket.policy_version,
        findings=tuple(findings),
        explanations={
            clock.metric: explain(clock, support.calendar(clock.target.calendar), zone(support.policy.zone))
            for clock in promise.clocks.values()
            if clock.target is not None
        },
        beside=tuple(_beside(own)),
    )


def _until_the_next_ticket(number: str, events: Sequence[Event]) -> Sequence[Event]:
    """What this ticket follows from: everything before the conversation's next one; empty if it was not opened."""
    opened = [at for at, event in enumerate(events) if event.kind is Kind.TICKET_OPENED]
    ends = [*opened[1:], len(events)]
    return next(
        (events[:end] for at, end in zip(opened, ends, strict=True) if events[at].data["number"] == number),
        (),
    )


def _beside(events: Sequence[Event]) -> Iterator[str]:
    """The facts that no clock's explanation shows, a sentence each."""
    since = max(at for at, event in enumerate(events) if event.kind is Kind.TICKET_OPENED)
    for event in events[since:]:
        at = written(event.at)
        match event.kind:
            case Kind.THIRD_PARTY_NAMED:
                name = (event.content or {}).get("name", "(erased)")
                stands = (
                    "the resolution stands still" if event.data.get("pauses") else "no clock stands still"
                )
                yield f"third party {name} the cause from {at}; {stands}"
            case Kind.THIRD_PARTY_CLEARED:
                yield f"third party no longer the cause from {at}"
            case Kind.TIME_COMMITTED:
                promised = f"; promised was {event.data['due']}" if event.data.get("due") else ""
                yield f"committed at {at} to {event.data['until']}{promised}, which still counts"
            case Kind.MERGED_INTO:
                yield f"goes on in {event.data['ticket'] or 'another conversation'} from {at}; nothing is owed here"
            case Kind.MERGED_FROM:
                came = ", ".join(f"{one['metric']} by {one['due']}" for one in event.data["promises"])
                number = event.data["ticket"] or "a conversation without a ticket"
                yield f"{number} was merged into it at {at}; promised there: {came or 'nothing'}"
            case Kind.PLAN_SET:
                yield f"plan set at {at}: {event.data['plan'] or 'none'}"
            case _:
                continue


async def _differences(
    conversation: Conversation, support: Support, promise: Promise, timelines: Timelines
) -> list[Finding]:
    """Stored rows against the same rows made from the fold."""
    findings: list[Finding] = []
    inbox = await timelines.inbox_row(conversation.id)
    findings += _compared("inbox", inbox, inbox_row(conversation, support, promise))
    number = conversation.ticket.number if conversation.ticket else ""
    ticket = await timelines.ticket(conversation.workspace, number)
    findings += _compared(f"ticket {number}", ticket, ticket_row(conversation, promise))
    stored = {(clock.metric, clock.generation): clock for clock in await timelines.clocks_of(conversation.id)}
    for clock in clock_rows(conversation, promise, support):
        place = f"clock {clock.metric} {clock.generation}"
        findings += _compared(place, stored.pop((clock.metric, clock.generation), None), clock)
    findings += [
        Finding(f"clock {metric} {generation}", "stored", "owed by no fact") for metric, generation in stored
    ]
    return findings


async def _search_differences(
    conversation: Conversation, events: Sequence[Event], timelines: Timelines
) -> list[Finding]:
    """What the search keeps against what the timeline says; neither names a word, for it may be personal."""
    start = Conversation(conversation.id, conversation.workspace)
    owed = {one.seq: one.words for one in findables(start, conversation, events) if one.words}
    kept = {one.seq: one.words for one in await timelines.findables_of(conversation.id) if one.words}
    return [
        Finding(f"search {seq}", _amount(kept.get(seq)), _amount(owed.get(seq)))
        for seq in sorted(owed.keys() | kept.keys())
        if owed.get(seq) != kept.get(seq)
    ]


def _amount(words: str | None) -> str:
    return "nothing" if words is None else f"{len(words.split())} words"


def _compared(place: str, stored: Any, recomputed: Any) -> list[Finding]:
    if stored is None:
        return [Finding(place, "nothing", "a row")]
    return [
        Finding(f"{place}: {column}", _shown(was), _shown(now))
        for column, was, now in zip(recomputed._fields, stored, recomputed, strict=True)
        if was != now
    ]


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    return str(value)
