"""The articles of the repository, read the way the server reads them."""

from __future__ import annotations

from pathlib import Path

from slabot.domain.article import Article
from slabot.knowledge.articles import article_files, read_article

KB = Path(__file__).parents[2] / "kb"
WORKSPACES = ("human-esources", "element-human", "prosper-ex", "velsoft")

Shelf = dict[str, dict[str, Article]]
"""Workspace → slug → article."""


def read_shelf() -> Shelf:
    """Every article; a file with any complaint fails here, with its line."""
    found: Shelf = {}
    for workspace in WORKSPACES:
        found[workspace] = {}
        for path in article_files(KB / workspace):
            reading = read_article(path, KB)
            assert not reading.problems, [str(problem) for problem in reading.problems]
            assert reading.article is not None
            found[workspace][reading.article.slug] = reading.article
    return found
