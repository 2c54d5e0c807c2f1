"""Confidence: how strong the evidence for the first article is, and what it allows the bot to do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from slabot.domain.answers import Verdict
from slabot.knowledge import learned
from slabot.knowledge.clues import Clues
from slabot.knowledge.evidence import features
from slabot.knowledge.sightings import Sighting

NO_EVIDENCE = -20.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """The articles best first with what they were ranked by, and the evidence (log-odds) for the first."""

    ranked: tuple[tuple[float, Sighting], ...]
    evidence: float


@dataclass(frozen=True, slots=True)
class Trust:
    """What a workspace's evidence is worth: `bar` is the evidence from which on the bot answers."""

    bar: float
    semantic: bool

    @classmethod
    def learned(cls, semantic: bool) -> Trust:
        """As fixed on the development sets, for a workspace that nothing is known of."""
        return cls(learned.BAR[semantic], semantic)

    @classmethod
    def checked(cls, semantic: bool, wrong: Sequence[float]) -> Trust:
        """Moved by a self-check: `wrong` is the evidence, ascending, of firsts that are known to be wrong.

        The bar stands where but a small share of such firsts would get over it. There are too few to see so
        rare ones, so what is above the level that most stay below is taken to thin out evenly, at the pace seen
        there and on the development sets; the fewer there are, the more what was learned counts.
        """
        if not wrong:
            return cls.learned(semantic)
        tail = learned.TAIL[semantic]
        level = _quantile(wrong, 1 - tail.above)
        over = [evidence - level for evidence in wrong if evidence > level]
        pace = (sum(over) + tail.weight * tail.pace) / (len(over) + tail.weight)
        seen = level + pace * math.log(tail.above / tail.share)
        weight = len(wrong) / (len(wrong) + learned.PRIOR_PROBES)
        bar = weight * seen + (1 - weight) * learned.BAR[semantic]
        return cls(max(bar, learned.LOWEST_BAR[semantic]), semantic)

    def verdict(self, weighed: Weighed) -> Verdict:
        if weighed.evidence >= self.bar:
            return Verdict.ANSWER
        return Verdict.ASK if self.score(weighed) >= learned.ASK else Verdict.NOTHING

    def score(self, weighed: Weighed) -> float:
        """The chance, 0–1, that the first article is the right one."""
        if not weighed.ranked:
            return 0.0
        slope, offset = learned.CALIBRATION[self.semantic]
        return _logistic(slope * (weighed.evidence - self.bar) + offset)


def weigh(ranked: Sequence[tuple[float, Sighting]], clues: Clues, semantic: bool) -> Weighed:
    """The evidence for the first of a ranking."""
    if not ranked:
        return Weighed((), NO_EVIDENCE)
    weights = learned.WEIGHTS[semantic]
    given = features(ranked, clues, semantic)
    evidence = sum(weights[name] * value for name, value in given.items()) + learned.INTERCEPT[semantic]
    return Weighed(tuple(ranked), evidence)


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(min(odds, 30.0), -30.0)))


def _quantile(ordered: Sequence[float], share: float) -> float:
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])
