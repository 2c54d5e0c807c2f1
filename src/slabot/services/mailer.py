"""The port to the post: what a letter is, and how sending one fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from slabot.domain.words import Language


@dataclass(frozen=True, slots=True)
class Earlier:
    """One utterance of the talk so far, for the history under a reply."""

    who: str
    """`visitor`, `bot` or `team`."""
    when: str
    text: str
    origin: str = ""
    """In which of a merged talk's conversations it was said; empty where there is but one."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it has a form. `id` is stable over every try, `thread` is one for a conversation's mail."""

    id: str
    thread: str
    occasion: str
    language: Language
    to: tuple[str, ...]
    sender: str
    """Whom the reader hears from: the workspace's name."""
    values: Mapping[str, Any]
    written_at: datetime
    history: tuple[Earlier, ...] = ()
    """Newest first."""
    link: str | None = None
    """Leads back into the conversation; the reader's alone."""
    link_until: str = ""
    html: str | None = None
    """The value `text` as sanitised HTML, where its author wrote Markdown."""
    is_automatic: bool = True
    """No person wrote it; answering machines stay silent."""


class Undelivered(Exception):
    """A letter was not taken. `for_good`: this very letter never will be; otherwise a later try may do."""

    def __init__(self, said: str, *, for_good: bool = False) -> None:
        super().__init__(said)
        self.said = said
        self.for_good = for_good


class Mailer(Protocol):
    async def send(self, letter: Letter) -> None:
        """Returns once the mail server has taken it. Raises Undelivered."""
        ...
