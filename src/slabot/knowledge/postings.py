"""BM25F in memory: for every stem the articles it speaks for, the strongest first."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from slabot.knowledge.entries import Entry, Field


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """How much a word counts in each field, and how far long fields are discounted (`b`)."""

    weight: Mapping[Field, float]
    b: Mapping[Field, float]
    saturation: float  # k1


WEIGHTS = FieldWeights(
    weight={Field.TITLE: 3.0, Field.QUESTIONS: 2.0, Field.HEADINGS: 1.5, Field.TAGS: 1.0, Field.BODY: 1.0},
    b={Field.TITLE: 0.5, Field.QUESTIONS: 0.3, Field.HEADINGS: 0.3, Field.TAGS: 0.3, Field.BODY: 0.6},
    saturation=1.5,
)


class Postings:
    """The impact of each stem on each article, computed once: idf · tf / (k1 + tf), tf over all fields."""

    def __init__(self, entries: Sequence[Entry], weights: FieldWeights = WEIGHTS) -> None:
        self.size = len(entries)
        self.frequency: Counter[str] = Counter()
        tallies = []
        means = _mean_lengths(entries)
        for entry in entries:
            tally = _weighted(entry, means, weights)
            tallies.append(tally)
            self.frequency.update(tally.keys())
        self.unseen_idf = math.log(1 + (self.size + 0.5) / 0.5)
        self._idf = {
            stem: math.log(1 + (self.size - count + 0.5) / (count + 0.5))
            for stem, count in self.frequency.items()
        }
        self.impacts: list[dict[str, float]] = []
        lists: dict[str, list[tuple[float, int]]] = {}
        for number, tally in enumerate(tallies):
            impact = {}
            for stem, tf in tally.items():
                impact[stem] = self._idf[stem] * tf * (weights.saturation + 1) / (weights.saturation + tf)
                lists.setdefault(stem, []).append((impact[stem], number))
            self.impacts.append(impact)
        self._lists: dict[str, tuple[list[int], list[float]]] = {}
        for stem, posted in lists.items():
            posted.sort(key=lambda one: (-one[0], one[1]))
            self._lists[stem] = ([number for _, number in posted], [impact for impact, _ in posted])

    def idf(self, stem: str) -> float:
        """How much a stem tells; one that no article has tells the most."""
        return self._idf.get(stem, self.unseen_idf)

    def strongest(self, stem: str, most: int) -> tuple[list[int], list[float]]:
        """The articles a stem speaks for most, and how strongly."""
        numbers, impacts = self._lists.get(stem, ([], []))
        return (numbers, impacts) if len(numbers) <= most else (numbers[:most], impacts[:most])


def _mean_lengths(entries: Sequence[Entry]) -> dict[Field, float]:
    totals: Counter[Field] = Counter()
    for entry in entries:
        for field, counts in entry.fields.items():
            totals[field] += counts.total()
    return {field: max(totals[field] / max(len(entries), 1), 1.0) for field in Field}


def _weighted(entry: Entry, means: Mapping[Field, float], weights: FieldWeights) -> dict[str, float]:
    tally: dict[str, float] = {}
    for field, counts in entry.fields.items():
        if counts:
            b = weights.b[field]
            share = weights.weight[field] / (1 - b + b * counts.total() / means[field])
            for stem, count in counts.items():
                tally[stem] = tally.get(stem, 0.0) + share * count
    return tally
