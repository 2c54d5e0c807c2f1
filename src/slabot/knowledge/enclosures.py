"""Pictures and other files in `kb/<workspace>/files/`; implements `services.enclosures.EnclosureFiles`."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path, PurePath
from typing import Final

from slabot.domain.attachment import ENDINGS
from slabot.services.enclosures import LARGEST
from slabot.services.workshop_ports import UnusableFile
from slabot.whole_files import finished_beside, remember_names

FOLDER: Final = "files"
_NAME: Final = re.compile(r"[A-Za-z0-9][\w.-]*")
_DIGEST_LETTERS: Final = 12
_MARK: Final = re.compile(rf"-[0-9a-f]{{{_DIGEST_LETTERS}}}$")


class EnclosureFolder:
    """A name carries a part of its bytes' digest: the same picture is there once, and none is ever overwritten."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def keep(self, workspace: str, name: str, data: bytes) -> str:
        home = self._directory / workspace
        if home.parent != self._directory or home.is_symlink() or not home.is_dir():
            raise UnusableFile(f"{workspace}: expected a folder of articles, found none")
        folder = home / FOLDER
        if folder.is_symlink():
            raise UnusableFile(f"{workspace}/{FOLDER}: is a link. Make it a folder")
        folder.mkdir(exist_ok=True)
        kept = folder / _marked(name, data)
        if not kept.exists():
            with finished_beside(folder, data) as finished:
                finished.replace(kept)
            remember_names(folder)
        return kept.name

    def read(self, workspace: str, name: str) -> bytes | None:
        path = self._directory / workspace / FOLDER / name
        if not _NAME.fullmatch(workspace) or not _NAME.fullmatch(name) or not _is_served(path):
            return None
        return path.read_bytes() if path.stat().st_size <= LARGEST else None

    def names(self, workspace: str) -> frozenset[str]:
        folder = self._directory / workspace / FOLDER
        if not folder.is_dir() or folder.is_symlink():
            return frozenset()
        return frozenset(path.name for path in folder.iterdir() if _is_served(path))


def _is_served(path: Path) -> bool:
    """Whoever put it there: a plain file of a kind that cannot run."""
    if not _NAME.fullmatch(path.name) or path.suffix.lower() not in ENDINGS:
        return False
    return path.is_file() and not path.is_symlink() and not path.parent.is_symlink()


def _marked(name: str, data: bytes) -> str:
    """`Set-up page.PNG` becomes `set-up-page-3f2a91bc04de.png`."""
    given = PurePath(name.replace("\\", "/").lower())
    words = re.sub(r"[^a-z0-9]+", "-", _MARK.sub("", given.stem)).strip("-")[:60].strip("-")
    return f"{words or 'file'}-{hashlib.sha256(data).hexdigest()[:_DIGEST_LETTERS]}{given.suffix}"
