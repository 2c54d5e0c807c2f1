"""What `slabot due` reads and writes, a line each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictFloat, StrictInt, StrictStr


def read_instant(value: Any) -> datetime:
    """An instant with its offset, as UTC. Numbers and times without an offset are refused, never guessed."""
    wanted = "expected an instant with an offset such as 2026-03-06T17:00:00-05:00 or 2026-03-06T22:00:00Z"
    if isinstance(value, datetime):
        at = value
    elif isinstance(value, str) and len(value) > len("2026-03-06T"):
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(wanted) from None
    else:
        raise ValueError(wanted)
    if at.utcoffset() is None:
        raise ValueError(f"{wanted}; the offset is missing")
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise ValueError(wanted) from None


Instant = Annotated[datetime, BeforeValidator(read_instant)]
LineId = StrictStr | StrictInt | StrictFloat
"""Echoed as it came."""
EventType = Literal["agent_response", "customer_reply", "pause", "resume", "solved", "reopened"]


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DueEvent(_Line):
    type: EventType
    at: Instant


class SeverityChanged(_Line):
    type: Literal["severity_changed"]
    at: Instant
    severity: StrictStr


class DueLine(_Line):
    """One ticket: its severity or request type, its opening, and what happened to it since."""

    id: LineId
    severity: StrictStr
    opened_at: Instant
    events: tuple[Annotated[DueEvent | SeverityChanged, Field(discriminator="type")], ...] = ()


class DueAnswer(_Line):
    """Due instants by the facts given, whether met or not; null: no target, or nothing owed."""

    id: LineId
    acknowledge: str | None
    first_response: str | None
    next_response: str | None
    resolution: str | None
    resolution_text: str | None
    why: tuple[str, ...]
