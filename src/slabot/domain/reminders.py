"""What comes back by itself: a conversation that was put aside, and the time at which to follow up on a wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from slabot.domain.timeline import WATCH, Event, Happening, Kind

if TYPE_CHECKING:
    from slabot.domain.conversation import Conversation

SNOOZE = "snooze"
FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Set by one event; what is set again later is another one, known by its `seq`."""

    name: str
    seq: int
    until: datetime | None
    """None: until the visitor writes."""
    is_told: bool = False
    """The watch wrote that its time has come."""


def snoozed(event: Event) -> Reminder:
    return Reminder(SNOOZE, event.seq, _instant(event.data.get("until")))


def follow_up(event: Event) -> Reminder | None:
    """The follow-up that a wait names; None where it names none."""
    at = _instant(event.data.get("follow_up"))
    return Reminder(FOLLOW_UP, event.seq, at) if at is not None else None


def reached(conversation: Conversation, now: datetime) -> tuple[Happening, ...]:
    """What the watch has to write now; the facts take effect at the instant that was named."""
    happened = []
    for reminder in conversation.reminders:
        if reminder.until is not None and reminder.until <= now and not reminder.is_told:
            kind, data = (
                (Kind.WOKEN, {"because": "time"})
                if reminder.name == SNOOZE
                else (Kind.FOLLOW_UP_REACHED, {"set_by": reminder.seq})
            )
            happened.append(Happening(kind, WATCH, reminder.until, data))
    return tuple(happened)


def _instant(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
