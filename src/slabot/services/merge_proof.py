"""The part of an audit that looks at two timelines: whether each side of a merge says what the other does."""

from __future__ import annotations

from collections.abc import Sequence

from slabot.domain.conversation import Conversation, fold
from slabot.domain.merging import as_kept, owed
from slabot.domain.timeline import Event, Kind
from slabot.services.supports import MissingVersion, Supports
from slabot.services.turn import Timelines

Difference = tuple[str, str, str]
"""Place, what is stored, what the other timeline says."""


async def untrue_merges(
    workspace: str, events: Sequence[Event], timelines: Timelines, supports: Supports
) -> list[Difference]:
    """Of every merge in these events."""
    found: list[Difference] = []
    for event in events:
        if event.kind not in (Kind.MERGED_INTO, Kind.MERGED_FROM):
            continue
        other = await timelines.events(event.data["conversation"])
        found += (
            _unanswered(event, other, Kind.MERGED_FROM)
            if event.kind is Kind.MERGED_INTO
            else await _came_over(workspace, event, other, supports)
        )
    return found


def _unanswered(event: Event, other: Sequence[Event], kind: Kind) -> list[Difference]:
    """Both sides were written in one transaction at one instant; one alone is no merge."""
    if any(_is_other_side(each, event, kind) for each in other):
        return []
    return [(f"merge {event.seq}", event.data["conversation"], "the other conversation does not say so")]


def _is_other_side(each: Event, event: Event, kind: Kind) -> bool:
    return each.kind is kind and each.data["conversation"] == event.conversation and each.at == event.at


async def _came_over(
    workspace: str, event: Event, other: Sequence[Event], supports: Supports
) -> list[Difference]:
    """The promises that a merge brought along are those that the ticket which ended still owed."""
    place = f"merge {event.seq}"
    ended = [at for at, each in enumerate(other) if _is_other_side(each, event, Kind.MERGED_INTO)]
    if not ended:
        return _unanswered(event, other, Kind.MERGED_INTO)
    try:
        before = fold(Conversation(event.data["conversation"], workspace), other[: ended[0]])
        ticket = before.open_ticket
        there = await supports.of(workspace, ticket)
    except (MissingVersion, ValueError, KeyError) as error:
        return [(place, "", str(error))]
    promised = [as_kept(one) for one in owed(ticket, there, event.at)] if ticket is not None else []
    return [] if promised == event.data["promises"] else [(place, str(event.data["promises"]), str(promised))]
