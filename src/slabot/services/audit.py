"""The proof: everything that is stored beside a timeline, recomputed from it and compared."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from slabot.domain.calendar.zones import zone
from slabot.domain.clocks.explain import Line, explain
from slabot.domain.clocks.promise import Promise
from slabot.domain.conversation import Conversation, fold
from slabot.domain.policy import Metric
from slabot.domain.projection import clock_rows, inbox_row, ticket_row
from slabot.domain.support import Support
from slabot.domain.timeline import broken_links
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
    explanations: dict[Metric, tuple[Line, ...]]


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
    try:
        conversation = fold(Conversation(row.conversation, row.workspace), events)
        support = await supports.of(row.workspace, conversation.ticket)
    except (MissingVersion, ValueError, KeyError) as error:
        findings.append(Finding("timeline", "", str(error)))
        return Report(number, row.conversation, len(events), 0, row.policy_version, tuple(findings), {})
    ticket = conversation.ticket
    if ticket is None:
        findings.append(Finding("ticket", number, "the timeline opens no ticket"))
        return Report(number, row.conversation, len(events), 0, row.policy_version, tuple(findings), {})
    promise = ticket.promise(support)
    findings += await _differences(
        conversation, support, promise, timelines, is_latest=ticket.number == number
    )
    explanations = {
        clock.metric: explain(clock, support.calendar(clock.target.calendar), zone(support.policy.zone))
        for clock in promise.clocks.values()
        if clock.target is not None
    }
    erased = sum(event.content is None for event in events)
    return Report(
        number, conversation.id, len(events), erased, ticket.policy_version, tuple(findings), explanations
    )


async def _differences(
    conversation: Conversation, support: Support, promise: Promise, timelines: Timelines, *, is_latest: bool
) -> list[Finding]:
    """Stored rows against the same rows made from the fold; an earlier ticket of a conversation is settled."""
    if not is_latest:
        return []
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


def _compared(place: str, stored: Any, recomputed: Any) -> list[Finding]:
    if stored is None:
        return [Finding(place, "nothing", "a row")]
    return [
        Finding(f"{place}: {field.name}", _shown(was), _shown(now))
        for field in fields(recomputed)
        if (was := getattr(stored, field.name)) != (now := getattr(recomputed, field.name))
    ]


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    return str(value)
