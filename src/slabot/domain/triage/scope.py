"""Whom a trouble touches: everyone, a part, or one person alone."""

from __future__ import annotations

from enum import StrEnum

from slabot.domain.triage.lexicon import word_set
from slabot.domain.triage.reading import Reading, Segment

_A_CROWD = 15
_FEW = word_set(
    "two three four five six seven eight nine ten zwei drei vier funf sechs sieben acht neun zehn"
    " dos tres cuatro cinco seis siete ocho nueve diez deux trois quatre cinq six sept huit neuf dix"
)
_NOW = word_set("now today heute jetzt hoy ahora aujourd'hui aujourdhui maintenant")
"""Whom it touches now is told after these: "two of us yesterday, today nobody gets in"."""
_IS = word_set("is are works work can ist sind geht esta estan va funciona est sont marche")
_WELL = word_set("ok okay fine good well works work can geht gut funciona bien marche unaffected")
_WHOLE = ("nobody", "everyone")
_NAMED = (*_WHOLE, "part", "alone", "others_ok", "nor_me", "team", "users", "one_user", "me")


class Scope(StrEnum):
    """How far it reaches. GROUP: "our team", "users" without a number; SELF: only "I" was said."""

    EVERYONE = "everyone"
    GROUP = "group"
    PART = "part"
    ALONE = "alone"
    SELF = "self"
    UNSAID = "unsaid"

    @property
    def is_wide(self) -> bool:
        return self in (Scope.EVERYONE, Scope.GROUP)

    @property
    def is_single(self) -> bool:
        return self in (Scope.ALONE, Scope.SELF)


_FAR = 80
"""Words from which on a statement says nothing of this one: a pasted log has hundreds of statements."""


def scope_of(reading: Reading, segment: Segment) -> Scope:
    """The scope that a segment states, or else the one its message states elsewhere."""
    stated = _stated(reading, segment)
    if stated in (Scope.EVERYONE, Scope.PART, Scope.ALONE):
        return stated
    elsewhere = [
        _stated(reading, other)
        for other in reading.segments
        if other.hits and other is not segment and abs(other.start - segment.start) <= _FAR
    ]
    for strong in (Scope.ALONE, Scope.PART, Scope.EVERYONE):
        if strong in elsewhere and (strong is Scope.EVERYONE or stated is not Scope.GROUP):
            return strong
    if stated is not Scope.UNSAID:
        return stated
    return next((other for other in (Scope.GROUP, Scope.SELF) if other in elsewhere), Scope.UNSAID)


def _stated(reading: Reading, segment: Segment) -> Scope:
    said = [hit for hit in segment.hits if hit.cue in _NAMED or hit.cue == "only"]
    now = [at for at in range(segment.start, segment.end) if reading.words[at] in _NOW]
    cues = {hit.cue for hit in said if now and hit.start >= now[-1]} & set(_WHOLE) or {
        hit.cue for hit in said
    }
    if "nor_me" in cues:
        return Scope.EVERYONE if not cues & {"part", "one_user"} or "nobody" in cues else Scope.GROUP
    if "others_ok" in cues:
        return Scope.PART if cues & {"part", "team"} else Scope.ALONE
    if "alone" in cues and "not_only" not in cues and not _is_not_a_single_one(segment):
        return Scope.ALONE
    if "part" in cues and not ("nobody" in cues and "only" not in cues):
        return Scope.PART
    if cues & set(_WHOLE):
        return Scope.PART if _spares_a_place(reading, segment) else Scope.EVERYONE
    if _is_narrowed(segment) or _is_a_handful(reading, segment):
        return Scope.PART
    if cues & {"team", "users"}:
        return Scope.GROUP
    if "one_user" in cues:
        return Scope.ALONE
    return Scope.SELF if "me" in cues else Scope.UNSAID


def _is_not_a_single_one(segment: Segment) -> bool:
    """ "Not a single learner" holds "a single learner", "every one of our users" holds "one of our users"."""
    alone = [hit for hit in segment.hits if hit.cue == "alone"]
    whole = [hit for hit in segment.hits if hit.cue in _WHOLE]
    denied = [hit for hit in segment.hits if hit.cue in ("not", "cannot")]
    return all(any(wide.start <= hit.start < wide.end for wide in whole) for hit in alone) or (
        # "It won't open for a single person"
        bool(whole) and any(no.end <= hit.start for no in denied for hit in whole)
    )


def _is_a_handful(reading: Reading, segment: Segment) -> bool:
    """ "Two of our trainers" are a part; "200 learners" may well be all there are."""
    for hit in segment.hits:
        if hit.cue == "users" and hit.start > segment.start:
            before = reading.words[hit.start - 1]
            if before in _FEW or (before.isdigit() and 1 < int(before) < _A_CROWD):
                return True
    return False


def _spares_a_place(reading: Reading, segment: Segment) -> bool:
    """ "All staff in Auckland get a blank page, Sydney is ok": a name that is fine stands beside the rest."""
    for at in range(segment.start + 1, segment.end - 1):
        after = reading.words[at + 1 : at + 3]
        if reading.is_name(at) and after[0] in _IS and after[-1] in _WELL and reading.stops[at]:
            return True
    return False


def _is_narrowed(segment: Segment) -> bool:
    """ "Only our team": the narrowing word stands right before the group."""
    groups = {hit.start for hit in segment.hits if hit.cue in ("team", "users")}
    return any(hit.cue == "only" and groups & {hit.end, hit.end + 1} for hit in segment.hits)
