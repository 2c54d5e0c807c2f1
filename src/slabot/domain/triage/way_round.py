"""Whether a message that tells of a fault names, in the same breath, something beside it that works and serves as well."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from slabot.domain.triage.lexicon import word_set
from slabot.domain.triage.reading import Reading
from slabot.domain.triage.statement import Statement

_IT_DOES = word_set(
    "does do works work fine ok okay can geht schon gehen funktioniert klappt lauft si sirve funciona va oui marche"
    " fonctionne bon bien aber though"
)
_REST = word_set("rest sonst ansonsten sinon else resto demas reste ubrige ubrigen anderen andere autres")
_NOT_BESIDE = word_set(
    "it its that this again now es das jetzt wieder ahora ya esto eso ca cela maintenant nouveau yesterday gestern"
    " ayer hier before earlier until vorher antes avant"
)
"""With these the same thing is told of at another time."""
_NO_WAY_ROUND = (
    *("not", "cannot", "nobody", "nothing", "fail", "down", "slow", "error_page", "intermittent", "only"),
    *("login", "platform", "others_ok", "users", "team", "one_user"),
)
_FAILING = ("not", "cannot", "nobody", "nothing", "fail", "down", "slow", "error_page", "blocked")
_BY = word_set("with by via using mit per uber con por avec par")
_AGAIN = word_set("again now jetzt wieder nun ahora ya nuevo maintenant nouveau before yesterday")
_LONGEST = 9


def rest_works(reading: Reading) -> bool:
    """ "Exams start for nobody, the rest of the portal is fine": a part of it fails, whomever it touches."""
    for at, word in enumerate(reading.words):
        if word not in _REST:
            continue
        end = next((stop for stop in range(at + 1, len(reading.words)) if reading.stops[stop]), None)
        told = reading.words[at + 1 : min(end or len(reading.words), at + _LONGEST)]
        denied = any(
            hit.cue in ("not", "cannot", "nobody") and at <= hit.start <= at + len(told)
            for hit in reading.hits
        )
        if not denied and not _IT_DOES.isdisjoint(told):
            return True
    return False


def goes_another_way(statement: Statement) -> bool:
    """ "… doesn't work, but copy and paste does", "SVG is broken, PNG ok"; also with the whole told of before."""
    reading, segment = statement.reading, statement.segment
    if reading.has("workaround"):
        return True
    for start, end in _beside(reading, segment.sentence):
        hits = [hit for hit in reading.hits if start <= hit.start < end]
        if any(hit.cue in _NO_WAY_ROUND for hit in hits) or end - start > _LONGEST:
            continue
        words = reading.words[start:end]
        if len(words) < 2 or not _is_another_thing(words):
            continue
        if words[-2] in _IT_DOES and words[-1] == "it":
            return True
        if words[-1] in _IT_DOES or any(hit.cue in ("works", "fine") for hit in hits):
            return True
    return False


def _is_another_thing(words: Sequence[str]) -> bool:
    """Not the same at another time; "mit den Pfeilen geht es" begins with what it is done with."""
    if words[0] in _BY:
        return _AGAIN.isdisjoint(words)
    done = words[:-1] if words[-2:] in (("do", "it"), ("does", "it")) else words
    return _NOT_BESIDE.isdisjoint(done)


def sibling_works(statement: Statement) -> bool:
    """ "…, the dashboards are fine": another part of the service is named as working in the same sentence."""
    reading = statement.reading
    for start, end in _beside(reading, statement.segment.sentence):
        hits = [hit for hit in reading.hits if start <= hit.start < end]
        if any(hit.cue in _FAILING for hit in hits) or end - start > _LONGEST:
            continue
        works = any(hit.cue in ("works", "fine") for hit in hits) or reading.words[end - 1] in _IT_DOES
        if works and any(hit.cue in ("component", "core") for hit in hits):
            return True
    return False


def _beside(reading: Reading, sentence: int) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence after its first, cut at stops and contrasts."""
    whole = reading.sentences[sentence]
    turns = {segment.start for segment in reading.segments}
    cuts = [at for at in range(whole.start + 1, whole.end) if reading.stops[at] or at in turns]
    yield from itertools.pairwise([*cuts, whole.end])
