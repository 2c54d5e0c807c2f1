"""Files that are on disk whole or not at all, whoever reads beside the writing."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def finished_beside(folder: Path, content: bytes, mode: int = 0o644) -> Iterator[Path]:
    """A durable file that only needs its name; gone again if it never gets one. The dot hides it from readers."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".writing", dir=folder)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
            os.fchmod(opened.fileno(), mode)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def remember_names(folder: Path) -> None:
    """What was named or removed in the folder outlives a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process after the other; a program that knows no lock is not kept out."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
