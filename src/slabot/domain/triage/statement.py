"""One segment of a message as detectors look at it, and the trouble they may find in it."""

from __future__ import annotations

from dataclasses import dataclass

from slabot.domain.policy import Impact
from slabot.domain.triage.lexicon import Hit, word_set
from slabot.domain.triage.reading import Reading, Segment
from slabot.domain.triage.scope import Scope

_NEGATORS = ("not", "cannot", "nobody", "nothing")
_SCOPES = word_set("nobody everyone team users part alone one_user me platform")
_HARM = ("lost", "lost_phrase", "corrupt", "exposed", "security", "slow")
_FARTHEST = 24
"""Words beyond which nothing negates; asked first, for it costs nothing where a message repeats itself a hundred times."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong. `signal` names the criterion it meets."""

    signal: str
    impact: Impact
    start: int
    end: int
    segment: Segment
    scope: Scope
    sure: float
    signals: frozenset[str] = frozenset()
    """Everything that holds of it, its own signal included."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A segment with its scope, and the ways detectors look at it."""

    reading: Reading
    segment: Segment
    scope: Scope

    def negator(self, hit: Hit, most: int = 4, *, denies: bool = False) -> Hit | None:
        """What negates this cue: before it in English, on either side elsewhere; None if nothing does.

        With `denies` the cue is a trouble: "no funciona para nadie" tells whom it touches and denies nothing.
        """
        best: Hit | None = None
        for other in self.segment.hits:
            if other.cue not in _NEGATORS or other == hit:
                continue
            before = other.end <= hit.start
            if not before and (self.reading.language == "en" or other.start < hit.end):
                continue
            if denies and (not before or self.reading.words[other.start] == "ne"):
                continue
            if max(hit.start - other.end, other.start - hit.end) > _FARTHEST:
                continue
            reach = most + 3 if other.cue == "nobody" else most
            if self.reading.distance(other, hit, _SCOPES) > reach or self._between(other, hit):
                continue
            if self._begins_anew(other, hit):
                continue
            if best is None or (other.cue in ("nobody", "nothing")) or self._closer(other, best, hit):
                best = other
        return best

    def _begins_anew(self, negator: Hit, hit: Hit) -> bool:
        """A comma and a new subject stand between: "not opening, I enter it by hand"."""
        return any(
            negator.end <= other.start < hit.start and self.reading.stops[other.start]
            for other in self.segment.all("me", "team")
        )

    def _closer(self, one: Hit, other: Hit, hit: Hit) -> bool:
        if other.cue in ("nobody", "nothing"):
            return False
        return self.reading.distance(one, hit) < self.reading.distance(other, hit)

    def _between(self, negator: Hit, hit: Hit) -> bool:
        """Another harm stands nearer to the negator: "not slow, gone" does not deny "gone"."""
        low, high = min(negator.end, hit.end), max(negator.start, hit.start)
        return any(
            low <= other.start and other.end <= high and other.cue in _HARM for other in self.segment.hits
        )

    def affirmed(self, *cues: str) -> list[Hit]:
        """Hits of these cues that nothing denies."""
        return [hit for hit in self.segment.all(*cues) if self.negator(hit, 2, denies=True) is None]

    def near(self, hit: Hit, *cues: str, most: int = 9) -> Hit | None:
        """The nearest hit of these cues within so many words."""
        others = [other for other in self.segment.all(*cues) if other != hit]
        others = [other for other in others if self.reading.distance(hit, other) <= most]
        return min(others, key=lambda other: self.reading.distance(hit, other), default=None)

    def trouble(self, signal: str, impact: Impact, hits: list[Hit], sure: float, *more: str) -> Trouble:
        start = min(hit.start for hit in hits)
        end = max(hit.end for hit in hits)
        signals = {signal, *more, self.scope.value}
        return Trouble(signal, impact, start, end, self.segment, self.scope, sure, frozenset(signals))
