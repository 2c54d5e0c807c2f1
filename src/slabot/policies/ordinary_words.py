"""The ordinary words of a language, from the frequency dictionaries that pyspellchecker carries: they are no misspelt cue."""

from __future__ import annotations

import gzip
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from slabot.domain.words import Language, fold

# The dictionaries count words in corpora of different size, so "common" begins at another number of digits.
_DIGITS_OF_A_KNOWN_WORD: dict[Language, int] = {"en": 4, "de": 3, "es": 3, "fr": 3}
_DIGITS_OF_AN_EVERYDAY_WORD: dict[Language, int] = {"en": 5, "de": 4, "es": 5, "fr": 5}
_FIRST, _NEXT, _LAST = b'{\n"', b',\n"', b"\n}"
_SPACE = ord(" ")


@dataclass(frozen=True, slots=True)
class OrdinaryWords:
    """Folded words: those that one may meet (some ten thousand), and the everyday ones in alphabetical order."""

    known: frozenset[str]
    everyday: tuple[str, ...]

    def has_everyday(self, word: str) -> bool:
        """Whether it is an everyday word; a word that ends in * stands for every word that begins so."""
        wanted = word.removesuffix("*")
        at = bisect_left(self.everyday, wanted)
        if at == len(self.everyday):
            return False
        return self.everyday[at].startswith(wanted) if word.endswith("*") else self.everyday[at] == wanted


@cache
def ordinary_words(language: Language) -> OrdinaryWords:
    """Read when a message first needs them; about a tenth of a second a language.

    The file is JSON with one `"word": count` a line. Rare words are most of it, and are dropped by the length
    of their count before anything is parsed: three times faster than loading it as JSON.
    """
    packed = (files("spellchecker") / "resources" / f"{language}.json.gz").read_bytes()
    entries = gzip.decompress(packed).strip().removeprefix(_FIRST).removesuffix(_LAST).split(_NEXT)
    known = _words(entries, _DIGITS_OF_A_KNOWN_WORD[language])
    everyday = _words(entries, _DIGITS_OF_AN_EVERYDAY_WORD[language])
    return OrdinaryWords(frozenset(known), tuple(sorted(everyday)))


def read_ordinary_words() -> None:
    """Every language's, so that the first message in it does not wait; for a thread of its own while a server starts."""
    for language in _DIGITS_OF_A_KNOWN_WORD:
        ordinary_words(language)


def _words(entries: list[bytes], digits: int) -> set[str]:
    """The words that occur often enough for a count of so many digits."""
    common = [entry for entry in entries if len(entry) > digits and entry[-digits] != _SPACE]
    return {fold(entry.rsplit(b'"', 1)[0].decode()) for entry in common if _is_count(entry, digits)}


def _is_count(entry: bytes, digits: int) -> bool:
    return entry[-digits:].isdigit()
