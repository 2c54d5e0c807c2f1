"""Which of the four languages a text is in, by the votes of its small words; None when they do not say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slabot.domain.words.stopwords import FUNCTION_WORDS, SMALL_WORDS, Language
from slabot.domain.words.tokens import tokens

# Letters that one of the four uses and the others hardly do: short lines often have no small word.
_LETTERS: Final[dict[str, Language]] = {
    "ß": "de", "ä": "de", "ö": "de", "ü": "de",
    "ñ": "es", "¿": "es", "¡": "es", "á": "es", "í": "es", "ó": "es", "ú": "es",
    "ç": "fr", "è": "fr", "ê": "fr",
    "à": "fr", "â": "fr", "î": "fr", "ô": "fr", "û": "fr", "œ": "fr", "ù": "fr",
}  # fmt: skip
# Endings, for lines of content words only ("Passwort zurücksetzen", "contraseña olvidada").
_ENDINGS: Final[dict[Language, tuple[str, ...]]] = {
    "de": (
        "ung",
        "ungen",
        "keit",
        "heit",
        "schaft",
        "lich",
        "isch",
        "ieren",
        "tzen",
        "chen",
        "cht",
        "zeiten",
    ),
    "es": ("cion", "ciones", "idad", "iendo", "ando", "amos", "emos", "ados", "idos"),
    "fr": ("eaux", "aient", "ions", "ement", "euse", "ique", "iques", "oir", "aux"),
    "en": ("ing", "ness", "ight", "ould", "tch", "ship"),
}

_ANY_ENDING: Final = tuple(ending for endings in _ENDINGS.values() for ending in endings)

_SHARING: Final[dict[str, list[Language]]] = {
    word: [language for language, known in FUNCTION_WORDS.items() if word in known] for word in SMALL_WORDS
}


def detect_language(text: str) -> Language | None:
    """`en`, `de`, `es`, `fr`, or None when none is clearly ahead (then take it as the reader's own)."""
    return language_of(tokens(text), text)


def language_of(words: Sequence[str], text: str = "") -> Language | None:
    """The same over words already cut; `text` adds the votes of letters such as ñ and ß."""
    votes: dict[Language, float] = {"en": 0.0, "de": 0.0, "es": 0.0, "fr": 0.0}
    for word in words[:400]:
        if sharing := _SHARING.get(word):
            for language in sharing:
                votes[language] += 1.0 / len(sharing)
        elif len(word) > 5 and word.endswith(_ANY_ENDING):
            for language, endings in _ENDINGS.items():
                if word.endswith(endings):
                    votes[language] += 0.3
    if not text.isascii():
        for letter in set(text[:2000].lower()):
            if letter in _LETTERS:
                votes[_LETTERS[letter]] += 0.8
    best = max(votes, key=votes.__getitem__)
    second, most = sorted(votes.values())[-2:]
    if most < 0.5 or most - second < 0.25 or most < 1.2 * second:
        return None
    return best
