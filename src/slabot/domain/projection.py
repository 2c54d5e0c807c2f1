"""What is stored beside the timeline so that lists and the watch need no fold; always recomputable from it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from slabot.domain.clocks.clock import Clock
from slabot.domain.clocks.promise import Promise
from slabot.domain.conversation import Conversation, Status
from slabot.domain.milestones import untold
from slabot.domain.reminders import Reminder
from slabot.domain.support import Support
from slabot.domain.target import Metric


class InboxRow(NamedTuple):
    """One conversation as a desk lists it."""

    conversation: str
    workspace: str
    visitor: str
    name: str
    status: str
    holder: str | None
    queue: str | None
    level: str | None
    rank: int
    """Of the level, 0 the most severe; 99 without a ticket."""
    claim_differs: bool
    ticket: str | None
    first_words: str
    last_words: str
    last_role: str
    last_at: datetime
    started_at: datetime
    next_due: datetime | None
    next_metric: str | None
    is_paused: bool
    owes_reply: bool
    """The visitor spoke last and a person has to answer."""
    spoke_with: str | None = None
    """The agent who wrote last."""
    tags: tuple[str, ...] = ()
    is_snoozed: bool = False
    snoozed_until: datetime | None = None
    """None while snoozed: until the visitor writes."""
    follow_up_at: datetime | None = None
    """When to ask the visitor again; past: it is time."""
    reported_by: int = 1
    """Visitors who report the same as one incident, this one included."""
    merged_into: str | None = None
    """Ticket of the conversation that this one goes on in, empty where that has none; None: it was not merged."""


class TicketRow(NamedTuple):
    """One ticket as lists, audits and the visitor's home show it."""

    number: str
    conversation: str
    workspace: str
    visitor: str
    level: str
    queue: str
    state: str
    opened_at: datetime
    resolved_at: datetime | None
    policy_version: str
    acknowledge: datetime | None
    first_response: datetime | None
    next_response: datetime | None
    resolution: datetime | None
    rating: int | None


class ClockRow(NamedTuple):
    """One running clock or reminder; `next_at` is the next instant at which the watch has something to do with it."""

    conversation: str
    metric: str
    generation: int
    due: datetime | None
    met_at: datetime | None
    next_at: datetime | None


WORDS_SHOWN = 140


def inbox_row(conversation: Conversation, support: Support, promise: Promise | None) -> InboxRow:
    """`promise` belongs to the conversation's ticket; None without one."""
    ticket = conversation.ticket
    first = next((said for said in conversation.said if said.role == "visitor"), None)
    last = conversation.said[-1] if conversation.said else None
    upcoming = running_clocks(promise) if promise is not None and conversation.open_ticket else []
    soonest = min(upcoming, key=lambda pair: pair[1], default=None)
    if conversation.started_at is None or conversation.last_at is None:
        raise ValueError(f"{conversation.id} has not started")
    return InboxRow(
        conversation=conversation.id,
        workspace=conversation.workspace,
        visitor=conversation.visitor,
        name=conversation.name,
        status=conversation.status.value,
        holder=conversation.holder,
        queue=ticket.queue if ticket else None,
        level=ticket.level if ticket else None,
        rank=support.policy.level(ticket.level).rank if ticket else 99,
        claim_differs=bool(conversation.open_ticket and conversation.open_ticket.claim_differs),
        ticket=ticket.number if ticket else None,
        first_words=first.text[:WORDS_SHOWN] if first else "",
        last_words=last.text[:WORDS_SHOWN] if last else "",
        last_role=last.role if last else "",
        last_at=conversation.last_at,
        started_at=conversation.started_at,
        next_due=soonest[1] if soonest else None,
        next_metric=soonest[0].value if soonest else None,
        is_paused=bool(ticket and ticket.waiting_since is not None),
        owes_reply=owes_reply(conversation),
        spoke_with=conversation.spoke_with,
        tags=conversation.tags,
        is_snoozed=conversation.snooze is not None,
        snoozed_until=conversation.snooze.until if conversation.snooze else None,
        follow_up_at=conversation.follow_up.until if conversation.follow_up else None,
        reported_by=len(conversation.shared_with) + 1,
        merged_into=_merged_into(conversation),
    )


def _merged_into(conversation: Conversation) -> str | None:
    return None if conversation.merged_into is None else conversation.merged_into_ticket or ""


def ticket_row(conversation: Conversation, promise: Promise) -> TicketRow:
    """The row of the conversation's latest ticket. Raises ValueError without one."""
    ticket = conversation.ticket
    if ticket is None:
        raise ValueError(f"{conversation.id} has no ticket")
    return TicketRow(
        number=ticket.number,
        conversation=conversation.id,
        workspace=conversation.workspace,
        visitor=conversation.visitor,
        level=ticket.level,
        queue=ticket.queue,
        state=ticket.state.value,
        opened_at=ticket.opened_at,
        resolved_at=ticket.resolved_at,
        policy_version=ticket.policy_version,
        acknowledge=promise.due(Metric.ACKNOWLEDGE),
        first_response=promise.due(Metric.FIRST_RESPONSE),
        next_response=promise.due(Metric.NEXT_RESPONSE),
        resolution=promise.due(Metric.RESOLUTION),
        rating=ticket.rating,
    )


def running_clocks(promise: Promise) -> list[tuple[Metric, datetime]]:
    """Metric and due instant of every clock that runs."""
    return [
        (clock.metric, clock.due)
        for clock in promise.clocks.values()
        if clock.due is not None and is_running(clock)
    ]


def owes_reply(conversation: Conversation) -> bool:
    """Whether a person has to speak next: people have the conversation and the visitor spoke last."""
    if conversation.status not in (Status.WAITING, Status.HELD):
        return False
    if conversation.owes_merged:
        return True
    humans = [said for said in conversation.said if said.role != "bot"]
    return bool(humans) and humans[-1].role == "visitor"


def clock_rows(conversation: Conversation, promise: Promise | None, support: Support) -> tuple[ClockRow, ...]:
    """A row for every reminder, and for every clock of the conversation's ticket; `next_at` only where the watch
    will have to act. Of earlier generations those alone that still owe the timeline a fact.
    """
    reminders = tuple(_reminder_row(conversation.id, reminder) for reminder in conversation.reminders)
    ticket = conversation.ticket
    if ticket is None or promise is None:
        return reminders
    next_at: dict[int, datetime] = {}
    for milestone in untold(ticket, promise, support):  # Soonest first, so the first of a clock is its next.
        next_at.setdefault(id(milestone.clock), milestone.noticed_from)
    return reminders + tuple(
        ClockRow(
            conversation.id,
            clock.metric.value,
            clock.generation,
            clock.due,
            clock.met_at,
            next_at.get(id(clock)),
        )
        for clock in (*promise.earlier, *promise.clocks.values())
        if id(clock) in next_at or clock is promise.clocks[clock.metric]
    )


def _reminder_row(conversation: str, reminder: Reminder) -> ClockRow:
    next_at = None if reminder.is_told else reminder.until
    return ClockRow(conversation, reminder.name, reminder.seq, reminder.until, None, next_at)


def is_running(clock: Clock) -> bool:
    """Owed, with a due instant, and neither met nor ended nor standing still."""
    over = clock.met_at is not None or clock.ended_at is not None
    return clock.due is not None and not over and clock.paused_since is None
