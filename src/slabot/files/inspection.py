"""What a file really is, whatever it is called; images drawn anew, so that nothing hidden in them goes along."""

from __future__ import annotations

import io
from pathlib import PurePath

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError

from slabot.domain.attachment import ENDINGS, IMAGES
from slabot.services.attachments import Inspected, Unacceptable

MOST_PIXELS = 40_000_000
"""A few kilobytes can claim to be gigabytes of picture; this is more than any phone's camera takes."""

LONGEST_SIDE = 4_096
"""Pixels kept; larger pictures are drawn smaller."""

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}

_CONTROL = frozenset(range(32)) - {9, 10, 12, 13, 27}


class Inspection:
    """Satisfies `services.attachments.Inspector`."""

    def inspect(self, name: str, data: bytes, types: frozenset[str]) -> Inspected:
        claimed = ENDINGS.get(PurePath(name.lower()).suffix)
        if claimed is None or claimed not in types:
            raise Unacceptable("Files of this kind are not taken here.")
        if claimed in IMAGES:
            return _image(data, types)
        if claimed == "application/pdf":
            if not any(match.mime_type == claimed for match in _signatures(data)) or not data.startswith(
                b"%PDF-"
            ):
                raise Unacceptable("This file is called a PDF and is none.")
            return Inspected(claimed, data)
        return Inspected(claimed, _text(data))


def _signatures(data: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return list(puremagic.magic_string(data))
    except (puremagic.PureError, ValueError):
        return []


def _image(data: bytes, types: frozenset[str]) -> Inspected:
    """The first picture of the file, upright, without a word of what else it held."""
    try:
        with Image.open(io.BytesIO(data), formats=tuple(FORMATS)) as opened:
            found = FORMATS[opened.format or ""]
            if found not in types:
                raise Unacceptable("Files of this kind are not taken here.")
            if opened.width * opened.height > MOST_PIXELS:
                raise Unacceptable("This picture has too many pixels; send a smaller one.")
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _drawn(picture, found)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
        KeyError,
    ) as error:
        raise Unacceptable("This file is called a picture and cannot be read as one.") from error


def _drawn(picture: Image.Image, found: str) -> Inspected:
    """JPEG stays JPEG; everything else becomes PNG, which loses nothing."""
    canvas = Image.new("RGB" if found == "image/jpeg" else "RGBA", picture.size)
    canvas.paste(picture.convert(canvas.mode))
    out = io.BytesIO()
    if found == "image/jpeg":
        canvas.save(out, "JPEG", quality=88, optimize=True)
        return Inspected(found, out.getvalue(), *canvas.size)
    canvas.save(out, "PNG", optimize=False)
    return Inspected("image/png", out.getvalue(), *canvas.size)


def _text(data: bytes) -> bytes:
    """UTF-8 without control characters, and of no other kind by its first bytes."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unacceptable("This file is called a text and is none (UTF-8 is expected).") from None
    if _CONTROL & set(data):
        raise Unacceptable("This file is called a text and is none.")
    return data
