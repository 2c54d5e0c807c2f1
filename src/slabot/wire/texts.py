"""Text as it comes from outside: bounded, and free of what databases and terminals choke on."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

LONGEST_MESSAGE = 8_000
"""Characters; longer than anything people type, shorter than what hurts."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def clean(text: object) -> object:
    """Control characters and halves of characters are no words of anybody: out they go, the rest stays as typed."""
    if not isinstance(text, str):
        return text
    mended = _LONE_SURROGATE.sub("\ufffd", text)
    return _UNPRINTABLE.sub("", mended).replace("\r\n", "\n").strip()


def visible(text: str) -> str:
    """A text of nothing but spaces and invisible marks is empty."""
    if all(unicodedata.category(char) in ("Cf", "Zs", "Zl", "Zp", "Cc", "Mn") for char in text):
        raise ValueError("expected some words, got an empty message")
    return text


Words = Annotated[
    str,
    BeforeValidator(clean),
    StringConstraints(min_length=1, max_length=LONGEST_MESSAGE),
    AfterValidator(visible),
]
"""A message, note or question."""

Text = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=LONGEST_MESSAGE)]
"""A long text that may be empty."""

Line = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=500)]
"""A short text that may be empty: a reason, a code."""

ClientId = Annotated[str, StringConstraints(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
"""Made by the client, unique per author: a repetition is carried out once."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]

Seq = Annotated[int, Field(ge=0, le=2**31 - 1)]
"""A place in a conversation's timeline; 0 is before its first event."""

Position = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""A place in a workspace's order of events, small enough for every JSON reader."""


def _known_form(locale: object) -> object:
    """Browsers send many things; what is no language tag says nothing about the language."""
    return locale if isinstance(locale, str) and _LANGUAGE_TAG.fullmatch(locale) else "en"


_LANGUAGE_TAG = re.compile(r"[A-Za-z0-9]{1,8}([-_][A-Za-z0-9]{1,8}){0,3}")

Locale = Annotated[str, BeforeValidator(_known_form)]
"""A browser's language tag ("de-AT"); English for anything else."""
