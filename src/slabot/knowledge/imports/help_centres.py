"""What the help centres of Zendesk and Chatwoot give as JSON, as their interfaces answer or as saved page by page.

Zendesk: `GET /api/v2/help_center/articles.json?include=translations,sections`, articles with an HTML `body`.
Chatwoot: `GET /api/v1/accounts/{id}/portals/{slug}/articles`, a `payload` of articles with a Markdown `content`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from slabot.domain.article import slug_of
from slabot.knowledge.imports.html_pages import markdown_of
from slabot.knowledge.imports.page import Page, as_questions, decoded, language_of
from slabot.services.imports import NotRead
from slabot.services.workshop_ports import Fields

_CREATED: Final = re.compile(r"^\d{6,}-")
"""Chatwoot puts the second of its making before a slug."""

_CHATWOOT_STATES: Final = {0: "draft", 1: "published", 2: "archived"}
_NEITHER: Final = (
    "is neither a Zendesk nor a Chatwoot export: expected articles with title and body, or a payload of articles with"
    " title and content"
)


class HelpCentre:
    """Gathers the JSON files of one export, since translations and sections may stand in files of their own."""

    def __init__(self) -> None:
        self._articles: list[tuple[str, dict[str, Any]]] = []
        self._translations: list[tuple[str, dict[str, Any]]] = []
        self._sections: dict[str, str] = {}

    def add(self, path: str, content: bytes) -> None:
        """Raises NotRead."""
        text = decoded(content, path)
        try:
            found = json.loads(text)
        except RecursionError:
            raise NotRead(path, "is nested too deeply to be read") from None
        except ValueError as error:
            raise NotRead(path, f"is not JSON: {error}") from None
        if isinstance(found, list):
            found = {"articles": found}
        if not isinstance(found, dict):
            raise NotRead(path, _NEITHER)
        articles = found.get("articles", found.get("payload"))
        if isinstance(found.get("article"), dict):
            articles = [found["article"]]
        extra = ("translations", "sections", "categories", "article_attachments")
        if articles is None and not any(isinstance(found.get(key), list) for key in extra):
            raise NotRead(path, _NEITHER)
        for number, article in enumerate(_objects(articles), start=1):
            self._articles.append((f"{path} #{number}", article))
        for number, translation in enumerate(_objects(found.get("translations")), start=1):
            self._translations.append((f"{path} translation #{number}", translation))
        for section in _objects(found.get("sections")):
            self._sections[str(section.get("id"))] = str(section.get("name") or "")

    def pages(self) -> Iterator[Page | NotRead]:
        for source, article in self._articles:
            yield from self._pages_of(source, article)
        known = {str(article.get("id")) for _, article in self._articles}
        for source, translation in self._translations:
            if str(translation.get("source_id")) in known:
                yield from self._translated(source, translation, {})

    def _pages_of(self, source: str, article: dict[str, Any]) -> Iterator[Page | NotRead]:
        try:
            if isinstance(article.get("content"), str):
                yield _chatwoot(source, article)
            elif "body" in article:
                yield self._zendesk(source, article)
                for translation in _objects(article.get("translations")):
                    if translation.get("locale") != article.get("locale"):
                        yield from self._translated(source, translation, article)
            else:
                yield NotRead(source, "has no text: expected body (Zendesk) or content (Chatwoot)")
        except NotRead as refused:
            yield refused

    def _zendesk(self, source: str, article: dict[str, Any]) -> Page:
        title = _title(article, source)
        locale = str(article.get("locale") or article.get("source_locale") or "en")
        body, remarks = markdown_of(str(article.get("body") or ""), source)
        section = self._sections.get(str(article.get("section_id")), "")
        tags = [*_words(article.get("label_names")), *([section] if section else [])]
        fields = Fields(title, body, as_questions(title), tuple(tags), language=language_of(locale, source))
        page = Page(source, slug_of(title), fields, ids=(_zendesk_id(article.get("id")),), remarks=remarks)
        page.is_public = not article.get("draft")
        if not page.is_public:
            page.remarks.append("was a draft there")
        if article.get("outdated"):
            page.remarks.append("was marked outdated there")
        return page

    def _translated(
        self, source: str, translation: dict[str, Any], article: dict[str, Any]
    ) -> Iterator[Page | NotRead]:
        try:
            locale = str(translation.get("locale") or "")
            page = self._zendesk(
                f"{source} {locale}".strip(), {**translation, "section_id": article.get("section_id")}
            )
        except NotRead as refused:
            yield refused
            return
        page.original = _zendesk_id(article.get("id") or translation.get("source_id"))
        page.ids = ()
        if page.slug == slug_of(str(article.get("title") or "")):
            page.slug = f"{page.slug}-{page.fields.language}"
        yield page


def _chatwoot(source: str, article: dict[str, Any]) -> Page:
    title = _title(article, source)
    category = article.get("category") if isinstance(article.get("category"), dict) else {}
    assert isinstance(category, dict)
    meta = article.get("meta") if isinstance(article.get("meta"), dict) else {}
    assert isinstance(meta, dict)
    locale = str(article.get("locale") or category.get("locale") or "en")
    tags = _words(meta.get("tags")) or _words([category.get("name")])
    body = str(article["content"]).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    fields = Fields(title, body, as_questions(title), tuple(tags), language=language_of(locale, source))
    slug = slug_of(_CREATED.sub("", str(article.get("slug") or "")) or title)
    page = Page(
        source, slug, fields, ids=(f"chatwoot/{article.get('id')}", f"chatwoot/{article.get('slug')}")
    )
    if root := article.get("associated_article_id"):
        page.original = f"chatwoot/{root}"
    state = article.get("status", "published")
    state = _CHATWOOT_STATES.get(state, "published") if isinstance(state, int) else state
    page.is_public = state == "published"
    if not page.is_public:
        page.remarks.append(f"was {state} there")
    return page


def _title(article: dict[str, Any], source: str) -> str:
    title = " ".join(str(article.get("title") or article.get("name") or "").split())
    if not title:
        raise NotRead(source, "has no title")
    return title[:300]


def _zendesk_id(id: Any) -> str:
    return f"zendesk/{id}"


def _objects(found: Any) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _words(found: Any) -> list[str]:
    return (
        [" ".join(one.split()) for one in found if isinstance(one, str) and one.strip()]
        if isinstance(found, list)
        else []
    )
