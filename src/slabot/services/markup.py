"""The port through which an agent's Markdown becomes what a visitor sees; the knowledge rooms implement it."""

from __future__ import annotations

from typing import Protocol


class Markup(Protocol):
    """Pure and quick. The HTML is sanitised: pages may set it as it is, and it is kept as what the visitor saw."""

    def __call__(self, text: str) -> str | None:
        """None where nothing in the text asks for more than its own lines."""
        ...


def as_written(text: str) -> str | None:  # noqa: ARG001 - every Markup has this shape
    """Every text as it is."""
    return None
