"""Second look: the articles in order of how well they fit."""

from __future__ import annotations

from slabot.knowledge.sightings import Looked, Sighting

# Fixed by leave-one-set-out over five development sets (bench/fit_confidence.py); flat around these values.
_LEAD = 0.5
_TITLE = 0.5
_MEANING = 2.0
# A question in a language that no article is in shares hardly a word with them: meaning decides.
_MEANING_ABROAD = 10.0


def rank(looked: Looked, abroad: bool) -> list[tuple[float, Sighting]]:
    """The sightings, best first, with what they were ranked by."""
    if not looked.sightings:
        return []
    most = max(sighting.words for sighting in looked.sightings) or 1.0
    meaning = _MEANING_ABROAD if abroad else _MEANING
    ranked = [
        (
            sighting.words / most
            + _LEAD * sighting.lead
            + _TITLE * sighting.title
            + meaning * _nearest(sighting, abroad),
            sighting,
        )
        for sighting in looked.sightings
    ]
    ranked.sort(key=lambda one: (-one[0], one[1].number))
    return ranked


def _nearest(sighting: Sighting, abroad: bool) -> float:
    if not abroad:
        return sighting.meaning + sighting.centre
    return sighting.centre + (sighting.meaning_passage or sighting.meaning) + sighting.meaning_plain
