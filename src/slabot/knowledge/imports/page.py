"""One article on its way in, whatever it was written in: its fields, and how others refer to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, get_args

from slabot.domain.words import Language
from slabot.services.imports import NotRead
from slabot.services.workshop_ports import Fields

_LANGUAGES: Final = get_args(Language)


@dataclass(slots=True)
class Page:
    source: str
    """The file it came from, with its number in there if it holds several."""
    slug: str
    fields: Fields
    folder: str = ""
    """Where its links and pictures start from."""
    text: str = ""
    """The whole file, where it is kept as it was."""
    ids: tuple[str, ...] = ()
    """What others may call it: its path, or its number in the help centre."""
    original: str = ""
    """Which of these the article has that this one translates."""
    is_public: bool = True
    remarks: list[str] = field(default_factory=list)


def language_of(locale: str, source: str) -> Language:
    """`en-us` is English. Raises NotRead for a language that slabot does not speak."""
    first = locale.lower().replace("_", "-").split("-")[0] or "en"
    for language in _LANGUAGES:
        if language == first:
            found: Language = language
            return found
    raise NotRead(source, f"is in {locale!r}; articles are in {', '.join(_LANGUAGES)}")


def decoded(content: bytes, source: str) -> str:
    """Raises NotRead where it is no text in UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotRead(source, f"is not UTF-8 (line {line}). Save it as UTF-8") from None
    if "\0" in text:
        raise NotRead(source, "holds NUL characters, so it is no text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def as_questions(title: str) -> tuple[str, ...]:
    """A title that asks is the first of the questions that find the article."""
    return (title,) if title.endswith("?") else ()
