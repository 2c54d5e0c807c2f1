"""How an instant is written wherever a machine reads it: in UTC, with a Z."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

REMEMBERED = 4_096
"""Instants whose text is kept: a deadline is written in its fact, in each reminder and for each desk."""


def written(at: datetime) -> str:
    """`2026-03-06T22:00:00Z`; a fraction of a second is cut off."""
    return _written(at)


@lru_cache(REMEMBERED)
def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")[: -len("+00:00")] + "Z"


def written_if_any(at: datetime | None) -> str | None:
    return None if at is None else written(at)


def written_finely(at: datetime | None) -> str | None:
    """`2026-03-06T22:00:00.250Z`, for pages that sort by it."""
    return (
        None if at is None else at.astimezone(UTC).isoformat(timespec="milliseconds")[: -len("+00:00")] + "Z"
    )
