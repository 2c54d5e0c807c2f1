"""The port through which services find articles; the knowledge rooms implement it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from slabot.domain.answers import Candidate, Found, Passage, Verdict
from slabot.domain.article import Article

__all__ = ["ArticleSearch", "Candidate", "Found", "Passage", "Verdict"]


class ArticleSearch(Protocol):
    """In memory and synchronous: a search costs about a millisecond and never waits; only `catch_up` reads files."""

    def find(self, workspace: str, text: str, context: Sequence[str] = ()) -> Found:
        """Articles for a visitor's words; `context` holds their earlier turns, oldest first. Never raises."""
        ...

    def article(self, workspace: str, slug: str) -> Article | None:
        """The whole article, or None if the workspace has no such one."""
        ...

    def articles(self, workspace: str) -> tuple[Article, ...]:
        """Every article that is being searched, by slug; empty for an unknown workspace."""
        ...

    def catch_up(self) -> object:
        """What changed on disk is searched from here on. Reads files and may take a second: for a thread."""
        ...
