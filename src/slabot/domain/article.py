"""An article of the knowledge base, cut into the passages that can stand alone as an answer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from slabot.domain.answers import Passage
from slabot.domain.words import Language


@dataclass(frozen=True, slots=True)
class Question:
    """One way in which visitors ask for the article, and the line that says so."""

    text: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """Where an article points to, and the line it does so on."""

    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What an article shows, the words for those who cannot see it, and the line."""

    target: str
    alt: str
    line: int


@dataclass(frozen=True, slots=True)
class Article:
    slug: str
    title: str
    questions: tuple[Question, ...]
    passages: tuple[Passage, ...]
    html: str = ""  # the whole body, sanitised
    language: Language = "en"
    tags: tuple[str, ...] = ()
    audience: str = ""
    translates: str = ""  # the slug of the article that this one says in another language
    translated_from: str = ""  # the beginning of the original's digest at that time
    owner: str = ""  # who keeps it right
    review_by: date | None = None
    source: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    file: str = ""  # as a person names it: `human-esources/lms-sso.md`
    title_line: int = 1
    review_by_line: int = 1
    loose_headings: tuple[
        Heading, ...
    ] = ()  # lines such as `##Head` that were meant as headings and are none
    digest: str = ""  # of what it was read from: same digest, same article

    @property
    def body(self) -> str:
        """The plain text, a passage per paragraph."""
        return "\n\n".join(passage.text for passage in self.passages)

    @property
    def mark(self) -> str:
        """What a translation notes of its original, to tell later whether that has changed."""
        return self.digest[:12]


def slug_of(text: str) -> str:
    """A file name made of the words: lower-case ASCII letters, digits and hyphens, 60 characters at most."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    slug = ""
    for word in words:
        if len(slug) + len(word) > 59:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug or "article"
