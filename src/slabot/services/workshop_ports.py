"""What the editors' workshop needs of others: the article files, trials of a change, and what the store keeps for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from slabot.domain.answers import Candidate, Verdict
from slabot.domain.article import Article
from slabot.domain.words import Language


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """One file of the knowledge base as it is on disk."""

    slug: str
    file: str
    """As a person names it: `velsoft/hours.md`."""
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Fields:
    """What the form holds; everything else of the file (source, comments, order of keys) is the file's own."""

    title: str
    body: str
    questions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    audience: str = ""
    language: Language = "en"
    review_by: date | None = None
    translates: str = ""
    """The slug of the article that this one is a translation of."""
    translated_from: str = ""
    """The mark of that article when this one was brought up to date with it."""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """How a file becomes a form, and a filled-in form a file again."""

    read: Callable[[str], Fields]
    write: Callable[[str, Fields], str]


class Overwritten(Exception):
    """The file is no longer the one that was read: `now` is what stands there, None if it is gone."""

    def __init__(self, now: ArticleFile | None) -> None:
        super().__init__("the file was changed meanwhile")
        self.now = now


class UnusableFile(Exception):
    """A file that cannot be read or written; the message names it and says what to do."""


class BadSlug(ValueError):
    """A name that no article file can have."""


class ArticleFiles(Protocol):
    """Published articles; the files are the truth, whoever writes them."""

    def read(self, workspace: str, slug: str) -> ArticleFile | None:
        """None where there is no such article. Raises UnusableFile."""
        ...

    def check_name(self, workspace: str, slug: str) -> None:
        """Whether a new article may be called so. Raises BadSlug, or UnusableFile where there is no such folder."""
        ...

    def write(self, workspace: str, slug: str, text: str, expected: str | None) -> ArticleFile:
        """Replaces the file whole, or makes it where `expected` (a digest) is None.

        Raises Overwritten, BadSlug or UnusableFile.
        """
        ...

    def remove(self, workspace: str, slug: str) -> None:
        """Takes a new file back; none is no error."""
        ...

    def everything(self, workspace: str) -> Iterator[tuple[str, bytes]]:
        """Every article and every file beside them, by path in the workspace. Raises UnusableFile."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Lost:
    """A question that would no longer find its article, and what it would find instead."""

    slug: str
    question: str
    finds: str | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What publishing a text would mean."""

    article: Article | None
    """None: it cannot be read, and the problems say why."""
    problems: tuple[str, ...] = ()
    """Each names the line and what to do."""
    lost: tuple[Lost, ...] = ()
    unheard: tuple[int, ...] = ()
    """Which of the `asked` that found this article before would not any more."""


@dataclass(frozen=True, slots=True)
class Explained:
    """How a question fares: what it finds, why, and how sure the bot may be."""

    verdict: Verdict
    candidates: tuple[Candidate, ...]
    evidence: float
    """For the first; log-odds."""
    answers_from: float
    """The evidence from which on the bot answers straight away."""
    searched_for: tuple[str, ...]


class Trials(Protocol):
    def explain(self, workspace: str, text: str) -> Explained:
        """Names candidates also where the bot would not."""
        ...

    def preview(self, workspace: str, slug: str, text: str) -> Trial:
        """As the widget would show it, without asking any question."""
        ...

    def publish(self, workspace: str, slug: str, text: str, asked: tuple[str, ...]) -> Trial:
        """Every article's questions, and what visitors `asked`, against the articles as they would be. Takes seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """What an editor has written and not published; an article has at most one."""

    workspace: str
    slug: str
    text: str
    base: str | None
    """The digest of the file it was begun from; None: the article is new."""
    revision: int
    editor: str
    saved_at: datetime
    publish_at: datetime | None = None
    reason: str | None = None
    """Why the schedule may override lost questions."""
    failed: str | None = None
    """Why a scheduled publication did not happen."""


class DraftMoved(Exception):
    """Another editor saved meanwhile: `now` is their draft, None if it was published or dropped."""

    def __init__(self, now: Draft | None) -> None:
        super().__init__("the draft was changed meanwhile")
        self.now = now


@dataclass(frozen=True, slots=True)
class Version:
    """A published text of an article."""

    number: int
    digest: str
    text: str
    editor: str
    """Empty: written on disk."""
    at: datetime
    reason: str | None = None


class Manuscripts(Protocol):
    """Drafts and versions."""

    async def drafts(self, workspace: str) -> Mapping[str, Draft]:
        """By slug."""
        ...

    async def draft(self, workspace: str, slug: str) -> Draft | None: ...

    async def save(self, draft: Draft) -> None:
        """Keeps it as the revision after `revision - 1` (0: there is none). Raises DraftMoved."""
        ...

    async def add_all(self, drafts: tuple[Draft, ...]) -> None:
        """Begins all of them or none. Raises DraftMoved where one is there already."""
        ...

    async def drop(self, workspace: str, slug: str, revision: int) -> None:
        """Raises DraftMoved."""
        ...

    async def due(self, until: datetime) -> tuple[Draft, ...]:
        """Drafts to be published by then, soonest first."""
        ...

    async def next_due(self) -> datetime | None: ...

    async def versions(self, workspace: str, slug: str) -> tuple[Version, ...]:
        """Newest first."""
        ...

    async def add_version(self, workspace: str, slug: str, version: Version) -> None:
        """`number` counts from 1 per article; one that exists already is left as it is."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor asked when an article was shown to them."""

    visitor: str
    text: str
