"""How far visitors have read, as their widgets tell it: a courtesy to agents, kept in memory and lost with it."""

from __future__ import annotations

from collections import OrderedDict

MOST = 20_000
"""Conversations; whoever was heard of longest ago is forgotten first."""


class Readings:
    def __init__(self) -> None:
        self._read: OrderedDict[str, int] = OrderedDict()

    def heard(self, conversation: str, seq: int, head: int) -> int:
        """How far it is read by now: never back, and never beyond the newest event."""
        read = min(max(seq, self._read.get(conversation, 0)), head)
        self._read[conversation] = read
        self._read.move_to_end(conversation)
        if len(self._read) > MOST:
            self._read.popitem(last=False)
        return read

    def of(self, conversation: str) -> int:
        """0: nothing was told."""
        return self._read.get(conversation, 0)
