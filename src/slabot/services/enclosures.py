"""Pictures and files that articles show or link to: checked for what they are, kept beside the articles on disk."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from slabot.domain.attachment import ENDINGS, IMAGES, MEGABYTE, Attaching
from slabot.services.attachments import AT_ONCE, Inspector, NoSuchFile, Unacceptable, too_large
from slabot.services.colleague import Colleague
from slabot.services.turns import Refused
from slabot.services.workshop import Workshop
from slabot.services.workshop_ports import UnusableFile

LARGEST = 10 * MEGABYTE
"""Bytes of one file, as it comes and as it is kept."""

TAKEN = Attaching(largest=LARGEST)

_ENDING_OF = {"image/jpeg": ".jpg", "image/png": ".png"}
"""Of a picture that was drawn anew, which may be of another kind than it came."""


class EnclosureFiles(Protocol):
    """Files beside the articles of a workspace. Not to be called on the loop."""

    def keep(self, workspace: str, name: str, data: bytes) -> str:
        """The name it got. Raises UnusableFile where there is no such folder."""
        ...

    def read(self, workspace: str, name: str) -> bytes | None:
        """None for what is missing, too large, or of a kind that is not served."""
        ...

    def names(self, workspace: str) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Enclosure:
    name: str
    type: str
    size: int
    width: int = 0
    height: int = 0
    """Of a picture, in pixels; else 0."""

    @property
    def is_picture(self) -> bool:
        return self.type in IMAGES


class Enclosures:
    def __init__(self, workshop: Workshop, files: EnclosureFiles, inspector: Inspector) -> None:
        self._workshop = workshop
        self._files = files
        self._inspector = inspector
        self._inspecting = asyncio.Semaphore(AT_ONCE)

    async def take(self, editor: Colleague, workspace: str, name: str, data: bytes) -> Enclosure:
        """Raises NotFound, or Refused `file` with what is taken instead."""
        self._workshop.admit(editor, workspace)
        if len(data) > LARGEST:
            raise too_large(TAKEN)
        async with self._inspecting:
            return await asyncio.to_thread(self._keep, workspace, name, data)

    async def hand_out(self, workspace: str, name: str) -> tuple[str, bytes]:
        """Its type and bytes; whoever may read an article may see its pictures. Raises NoSuchFile."""
        data = await asyncio.to_thread(self._files.read, workspace, name)
        type = ENDINGS.get(PurePath(name).suffix.lower())
        if data is None or type is None:
            raise NoSuchFile
        return type, data

    def _keep(self, workspace: str, name: str, data: bytes) -> Enclosure:
        try:
            return kept(self._files, self._inspector, workspace, name, data)
        except Unacceptable as why:
            taken = "Taken are PNG, JPEG, WebP and GIF pictures, PDF, plain text and CSV."
            raise Refused("file", f"{why} {taken}", kinds=list(TAKEN.kinds)) from None
        except UnusableFile as why:
            raise Refused("invalid", str(why)) from None


def kept(files: EnclosureFiles, inspector: Inspector, workspace: str, name: str, data: bytes) -> Enclosure:
    """Inspected, drawn anew if it is a picture, and kept. Raises Unacceptable or UnusableFile."""
    found = inspector.inspect(name, data, TAKEN.types)
    ending = _ENDING_OF.get(found.type) or PurePath(name.lower()).suffix
    given = files.keep(workspace, f"{PurePath(name).stem}{ending}", found.data)
    return Enclosure(given, found.type, len(found.data), found.width, found.height)
