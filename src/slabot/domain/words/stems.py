"""Stems: the part of a word that its forms share, by Snowball's rules for the four languages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

import snowballstemmer  # type: ignore[import-untyped]

from slabot.domain.words.stopwords import Language

_NAMES: Final[dict[Language, str]] = {"en": "english", "de": "german", "es": "spanish", "fr": "french"}


def stem(words: Iterable[str], language: Language = "en") -> list[str]:
    """The stems of folded words, one for one: `tickets opening` → `ticket open`."""
    return [stem_word(word, language) for word in words]


@lru_cache(maxsize=65_536)
def stem_word(word: str, language: Language = "en") -> str:
    """One stem. Anything with a digit, and words too long to be words, stay as they are."""
    if len(word) > 40 or not word.isalpha():
        return word
    return _stemmers.of[language](word)


class _Stemmers(threading.local):
    """Snowball's stemmers keep the word they are at, so each thread has its own: articles are read beside the talk."""

    def __init__(self) -> None:
        self.of: dict[Language, Callable[[str], str]] = {
            language: snowballstemmer.stemmer(name).stemWord for language, name in _NAMES.items()
        }


_stemmers = _Stemmers()
