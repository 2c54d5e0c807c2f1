"""Those who wait in one line, first come first; each one's place is found without walking past the others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator


class WaitingLine:
    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        """By conversation the number it drew when it came; numbers only grow."""
        self._order: list[int] = []
        self._drawn = 0

    def join(self, conversation: str) -> None:
        """At the end; it must not wait already."""
        self._drawn += 1
        self._numbers[conversation] = self._drawn
        self._order.append(self._drawn)

    def leave(self, conversation: str) -> None:
        number = self._numbers.pop(conversation)
        del self._order[bisect_left(self._order, number)]

    def ahead(self, conversation: str) -> int:
        """How many come before this conversation; one that does not wait comes after all who do."""
        number = self._numbers.get(conversation)
        return len(self._order) if number is None else bisect_left(self._order, number)

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._order)
