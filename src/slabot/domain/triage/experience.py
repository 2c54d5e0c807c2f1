"""Experience: what messages that people have judged suggest of a new one, by its words, their parts and neighbours."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from slabot.domain.triage.verdict import Verdict

_REMEMBERED = 20_000
_PARTS = (3, 4, 5)
_LANE = 3
ZERO = 128
"""What a weight of nothing is written as: weights are unsigned bytes around it."""
SURE, LIKELY = 0.7, 0.4
"""Confidences of the rules that were measured apart: above, between, and at or below."""


def word_marks(word: str, families: Mapping[str, int]) -> Iterator[str]:
    """What can be learned of a word alone: itself, its parts, and its family (words of a like meaning)."""
    yield f"={word}"
    edged = f"_{word}_"
    for length in _PARTS:
        for at in range(len(edged) - length + 1 if length < len(edged) else 0):
            yield edged[at : at + length]
    if family := families.get(word):
        yield f"<{family}>"


def pair_marks(words: Sequence[str], kinds: Sequence[int | None]) -> list[str]:
    """Of words and their families (`kinds`) that stand side by side, or with one word between."""
    edged = ["^", *words, "$"]
    marks = [f"{one} {other}" for one, other in itertools.pairwise(edged)]
    marks += [f"{one}~{other}" for one, other in zip(edged, edged[2:], strict=False)]
    marks += [f"{one} {other}" for one, other in itertools.pairwise(kinds) if one and other]
    marks += [f"{one}~{other}" for one, other in zip(kinds, kinds[2:], strict=False) if one and other]
    return marks


def text_marks(text: str) -> Iterator[str]:
    """Of the marks between words."""
    if "?" in text:
        yield "?"
    if text.rstrip().endswith("?"):
        yield "?$"
    if "!" in text:
        yield "!"


def plain_words(words: Sequence[str]) -> list[str]:
    """Words with every number alike."""
    return ["#" if word.isdigit() else word for word in words]


def doubt_of(confidence: float) -> str:
    """Which of three measured classes a confidence of the rules falls into."""
    return "sure" if confidence >= SURE else "likely" if confidence > LIKELY else "guess"


class _Met(NamedTuple):
    """A word alone: the sum of its marks' weights, how many of them are known, and its family."""

    row: int
    marks: int
    family: int | None
    is_known: bool


@dataclass(frozen=True, slots=True)
class Opinion:
    """How likely each verdict is by the words alone, in the order of the experience's verdicts."""

    shares: Sequence[float]
    known: int
    """Words of the message that were met before, themselves or one of their family."""


class Experience:
    """Weights learned from judged messages. Immutable but for a bounded memory of words already weighed.

    The weights of a mark for all verdicts are packed into one whole number, three bytes each, so that a message's
    hundreds of marks are summed up by as many plain additions.
    """

    __slots__ = ("_bias", "_families", "_met", "_scale", "_trust", "_weights", "verdicts")

    def __init__(
        self,
        verdicts: Sequence[Verdict],
        weights: Mapping[str, int],
        bias: Sequence[float],
        scale: float,
        families: Mapping[str, int],
        trust: Mapping[str, Sequence[float]],
    ) -> None:
        """`weights` as `packed`; `trust`: by what the rules said and how sure they were, how much it speaks for each
        verdict, as a logarithm."""
        self.verdicts = tuple(verdicts)
        self._weights = weights
        self._bias = tuple(bias)
        self._scale = scale
        self._families = families
        self._trust = trust
        self._met: dict[str, _Met] = {}

    def opinion(self, words: Sequence[str], text: str) -> Opinion:
        """By the words alone, whatever the rules say."""
        plain = plain_words(words)
        met = [self._of_word(word) for word in plain]
        weights = self._weights
        pairs = pair_marks(plain, [word.family for word in met])
        rows = [weights[mark] for mark in (*pairs, *text_marks(text)) if mark in weights]
        total = sum(rows) + sum([word.row for word in met])
        marks = len(rows) + sum([word.marks for word in met])
        share = self._scale / math.sqrt(max(1, marks))
        none = ZERO * marks
        scores = [
            (weight - none) * share + bias
            for weight, bias in zip(_unpacked(total, len(self.verdicts)), self._bias, strict=True)
        ]
        return Opinion(_shares(scores), sum([word.is_known for word in met]))

    def together(self, opinion: Opinion, said: Verdict, confidence: float) -> list[float]:
        """How likely each verdict is, by the words and by what the rules say with this confidence."""
        trust = self._trust[f"{said.value} {doubt_of(confidence)}"]
        return _shares(
            [math.log(share + 1e-6) + level for share, level in zip(opinion.shares, trust, strict=True)]
        )

    def telling(self, words: Sequence[str], chosen: Verdict, other: Verdict) -> tuple[int, int]:
        """The words, from and to (exclusive), that speak most for one verdict against another."""
        plain = plain_words(words)
        speaks = [float(self._speaks(self._of_word(word).row, chosen, other)) for word in plain]
        for at, pair in enumerate(itertools.pairwise(plain)):
            half = self._speaks(self._weights.get(" ".join(pair), 0), chosen, other) / 2
            speaks[at] += half
            speaks[at + 1] += half
        return _best_stretch(speaks)

    def _speaks(self, row: int, chosen: Verdict, other: Verdict) -> int:
        weights = _unpacked(row, len(self.verdicts))
        return weights[self.verdicts.index(chosen)] - weights[self.verdicts.index(other)]

    def _of_word(self, word: str) -> _Met:
        met = self._met.get(word)
        if met is None:
            rows = [self._weights[mark] for mark in word_marks(word, self._families) if mark in self._weights]
            if len(self._met) >= _REMEMBERED:
                self._met.clear()
            family = self._families.get(word)
            known = family is not None or f"={word}" in self._weights
            met = self._met[word] = _Met(sum(rows), len(rows), family, known)
        return met


def packed(weights: bytes) -> int:
    """A byte a verdict as one number that can be added up: three bytes each hold the sum of 65,000 marks."""
    wide = bytearray(_LANE * len(weights))
    wide[::_LANE] = weights
    return int.from_bytes(wide, "little")


def _unpacked(total: int, verdicts: int) -> list[int]:
    wide = total.to_bytes(_LANE * verdicts, "little")
    lows, middles, highs = wide[::_LANE], wide[1::_LANE], wide[2::_LANE]
    return [low | middle << 8 | high << 16 for low, middle, high in zip(lows, middles, highs, strict=True)]


def _shares(scores: Sequence[float]) -> list[float]:
    highest = max(scores)
    grown = [math.exp(score - highest) for score in scores]
    whole = sum(grown)
    return [each / whole for each in grown]


_LONGEST_QUOTE = 6


def _best_stretch(speaks: Sequence[float]) -> tuple[int, int]:
    """The shortest run of at most six words with the greatest sum; of a text without words, nothing."""
    stretches = (
        (sum(speaks[start:end]), start, end)
        for start in range(len(speaks))
        for end in range(start + 1, min(len(speaks), start + _LONGEST_QUOTE) + 1)
    )
    _, start, end = max(stretches, default=(0.0, 0, 0), key=lambda found: (found[0], found[1] - found[2]))
    return start, end
