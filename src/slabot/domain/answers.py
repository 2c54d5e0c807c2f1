"""What a search of the articles found, as the decision of a reply weighs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """What the confidence allows: answer straight away, ask which one, or say that nothing was found."""

    ANSWER = "answer"
    ASK = "ask"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Passage:
    """The part of an article that answers."""

    heading: str
    text: str
    """Plain text."""
    html: str
    """Sanitised on this side; pages may set it as it is."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may answer."""

    slug: str
    title: str
    score: float
    """Calibrated, 0–1."""
    passage: Passage
    closeness: float = 1.0
    """How well it fits beside the first, 0–1; the first has 1."""
    language: str = "en"
    review_by: date | None = None
    why: tuple[str, ...] = ()
    """Terms that matched, words that were repaired, closeness of meaning: for the desk and editors."""


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of one search; candidates best first, at most three."""

    verdict: Verdict
    candidates: tuple[Candidate, ...] = ()
    searched_for: tuple[str, ...] = ()
    """The content words that were searched, so that the bot can say so."""
    language: str | None = None

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None


NOTHING = Found(Verdict.NOTHING)
