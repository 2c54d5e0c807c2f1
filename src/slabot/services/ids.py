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


class RandomIds:
    """From the operating system's random source."""

    def conversation(self) -> str:
        return f"c_{secrets.token_urlsafe(16)}"

    def visitor(self) -> str:
        return f"v_{secrets.token_urlsafe(16)}"

    def message(self) -> str:
        return secrets.token_hex(16)

    def salts(self, count: int) -> list[bytes]:
        drawn = secrets.token_bytes(16 * count)
        return [drawn[16 * n : 16 * (n + 1)] for n in range(count)]
