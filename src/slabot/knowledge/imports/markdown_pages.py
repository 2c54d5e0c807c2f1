"""Markdown files from elsewhere: ours come as they are, others bring the fields of their front matter that we know."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from slabot.domain.article import slug_of
from slabot.knowledge.front_matter import read_front_matter, split_front_matter
from slabot.knowledge.imports.page import Page, as_questions, decoded, language_of
from slabot.services.imports import NotRead
from slabot.services.workshop_ports import Fields

_TITLE: Final = re.compile(r"\A\s*#\s+(.+?)\s*#*\s*(?:\n|\Z)")
_KNOWN: Final = frozenset(
    {"title", "tags", "questions", "lang", "language", "locale", "slug", "audience", "owner"}
)


def read_markdown_page(path: str, content: bytes) -> Page:
    """Raises NotRead."""
    text = decoded(content, path)
    place = PurePosixPath(path)
    page = Page(path, slug_of(place.stem), Fields("", ""), str(place.parent), ids=(path,))
    parts = split_front_matter(text)
    if parts is None and text.startswith("---\n"):
        raise NotRead(path, "its front matter is never closed: a line --- is missing")
    yaml, body = (parts[0], parts[1]) if parts else ("", text)
    if parts:
        front = read_front_matter(yaml)
        if not front.complaints and front.title:
            page.text, page.fields = text, Fields(front.title, body, language=front.language)
            page.fields = Fields(front.title, body, language=front.language, translates=front.translates)
            return page
    known = _loosely(yaml, path) if parts else {}
    first = _TITLE.match(body)
    title = " ".join(str(known.get("title") or "").split())
    if first and (not title or title == first.group(1)):
        title, body = first.group(1), body[first.end() :]
    title = (title or place.stem.replace("-", " ").replace("_", " ").capitalize())[:300]
    locale = str(known.get("language") or known.get("lang") or known.get("locale") or "en")
    questions = tuple(_listed(known.get("questions"))) or as_questions(title)
    page.fields = Fields(
        title,
        body.strip("\n"),
        questions,
        tuple(_listed(known.get("tags"))),
        str(known.get("audience") or ""),
        language_of(locale, path),
        owner=str(known.get("owner") or ""),
    )
    if strange := sorted(str(key) for key in known if str(key) not in _KNOWN):
        page.remarks.append(f"left out of its front matter: {', '.join(strange)}")
    return page


def _loosely(yaml: str, path: str) -> dict[str, Any]:
    try:
        found = YAML(typ="safe", pure=True).load(yaml)
    except (YAMLError, ValueError, RecursionError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else "?"
        raise NotRead(path, f"its front matter is not YAML: {first}") from None
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise NotRead(path, "its front matter should be keys and values, as title: …")
    return found


def _listed(value: Any) -> list[str]:
    if isinstance(value, str):
        value = value.split(",")
    return (
        [" ".join(str(one).split())[:300] for one in value if str(one).strip()]
        if isinstance(value, list)
        else []
    )
