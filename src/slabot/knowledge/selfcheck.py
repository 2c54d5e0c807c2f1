"""The self-check of a workspace: how sure would the bot be of a wrong article if the right one were missing?

No one threshold fits every knowledge base: where articles lie close together, or share a few words, a
wrong one looks right far more often. The articles tell so themselves: each of their questions (where there
are few, their opening sentences) is asked with its own article taken away. What then comes first is wrong, and
the evidence for these wrong firsts says from where on an answer may be believed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from slabot.knowledge.entries import Entry, Field
from slabot.knowledge.markdown import sentences
from slabot.knowledge.sightings import Looked

if TYPE_CHECKING:
    from slabot.knowledge.index import Index

_ENOUGH_QUESTIONS: Final = 40
_ENOUGH_OPENINGS: Final = 20
_MOST_PROBES: Final = 300
_LONGEST_OPENING: Final = 200
_SAME: Final = 0.65  # of what the shorter one says, by how rare its words are; flat from 0.55 to 0.65
_MOST_TWINS: Final = 0.25


def without_their_own(index: Index) -> Iterator[Looked]:
    """What every probe finds when the article it belongs to is taken away, each wrong, as far as one can tell.

    Where two articles say nearly the same, the other one is no wrong answer, and its probe is left out. If that
    were many, their sameness would be how these articles are written, and what tells them apart all the more needed.
    """
    twins = []
    asked = probes(index.sights.entries)
    index.sights.expect([text for _, text in asked])
    for number, text in asked:
        looked = index.sights.look(text)
        looked.sightings[:] = [sighting for sighting in looked.sightings if sighting.number != number]
        ranked = index.weigh(looked).ranked
        if ranked and _say_the_same(index, number, ranked[0][1].number):
            twins.append(looked)
        else:
            yield looked
    if len(twins) > _MOST_TWINS * len(asked):
        yield from twins


def _say_the_same(index: Index, one: int, other: int) -> bool:
    entries, idf = index.sights.entries, index.sights.postings.idf
    mine, theirs = (entries[number].fields[Field.BODY].keys() for number in (one, other))
    least = min(sum(map(idf, mine)), sum(map(idf, theirs)))
    return least > 0 and sum(map(idf, mine & theirs)) >= _SAME * least


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
