"""What a calendar refuses, each naming the calendar and the remedy."""

from __future__ import annotations

from datetime import datetime

from slabot.domain.instants import written


class NeverOpens(ValueError):
    """A calendar without one open minute in the span it was compiled for."""

    def __init__(self, key: str, first: str, last: str) -> None:
        super().__init__(
            f"calendar {key!r} never opens between {first} and {last}; "
            "give it weekly hours, or shorten the closure that covers them"
        )
        self.key = key


class BeyondHorizon(LookupError):
    """An instant, or a walk, outside the span a calendar was compiled for."""

    def __init__(self, key: str, at: datetime | None, starts: datetime, ends: datetime) -> None:
        what = f"{written(at)} lies" if at is not None else "the walk ends"
        super().__init__(
            f"{what} outside calendar {key!r}, which is known from {starts:%Y-%m-%d} to {ends:%Y-%m-%d}; "
            "compile it for a longer span"
        )
        self.key = key


class BadHours(ValueError):
    """Hours that are no interval of a day."""
