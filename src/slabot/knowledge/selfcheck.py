"""The self-check of a workspace: how sure would the bot be of a wrong article if the right one were missing?

No one threshold fits every knowledge base: where articles lie close together, or share a few words, a
wrong one looks right far more often. The articles tell so themselves: each of their questions (where there
are few, their opening sentences) is asked with its own article taken away. What then comes first is wrong, and
the evidence for these wrong firsts says from where on an answer may be believed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from slabot.knowledge.entries import Entry
from slabot.knowledge.markdown import sentences

if TYPE_CHECKING:
    from slabot.knowledge.index import Index

_ENOUGH_QUESTIONS: Final = 40
_ENOUGH_OPENINGS: Final = 20
_MOST_PROBES: Final = 300
_LONGEST_OPENING: Final = 200


def wrong_firsts(index: Index) -> list[float]:
    """The evidence for the first article, ascending, of every probe asked without the right article."""
    found = []
    asked = probes(index.sights.entries)
    index.sights.expect([text for _, text in asked])
    for number, text in asked:
        looked = index.sights.look(text)
        looked.sightings[:] = [sighting for sighting in looked.sightings if sighting.number != number]
        found.append(index.weigh(looked).evidence)
    return sorted(found)


def probes(entries: Sequence[Entry]) -> list[tuple[int, str]]:
    """What to ask, each with the number of the article that it belongs to."""
    found = [
        (number, question.text)
        for number, entry in enumerate(entries)
        for question in entry.article.questions
    ]
    if len(found) < _ENOUGH_QUESTIONS:
        openings = [(number, text) for number, entry in enumerate(entries) for text in _opening(entry)]
        # Titles are closer to each other than visitors' words are to a wrong title: only where all else lacks.
        titles = [(number, entry.article.title) for number, entry in enumerate(entries)]
        found = openings if len(openings) >= _ENOUGH_OPENINGS else found + openings + titles
    if len(found) > _MOST_PROBES:
        found.sort(key=lambda probe: hashlib.sha256(probe[1].encode("utf-8", "surrogatepass")).digest())
        del found[_MOST_PROBES:]
    return found


def _opening(entry: Entry) -> list[str]:
    passages = entry.article.passages
    said = sentences(passages[0].text) if passages else []
    return [said[0][:_LONGEST_OPENING]] if said else []
