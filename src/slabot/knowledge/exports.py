"""An export on disk or as an archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from slabot.services.workshop_ports import UnusableFile

Entry = tuple[str, bytes]
"""Path and content."""

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every entry, so that the same articles give the same archive."""


def packed(entries: Iterable[Entry]) -> bytes:
    """A .zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in entries:
            archive.writestr(zipfile.ZipInfo(path, _LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def laid_out(entries: Iterable[Entry], to: Path) -> int:
    """Into a .zip, or an empty or new folder; how many files. Raises UnusableFile where something is there already."""
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise UnusableFile(f"{to}: expected a new name or an empty folder, found something there")
    every = list(entries)
    if to.suffix.lower() == ".zip":
        to.write_bytes(packed(every))
        return len(every)
    for path, content in every:
        place = to / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return len(every)
