"""A message as triage reads it: its words, mended, cut into sentences and segments, with the cues found."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from slabot.domain.triage.cues import Cues
from slabot.domain.triage.lexicon import Hit, word_set
from slabot.domain.words import FUNCTION_WORDS, Language, Token, is_small, language_of, tokenise

LANGUAGES: tuple[Language, ...] = tuple(FUNCTION_WORDS)

_STOP = re.compile(r"[.!?;:\n…]|\s[-–—]+\s")
_CONTRAST = word_set(
    "but however although though yet whereas while aber jedoch allerdings sondern obwohl pero sino"
    " aunque mais cependant toutefois pourtant sauf"
)
_NOTHING = word_set("nothing anything none rien")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
"""sloooow, heeelp"""
_MAIL_ADDRESS = re.compile(r"(?<![^\s@])[^\s@]++@[^\s@]+")
"""Its parts are no words: "my address is vera@example.org" tells of no data that anybody sees."""
_MOST_WORDS = 400
"""A chat message is short; of a pasted log the first words tell what it is about."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of words between stops and contrasts: what belongs together in one statement."""

    start: int
    end: int
    sentence: int
    hits: tuple[Hit, ...]

    def all(self, *cues: str) -> list[Hit]:
        return [hit for hit in self.hits if hit.cue in cues]

    def has(self, *cues: str) -> bool:
        return any(hit.cue in cues for hit in self.hits)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words up to a full stop or question mark."""

    start: int
    end: int
    asks: bool
    """It ends with a question mark."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole message. `stops[i]` is "," or "." where one stands between words i - 1 and i."""

    text: str
    language: Language
    places: tuple[Token, ...]
    words: tuple[str, ...]
    """As mended: `places` keeps the visitor's own spelling."""
    stops: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    segments: tuple[Segment, ...]
    hits: tuple[Hit, ...]

    def has(self, *cues: str) -> bool:
        return any(hit.cue in cues for hit in self.hits)

    def quote(self, start: int, end: int) -> str:
        """The visitor's own words from word `start` to `end` (exclusive)."""
        if start >= end:
            return ""
        return self.text[self.places[start].start : self.places[end - 1].end]

    def distance(self, left: Hit, right: Hit, light: frozenset[str] = frozenset()) -> int:
        """Words between two cues, whichever comes first; a comma between them counts as two more.

        Words of `light` cues weigh nothing: "can't any of us here log in" keeps its parts together.
        """
        if left.start > right.start:
            left, right = right, left
        between = max(0, right.start - left.end)
        if light and between:
            between -= sum(
                hit.end - hit.start
                for hit in self.hits
                if hit.cue in light and left.end <= hit.start and hit.end <= right.start
            )
        return max(0, between) + 2 * sum(
            1 for at in range(left.end, right.start + 1) if self.stops[at] == ","
        )

    def is_name(self, at: int) -> bool:
        """Whether word `at` is written as a name; all nouns are in German, so none is told there."""
        start, end = self.places[at].start, self.places[at].end
        return self.language != "de" and end - start > 1 and self.text[start : start + 2].istitle()

    def is_owner_name(self, at: int) -> bool:
        """Whether word `at` is a name in the possessive: "Nestlé's", "Pepsi's"."""
        start, end = self.places[at].start, self.places[at].end
        written = self.text[start:end]
        return written[0].isupper() and written[-2:] in ("'s", "’s") and len(written) > len("It's")

    def hits_before(self, at: int, words: int) -> list[Hit]:
        """Cues that end within so many words before word `at`."""
        return [hit for hit in self.hits if at - words <= hit.start and hit.end <= at]

    def clause_start(self, at: int) -> int:
        """Where the clause of word `at` begins: after the last comma or stop, or a contrast."""
        while at > 0 and not self.stops[at]:
            at -= 1
        return at


def read(text: str, cues: Cues) -> Reading:
    """Cut, mend and look up. The same text always reads the same."""
    said, text = text, _MAIL_ADDRESS.sub(lambda address: " " * len(address.group()), text)
    places = tuple(tokenise(text)[:_MOST_WORDS])
    spelt = [place.word for place in places]
    language = language_of(spelt, text) or _language_by_cues(spelt, cues)
    lexicon = cues.lexicons[language]
    names = _names(text, places) if language != "de" else frozenset()
    words = [
        word if at in names or lexicon.knows(word) else _mended(word, language, cues)
        for at, word in enumerate(spelt)
    ]
    stops = _stops(text, places)
    hits = tuple(lexicon.find(words))
    sentences = _sentences(text, places, stops)
    return Reading(
        said, language, places, tuple(words), stops, sentences, _segments(words, sentences, hits), hits
    )


