"""Markdown to passages and safe HTML: raw HTML is only ever text; what leaves has passed an allow-list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from slabot.domain.answers import Passage
from slabot.domain.article import Heading, Link, Picture

# A passage is what the bot replies with: long enough to answer, short enough for a chat bubble.
_PASSAGE_WORDS: Final = 90
_LONGEST_BLOCK_WORDS: Final = 120
_SPLIT_TO_WORDS: Final = 60

_TAGS: Final = {
    "p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "a", "ul", "ol", "li",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_OWN_FILE = re.compile(r"^(?:\.{1,2}/)*files/([A-Za-z0-9][\w.-]*)$")
_SERVED = re.compile(r"^/kb/[\w-]+/files/[A-Za-z0-9][\w.-]*$")
_ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}}
_SCHEMES: Final = {"http", "https", "mailto", "tel"}
_ARTICLE_LINK = re.compile(r"^(?:\./)?([A-Za-z0-9][\w.-]*?)(?:\.md)?(?:#.*)?$")
_LOOSE_HEADING = re.compile(r"^(#{2,6})[^\s#]")
_MARKED = re.compile(r"<(?!/|p>|br>)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\w\"'“‘(\[])")


@dataclass(frozen=True, slots=True)
class Body:
    """An article's Markdown as read."""

    passages: tuple[Passage, ...]
    headings: tuple[Heading, ...]
    loose_headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    html: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, list, table or code block standing directly under a heading."""

    text: str
    html: str

    @property
    def words(self) -> int:
        return len(self.text.split())


def read_markdown(text: str, first_line: int = 1, workspace: str = "") -> Body:
    """Cut Markdown into passages by heading; `first_line` is the file's line that the text starts on.

    Files beside the articles are served as the `workspace`'s.
    """
    tokens = _parser().parse(text)
    links = _mark_links(tokens, first_line, workspace)
    pictures = _mark_pictures(tokens, first_line, workspace)
    headings: list[Heading] = []
    passages: list[Passage] = []
    blocks: list[_Block] = []
    pages: list[str] = []
    for group in _groups(tokens):
        line = first_line + (group[0].map[0] if group[0].map else 0)
        html = _clean(_parser().renderer.render(group, _parser().options, {}), pictures=True)
        pages.append(html)
        if group[0].type == "heading_open":
            passages += _passages(headings[-1].text if headings else "", blocks)
            blocks = []
            headings.append(Heading(_plain(group), int(group[0].tag[1]), line))
        elif plain := _plain(group):
            blocks.append(_Block(plain, html))
    passages += _passages(headings[-1].text if headings else "", blocks)
    return Body(
        tuple(passages), tuple(headings), _loose_headings(tokens, first_line), links, pictures, "".join(pages)
    )


def message_html(text: str) -> str | None:
    """A person's message as sanitised HTML, a line break at each of its own; None where plain lines say it all."""
    html = _clean(_message_parser().render(text), away=True)
    return html if _MARKED.search(html) else None


def sentences(text: str) -> list[str]:
    """A text cut after each full stop, question or exclamation mark that ends a sentence."""
    return [piece for line in text.splitlines() for piece in _SENTENCE_END.split(line) if piece.strip()]


def _loose_headings(tokens: Sequence[Token], first_line: int) -> tuple[Heading, ...]:
    loose = []
    for token in tokens:
        if token.type == "inline" and token.level == 1 and token.map:
            for at, line in enumerate(token.content.split("\n")):
                if match := _LOOSE_HEADING.match(line):
                    loose.append(Heading(line, len(match.group(1)), first_line + token.map[0] + at))
    return tuple(loose)


@cache
def _message_parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True}).enable(
        ["table", "strikethrough", "linkify"]
    )


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": True}).enable(
        ["table", "strikethrough", "linkify"]
    )


def _clean(html: str, *, away: bool = False, pictures: bool = False) -> str:
    """`away`: links open beside the page, which would else leave the visitor's work; `pictures`: own ones may stay."""
    return nh3.clean(
        html,
        tags=_TAGS | {"img"} if pictures else _TAGS,
        attributes={**_ATTRIBUTES, "img": {"src", "alt"}} if pictures else _ATTRIBUTES,
        attribute_filter=_own_source if pictures else None,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
        set_tag_attribute_values={"a": {"target": "_blank"}} if away else None,
    )


