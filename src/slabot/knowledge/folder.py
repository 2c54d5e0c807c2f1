"""The folder of the knowledge base as a place to publish to; implements `services.workshop_ports.ArticleFiles`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from slabot.knowledge.articles import LARGEST_BYTES, article_files, read_bytes
from slabot.knowledge.enclosures import FOLDER as FILES
from slabot.knowledge.enclosures import EnclosureFolder
from slabot.services.workshop_ports import ArticleFile, BadSlug, Overwritten, UnusableFile
from slabot.whole_files import finished_beside, locked, remember_names

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_SLUG: Final = 80


class Folder:
    """A folder per workspace. Several processes may publish: a lock on the workspace's folder orders them.

    A program that knows no lock may save in the instant between the comparison and the replacement; its text is
    then in nobody's history, which is why that instant holds nothing but two system calls.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def read(self, workspace: str, slug: str) -> ArticleFile | None:
        """Raises UnusableFile for a file that is no text or no regular file."""
        path = self._path(workspace, slug)
        return self._read(path) if path is not None else None

    def check_name(self, workspace: str, slug: str) -> None:
        self._home(workspace)
        named(slug)

    def write(self, workspace: str, slug: str, text: str, expected: str | None) -> ArticleFile:
        """Durable and whole, or not at all. Raises Overwritten, BadSlug, or UnusableFile if it is too large."""
        content = text.encode("utf-8")
        if len(content) > LARGEST_BYTES:
            size, most = len(content) / 1024, LARGEST_BYTES // 1024
            raise UnusableFile(f"is {size:,.0f} KB, more than the {most} KB an article may have. Split it")
        home = self._home(workspace)
        with locked(home), finished_beside(home, content) as written:
            path = self._path(workspace, slug)
            now = self._read(path) if path is not None else None
            if (now.digest if now else None) != expected:
                raise Overwritten(now)
            if path is None:
                path = home / f"{named(slug)}.md"
            written.replace(path)
            remember_names(path.parent)
            return ArticleFile(slug, self._name(path), text, digest_of(content))

    def remove(self, workspace: str, slug: str) -> None:
        if (path := self._path(workspace, slug)) is not None:
            path.unlink(missing_ok=True)
            remember_names(path.parent)

    def everything(self, workspace: str) -> Iterator[tuple[str, bytes]]:
        home = self._home(workspace)
        for path in article_files(home):
            content = read_bytes(path, self._directory)
            if isinstance(content, str):
                raise UnusableFile(f"{self._name(path)}: {content}")
            yield path.relative_to(home).as_posix(), content
        enclosures = EnclosureFolder(self._directory)
        for name in sorted(enclosures.names(workspace)):
            if (data := enclosures.read(workspace, name)) is not None:
                yield f"{FILES}/{name}", data

    def _home(self, workspace: str) -> Path:
        home = self._directory / workspace
        if home.parent != self._directory or home.is_symlink() or not home.is_dir():
            raise UnusableFile(f"{workspace}: expected a folder of articles, found none")
        return home

    def _path(self, workspace: str, slug: str) -> Path | None:
        """Where the article is: in the folder itself or below it."""
        home = self._home(workspace)
        return next((path for path in article_files(home) if path.stem == slug), None)

    def _read(self, path: Path) -> ArticleFile:
        content = read_bytes(path, self._directory)
        if isinstance(content, str):
            raise UnusableFile(f"{self._name(path)}: {content}")
        if path.is_symlink():
            raise UnusableFile(f"{self._name(path)}: is a link. Edit the file that it points to")
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            raise UnusableFile(f"{self._name(path)}: not UTF-8. Save the file as UTF-8") from None
        return ArticleFile(path.stem, self._name(path), text, digest_of(content))

    def _name(self, path: Path) -> str:
        return path.relative_to(self._directory).as_posix()


def named(slug: str) -> str:
    """The slug, if a new article may be called so. Raises BadSlug."""
    if len(slug) > _LONGEST_SLUG or not _SLUG.fullmatch(slug):
        raise BadSlug(
            f"expected a name of lower-case letters, digits and single hyphens, at most {_LONGEST_SLUG} characters,"
            f" found {slug[:100]!r}. For example: opening-hours"
        )
    return slug


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
