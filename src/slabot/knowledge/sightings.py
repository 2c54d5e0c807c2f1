"""First look: which articles come into question, and in numbers how each of them fits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from slabot.domain.words import Language, Repairer
from slabot.knowledge.clues import SMALL_WEIGHT, Clue, Clues, read_clues
from slabot.knowledge.entries import SMALL_STEMS, Entry, LeadKind
from slabot.knowledge.meaning import Encoder, Meanings
from slabot.knowledge.postings import Postings

if TYPE_CHECKING:
    from slabot.knowledge.meaning import Likeness

_MOST_POSTINGS: Final = 600  # a stem: the strongest are enough, what is cut off is looked up afterwards
_LOOKED_AT: Final = 12  # articles from each list that are looked at closely


@dataclass(slots=True)
class Sighting:
    """One article in question. All numbers are 0–1 but `words`, which is BM25F as it is."""

    number: int
    words: float = 0.0
    covered: float = 0.0  # share of the question's weight that the article knows
    uncovered: float = 0.0  # greatest share of one content word that it does not know
    lead: float = 0.0  # best likeness in words of a title or question
    lead_second: float = 0.0  # and the second best of the same article
    lead_covered: float = 0.0  # share of the question's weight that its best title or question knows
    lead_uncovered: float = 0.0  # greatest share of one content word that no title or question knows
    title: float = 0.0
    meaning: float = 0.0  # best likeness in meaning of any lead
    meaning_second: float = 0.0
    meaning_plain: float = 0.0
    centre: float = 0.0  # likeness in meaning of the article as a whole
    meaning_title: float = 0.0
    meaning_question: float = 0.0
    meaning_passage: float = 0.0
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
    stems: frozenset[str]
    content: list[tuple[frozenset[str], float]]  # stems and weight of each content word
    mass: float


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
        self._lead_mass = [
            [
                sum(_small_weight(stem) * self._lead_rarity(stem) for stem in lead.stems)
                for lead in entry.leads
            ]
            for entry in self.entries
        ]
        self.meanings = (
            Meanings([[lead.text for lead in entry.leads] for entry in self.entries], encoder)
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
        numbers = self._by_words(weighed)
        likeness: Likeness | None = None
        if self.meanings is not None:
            likeness = self.meanings.likeness(clues.text)
            numbers |= set(likeness.articles.argsort()[-_LOOKED_AT:].tolist())
        asked = self._asked(clues.clues)
        sightings = [self._sight(number, weighed, mass, asked) for number in sorted(numbers)]
        if likeness is not None:
            for sighting in sightings:
                self._compare(sighting, likeness)
        return Looked(clues, sightings)

    def _lead_rarity(self, stem: str) -> float:
        return self._lead_idf.get(stem, self._unseen)

    def _weight(self, clue: Clue) -> float:
        if not clue.stems:
            return clue.weight * self.postings.unseen_idf
        return clue.weight * max(self.postings.idf(stem) for stem, _ in clue.stems)

    def _by_words(self, weighed: Sequence[tuple[Clue, float]]) -> set[int]:
        scores: dict[int, float] = {}
        for clue, _ in weighed:
            for stem, belief in clue.stems:
                strength = clue.weight * belief
                for number, impact in zip(*self.postings.strongest(stem, _MOST_POSTINGS), strict=True):
                    scores[number] = scores.get(number, 0.0) + strength * impact
        return set(sorted(scores, key=scores.__getitem__, reverse=True)[:_LOOKED_AT])

    def _sight(
        self, number: int, weighed: Sequence[tuple[Clue, float]], mass: float, asked: _Asked
    ) -> Sighting:
        sighting = Sighting(number)
        impacts = self.postings.impacts[number]
        for clue, weight in weighed:
            best = share = 0.0
            for stem, belief in clue.stems:
                impact = impacts.get(stem)
                if impact is not None:
                    best = max(best, clue.weight * belief * impact)
                    share = max(share, belief)
            sighting.words += best
            sighting.covered += share * weight
            if not share and not clue.small:
                sighting.uncovered = max(sighting.uncovered, weight)
        sighting.covered /= mass
        sighting.uncovered /= mass
        self._hold_against_leads(sighting, asked)
        return sighting

    def _hold_against_leads(self, sighting: Sighting, asked: _Asked) -> None:
        known: set[str] = set()
        for lead, lead_mass in zip(
            self.entries[sighting.number].leads, self._lead_mass[sighting.number], strict=True
        ):
            if lead.kind is LeadKind.PASSAGE:
                continue
            shared_stems = asked.stems & lead.stems
            if not shared_stems:
                continue
            known |= shared_stems
            shared = sum([asked.given[stem] for stem in shared_stems])
            like = shared / math.sqrt(asked.mass * lead_mass)
            if lead.kind is LeadKind.TITLE:
                sighting.title = like
            if like > sighting.lead:
                sighting.lead, sighting.lead_second = like, sighting.lead
                sighting.lead_covered = shared / asked.mass
            else:
                sighting.lead_second = max(sighting.lead_second, like)
        unknown = [weight for stems, weight in asked.content if not stems & known]
        sighting.lead_uncovered = max(unknown, default=0.0) / asked.mass

    def _asked(self, clues: Sequence[Clue]) -> _Asked:
        given: dict[str, float] = {}
        content = []
        mass = 0.0
        for clue in clues:
            weight = clue.weight * max([self._lead_rarity(stem) for stem, _ in clue.stems] or [self._unseen])
            mass += weight
            given.update((stem, weight) for stem, _ in clue.stems)
            if not clue.small:
                content.append((frozenset(stem for stem, _ in clue.stems), weight))
        return _Asked(given, frozenset(given), content, mass)

    def _compare(self, sighting: Sighting, likeness: Likeness) -> None:
        assert self.meanings is not None
        near, plain, sighting.centre = self.meanings.of_article(sighting.number, likeness)
        sighting.lead_meanings = tuple(near)
        sighting.meaning_plain = max(plain)
        for lead, like in zip(self.entries[sighting.number].leads, near, strict=True):
            if lead.kind is LeadKind.TITLE:
                sighting.meaning_title = like
            elif lead.kind is LeadKind.QUESTION:
                sighting.meaning_question = max(sighting.meaning_question, like)
            else:
                sighting.meaning_passage = max(sighting.meaning_passage, like)
            if like > sighting.meaning:
                sighting.meaning, sighting.meaning_second = like, sighting.meaning
            else:
                sighting.meaning_second = max(sighting.meaning_second, like)


def _small_weight(stem: str) -> float:
    return SMALL_WEIGHT if stem in SMALL_STEMS else 1.0
