"""A conversation together with all that was merged into it: fetched, and told in one order of time."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence

from slabot.domain.dialogue.turn import Speaker
from slabot.domain.timeline import Event, Kind
from slabot.services.turn import Timelines

SPOKEN = (Kind.VISITOR_WROTE, Kind.BOT_WROTE, Kind.AGENT_WROTE)

Merged = Mapping[str, Sequence[Event]]
"""The timelines of what was merged into a conversation, by their ids."""


async def merged_into(ids: Sequence[str], timelines: Timelines) -> dict[str, tuple[Event, ...]]:
    """The timelines of these and of all that was merged into them before, over however many steps."""
    found: dict[str, tuple[Event, ...]] = {}
    while ids:
        fetched = await timelines.events_of(ids)
        found |= fetched
        ids = [
            event.data["conversation"]
            for events in fetched.values()
            for event in events
            if event.kind is Kind.MERGED_FROM
        ]
    return found


def woven(events: Sequence[Event], merged: Merged) -> Iterator[Event]:
    """In the order in which it was written down, whichever conversation it was in."""
    return heapq.merge(*merged.values(), events, key=lambda event: event.position)


def origin(conversation: str, merged: Merged, speaker: Speaker) -> str:
    """The line above what was said there: from which ticket or talk it is. Empty where nothing was merged."""
    if not merged:
        return ""
    key = "origin.there" if conversation in merged else "origin.here"
    number = _number(merged[conversation]) if conversation in merged else _own_number(speaker)
    if number is None:
        return speaker.say(f"{key}.talk")
    return speaker.say(key, noun=speaker.noun, number=number)


def _number(events: Sequence[Event]) -> str | None:
    opened = (event for event in reversed(events) if event.kind is Kind.TICKET_OPENED)
    return next((str(event.data["number"]) for event in opened), None)


def _own_number(speaker: Speaker) -> str | None:
    ticket = speaker.conversation.ticket
    return ticket.number if ticket is not None else None
