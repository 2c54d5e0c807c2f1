"""Where services get ids and salts: the only randomness, so that decisions stay pure."""

from __future__ import annotations

import secrets
from typing import Protocol


class Ids(Protocol):
    def conversation(self) -> str:
        """Unguessable: whoever knows it has not been told it by us by accident."""
        ...

    def visitor(self) -> str: ...

    def message(self) -> str:
        """An id for something that leaves the house, as mail: stable once it is stored."""
        ...

    def salts(self, count: int) -> list[bytes]: ...


SALT = 16
DRAWN = 256
"""Salts drawn at a time: asking the operating system costs more than a salt is worth."""


class RandomIds:
    """From the operating system's random source."""

    def __init__(self) -> None:
        self._salts: list[bytes] = []

    def conversation(self) -> str:
        return f"c_{secrets.token_urlsafe(16)}"

    def visitor(self) -> str:
        return f"v_{secrets.token_urlsafe(16)}"

    def message(self) -> str:
        return secrets.token_hex(16)

    def salts(self, count: int) -> list[bytes]:
        while len(self._salts) < count:
            drawn = secrets.token_bytes(SALT * DRAWN)
            self._salts += [drawn[place : place + SALT] for place in range(0, len(drawn), SALT)]
        salts = self._salts[-count:] if count else []
        del self._salts[len(self._salts) - count :]
        return salts
