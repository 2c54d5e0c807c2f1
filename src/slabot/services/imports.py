"""Articles from elsewhere: looked through first, then brought in as drafts all at once, or published as files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from slabot.domain.words import Language
from slabot.services.attachments import Inspector, Unacceptable
from slabot.services.clock import Clock
from slabot.services.enclosures import TAKEN, EnclosureFiles, kept
from slabot.services.workshop_ports import (
    ArticleFiles,
    BadSlug,
    Draft,
    DraftMoved,
    Manuscripts,
    Overwritten,
    UnusableFile,
)

PICTURE_TO_COME: Final = "parcel:"
"""Begins what stands in a text for a picture that is not kept yet."""

Progress = Callable[[int, int], None]
"""How many of how many are done. May be called from a thread."""


def untold(done: int, of: int) -> None:
    """Progress that nobody watches."""


Fate = Literal["draft", "publish", "exists", "not_public"]


class BadParcel(Exception):
    """Nothing of it can be taken; the message says why and what to do."""


class NotRead(Exception):
    """One file that does not come in, and why."""

    def __init__(self, source: str, why: str) -> None:
        super().__init__(f"{source}: {why}")
        self.source = source
        self.why = why


Enclosed = tuple[str, str, Callable[[], bytes]]
"""Where a picture is in the parcel, what the article said for it, and its bytes (raises NotRead)."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article read from a parcel, as the file it would become."""

    source: str
    slug: str
    title: str
    language: Language
    text: str
    is_public: bool = True
    """Whether visitors could read it where it comes from."""
    remarks: tuple[str, ...] = ()
    pictures: Mapping[str, Enclosed] = field(default_factory=dict)
    """By what stands for each in the text."""


@dataclass(frozen=True, slots=True)
class Haul:
    """All that a parcel gave."""

    articles: tuple[Incoming, ...]
    unread: tuple[NotRead, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """What becomes of one article: it comes as a draft or file, or stays out because one of its name is there."""

    article: Incoming
    fate: Fate
    remarks: tuple[str, ...]
    pictures: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    arrivals: tuple[Arrival, ...]
    unread: tuple[NotRead, ...]

    @property
    def coming(self) -> int:
        return sum(one.fate in ("draft", "publish") for one in self.arrivals)


class Imports:
    """Asks nobody's leave: the doors that call it do."""

    def __init__(
        self,
        files: ArticleFiles,
        enclosures: EnclosureFiles,
        inspector: Inspector,
        manuscripts: Manuscripts,
        clock: Clock,
    ) -> None:
        self._files = files
        self._enclosures = enclosures
        self._inspector = inspector
        self._manuscripts = manuscripts
        self._clock = clock

    async def look(self, workspace: str, haul: Haul, *, publish: bool, progress: Progress) -> Arrivals:
        """What would come, with nothing kept. Raises UnusableFile where there is no such folder."""
        return await self._decide(workspace, haul, publish, progress)

    async def bring(
        self, workspace: str, haul: Haul, by: str, *, publish: bool, progress: Progress
    ) -> Arrivals:
        """As `look` said: pictures first, which nobody sees yet, then all articles or none. Raises like it."""
        arrivals = await self._decide(workspace, haul, publish, lambda done, of: progress(done, 2 * of))
        coming = [one for one in arrivals.arrivals if one.fate in ("draft", "publish")]
        texts = []
        for done, one in enumerate(coming, start=1):
            texts.append(await asyncio.to_thread(self._with_pictures, workspace, one.article))
            progress(len(coming) + done, 2 * len(coming))
        if publish:
            await asyncio.to_thread(self._publish, workspace, [one.article.slug for one in coming], texts)
            return arrivals
        now = self._clock.now()
        drafts = [
            Draft(workspace, one.article.slug, text, None, 1, by, now)
            for one, text in zip(coming, texts, strict=True)
        ]
        try:
            await self._manuscripts.add_all(tuple(drafts))
        except DraftMoved:
            raise BadParcel(
                "A draft of one of these names was begun meanwhile. Nothing was brought in; try again"
            ) from None
        return arrivals

    async def _decide(self, workspace: str, haul: Haul, publish: bool, progress: Progress) -> Arrivals:
        drafts = await self._manuscripts.drafts(workspace)
        return await asyncio.to_thread(self._judged, workspace, haul, frozenset(drafts), publish, progress)

    def _judged(
        self, workspace: str, haul: Haul, drafts: frozenset[str], publish: bool, progress: Progress
    ) -> Arrivals:
        arrivals = []
        for done, article in enumerate(haul.articles, start=1):
            fate: Fate = "publish" if publish else "draft"
            if article.slug in drafts or self._exists(workspace, article.slug):
                fate = "exists"
            elif publish and not article.is_public:
                fate = "not_public"
            problems = dict(self._unfit(article)) if fate in ("draft", "publish") else {}
            remarks = (*article.remarks, *problems.values())
            arrivals.append(Arrival(article, fate, remarks, len(article.pictures) - len(problems)))
            progress(done, len(haul.articles))
        return Arrivals(tuple(arrivals), haul.unread)

    def _exists(self, workspace: str, slug: str) -> bool:
        """Raises UnusableFile where there is no such folder, and NotRead never: a file that is no text is there too."""
        self._files.check_name(workspace, slug)
        try:
            return self._files.read(workspace, slug) is not None
        except UnusableFile:
            return True

    def _unfit(self, article: Incoming) -> Iterator[tuple[str, str]]:
        """Pictures that do not come along, and why."""
        for token, (path, _, read) in article.pictures.items():
            try:
                self._inspector.inspect(path, read(), TAKEN.types)
            except (Unacceptable, NotRead) as refused:
                yield token, f"{path}: {getattr(refused, 'why', refused)}"

    def _with_pictures(self, workspace: str, article: Incoming) -> str:
        """The text with its pictures where they are kept now; one that is refused stays as it was written."""
        text = article.text
        for token, (path, target, read) in article.pictures.items():
            try:
                name = kept(self._enclosures, self._inspector, workspace, path, read()).name
                text = text.replace(token, f"files/{name}")
            except (Unacceptable, NotRead):
                text = text.replace(token, target)
        return text

    def _publish(self, workspace: str, slugs: list[str], texts: list[str]) -> None:
        """Each file whole; if one cannot be written, those before it are taken back."""
        written: list[str] = []
        try:
            for slug, text in zip(slugs, texts, strict=True):
                self._files.write(workspace, slug, text, None)
                written.append(slug)
        except (Overwritten, UnusableFile, BadSlug, OSError) as error:
            for slug in written:
                self._files.remove(workspace, slug)
            raise BadParcel(f"{slugs[len(written)]}: {error}. Nothing was brought in") from error