def _own_source(tag: str, attribute: str, value: str) -> str | None:
    return None if (tag, attribute) == ("img", "src") and not _SERVED.match(value) else value


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The outermost blocks, each with all that is in it."""
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []
    if group:
        yield group


def _passages(heading: str, blocks: Sequence[_Block]) -> Iterator[Passage]:
    """Whole sections where they are short, else neighbouring blocks; a long block is cut by sentences."""
    waiting: list[_Block] = []
    for block in blocks:
        if waiting and sum(one.words for one in waiting) + block.words > _PASSAGE_WORDS:
            yield _joined(heading, waiting)
            waiting = []
        if block.words > _LONGEST_BLOCK_WORDS:
            yield from _cut(heading, block)
        else:
            waiting.append(block)
    if waiting:
        yield _joined(heading, waiting)


def _joined(heading: str, blocks: Sequence[_Block]) -> Passage:
    text = "\n".join(block.text for block in blocks)
    return Passage(heading, text, "".join(block.html for block in blocks))


def _cut(heading: str, block: _Block) -> Iterator[Passage]:
    piece: list[str] = []
    for sentence in sentences(block.text):
        if piece and len(" ".join(piece).split()) + len(sentence.split()) > _SPLIT_TO_WORDS:
            yield _sentence_passage(heading, piece)
            piece = []
        piece.append(sentence)
    if piece:
        yield _sentence_passage(heading, piece)


def _sentence_passage(heading: str, piece: Sequence[str]) -> Passage:
    text = " ".join(piece)
    return Passage(heading, text, f"<p>{escape(text)}</p>\n")


def _plain(group: Sequence[Token]) -> str:
    """What a reader sees, without marks: list items on lines of their own, cells apart."""
    lines: list[str] = []
    numbers: list[int | None] = []
    bullet = ""
    for token in group:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            numbers.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            numbers.pop()
        elif token.type == "list_item_open":
            number = numbers[-1]
            bullet = "– " if number is None else f"{number}. "
            if number is not None:
                numbers[-1] = number + 1
        elif token.type == "tr_open":
            lines.append("")
        elif token.type == "inline":
            seen = _inline(token)
            if token.level > 0 and lines and _in_row(token, group):
                lines[-1] = f"{lines[-1]} | {seen}" if lines[-1] else seen
            else:
                lines.append(bullet + seen)
                bullet = ""
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip("\n"))
    return "\n".join(line for line in lines if line.strip())


def _in_row(token: Token, group: Sequence[Token]) -> bool:
    return group[0].type == "table_open" and token.level >= 3


def _inline(token: Token) -> str:
    seen = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            seen.append(" ")
        elif child.type in ("text", "code_inline", "image"):
            seen.append(child.content)
    return " ".join("".join(seen).split())


def _mark_links(tokens: Sequence[Token], first_line: int, workspace: str) -> tuple[Link, ...]:
    """Collect all links; those to other articles open inside the widget, those to own files come from the server."""
    links = []
    for token in tokens:
        line = first_line + (token.map[0] if token.map else 0)
        for child in token.children or ():
            if child.type == "link_open" and (target := str(child.attrGet("href") or "")):
                links.append(Link(target, line))
                if slug := article_slug(target):
                    child.attrSet("href", f"#article/{slug}")
                elif name := own_file(target):
                    child.attrSet("href", f"/kb/{workspace}/files/{name}")
    return tuple(links)


def _mark_pictures(tokens: Sequence[Token], first_line: int, workspace: str) -> tuple[Picture, ...]:
    """Collect all pictures; one from elsewhere, or without words for it, leaves only its words."""
    pictures = []
    for token in tokens:
        line = first_line + (token.map[0] if token.map else 0)
        for child in token.children or ():
            if child.type == "image":
                picture = Picture(str(child.attrGet("src") or ""), " ".join(child.content.split()), line)
                pictures.append(picture)
                name = own_file(picture.target)
                if name and picture.alt:
                    child.attrSet("src", f"/kb/{workspace}/files/{name}")
                else:
                    child.type, child.tag, child.children = "text", "", None
    return tuple(pictures)


def own_file(target: str) -> str | None:
    """The name, if a link or picture points to a file beside the articles (`files/name.png`), else None."""
    match = _OWN_FILE.match(target)
    return match.group(1) if match else None


def article_slug(target: str) -> str | None:
    """The slug if a link points to another article (`other.md`, `other`, `other.md#part`), else None."""
    if ":" in target or target.startswith(("#", "/")):
        return None
    match = _ARTICLE_LINK.match(target)
    return match.group(1) if match else None
