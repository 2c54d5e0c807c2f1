"""First look: which articles come into question, and in numbers how each of them fits."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from slabot.domain.words import Language, Repairer
from slabot.knowledge.clues import SMALL_WEIGHT, Clue, Clues, read_clues
from slabot.knowledge.encoder import Encoder
from slabot.knowledge.entries import SMALL_STEMS, Entry, Lead, LeadKind
from slabot.knowledge.meaning import Meanings, Near
from slabot.knowledge.postings import Postings

_MOST_POSTINGS: Final = 200  # a stem: the strongest are enough, what is cut off is looked up afterwards
_NAMED: Final = 30  # articles that are scored by all words
_LOOKED_AT: Final = 12  # articles from each list that are looked at closely


@dataclass(slots=True)
class Sighting:
    """One article in question. Numbers are 0–1 but `words`, which is BM25F as it is, and where it says spreads."""

    number: int
    words: float = 0.0
    covered: float = 0.0  # share of the question's weight that the article knows
    lead: float = 0.0  # best likeness in words of a title or question
    title: float = 0.0
    meaning: float = 0.0  # best likeness in meaning of any lead
    meaning_passage: float = 0.0
    meaning_plain: float = 0.0
    centre: float = 0.0  # likeness in meaning of the article as a whole
    centre_above: float = 0.0  # in spreads, how far that is above what the other articles' leads reach
    plain_above: float = 0.0  # the same without pressing
    tightness: float = 0.0  # how near the article's own leads are to each other
    lead_meanings: tuple[float, ...] = ()  # likeness in meaning of each lead


@dataclass(frozen=True, slots=True)
class Looked:
    """What a first look saw: the clues and the articles, in no order."""

    clues: Clues
    sightings: list[Sighting]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question as titles and questions are held against it."""

    given: dict[str, float]  # the weight of each stem among titles and questions
    scale: float  # one through the root of the weight of all its words


