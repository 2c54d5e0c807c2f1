"""Whether a promise is likely to be missed, judged before it is: place in line, open time left, people on."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from slabot.domain.clocks.clock import Clock
from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.plan import Moment, Staffing
from slabot.domain.projection import is_running
from slabot.domain.support import Support
from slabot.domain.target import Metric
from slabot.domain.timeline import Kind

A_REPLY_TAKES = timedelta(minutes=5)
"""How long one person needs for one waiting ticket, until they can take the next."""

RESPONSES = (Metric.FIRST_RESPONSE, Metric.NEXT_RESPONSE)
"""A resolution is not forecast: nothing but a person's judgement says how long a repair takes."""


class Risk(StrEnum):
    """Why a response is likely to come late."""

    NOBODY_FREE = "nobody_free"
    LONG_LINE = "long_line"
    """Somebody is free, and too many tickets wait before this one."""
    CLOSED = "closed"
    """The desk is closed and leaves too little time after its next opening."""


def risk_of(conversation: Conversation, clock: Clock, support: Support, moment: Moment) -> Risk | None:
    """For a response clock that has warned or is about to, of a ticket whose holder, if any, has gone.

    While the desk is open those count who are free now; while it is closed one person is expected at its next
    opening. A ticket that somebody holds stands in no line: it is at risk while nobody is free.
    """
    ticket = conversation.open_ticket
    if ticket is None or clock.due is None or clock.metric not in RESPONSES or not is_running(clock):
        return None
    queue = next((known for known in support.policy.queues if known.key == ticket.queue), None)
    calendar = support.calendar(queue.calendar if queue is not None else None)
    left = calendar.between(moment.now, clock.due) if moment.now < clock.due else 0.0
    there = moment.staffing.get(ticket.queue, Staffing())
    if not calendar.is_open(moment.now):
        return Risk.CLOSED if left < A_REPLY_TAKES.total_seconds() else None
    if there.free == 0:
        return Risk.NOBODY_FREE
    if conversation.holder is not None:
        return None
    needed = A_REPLY_TAKES.total_seconds() * (there.waiting_ahead + 1) / there.free
    return Risk.LONG_LINE if left < needed else None


def is_foreseeable(conversation: Conversation, clock: Clock) -> bool:
    """Whether a forecast of this clock would still be news: a response that was warned of and not foretold."""
    ticket = conversation.open_ticket
    if ticket is None or clock.metric not in RESPONSES or not is_running(clock):
        return False
    return ticket.was_told(Kind.WARNED, clock.metric, clock.generation) and not ticket.was_told(
        Kind.RISK_FORESEEN, clock.metric, clock.generation
    )
