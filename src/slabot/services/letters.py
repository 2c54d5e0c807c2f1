"""Which mail a turn leads to: rows of the outbox, written with the facts they tell of. Pure.

A row says only what to look up when it is sent: no words of a message and no address wait in the outbox.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any

from slabot.domain.conversation import Conversation
from slabot.domain.escalation import Recipient, send_at
from slabot.domain.instants import written, written_if_any
from slabot.domain.milestones import Milestone
from slabot.domain.support import Support
from slabot.domain.timeline import Event, Kind
from slabot.services.turn import Outgoing

CHANNEL = "mail"


class Occasion(StrEnum):
    """Why we write; each has its template."""

    CONFIRMATION = "confirmation"
    REPLY = "reply"
    AT_RISK = "at_risk"
    NEW_TIME = "new_time"
    RESOLVED = "resolved"
    TRANSCRIPT = "transcript"
    ALERT = "alert"


_TO_ONE_WHO_LEFT = {
    Kind.AGENT_WROTE: Occasion.REPLY,
    Kind.RISK_FORESEEN: Occasion.AT_RISK,
    Kind.TIME_COMMITTED: Occasion.NEW_TIME,
    Kind.RESOLVED: Occasion.RESOLVED,
}
"""Facts that a visitor who is there reads in the widget, and one who left gets by mail."""


def letters_for(
    before: Conversation, events: tuple[Event, ...], after: Conversation, support: Support
) -> tuple[Outgoing, ...]:
    """The visitor's mail for one turn; none where no address is known."""
    if after.email is None:
        return ()
    return tuple(
        _row(occasion, after, event, support) for event, occasion in _occasions(before, events, after)
    )


def _occasions(
    before: Conversation, events: tuple[Event, ...], after: Conversation
) -> Iterator[tuple[Event, Occasion]]:
    opens = next((event for event in events if event.kind is Kind.TICKET_OPENED), None)
    if opens is not None:
        yield opens, Occasion.CONFIRMATION
    is_new_address = after.email != before.email and after.open_ticket is not None
    for event in events:
        if event.kind is Kind.EMAIL_GIVEN and opens is None and is_new_address:
            yield event, Occasion.CONFIRMATION
        elif event.kind is Kind.TRANSCRIPT_ASKED:
            yield event, Occasion.TRANSCRIPT
        elif event.kind in _TO_ONE_WHO_LEFT and not after.is_present and event.actor.role != "visitor":
            yield event, _TO_ONE_WHO_LEFT[event.kind]


def _row(occasion: Occasion, after: Conversation, event: Event, support: Support) -> Outgoing:
    payload: dict[str, Any] = {
        "occasion": occasion.value,
        "conversation": after.id,
        "seq": event.seq,
        "ticket": after.ticket.number if after.ticket is not None else None,
    }
    if occasion in (Occasion.AT_RISK, Occasion.NEW_TIME):
        payload |= {key: event.data[key] for key in ("metric", "due", "until") if key in event.data}
    id = _stable(after.id, str(event.seq), occasion.value)
    return Outgoing(id, support.policy.workspace, CHANNEL, payload, event.recorded_at)


def alert(
    conversation: Conversation,
    milestone: Milestone,
    recipient: Recipient,
    support: Support,
    now: datetime,
) -> Outgoing:
    """One reminder to one recipient; its id is the milestone's own, so that it cannot exist twice."""
    ticket = conversation.ticket
    if ticket is None:
        raise ValueError(f"{conversation.id} has no ticket to remind of")
    clock, fact = milestone.clock, milestone.kind
    place = (clock.metric.value, str(clock.generation), milestone.step_name, recipient.tell)
    payload: dict[str, Any] = {
        "occasion": Occasion.ALERT.value,
        "conversation": conversation.id,
        "ticket": ticket.number,
        "fact": fact.value,
        "level": ticket.level,
        "queue": ticket.queue,
        "metric": clock.metric.value,
        "due": written_if_any(clock.due),
        "at": written(milestone.at),
        "met_at": written_if_any(clock.met_at),
        "late_by_reclassification": clock.late_by_reclassification,
        "share": milestone.step.at_share if milestone.step is not None else None,
        "tell": recipient.tell,
        "instead_of": recipient.instead_of,
        "holder": conversation.holder,
    }
    id = _stable(conversation.id, ticket.number, fact.value, *place)
    at = send_at(recipient, clock.level, ticket.queue, support, now)
    return Outgoing(id, support.policy.workspace, CHANNEL, payload, at)


def _stable(*place: str) -> str:
    """Tells nothing of the conversation's own id, which is a secret: mail carries this one in its headers."""
    return hashlib.sha256("\x1f".join(place).encode()).hexdigest()[:40]
