"""Trials of a change before it is published; implements `services.workshop_ports.Trials`."""

from __future__ import annotations

from collections.abc import Iterator

from slabot.domain.article import Article
from slabot.knowledge.articles import Reading, parse_article
from slabot.knowledge.index import Index
from slabot.knowledge.library import Library
from slabot.services.workshop_ports import Explained, Lost, Trial


class LibraryTrials:
    """Asks the library as it is, and as it would be."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def explain(self, workspace: str, text: str) -> Explained:
        index = self._library.index(workspace) or Index(())
        found, evidence = index.explain(text)
        return Explained(found.verdict, found.candidates, evidence, index.trust.bar, found.searched_for)

    def preview(self, workspace: str, slug: str, text: str) -> Trial:
        reading = _read(workspace, slug, text)
        return Trial(reading.article, tuple(map(str, reading.problems)))

    def publish(self, workspace: str, slug: str, text: str, asked: tuple[str, ...]) -> Trial:
        reading = _read(workspace, slug, text)
        problems = tuple(map(str, reading.problems))
        if reading.article is None:
            return Trial(None, problems)
        before = self._library.index(workspace) or Index(())
        after = self._library.index_with(workspace, reading.article)
        lost = tuple(sorted(_lost(reading.article, self._library.articles(workspace), before, after)))
        unheard = tuple(
            number
            for number, question in enumerate(asked)
            if _first(before, question) == slug and _first(after, question) != slug
        )
        return Trial(reading.article, problems, lost, unheard)


def _read(workspace: str, slug: str, text: str) -> Reading:
    return parse_article(text, slug=slug, file=f"{workspace}/{slug}.md")


def _lost(changed: Article, articles: tuple[Article, ...], before: Index, after: Index) -> Iterator[Lost]:
    """The changed article's own questions must find it; others' must not be lost to it.

    A question that was taken out of it may find another article only if that one asks it now. One that an
    article had lost already is none of this change's doing.
    """
    asked = {question.text for question in changed.questions}
    for question in changed.questions:
        if (finds := _first(after, question.text)) != changed.slug:
            yield Lost(changed.slug, question.text, finds)
    owned = {(article.slug, question.text) for article in articles for question in article.questions}
    for article in articles:
        for question in article.questions:
            if article.slug == changed.slug and question.text in asked:
                continue
            finds = _first(after, question.text)
            moved = (finds, question.text) in owned
            if finds != article.slug and not moved and _first(before, question.text) == article.slug:
                yield Lost(article.slug, question.text, finds)


def _first(index: Index, text: str) -> str | None:
    ranked = index.ranked(text, 1)
    return ranked[0][0] if ranked else None
