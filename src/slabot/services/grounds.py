"""Why a ticket has the severity it has: the assessment that it rests on, also where a merge brought it along. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from slabot.domain.timeline import Event, Kind
from slabot.services.whole_talk import Merged

_SETS_LEVEL = (Kind.TICKET_OPENED, Kind.SEVERITY_CHANGED)


class Grounds(NamedTuple):
    reasons: Sequence[Mapping[str, Any]]
    """Clause, its quote and the visitor's words; none where they were erased."""
    ticket: str | None = None
    """The merged ticket on which it was assessed; None: this one."""


def grounds(events: Sequence[Event], merged: Merged) -> Grounds:
    """Of the ticket whose timeline this is. A later, milder message is no reason for a graver severity."""
    at = next((at for at in reversed(range(len(events))) if events[at].kind in _SETS_LEVEL), None)
    if at is not None and events[at].data.get("because") == "merged":
        came = next(event for event in events[at:] if event.kind is Kind.MERGED_FROM)
        there = grounds(merged.get(came.data["conversation"], ()), merged)
        return Grounds(there.reasons, there.ticket or came.data["ticket"])
    level = events[at].data["level"] if at is not None else None
    assessed = [event for event in reversed(events) if event.kind is Kind.SEVERITY_ASSESSED]
    fitting = [event for event in assessed if event.data["severity"] == level]
    resting = next(iter(fitting or assessed), None)
    return Grounds((resting.content or {}).get("reasons", ()) if resting is not None else ())
