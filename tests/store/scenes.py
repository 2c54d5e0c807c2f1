"""Turns as Vera, Aidan and the bot cause them, made by the domain's own functions."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from typing import Any

from slabot.domain.projection import ClockRow, InboxRow, TicketRow
from slabot.domain.timeline import BOT, Actor, Happening, Head, Kind, append
from slabot.services.turn import Receipt, Turn

NOON = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
START = Head()
VERA = Actor.visitor("v_vera")
WORKSPACE = "human-esources"


def inbox(conversation: str, **changes: Any) -> InboxRow:
    """A conversation that the bot has."""
    row = InboxRow(
        conversation=conversation,
        workspace=WORKSPACE,
        visitor=VERA.id,
        name="Vera",
        status="bot",
        holder=None,
        queue=None,
        level=None,
        rank=99,
        claim_differs=False,
        ticket=None,
        first_words="nobody can log in",
        last_words="Which course is it?",
        last_role="bot",
        last_at=NOON,
        started_at=NOON,
        next_due=None,
        next_metric=None,
        is_paused=False,
        owes_reply=False,
    )
    return row._replace(**changes)


def turn(
    conversation: str = "c_1",
    head: Head = START,
    words: str = "nobody can log in",
    *,
    workspace: str = WORKSPACE,
    at: datetime = NOON,
    **changes: Any,
) -> Turn:
    """Vera writes and the bot answers; her first turn starts the conversation."""
    happenings = [
        Happening(Kind.VISITOR_WROTE, VERA, at, content={"text": words}),
        Happening(Kind.BOT_WROTE, BOT, at, {"action": "clarify"}, {"text": "Which course is it?"}),
    ]
    if head.seq == 0:
        happenings.insert(0, Happening(Kind.CONVERSATION_STARTED, VERA, at, {"zone": "Europe/Berlin"}))
    events = append(conversation, head, happenings, at, (os.urandom(16) for _ in happenings))
    made = Turn(
        workspace=workspace,
        conversation=conversation,
        head=head,
        events=events,
        inbox=inbox(conversation, workspace=workspace, last_at=at),
    )
    return made._replace(**changes)


def receipt(client_id: str, body: str = "nobody can log in", **answer: Any) -> Receipt:
    return Receipt(WORKSPACE, str(VERA), client_id, hashlib.sha256(body.encode()).digest(), answer)


def ticket(number: str, conversation: str = "c_1", **changes: Any) -> TicketRow:
    row = TicketRow(
        number=number,
        conversation=conversation,
        workspace=WORKSPACE,
        visitor=VERA.id,
        level="high",
        queue="support",
        state="open",
        opened_at=NOON,
        resolved_at=None,
        policy_version="1",
        acknowledge=NOON,
        first_response=NOON + timedelta(hours=4),
        next_response=None,
        resolution=None,
        rating=None,
    )
    return row._replace(**changes)


def clock(conversation: str = "c_1", metric: str = "first_response", **changes: Any) -> ClockRow:
    due = NOON + timedelta(hours=4)
    return ClockRow(conversation, metric, 1, due, None, due)._replace(**changes)


def words_of(events: Any) -> list[str]:
    return [event.text for event in events if event.kind == Kind.VISITOR_WROTE]
