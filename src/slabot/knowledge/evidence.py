"""Evidence: in numbers, how the first article stands alone and against those behind it."""

from __future__ import annotations

from collections.abc import Sequence

from slabot.knowledge.sightings import Sighting

_STRONG = 20.0  # BM25F of a very good match; brings it near 1


def features(ranked: Sequence[tuple[float, Sighting]], semantic: bool) -> dict[str, float]:
    """What the weights of `learned` are for; each is about 0–1, a gap is negative where another is ahead."""
    score, best = ranked[0]
    others = [sighting for _, sighting in ranked[1:]]
    next_score = ranked[1][0] if others else 0.0
    lead = max(best.lead, best.title)
    given = {
        "lead": lead,
        "lead_squared": lead * lead,
        "lead_covered": best.lead_covered,
        "words": best.words / _STRONG,
        "covered_squared": best.covered * best.covered,
        "uncovered": best.uncovered,
        "gap": score - next_score,
        "gap_lead": best.lead - max((one.lead for one in others), default=0.0),
        "gap_two_leads": best.lead
        + best.lead_second
        - max((one.lead + one.lead_second for one in others), default=0.0),
        "gap_covered": best.covered - max((one.covered for one in others), default=0.0),
        "gap_lead_covered": best.lead_covered - max((one.lead_covered for one in others), default=0.0),
        "gap_lead_uncovered": min((one.lead_uncovered for one in others), default=best.lead_uncovered)
        - best.lead_uncovered,
    }
    if semantic:
        given |= {
            "meaning": best.meaning,
            "meaning_squared": best.meaning * best.meaning,
            "meaning_plain": best.meaning_plain,
            "centre": best.centre,
            "gap_meaning": best.meaning - max((one.meaning for one in others), default=0.0),
            "gap_centre": best.centre - max((one.centre for one in others), default=0.0),
        }
    return given
