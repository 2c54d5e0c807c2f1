"""A parcel becomes articles: each file by its kind, links between them kept, their pictures found; satisfies `ReadParcel`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from slabot.domain.attachment import ENDINGS
from slabot.knowledge.articles import LARGEST_BYTES, parse_article
from slabot.knowledge.imports.help_centres import HelpCentre
from slabot.knowledge.imports.html_pages import read_html_page
from slabot.knowledge.imports.markdown_pages import read_markdown_page
from slabot.knowledge.imports.page import Page
from slabot.knowledge.imports.parcel import PAGES, Parcel, parcel_of
from slabot.knowledge.manuscript import with_fields
from slabot.services.imports import PICTURE_TO_COME, Haul, Incoming, NotRead, Progress, untold

_TARGET: Final = re.compile(r"(!?\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]\()<?([^)\s>]+)>?")
_HELP_CENTRE: Final = re.compile(r"/articles/((\d+)[^/?#]*|[\w-]+)(?:[?#].*)?$")
_NOT_PAGES: Final = frozenset({"readme.md", "changelog.md", "license.md"})


def read_parcel(parcel: Parcel, workspace: str, progress: Progress) -> Haul:
    """Every article that can be read, and in words why others cannot."""
    pages: list[Page] = []
    refused = list(parcel.refused)
    paths = [path for path in parcel.files if PurePosixPath(path).suffix.lower() in PAGES]
    for done, page in enumerate(_pages(parcel, paths)):
        progress(min(done, len(paths)), len(paths))
        if isinstance(page, NotRead):
            refused.append(page)
        else:
            pages.append(page)
    _name_apart(pages)
    routes = {id: page for page in pages for id in page.ids}
    incoming = []
    for page in pages:
        article = _incoming(page, routes, parcel, workspace)
        if isinstance(article, NotRead):
            refused.append(article)
        else:
            incoming.append(article)
    progress(len(paths), len(paths))
    return Haul(tuple(incoming), tuple(refused))


def _pages(parcel: Parcel, paths: list[str]) -> Iterator[Page | NotRead]:
    centre = HelpCentre()
    for path in paths:
        kind = PurePosixPath(path).suffix.lower()
        try:
            if PurePosixPath(path).name.lower() in _NOT_PAGES:
                yield NotRead(path, "is left out: it tells about a repository")
            elif kind == ".json":
                centre.add(path, parcel.read(path))
            elif kind in (".html", ".htm"):
                yield read_html_page(path, parcel.read(path))
            else:
                yield read_markdown_page(path, parcel.read(path))
        except NotRead as refused:
            yield refused
    yield from centre.pages()


def _name_apart(pages: list[Page]) -> None:
    """Two articles of one name: the later gets a number."""
    taken: set[str] = set()
    for page in pages:
        slug, number = page.slug, 2
        while page.slug in taken:
            page.slug, number = f"{slug}-{number}", number + 1
        taken.add(page.slug)


def _incoming(page: Page, routes: dict[str, Page], parcel: Parcel, workspace: str) -> Incoming | NotRead:
    pictures: dict[str, tuple[str, str]] = {}

    def led(match: re.Match[str]) -> str:
        before, target = match.groups()
        if target.startswith(("#", "mailto:", "tel:")):
            return match.group(0)
        if (other := _route(target, page, routes)) is not None:
            return f"{before}{other.slug}.md"
        path = _file(target, page, parcel)
        if path is None:
            return match.group(0)
        token = f"{PICTURE_TO_COME}{len(pictures):06d}"
        pictures[token] = path, target
        return f"{before}{token}"

    text, fields = page.text, page.fields
    if text:
        text = _TARGET.sub(led, text)
    else:
        original = routes.get(page.original)
        translates = original.slug if original is not None and original is not page else ""
        text = with_fields("", replace(fields, body=_TARGET.sub(led, fields.body), translates=translates))
    if len(text.encode()) > LARGEST_BYTES:
        return NotRead(
            page.source, f"is longer than the {LARGEST_BYTES // 1024} KB an article may have. Split it"
        )
    if not fields.body.strip():
        return NotRead(page.source, "has no text")
    as_kept = text
    for token, (path, _) in pictures.items():
        as_kept = as_kept.replace(token, f"files/{PurePosixPath(path).name}")
    reading = parse_article(as_kept, slug=page.slug, file=f"{workspace}/{page.slug}.md")
    if reading.article is None:
        return NotRead(page.source, "; ".join(problem.what for problem in reading.problems))
    told = tuple(problem.what for problem in reading.problems)
    return Incoming(
        page.source,
        page.slug,
        fields.title,
        fields.language,
        text,
        page.is_public,
        (*page.remarks, *told),
        {token: (path, target, partial(parcel.read, path)) for token, (path, target) in pictures.items()},
    )


def _route(target: str, page: Page, routes: dict[str, Page]) -> Page | None:
    """The article that a link leads to, if it comes along."""
    if "://" not in target and (found := routes.get(_beside(target.split("#")[0], page))) is not None:
        return found
    if match := _HELP_CENTRE.search(target):
        whole, number = match.groups()
        return routes.get(f"zendesk/{number}") or routes.get(f"chatwoot/{whole}")
    return None


def _file(target: str, page: Page, parcel: Parcel) -> str | None:
    """The picture or file in the parcel: where the page says it is, else the only one of that name."""
    name = PurePosixPath(unquote(target.split("?")[0].split("#")[0]))
    if name.suffix.lower() not in ENDINGS:
        return None
    if "://" not in target and (path := _beside(target.split("?")[0], page)) in parcel.files:
        return path
    same = [path for path in parcel.files if PurePosixPath(path).name == name.name]
    return same[0] if len(same) == 1 else None


def _beside(target: str, page: Page) -> str:
    return posixpath.normpath(posixpath.join(page.folder, unquote(target))).lstrip("/")


def read_files(files: Mapping[str, bytes], workspace: str) -> Haul:
    """What came over the wire, an archive or single files. Raises BadParcel."""
    return read_parcel(parcel_of(files), workspace, untold)
