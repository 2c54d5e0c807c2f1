"""Word lists as they read best: a block of words, spaces between."""

from __future__ import annotations


def words(block: str) -> frozenset[str]:
    """The words of a block."""
    return frozenset(block.split())