def _language_by_cues(spelt: list[str], cues: Cues) -> Language:
    """Of a line too short for small words: the language that knows most of its words, the workspace's first."""
    best, most = cues.language, -1
    for language in (cues.language, *(other for other in LANGUAGES if other != cues.language)):
        known = sum(1 for word in spelt if word in cues.vocabulary[language])
        if known > most:
            best, most = language, known
    return best


def _names(text: str, places: tuple[Token, ...]) -> frozenset[int]:
    """Words that are capitalised inside a sentence: names, which are never mended."""
    return frozenset(
        at
        for at, place in enumerate(places)
        if text[place.start].isupper()
        and not text[place.start : place.end].isupper()
        and place.start > 1
        and text[place.start - 2] not in ".!?\n:¿¡"
    )


def _mended(word: str, language: Language, cues: Cues) -> str:
    """The cue word that a misspelt one most likely meant; the word itself where that is not plain."""
    if len(word) < 4 or word in cues.ordinary[language] or is_small(word) or not word.isalpha():
        return word
    lexicon = cues.lexicons[language]
    for plainer in (_DRAWN_OUT.sub(r"\1", word), _DRAWN_OUT.sub(r"\1\1", word), _umlauts_written_out(word)):
        if plainer != word and (lexicon.knows(plainer) or plainer in cues.ordinary[language]):
            return plainer
    for found in cues.repairers[language].repair(word, most=3):
        if not lexicon.knows(found.word):
            continue
        if found.word[0] != word[0] and (found.distance > 1 or len(word) < 7):
            continue
        if found.distance > 1 and found.word[:2] != word[:2]:
            continue  # two slips and another beginning: "payantes" is not "plantes"
        return found.word
    return word


def _umlauts_written_out(word: str) -> str:
    """ "koennen" as "können" is folded."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def _stops(text: str, places: tuple[Token, ...]) -> tuple[str, ...]:
    stops = [""]
    for before, after in itertools.pairwise(places):
        between = text[before.end : after.start]
        if between in (" ", "-", "'"):
            stops.append("")
        elif _STOP.search(between) and not _is_inside_word(between):
            stops.append("?" if "?" in between or "¿" in between else ".")
        elif "," in between or "(" in between or ")" in between:
            stops.append("" if between == "," else ",")
        else:
            stops.append("")
    stops.append(".")
    return tuple(_without_staccato(stops))


def _without_staccato(stops: list[str]) -> list[str]:
    """ "Is. Not. Working. For. Anyone." is one sentence: a stop on both sides of a single word, twice over, is none."""
    kept = list(stops)
    for at in range(1, len(stops) - 2):
        if stops[at] == stops[at + 1] == stops[at + 2] == ".":
            kept[at] = kept[at + 1] = ""
    return kept


def _is_inside_word(between: str) -> bool:
    return between in (".", ":")  # "1:1", "9.30", "i.e."


def _sentences(text: str, places: tuple[Token, ...], stops: tuple[str, ...]) -> tuple[Sentence, ...]:
    found = []
    start = 0
    for at in range(1, len(places) + 1):
        if at == len(places):
            found.append(Sentence(start, at, "?" in text[places[-1].end :]))
        elif stops[at] in (".", "?"):
            found.append(
                Sentence(start, at, stops[at] == "?" and "?" in text[places[at - 1].end : places[at].start])
            )
            start = at
    return tuple(found)


def _segments(
    words: list[str], sentences: tuple[Sentence, ...], hits: tuple[Hit, ...]
) -> tuple[Segment, ...]:
    found = []
    for number, sentence in enumerate(sentences):
        cuts = [sentence.start]
        cuts += [
            at
            for at in range(sentence.start + 1, sentence.end)
            if words[at] in _CONTRAST and not _excepts(words, at)
        ]
        cuts.append(sentence.end)
        for start, end in itertools.pairwise(cuts):
            found.append(Segment(start, end, number, tuple(_within(hits, start, end))))
    return tuple(found)


def _excepts(words: list[str], at: int) -> bool:
    """ "Nothing on the screen but the logo" has no contrast in it."""
    return words[at] in ("but", "sauf") and not _NOTHING.isdisjoint(words[max(0, at - 4) : at])


def _within(hits: Iterable[Hit], start: int, end: int) -> Iterable[Hit]:
    return (hit for hit in hits if start <= hit.start < end)
