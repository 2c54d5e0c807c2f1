"""HTML to Markdown: what a reader would see of a page, without what runs, frames or navigates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath
from typing import Final

import nh3
from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector
from bs4.element import Tag
from markdownify import MarkdownConverter

from slabot.domain.article import slug_of
from slabot.knowledge.imports.page import Page, as_questions, decoded, language_of
from slabot.services.imports import NotRead
from slabot.services.workshop_ports import Fields

LARGEST_PAGE: Final = 1_000_000
"""Bytes; what a person wrote has some thousand."""

_MISSED: Final = {
    "script": "script", "iframe": "embedded page", "object": "embedded object", "embed": "embedded object",
    "video": "video", "audio": "sound", "svg": "drawing (SVG)", "canvas": "drawing", "form": "form",
}  # fmt: skip
"""Tags that do not come along, and what an editor reads of it."""
_GONE: Final = {
    "script", "style", "noscript", "template", "title", "iframe", "object", "video", "audio", "svg", "canvas", "math",
    "button", "select", "textarea", "nav", "footer", "aside", "dialog",
}  # fmt: skip
"""Tags that take along what is in them; of a form only the fields go, for some pages are one form."""
_KEPT: Final = {
    "main", "article", "section", "header", "div", "span", "h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "em", "strong",
    "b", "i", "u", "s", "del", "code", "kbd", "samp", "pre", "blockquote", "a", "ul", "ol", "li", "dl", "dt", "dd", "figure",
    "figcaption", "img", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "sub", "sup", "details", "summary",
}  # fmt: skip
_ATTRIBUTES: Final = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "th": {"colspan"},
    "td": {"colspan"},
}
_LANG: Final = re.compile(r"<html\b[^<>]{0,2000}?\blang\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title\b[^<>]{0,500}>([^<]{0,1000})", re.IGNORECASE)
_WRITTEN_IN: Final = re.compile(r"<img\b[^<>]{0,2000}?\bsrc\s*=\s*[\"']?data:", re.IGNORECASE)
_DEEPEST: Final = 300
"""Tags in one another; parsers take the square of it, and people stop at thirty."""
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NEED_NO_END: Final = {
    "p", "li", "td", "th", "tr", "dt", "dd", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "rt", "rp",
    "br", "hr", "img", "input", "meta", "link", "col", "base", "area", "source", "track", "wbr", "embed", "param",
}  # fmt: skip
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def read_html_page(path: str, content: bytes) -> Page:
    """Raises NotRead."""
    if len(content) > LARGEST_PAGE:
        raise NotRead(path, f"has {len(content) / 1e6:.1f} MB, more than a page of text has. Split it")
    html = _text(content, path)
    _check_depth(html, path)
    locale, named = _LANG.search(html), _TITLE.search(html)
    soup = _mended(html)
    main: Tag = soup.find("main") or soup.find("article") or soup
    heading = main.find("h1")
    title = _words(heading) if heading is not None else ""
    if heading is not None:
        heading.decompose()
    stem = PurePosixPath(path).stem
    title = (title or (_plain(named.group(1)) if named else "") or stem.replace("-", " ").replace("_", " "))[
        :300
    ]
    fields = Fields(
        title,
        _markdown(main, path),
        as_questions(title),
        language=language_of(locale.group(1) if locale else "en", path),
    )
    slug = slug_of(title if stem == "index" else stem)
    remarks = [*_left_out(html)]
    return Page(path, slug, fields, str(PurePosixPath(path).parent), ids=(path,), remarks=remarks)


def markdown_of(html: str, source: str) -> tuple[str, list[str]]:
    """A fragment as Markdown, and what was left out of it. Raises NotRead."""
    if len(html) > LARGEST_PAGE:
        raise NotRead(source, f"has {len(html) / 1e6:.1f} MB of HTML, more than an article has")
    _check_depth(html, source)
    return _markdown(_mended(html), source), [*_left_out(html)]


def _check_depth(html: str, source: str) -> None:
    depth = 0
    for end, name in _TAG.findall(html):
        if name.lower() in _NEED_NO_END:
            continue
        depth = max(0, depth - 1) if end else depth + 1
        if depth > _DEEPEST:
            raise NotRead(source, "is nested too deeply to be read")


def _mended(html: str) -> BeautifulSoup:
    """As a browser would read it, every tag closed where it ends; without what may not come."""
    return BeautifulSoup(
        nh3.clean(html, tags=_KEPT, clean_content_tags=_GONE, attributes=_ATTRIBUTES, link_rel=None),
        "html.parser",
    )


def _markdown(tag: Tag, source: str) -> str:
    for picture in tag.find_all("img"):
        if not picture.get("src"):
            picture.decompose()
    converter = MarkdownConverter(
        heading_style="ATX", bullets="-", table_infer_header=True, newline_style="backslash"
    )
    try:
        markdown = str(converter.convert_soup(tag))
    except RecursionError:
        raise NotRead(source, "is nested too deeply to be read") from None
    return _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in markdown.split("\n"))).strip()


def _left_out(html: str) -> Iterator[str]:
    begun = Counter(name.lower() for end, name in _TAG.findall(html) if not end)
    for name, said in _MISSED.items():
        if count := begun[name]:
            yield f"left out: {count} {said}"
    if written_in := len(_WRITTEN_IN.findall(html)):
        yield f"left out: {written_in} picture written into the page. Save it as a file beside it"


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def _plain(text: str) -> str:
    return " ".join(unescape(text).split())


def _text(content: bytes, path: str) -> str:
    """By the page's own word for its encoding where it is not UTF-8."""
    try:
        return decoded(content, path)
    except NotRead as refused:
        declared = EncodingDetector.find_declared_encoding(content, is_html=True)
        try:
            return content.decode(declared or "", "strict")
        except (LookupError, UnicodeDecodeError):
            raise refused from None
