"""The passage that answers: of all that an article says, the piece to put into the reply."""

from __future__ import annotations

from slabot.domain.answers import Passage
from slabot.knowledge.entries import LeadKind
from slabot.knowledge.sightings import Looked, Sighting, Sights

_FIRST = 0.05  # all else equal an article says the main thing first


def best_passage(sights: Sights, sighting: Sighting, looked: Looked) -> Passage:
    """The passage nearest to the question in words and meaning; the title where there is no body."""
    entry = sights.entries[sighting.number]
    article = entry.article
    if not article.passages:
        return Passage("", article.title, "")
    weights = {
        stem: belief * clue.weight * sights.postings.idf(stem)
        for clue in looked.clues.clues
        for stem, belief in clue.stems
    }
    mass = sum(weights.values()) or 1.0
    meanings = sighting.lead_meanings
    best, best_fit = 0, -1.0
    for number, lead in enumerate(entry.leads):
        if lead.kind is not LeadKind.PASSAGE:
            continue
        fit = sum(weight for stem, weight in weights.items() if stem in lead.stems) / mass
        if meanings:
            fit += meanings[number]
        if lead.at == 0:
            fit += _FIRST
        if fit > best_fit:
            best, best_fit = lead.at, fit
    return article.passages[best]
