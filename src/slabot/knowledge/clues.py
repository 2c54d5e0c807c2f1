"""What a visitor's words give the search to go by: weighted stems, misspelt words mended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from slabot.domain.words import SMALL_WORDS, Language, Repairer, language_of, stem_word, tokens

_LONGEST_TEXT: Final = 4_000  # characters that are looked at; a chat line is far shorter
_MOST_CLUES: Final = 48
_COUSIN: Final = 7
_FEW_LETTERS: Final = 4  # a slip in so short a word is a guess: it may find, but is not said
SMALL_WEIGHT: Final = 0.4


@dataclass(frozen=True, slots=True)
class Clue:
    """One word of the question and the stems it stands for, each with the weight it is believed with."""

    word: str
    stems: tuple[tuple[str, float], ...]
    weight: float
    small: bool
    repaired: str | None = None  # the known word that was understood instead


@dataclass(frozen=True, slots=True)
class Clues:
    """A question as read; `language` is None when its small words do not say."""

    clues: tuple[Clue, ...]
    language: Language | None
    text: str

    @property
    def content_words(self) -> tuple[str, ...]:
        """What was searched for, in the visitor's order, small words left out and slips mended."""
        return tuple(clue.repaired or clue.word for clue in self.clues if not clue.small)


def read_clues(
    text: str, repairer: Repairer, stems: Collection[str], languages: Collection[Language]
) -> Clues:
    """Read a question against the words (`repairer`) and `stems` that the articles in `languages` know."""
    text = text[:_LONGEST_TEXT]
    words = tokens(text)
    language = language_of(words, text)
    forms: list[Language] = [language] if language and language in languages else sorted(languages)
    # Words of a language that no article is in are not misspelt; long ones may have a cousin ("Passwort").
    shortest = 0 if language is None or language in languages else _COUSIN
    seen: dict[str, Clue] = {}
    for at, word in enumerate(words):
        if word not in seen and len(seen) < _MOST_CLUES:
            seen[word] = _clue(word, repairer, stems, forms, shortest)
        if at and (joined := words[at - 1] + word) in repairer and joined not in seen and len(joined) > 5:
            seen[joined] = Clue(
                joined, _known_stems(joined, stems, forms), 0.7, small=False
            )  # "log in", "login"
    return Clues(tuple(seen.values()), language, text)


def _clue(
    word: str, repairer: Repairer, stems: Collection[str], forms: list[Language], shortest: int
) -> Clue:
    if word in SMALL_WORDS:
        return Clue(word, _known_stems(word, stems, forms), SMALL_WEIGHT, small=True)
    if known := _known_stems(word, stems, forms):
        return Clue(word, known, 1.0, small=False)
    repairs = repairer.repair(word) if len(word) >= shortest else ()
    if not repairs:
        return Clue(word, (), 1.0, small=False)
    best = repairs[0]
    offered: dict[str, float] = {}
    for repair in repairs:
        if repair.distance == best.distance and repair.likeness >= best.likeness - 0.45:
            belief = (0.85 if repair.distance == 1 else 0.7) if len(word) > _FEW_LETTERS else 0.6
            for stem, _ in _known_stems(repair.word, stems, forms):
                offered.setdefault(stem, belief if repair is best else belief * 0.7)
    return Clue(
        word,
        tuple(offered.items()),
        1.0,
        small=False,
        repaired=best.word if len(word) > _FEW_LETTERS else None,
    )


def _known_stems(word: str, stems: Collection[str], forms: list[Language]) -> tuple[tuple[str, float], ...]:
    found = dict.fromkeys(stem_word(word, language) for language in forms)
    return tuple((stem, 1.0) for stem in found if stem in stems)