class Sights:
    """All articles of one workspace, ready to be looked through."""

    def __init__(self, entries: Sequence[Entry], encoder: Encoder | None = None) -> None:
        self.entries = list(entries)
        self.postings = Postings(self.entries)
        self.languages: set[Language] = {entry.article.language for entry in self.entries} or {"en"}
        counts: dict[str, int] = {}
        for entry in self.entries:
            for word in entry.words:
                counts[word] = counts.get(word, 0) + 1
        self.repairer = Repairer(counts, bold=True)
        asked = [lead.stems for e in self.entries for lead in e.leads if lead.kind is not LeadKind.PASSAGE]
        seen = Counter(stem for stems in asked for stem in stems)
        self._unseen = math.log(1 + (len(asked) + 0.5) / 0.5)
        self._lead_idf = {s: math.log(1 + (len(asked) - n + 0.5) / (n + 0.5)) for s, n in seen.items()}
        self._lead_places = [_places(entry) for entry in self.entries]
        self._lead_scales = [
            [self._lead_scale(lead) for lead in entry.leads if lead.kind is not LeadKind.PASSAGE]
            for entry in self.entries
        ]
        self.meanings = (
            Meanings(
                [[lead.text for lead in entry.leads] for entry in self.entries],
                [len(scales) for scales in self._lead_scales],
                encoder,
            )
            if encoder is not None and self.entries
            else None
        )

    def look(self, text: str) -> Looked:
        """The articles that words or meaning bring up; empty for a text without either."""
        clues = read_clues(text, self.repairer, self.postings.frequency, self.languages)
        weighed = [(clue, self._weight(clue)) for clue in clues.clues]
        mass = sum(weight for _, weight in weighed)
        if not mass:
            return Looked(clues, [])
        named = self._by_words(weighed)
        near = self.meanings.near(clues.text, named, _LOOKED_AT) if self.meanings is not None else {}
        asked = self._asked(clues.clues)
        sightings = [self._sight(number, weighed, mass, asked) for number in sorted({*named, *near})]
        for sighting in sightings:
            if (how := near.get(sighting.number)) is not None:
                self._compare(sighting, how)
        return Looked(clues, sightings)

    def expect(self, texts: Sequence[str]) -> None:
        """Articles' own words that are about to be asked: encoded together, and kept where vectors are."""
        if self.meanings is not None:
            self.meanings.expect(texts)

    def _lead_rarity(self, stem: str) -> float:
        return self._lead_idf.get(stem, self._unseen)

    def _lead_scale(self, lead: Lead) -> float:
        mass = sum(_small_weight(stem) * self._lead_rarity(stem) for stem in lead.stems)
        return 1 / math.sqrt(mass) if mass else 0.0

    def _weight(self, clue: Clue) -> float:
        if not clue.stems:
            return clue.weight * self.postings.unseen_idf
        return clue.weight * max(self.postings.idf(stem) for stem, _ in clue.stems)

    def _by_words(self, weighed: Sequence[tuple[Clue, float]]) -> list[int]:
        """The articles that the words speak for most.

        The lists of the telling words name a few that are then scored by all; small words, whose lists are
        the longest, name none unless there is nothing else.
        """
        telling = [clue for clue, _ in weighed if clue.stems and not clue.small]
        named: dict[int, float] = {}
        for clue in telling or [clue for clue, _ in weighed]:
            for stem, belief in clue.stems:
                strength = clue.weight * belief
                for number, impact in zip(*self.postings.strongest(stem, _MOST_POSTINGS), strict=True):
                    named[number] = named.get(number, 0.0) + strength * impact
        short = heapq.nlargest(_NAMED, named, key=named.__getitem__)
        if len(short) <= _LOOKED_AT:
            return short
        scores = {number: self._words(number, weighed) for number in short}
        return heapq.nlargest(_LOOKED_AT, short, key=scores.__getitem__)

    def _words(self, number: int, weighed: Sequence[tuple[Clue, float]]) -> float:
        impacts = self.postings.impacts[number]
        score = 0.0
        for clue, _ in weighed:
            best = 0.0
            for stem, belief in clue.stems:
                if (impact := impacts.get(stem)) is not None and impact * belief > best:
                    best = impact * belief
            score += clue.weight * best
        return score

    def _sight(
        self, number: int, weighed: Sequence[tuple[Clue, float]], mass: float, asked: _Asked
    ) -> Sighting:
        impacts = self.postings.impacts[number]
        words = covered = 0.0
        for clue, weight in weighed:
            best = share = 0.0
            for stem, belief in clue.stems:
                impact = impacts.get(stem)
                if impact is not None:
                    best = max(best, belief * impact)
                    share = max(share, belief)
            if share:
                words += clue.weight * best
                covered += share * weight
        sighting = Sighting(number, words, covered / mass)
        self._hold_against_leads(sighting, asked)
        return sighting

    def _hold_against_leads(self, sighting: Sighting, asked: _Asked) -> None:
        places = self._lead_places[sighting.number]
        shared: dict[int, float] = {}
        for stem, weight in asked.given.items():
            for place in places.get(stem, ()):
                shared[place] = shared.get(place, 0.0) + weight
        scales = self._lead_scales[sighting.number]
        for place, weight in shared.items():
            like = weight * asked.scale * scales[place]
            if place == 0:  # the title
                sighting.title = like
            if like > sighting.lead:
                sighting.lead = like

    def _asked(self, clues: Sequence[Clue]) -> _Asked:
        given: dict[str, float] = {}
        mass = 0.0
        for clue in clues:
            if not clue.stems:
                mass += clue.weight * self._unseen
                continue
            weight = clue.weight * max([self._lead_rarity(stem) for stem, _ in clue.stems])
            mass += weight
            for stem, _ in clue.stems:
                given[stem] = weight
        return _Asked(given, 1 / math.sqrt(mass) if mass else 0.0)

    def _compare(self, sighting: Sighting, near: Near) -> None:
        sighting.lead_meanings = near.leads
        sighting.meaning = max(near.leads)
        passages = near.leads[len(self._lead_scales[sighting.number]) :]
        sighting.meaning_passage = max(passages, default=0.0)
        sighting.meaning_plain = near.plain
        sighting.centre = near.centre
        sighting.centre_above = near.centre_above
        sighting.plain_above = near.plain_above
        sighting.tightness = near.tightness


def _places(entry: Entry) -> dict[str, list[int]]:
    """In which of its title and questions (by place, the title is 0) each stem stands."""
    places: dict[str, list[int]] = {}
    for place, lead in enumerate(entry.leads):
        if lead.kind is not LeadKind.PASSAGE:
            for stem in lead.stems:
                places.setdefault(stem, []).append(place)
    return places


def _small_weight(stem: str) -> float:
    return SMALL_WEIGHT if stem in SMALL_STEMS else 1.0
