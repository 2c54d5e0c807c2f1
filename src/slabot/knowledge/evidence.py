"""Evidence: in numbers, how the first article stands alone and against those behind it."""

from __future__ import annotations

from collections.abc import Sequence

from slabot.knowledge.clues import Clues
from slabot.knowledge.sightings import Sighting

_STRONG = 20.0  # BM25F of a very good match; brings it near 1
_MOST = 12  # words of a long question; brings it near 1 as well


def features(ranked: Sequence[tuple[float, Sighting]], clues: Clues, semantic: bool) -> dict[str, float]:
    """What the weights of `learned` are for.

    Few on purpose: each that was left out made the sets that were fitted on look better and the one that was
    left out worse.
    """
    score, best = ranked[0]
    given = {
        "lead_squared": best.lead * best.lead,
        "words": best.words / _STRONG,
        "gap": score - (ranked[1][0] if len(ranked) > 1 else 0.0),
    }
    if semantic:
        return given | {
            "centre_above": best.centre_above,
            "plain_above": best.plain_above,
            "tightness": best.tightness,
        }
    content = sum(not clue.small for clue in clues.clues)
    return given | {
        "lead_gap": best.lead - max((other.lead for _, other in ranked[1:]), default=0.0),
        "content_words": min(content, _MOST) / _MOST,
    }
