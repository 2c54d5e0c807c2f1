"""What somebody brings to be imported, a folder, an archive or single files, with everything that may not come in kept out."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from slabot.domain.attachment import ENDINGS, MEGABYTE
from slabot.services.imports import BadParcel, NotRead

PAGES: Final = frozenset({".md", ".markdown", ".html", ".htm", ".json"})
LARGEST_FILE: Final = 10 * MEGABYTE
MOST_FILES: Final = 10_000
MOST_BYTES: Final = 400 * MEGABYTE
"""Of everything, unpacked."""
_BOMB: Final = 200
"""Times its own size that an archive may unpack to; text packs to a tenth, a bomb to a thousandth."""


@dataclass(slots=True)
class Parcel:
    """Files by their path, with `/` between its parts; read one at a time."""

    files: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    refused: list[NotRead] = field(default_factory=list)

    def read(self, path: str) -> bytes:
        """Raises NotRead."""
        try:
            content = self.files[path]()
        except (
            OSError,
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            EOFError,
            ValueError,
        ) as error:
            raise NotRead(path, f"cannot be read: {error}") from error
        if len(content) > LARGEST_FILE:
            raise NotRead(path, _too_large(len(content)))
        return content


def parcel_of(files: Mapping[str, bytes]) -> Parcel:
    """What came over the wire: an archive alone is unpacked, anything else is taken as files. Raises BadParcel."""
    if len(files) == 1:
        (path, content), *_ = files.items()
        if path.lower().endswith(".zip"):
            return read_archive(io.BytesIO(content), len(content))
    parcel = Parcel()
    for path, content in files.items():
        _admit(parcel, path, len(content), partial(bytes, content))
    return parcel


def read_source(path: Path) -> Parcel:
    """A folder, an archive or one file. Raises BadParcel; an archive stays open as long as the parcel is read."""
    if path.is_dir():
        return _read_folder(path)
    if not path.is_file():
        raise BadParcel(f"{path}: expected a folder, a .zip, or a file of articles; found nothing")
    if path.suffix.lower() == ".zip":
        return read_archive(path.open("rb"), path.stat().st_size)
    parcel = Parcel()
    _admit(parcel, path.name, path.stat().st_size, path.read_bytes)
    return parcel


def read_archive(opened: BinaryIO, size: int) -> Parcel:
    """Raises BadParcel where it is no archive, or unpacks to more than one may."""
    try:
        archive = zipfile.ZipFile(opened)
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise BadParcel(f"This is called a .zip and cannot be read as one: {error}.") from None
    if len(entries) > MOST_FILES:
        raise BadParcel(
            f"The archive holds {len(entries)} files, more than the {MOST_FILES} that are taken at a time."
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_BYTES or unpacked > MEGABYTE + _BOMB * size:
        raise BadParcel(
            f"The archive has {size / MEGABYTE:.1f} MB and would unpack to {unpacked / MEGABYTE:,.0f} MB. Nothing of it"
            " was taken; pack the articles and their pictures only."
        )
    parcel = Parcel()
    for entry in entries:
        if entry.is_dir():
            continue
        if stat.S_ISLNK(entry.external_attr >> 16):
            parcel.refused.append(NotRead(entry.filename, "is a link. Pack the file itself"))
        elif entry.flag_bits & 1:
            parcel.refused.append(NotRead(entry.filename, "is locked by a password. Pack it without one"))
        else:
            _admit(parcel, entry.filename, entry.file_size, partial(_unpacked, archive, entry))
    return parcel


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No more than one may have, whatever the archive claims."""
    with archive.open(entry) as opened:
        return opened.read(LARGEST_FILE + 1)


def _read_folder(folder: Path) -> Parcel:
    parcel = Parcel()
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            parcel.refused.append(NotRead(name, "is a link. Put the file itself there"))
        elif path.is_file():
            _admit(parcel, name, path.stat().st_size, path.read_bytes)
        if len(parcel.files) > MOST_FILES:
            raise BadParcel(f"{folder}: holds more than the {MOST_FILES} files that are taken at a time")
    return parcel


def _walk(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder, followlinks=False):
        linked = [name for name in folders if (Path(here) / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in linked)
        yield from (Path(here) / name for name in sorted((*names, *linked)))


def _admit(parcel: Parcel, path: str, size: int, read: Callable[[], bytes]) -> None:
    """Puts the file into the parcel, or says why it may not come in; what no person put there is passed over."""
    parts = PurePosixPath(path.replace("\\", "/"))
    if any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts.parts):
        return
    shown = path[:200]
    if not parts.parts or parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0] or "\0" in path:
        parcel.refused.append(NotRead(shown, "leads out of what was given. Use plain names"))
    elif any(part.startswith("_") for part in parts.parts):
        parcel.refused.append(NotRead(shown, "is left out: names that begin with _ are not published"))
    elif parts.suffix.lower() not in PAGES | ENDINGS.keys():
        what = "is of a kind that is not read. Articles are Markdown, HTML or JSON, pictures PNG, JPEG, WebP or GIF"
        parcel.refused.append(NotRead(shown, what))
    elif size > LARGEST_FILE:
        parcel.refused.append(NotRead(shown, _too_large(size)))
    elif parts.as_posix() in parcel.files:
        parcel.refused.append(NotRead(shown, "is there twice; the first was taken"))
    else:
        parcel.files[parts.as_posix()] = read


def _too_large(size: int) -> str:
    return f"has {size / MEGABYTE:.1f} MB, more than the {LARGEST_FILE // MEGABYTE} MB that a file may have"
