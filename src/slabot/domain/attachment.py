"""A file that somebody sends along with a message, and what a workspace takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

IMAGES = ("image/jpeg", "image/png", "image/webp", "image/gif")
TYPES: Mapping[str, tuple[str, ...]] = {
    "image": IMAGES,
    "pdf": ("application/pdf",),
    "text": ("text/plain", "text/csv"),
}
"""By the word that a policy uses. SVG is no image here: it is a program."""

ENDINGS: Mapping[str, str] = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".jpe": "image/jpeg", ".png": "image/png", ".webp": "image/webp",
    ".gif": "image/gif", ".pdf": "application/pdf", ".txt": "text/plain", ".log": "text/plain", ".csv": "text/csv",
}  # fmt: skip
"""What a name claims; a file of any other ending is not taken."""

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Attaching:
    """Which files a workspace takes, and how large each may be."""

    kinds: tuple[str, ...] = ("image", "pdf", "text")
    """Keys of `TYPES`; none: no files at all."""
    largest: int = 10 * MEGABYTE
    """Bytes."""

    @property
    def types(self) -> frozenset[str]:
        return frozenset(type for kind in self.kinds for type in TYPES[kind])


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as a message carries it; the bytes are elsewhere."""

    id: str
    name: str
    type: str
    """What it was found to be, whatever it was called."""
    size: int
    """Bytes as kept."""
    width: int = 0
    height: int = 0
    """Of an image, in pixels; else 0."""

    @property
    def facts(self) -> dict[str, Any]:
        return asdict(self)


def named(attachments: tuple[Attachment, ...]) -> str:
    """The words of a message that has none of its own."""
    return ", ".join(attachment.name for attachment in attachments)
