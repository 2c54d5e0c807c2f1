"""The articles of one workspace, ready to answer: look, rank, weigh the evidence, pick the passage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from slabot.domain.answers import Candidate, Found, Verdict
from slabot.knowledge.clues import Clues
from slabot.knowledge.confidence import Trust, Weighed, weigh
from slabot.knowledge.encoder import Encoder
from slabot.knowledge.entries import Entry
from slabot.knowledge.followups import with_what_came_before
from slabot.knowledge.passages import best_passage
from slabot.knowledge.ranking import rank
from slabot.knowledge.selfcheck import without_their_own
from slabot.knowledge.sightings import Looked, Sighting, Sights

_SHOWN = 3


class Index:
    """Immutable but for its trust; a changed article makes a new index."""

    def __init__(self, entries: Sequence[Entry], encoder: Encoder | None = None) -> None:
        self.sights = Sights(entries, encoder)
        self.semantic = self.sights.meanings is not None
        self.trust = Trust.learned(self.semantic)

    @classmethod
    def calibrated(cls, entries: Sequence[Entry], encoder: Encoder | None = None) -> Index:
        """An index that has checked itself."""
        index = cls(entries, encoder)
        index.check_itself()
        return index

    def check_itself(self, wanted: Callable[[], bool] = lambda: True) -> None:
        """Move the bar to what this workspace's own questions show; a millisecond a probe, while it is `wanted`."""
        wrong = []
        for looked in without_their_own(self):
            if not wanted():
                return
            wrong.append(self.weigh(looked).evidence)
        self.trust = Trust.checked(self.semantic, sorted(wrong))

    def find(self, text: str, context: Sequence[str] = ()) -> Found:
        """The candidates for a question, three at most; none when nothing is worth naming."""
        looked = self.sights.look(with_what_came_before(text, context))
        weighed = self.weigh(looked)
        verdict = self.trust.verdict(weighed)
        candidates: tuple[Candidate, ...] = ()
        if verdict is not Verdict.NOTHING:
            candidates = self._candidates(weighed, looked)
        return Found(verdict, candidates, looked.clues.content_words, looked.clues.language)

    def explain(self, text: str) -> tuple[Found, float]:
        """What a question finds even where nothing is worth naming, and the evidence for the first."""
        looked = self.sights.look(text)
        weighed = self.weigh(looked)
        candidates = self._candidates(weighed, looked)
        clues = looked.clues
        found = Found(self.trust.verdict(weighed), candidates, clues.content_words, clues.language)
        return found, weighed.evidence

    def ranked(self, text: str, most: int) -> tuple[tuple[str, float], ...]:
        """The slugs that fit best with their scores, however little they fit."""
        weighed = self.weigh(self.sights.look(text))
        slugs = [self.sights.entries[sighting.number].article.slug for _, sighting in weighed.ranked[:most]]
        return tuple(zip(slugs, self._scores(weighed), strict=False))

    def weigh(self, looked: Looked) -> Weighed:
        """The ranking and the evidence for its first."""
        abroad = looked.clues.language is not None and looked.clues.language not in self.sights.languages
        return weigh(rank(looked, abroad and self.semantic), looked.clues, self.semantic)

    def _scores(self, weighed: Weighed) -> list[float]:
        """The chance of the first; those behind share what is left of it as far as they keep up."""
        if not weighed.ranked:
            return []
        best = self.trust.score(weighed)
        first = weighed.ranked[0][0]
        return [
            round(best if not at else (1 - best) * best * max(score, 0.0) / (first or 1.0), 4)
            for at, (score, _) in enumerate(weighed.ranked)
        ]

    def _candidates(self, weighed: Weighed, looked: Looked) -> tuple[Candidate, ...]:
        chances = self._scores(weighed)
        most = weighed.ranked[0][0] if weighed.ranked else 0.0
        return tuple(
            self._candidate(sighting, chances[at], max(score, 0.0) / most if most > 0 else 0.0, looked)
            for at, (score, sighting) in enumerate(weighed.ranked[:_SHOWN])
        )

    def _candidate(self, sighting: Sighting, score: float, closeness: float, looked: Looked) -> Candidate:
        article = self.sights.entries[sighting.number].article
        return Candidate(
            slug=article.slug,
            title=article.title,
            score=score,
            passage=best_passage(self.sights, sighting, looked),
            closeness=round(closeness, 4),
            language=article.language,
            review_by=article.review_by,
            why=_why(self.sights.postings.impacts[sighting.number], sighting, looked.clues),
        )


def _why(stems: Collection[str], sighting: Sighting, clues: Clues) -> tuple[str, ...]:
    matched = [
        clue for clue in clues.clues if not clue.small and any(stem in stems for stem, _ in clue.stems)
    ]
    why = [f"{clue.word} read as {clue.repaired}" if clue.repaired else clue.word for clue in matched]
    if sighting.meaning_plain:
        why.append(f"meaning {sighting.meaning_plain:.2f}")
    return tuple(why)
