"""Repair: the known words that a misspelt one most likely meant, found through an index, never by a scan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

_SHORTEST = 4  # below this almost every word is one letter from another
_LONG = 8  # from this length on two slips are believed
_LONGEST = 32
_SURE = 1.2  # of four letters: the first is right, and the slip is a common one
_NEIGHBOURS = {
    key: frozenset(near)
    for key, near in {
        "q": "wa", "w": "qeas", "e": "wrsd", "r": "etdf", "t": "ryfg", "y": "tugh", "u": "yihj", "i": "uojk",
        "o": "ipkl", "p": "ol", "a": "qwsz", "s": "awedxz", "d": "serfcx", "f": "drtgvc", "g": "ftyhbv",
        "h": "gyujnb", "j": "huikmn", "k": "jiolm", "l": "kop", "z": "asx", "x": "zsdc", "c": "xdfv",
        "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
    }.items()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Repair:
    """A known word for an unknown one; `distance` counts slips (1 or 2), `likeness` ranks within them."""

    word: str
    distance: int
    likeness: float


class Repairer:
    """Known words with how often they occur, and the ways to reach them from a misspelling.

    One slip is found by the letters left when one is taken out on either side (which also finds neighbours
    that changed places); two slips in a long word leave one of its thirds whole, and that is looked up.
    """

    def __init__(self, known: Mapping[str, int], *, bold: bool = False) -> None:
        """`bold` believes slips in shorter words too: for a search, where a wrong guess only costs rank."""
        self._bold = bold
        self._shortest, self._long = (_SHORTEST - 1, _LONG - 1) if bold else (_SHORTEST, _LONG)
        self._known = dict(known)
        self._shortened: dict[str, list[str]] = {}
        self._parts: dict[tuple[int, int, str], list[str]] = {}
        for word in self._known:
            if not self._shortest - 1 <= len(word) <= _LONGEST or not word.isalpha():
                continue
            for shorter in _shortened(word):
                self._shortened.setdefault(shorter, []).append(word)
            if len(word) >= self._long - 2:
                for at, (start, end) in enumerate(_thirds(len(word))):
                    self._parts.setdefault((len(word), at, word[start:end]), []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def repair(self, word: str, most: int = 3) -> tuple[Repair, ...]:
        """The nearest known words, best first; none if it is known, short, no word, or like nothing known."""
        if word in self._known or not self._shortest <= len(word) <= _LONGEST or not word.isalpha():
            return ()
        nearest = self._within_one(word)
        if not nearest and len(word) >= self._long:
            nearest = self._within_two(word)
        if len(word) == _SHORTEST and not self._bold:
            nearest = [found for found in nearest if found.likeness >= _SURE]
        nearest.sort(key=lambda found: (found.distance, -found.likeness, found.word))
        return tuple(nearest[:most])

    def _within_one(self, word: str) -> list[Repair]:
        near = {known for shorter in _shortened(word) for known in self._shortened.get(shorter, ())}
        return [
            self._offer(word, known, 1) for known in near if OSA.distance(word, known, score_cutoff=1) <= 1
        ]

    def _within_two(self, word: str) -> list[Repair]:
        near: set[str] = set()
        for length in range(len(word) - 2, len(word) + 3):
            for at, (start, end) in enumerate(_thirds(length)):
                for shift in range(-2, 3):
                    if start + shift >= 0:
                        near.update(self._parts.get((length, at, word[start + shift : end + shift]), ()))
        return [
            self._offer(word, known, 2) for known in near if OSA.distance(word, known, score_cutoff=2) <= 2
        ]

    def _offer(self, word: str, known: str, distance: int) -> Repair:
        likeness = 1.0 if word[0] == known[0] else 0.0  # people seldom miss the first letter
        if sorted(word) == sorted(known):
            likeness += 0.5  # the right letters in the wrong order
        elif len(word) == len(known):
            likeness += 0.4 if _slipped_to_a_neighbour(word, known) else 0.0
        else:
            likeness += 0.2 if set(word) == set(known) else 0.1  # a letter doubled or left out
        return Repair(known, distance, likeness + 0.1 * min(self._known[known], 50) / 50)


def vocabulary(texts: Iterable[Iterable[str]]) -> dict[str, int]:
    """In how many of the texts each word occurs: what `Repairer` wants to know."""
    seen: dict[str, int] = {}
    for words in texts:
        for word in set(words):
            seen[word] = seen.get(word, 0) + 1
    return seen


def _shortened(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        if at == 0 or word[at] != word[at - 1]:
            yield word[:at] + word[at + 1 :]


def _thirds(length: int) -> tuple[tuple[int, int], ...]:
    first, second = length // 3, 2 * length // 3
    return ((0, first), (first, second), (second, length))


def _slipped_to_a_neighbour(word: str, known: str) -> bool:
    return all(a == b or b in _NEIGHBOURS.get(a, ()) for a, b in zip(word, known, strict=True))
