"""The phrase book: which intents a sentence holds, found through an index of words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from slabot.domain.dialogue.intent import Intent
from slabot.domain.dialogue.phrases import english, french, german, spanish
from slabot.domain.dialogue.phrases.pattern import Phrase, phrase
from slabot.domain.words import SMALL_WORDS, Language, Repairer, vocabulary


@dataclass(frozen=True)
class _Entry:
    intent: Intent
    language: Language
    written: str
    denies: bool

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """Compiled when first needed: most phrases of a language nobody writes in are never tried."""
        return re.compile(self.written)


_LONG = 10
"""Letters from which two slips in one word are believed."""


class Phrases:
    """All phrases of the four languages; a message may mix them."""

    def __init__(self) -> None:
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        self._spoken: dict[Language, set[str]] = defaultdict(set)
        known: set[str] = set()
        for language, (groups, phrases, unless) in _sources().items():
            for denies, table in ((False, phrases), (True, unless)):
                for intent, written in table.items():
                    for text in written:
                        read = phrase(text, groups)
                        entry = _Entry(intent, language, read.expression, denies)
                        for word in _keys(read):
                            self._entries[word].append(entry)
                        self._spoken[language] |= read.words
                        if intent is not Intent.ABUSE:  # "price" is no misspelt insult
                            known |= read.words
        self.words = frozenset(known)
        self._repairer = Repairer(vocabulary([known | SMALL_WORDS]))

    def intents(self, words: Sequence[str]) -> dict[Intent, set[Language]]:
        """The intents of one sentence of folded words, each with the languages that said so."""
        spoken = f"/ {' '.join(words)} / "
        tried: set[int] = set()
        found: dict[Intent, set[Language]] = defaultdict(set)
        denied: set[tuple[Intent, Language]] = set()
        for word in set(words):
            for entry in self._entries.get(word, ()):
                if id(entry) in tried:
                    continue
                tried.add(id(entry))
                if entry.expression.search(spoken):
                    if entry.denies:
                        denied.add((entry.intent, entry.language))
                    else:
                        found[entry.intent].add(entry.language)
        # "No access" is no "no" in Spanish either: short words mean something in several languages.
        refused = {intent for intent, _ in denied if intent in (Intent.YES, Intent.NO)}
        return {
            intent: left
            for intent in found
            if intent not in refused
            and (left := {one for one in found[intent] if (intent, one) not in denied})
        }

    def language_of(self, words: Sequence[str]) -> Language | None:
        """The one language that most of the words can only be of; None where they do not tell."""
        votes: dict[Language, int] = defaultdict(int)
        for word in words:
            speaking = [language for language, known in self._spoken.items() if word in known]
            if len(speaking) == 1:
                votes[speaking[0]] += 1
        best = max(votes.values(), default=0)
        leading = [language for language, count in votes.items() if count == best]
        return leading[0] if len(leading) == 1 else None

    def mended(self, word: str) -> str:
        """The word of the book that a misspelt one most likely means; itself where none is near."""
        for near in self._repairer.repair(word, most=1):
            same_start = near.word[0] == word[0] or sorted(near.word) == sorted(word)
            grown = word.startswith(near.word) or near.word.startswith(word)
            slight = near.distance == 1 or len(word) >= _LONG
            if slight and same_start and not grown and abs(len(near.word) - len(word)) <= 1:
                return near.word
        return word


@cache
def phrase_book() -> Phrases:
    """Built once; it takes about a tenth of a second."""
    return Phrases()


def _sources() -> dict[
    Language, tuple[Mapping[str, str], Mapping[Intent, Sequence[str]], Mapping[Intent, Sequence[str]]]
]:
    return {
        "en": (english.GROUPS, english.PHRASES, english.UNLESS),
        "de": (german.GROUPS, german.PHRASES, german.UNLESS),
        "es": (spanish.GROUPS, spanish.PHRASES, spanish.UNLESS),
        "fr": (french.GROUPS, french.PHRASES, french.UNLESS),
    }


def _keys(read: Phrase) -> Iterable[str]:
    """The words of the element that the fewest sentences contain: any match has one of them."""
    return min(read.elements, key=lambda words: sum(12 if word in SMALL_WORDS else 1 for word in words))
