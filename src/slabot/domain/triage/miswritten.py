"""A slip in the product's own wording, told by quoting it: "the page says 'comunication'"."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from slabot.domain.policy import Impact
from slabot.domain.triage.cues import Cues
from slabot.domain.triage.lexicon import Hit, word_set
from slabot.domain.triage.reading import Reading
from slabot.domain.triage.scope import scope_of
from slabot.domain.triage.statement import Statement, Trouble
from slabot.domain.words import fold

_QUOTED = re.compile(r"[\"“”„«'‘]\s?([^\W\d_]{4,})\s?[\"“”»'’]")
_WRITTEN = word_set(
    "says said say wrote reads read written spelled spelt called steht stehen heisst geschrieben pone dice aparece escrito"
    " ecrit ecrite lit marque indique"
)
_INSTEAD = word_set("instead statt anstatt anstelle vez lugar lieu not nicht should")
_ALIKE = 70
"""Of a hundred: how alike two quoted words must be for one to be the other misspelt."""
_ALMOST = 85
_SURE = 0.8


def miswritten(reading: Reading, cues: Cues) -> Trouble | None:
    """The slip that the message quotes; None where it quotes none, or an existing word."""
    quoted = [found.group(1) for found in _QUOTED.finditer(reading.text)]
    words = set(reading.words)
    if not quoted or not (words & (_WRITTEN | _INSTEAD)):
        return None
    compared = len(quoted) == 2 and bool(words & _INSTEAD) and _is_alike(*quoted)
    if not compared and not (words & _WRITTEN and any(_is_a_slip(word, reading, cues) for word in quoted)):
        return None
    at = next((at for at, place in enumerate(reading.places) if place.word == fold(quoted[0])), 0)
    segment = next(each for each in reading.segments if each.start <= at < each.end)
    statement = Statement(reading, segment, scope_of(reading, segment))
    return statement.trouble("cosmetic", Impact.LOW, [Hit("cosmetic", at, at + 1)], _SURE)


def _is_alike(one: str, other: str) -> bool:
    return one != other and fuzz.ratio(one.casefold(), other.casefold()) >= _ALIKE


def _is_a_slip(written: str, reading: Reading, cues: Cues) -> bool:
    """No word of the language; one that is written as a name must come close to a word."""
    word = fold(written)
    known = cues.ordinary[reading.language]
    if word in known or cues.lexicons[reading.language].knows(word):
        return False
    if written[0].islower() or reading.language == "de":
        return True
    return process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=_ALMOST) is not None
