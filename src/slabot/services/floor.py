"""The conversations that people have, as of the newest commit: who waits in which line, and who holds what."""

from __future__ import annotations

from collections.abc import Iterator

from slabot.domain.conversation import Status
from slabot.domain.projection import InboxRow
from slabot.services.waiting_line import WaitingLine

Line = tuple[str, str]
"""Workspace and queue."""


class Floor:
    """In memory, made anew from the inbox at every start; no ticket depends on it."""

    def __init__(self) -> None:
        self._rows: dict[str, InboxRow] = {}
        self._lines: dict[Line, WaitingLine] = {}
        self._held: dict[str, dict[str, None]] = {}
        self.version = 0
        """Counts the changes of lines and holders."""

    def saw(self, row: InboxRow) -> None:
        """Who waits already keeps their place."""
        before = self._rows.get(row.conversation)
        line, holder = _line(row), row.holder
        was_in, was_with = (_line(before), before.holder) if before is not None else (None, None)
        if line is None and holder is None:
            self._rows.pop(row.conversation, None)
        else:
            self._rows[row.conversation] = row
        if line != was_in:
            if was_in is not None:
                self._lines[was_in].leave(row.conversation)
            if line is not None:
                self._lines.setdefault(line, WaitingLine()).join(row.conversation)
        if holder != was_with:
            if was_with is not None:
                self._held[was_with].pop(row.conversation)
            if holder is not None:
                self._held.setdefault(holder, {})[row.conversation] = None
        self.version += line != was_in or holder != was_with

    def row(self, conversation: str) -> InboxRow | None:
        """None where nobody waits and nobody holds."""
        return self._rows.get(conversation)

    def rows(self, workspace: str) -> Iterator[InboxRow]:
        return (row for row in self._rows.values() if row.workspace == workspace)

    def lines(self) -> Iterator[Line]:
        """Those in which somebody waits."""
        return (line for line, waiting in self._lines.items() if waiting)

    def waiting(self, line: Line) -> Iterator[InboxRow]:
        """First come first."""
        return (self._rows[conversation] for conversation in self._lines.get(line, ()))

    def length(self, line: Line) -> int:
        return len(self._lines.get(line, ()))

    def ahead(self, line: Line, conversation: str) -> int:
        """How many come before this conversation; one that does not wait comes after all who do."""
        waiting = self._lines.get(line)
        return waiting.ahead(conversation) if waiting is not None else 0

    def holders(self) -> Iterator[str]:
        return (agent for agent, held in self._held.items() if held)

    def held_by(self, agent: str) -> tuple[str, ...]:
        """Conversations."""
        return tuple(self._held.get(agent, ()))

    def load(self, agent: str) -> int:
        return len(self._held.get(agent, ()))


def _line(row: InboxRow | None) -> Line | None:
    return (row.workspace, row.queue or "") if row is not None and row.status == Status.WAITING else None
