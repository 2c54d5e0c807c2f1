"""The library: every workspace's articles and index, kept in step with the files of the knowledge base."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock

from watchfiles import awatch

from slabot.domain.answers import NOTHING, Found
from slabot.domain.article import Article
from slabot.knowledge.alike import groups
from slabot.knowledge.articles import ArticleProblem, NotReadable, article_files, read_article
from slabot.knowledge.encoder import Encoder
from slabot.knowledge.entries import Entry, enter
from slabot.knowledge.index import Index

_WATCH_STEP_MS = 100  # a change is gathered for so long before it is read

_Signature = tuple[int, int, int]


@dataclass(slots=True)
class _File:
    """One article file: what it looked like when read, and the last good version of what was in it."""

    signature: _Signature
    entry: Entry | None
    problems: tuple[ArticleProblem, ...]


@dataclass(slots=True)
class _Shelf:
    """One workspace."""

    files: dict[Path, _File] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    index: Index = field(default_factory=lambda: Index(()))
    clashes: tuple[ArticleProblem, ...] = ()
    checked: Index | None = None  # the index that has checked itself

    def entries(self) -> tuple[Entry, ...]:
        """What is searched; of articles with the same slug the first."""
        read = (file.entry for file in self.files.values() if file.entry is not None)
        return tuple(entry for entry in read if self.articles.get(entry.article.slug) is entry.article)


class Library:
    """Finds articles by workspace; implements `services.search.ArticleSearch`.

    `refresh` may run in a thread while others search: a shelf's index is swapped whole.
    """

    def __init__(self, directory: Path, encoder: Encoder | None = None, only: str | None = None) -> None:
        """Reads `directory` (a folder per workspace), all of it or `only` one; raises NotReadable if it is none."""
        if not directory.is_dir():
            raise NotReadable(f"{directory}: expected a folder of folders, one per workspace")
        self._directory = directory
        self._encoder = encoder
        self._only = only
        self._shelves: dict[str, _Shelf] = {}
        self._refreshing, self._checking = Lock(), Lock()
        self.refresh()

    @property
    def directory(self) -> Path:
        return self._directory

    @property
    def workspaces(self) -> tuple[str, ...]:
        return tuple(sorted(self._shelves))

    @property
    def problems(self) -> tuple[ArticleProblem, ...]:
        """What is wrong with any file now, by file and line."""
        found = [
            problem
            for shelf in list(self._shelves.values())
            for problems in (*(file.problems for file in list(shelf.files.values())), shelf.clashes)
            for problem in problems
        ]
        return tuple(sorted(found))

    def find(self, workspace: str, text: str, context: Sequence[str] = ()) -> Found:
        """The articles for a visitor's words; an unknown workspace has none."""
        shelf = self._shelves.get(workspace)
        return shelf.index.find(text, context) if shelf else NOTHING

    def article(self, workspace: str, slug: str) -> Article | None:
        shelf = self._shelves.get(workspace)
        return shelf.articles.get(slug) if shelf else None

    def articles(self, workspace: str) -> tuple[Article, ...]:
        """All articles of a workspace that answer, by slug."""
        shelf = self._shelves.get(workspace)
        return tuple(shelf.articles[slug] for slug in sorted(shelf.articles)) if shelf else ()

    def index(self, workspace: str) -> Index | None:
        shelf = self._shelves.get(workspace)
        return shelf.index if shelf else None

    def alike(self, texts: Sequence[str]) -> list[list[int]]:
        """Texts of visitors that mean the same, as far as this library understands meaning; nothing is kept."""
        return groups(texts, self._encoder)

    def index_with(self, workspace: str, article: Article) -> Index:
        """The index as it would be if this article were published; nothing is kept of it."""
        shelf = self._shelves.get(workspace, _Shelf())
        entry, entries = enter(article), list(shelf.entries())
        at = next((n for n, other in enumerate(entries) if other.article.slug == article.slug), None)
        if at is None:
            entries.append(entry)
        else:
            entries[at] = entry
        index = Index(entries, self._encoder)
        index.trust = shelf.index.trust
        return index

    def refresh(self) -> tuple[str, ...]:
        """Read what changed on disk, and check it; returns the workspaces whose articles did."""
        changed = self.catch_up()
        self._check_shelves()
        return changed

    def catch_up(self) -> tuple[str, ...]:
        """What changed is searchable from here on, trusted as what was there before; whose workspaces those are."""
        with self._refreshing:
            folders = {
                entry.name: entry
                for entry in sorted(self._directory.iterdir())
                if entry.is_dir()
                and not entry.name.startswith((".", "_"))
                and self._only in (None, entry.name)
            }
            for gone in self._shelves.keys() - folders.keys():
                del self._shelves[gone]
            return tuple(name for name, folder in folders.items() if self._refresh_shelf(name, folder))

    def understand(self, encoder: Encoder) -> None:
        """From now on by meaning too. May run in a thread while others search: it loads and encodes for seconds."""
        encoder.ready()
        with self._refreshing:
            self._encoder = encoder
            for shelf in list(self._shelves.values()):
                shelf.index = Index(shelf.entries(), encoder)
        self._check_shelves()

    async def watch(self, stop: asyncio.Event | None = None) -> None:
        """Follow the files until `stop` is set: a saved article is searchable within a second.

        The check of what was read takes longer than reading it, so the next change does not wait for it.
        """
        async with asyncio.TaskGroup() as checks:
            async for _ in awatch(self._directory, stop_event=stop, debounce=_WATCH_STEP_MS, step=50):
                await asyncio.to_thread(self.catch_up)
                checks.create_task(asyncio.to_thread(self._check_shelves))

    def _check_shelves(self) -> None:
        """Check what is not checked yet; given up for a shelf that changes meanwhile, since the new one follows."""
        with self._checking:
            for name, shelf in list(self._shelves.items()):
                if shelf.checked is not (index := shelf.index):
                    index.check_itself(partial(self._is_searched, name, index))
                    shelf.checked = index

    def _is_searched(self, name: str, index: Index) -> bool:
        shelf = self._shelves.get(name)
        return shelf is not None and shelf.index is index

    def _refresh_shelf(self, name: str, folder: Path) -> bool:
        before = self._shelves.get(name)
        shelf = _Shelf()
        for path in article_files(folder):
            known = before.files.get(path) if before else None
            shelf.files[path] = self._read(path, known)
        if before and _digests(before) == _digests(shelf):
            before.files = shelf.files
            return False
        entries: dict[str, Entry] = {}
        clashes = []
        for file in shelf.files.values():
            if file.entry is None:
                continue
            article = file.entry.article
            if (other := entries.get(article.slug)) is not None:
                what = f"has the same slug as {other.article.file}. Rename one of them"
                clashes.append(ArticleProblem(article.file, 1, what))
                continue
            entries[article.slug] = file.entry
        shelf.clashes = tuple(clashes)
        shelf.articles = {slug: entry.article for slug, entry in entries.items()}
        shelf.index = Index(tuple(entries.values()), self._encoder)
        if before:
            shelf.index.trust = before.index.trust
        self._shelves[name] = shelf
        return True

    def _read(self, path: Path, known: _File | None) -> _File:
        signature = _signature(path)
        if known is not None and known.signature == signature:
            return known
        reading = read_article(path, self._directory)
        if reading.article is None:
            return _File(signature, known.entry if known else None, reading.problems)
        if known is not None and known.entry and known.entry.article.digest == reading.article.digest:
            return _File(signature, known.entry, reading.problems)
        return _File(signature, enter(reading.article), reading.problems)


def _signature(path: Path) -> _Signature:
    try:
        seen = path.stat()
    except OSError:
        return (0, 0, 0)
    return (seen.st_mtime_ns, seen.st_size, seen.st_ino)


def _digests(shelf: _Shelf) -> dict[Path, str]:
    return {path: file.entry.article.digest for path, file in shelf.files.items() if file.entry}
