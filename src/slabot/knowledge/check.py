"""What an editor's CI asks: is there anything that keeps an article from being found, read or trusted?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from slabot.domain.article import Article
from slabot.domain.words import tokens
from slabot.knowledge.enclosures import EnclosureFolder
from slabot.knowledge.index import Index
from slabot.knowledge.library import Library
from slabot.knowledge.markdown import article_slug, own_file

_LONGEST_HEADING: Final = 100
_SCHEMES: Final = ("http://", "https://", "mailto:", "tel:", "#")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend; a warning may stay."""

    file: str
    line: int
    what: str
    error: bool = True

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {'error' if self.error else 'warning'}: {self.what}"


def check(library: Library, today: date) -> list[Finding]:
    """All findings of all workspaces, by file and line."""
    findings = [Finding(problem.file, problem.line, problem.what) for problem in library.problems]
    enclosures = EnclosureFolder(library.directory)
    for workspace in library.workspaces:
        articles, files = library.articles(workspace), enclosures.names(workspace)
        slugs = {article.slug for article in articles}
        for article in articles:
            findings += _links(article, slugs)
            findings += _files(article, files)
            findings += _headings(article)
            findings += _age(article, today)
            findings += _emptiness(article)
        findings += _duplicates(articles)
        if (index := library.index(workspace)) is not None:
            findings += _unfound(articles, index)
    return sorted(findings)


def _unfound(articles: Sequence[Article], index: Index) -> Iterator[Finding]:
    for article in articles:
        for question in article.questions:
            ranked = index.ranked(question.text, 1)
            if not ranked:
                what = f"the question {question.text!r} finds nothing. Ask it in the words of the article"
                yield Finding(article.file, question.line, what)
            elif ranked[0][0] != article.slug:
                what = (
                    f"the question {question.text!r} finds {ranked[0][0]!r} first. Make the two differ more"
                )
                yield Finding(article.file, question.line, what)


def _links(article: Article, slugs: set[str]) -> Iterator[Finding]:
    for link in article.links:
        slug = article_slug(link.target)
        if slug is not None and slug not in slugs:
            what = f"link to {link.target!r}, but there is no article {slug!r} in this workspace"
            yield Finding(article.file, link.line, what)
        elif slug is None and not own_file(link.target) and not link.target.lower().startswith(_SCHEMES):
            what = (
                f"link to {link.target!r} cannot be followed. Use https://, mailto:, tel: or another article"
            )
            yield Finding(article.file, link.line, what)


def _files(article: Article, files: frozenset[str]) -> Iterator[Finding]:
    links = [(link.target, link.line) for link in article.links]
    for target, line in (*links, *((picture.target, picture.line) for picture in article.pictures)):
        name = own_file(target)
        if name is not None and name not in files:
            what = f"{target!r} is not in the workspace's folder files/, or not of a kind that is shown"
            yield Finding(article.file, line, what)


def _headings(article: Article) -> Iterator[Finding]:
    level = 1
    for heading in article.headings:
        if not tokens(heading.text):
            yield Finding(article.file, heading.line, "heading without a word. Say what the section answers")
        elif len(heading.text) > _LONGEST_HEADING:
            what = f"heading of {len(heading.text)} characters. Shorten it to {_LONGEST_HEADING}"
            yield Finding(article.file, heading.line, what)
        if heading.level > level + 1:
            what = f"heading jumps from level {level} to {heading.level}. Use {'#' * (level + 1)}"
            yield Finding(article.file, heading.line, what, error=False)
        level = heading.level
    for loose in article.loose_headings:
        what = f"{loose.text[:40]!r} is no heading: a space is missing after the #"
        yield Finding(article.file, loose.line, what)


def _age(article: Article, today: date) -> Iterator[Finding]:
    if article.review_by is not None and article.review_by < today:
        what = f"was to be reviewed by {article.review_by}. Visitors are told so; review it and move the date"
        yield Finding(article.file, article.review_by_line, what, error=False)


def _emptiness(article: Article) -> Iterator[Finding]:
    if not article.passages:
        yield Finding(article.file, article.title_line, "says nothing below the front matter")
    if not article.questions:
        what = "has no questions. Add a few ways in which visitors ask for it"
        yield Finding(article.file, article.title_line, what, error=False)


def _duplicates(articles: Sequence[Article]) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Article] = {}
    for article in articles:
        said = [("title", article.title, article.title_line)]
        said += [("question", question.text, question.line) for question in article.questions]
        if article.passages:
            said.append(("text", article.body, article.title_line))
        for kind, text, line in said:
            key = (kind, " ".join(tokens(text)))
            other = seen.setdefault(key, article)
            if other is not article:
                what = f"has the same {kind} as {other.file}: {text[:60]!r}. Keep it in one of them"
                yield Finding(article.file, line, what)
            elif (
                kind == "question" and sum(" ".join(tokens(q.text)) == key[1] for q in article.questions) > 1
            ):
                first = next(q for q in article.questions if " ".join(tokens(q.text)) == key[1])
                if first.line != line:
                    yield Finding(article.file, line, f"asks twice: {text[:60]!r}", error=False)
