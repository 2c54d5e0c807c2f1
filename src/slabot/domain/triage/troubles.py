"""The troubles that a message reports, each with the words it rests on."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from slabot.domain.policy import Impact
from slabot.domain.triage.access import access_troubles
from slabot.domain.triage.faults import faults
from slabot.domain.triage.harm import harms
from slabot.domain.triage.lexicon import Hit, word_set
from slabot.domain.triage.mood import Mood
from slabot.domain.triage.reading import Reading, Segment
from slabot.domain.triage.scope import Scope, scope_of
from slabot.domain.triage.statement import Statement, Trouble
from slabot.domain.triage.way_round import goes_another_way, rest_works
from slabot.domain.words import is_small


def troubles_of(reading: Reading) -> list[Trouble]:
    """Every trouble in the message, whatever its mood; in the order of the segments."""
    found: list[Trouble] = []
    for segment in reading.segments:
        if segment.hits:
            statement = Statement(reading, segment, scope_of(reading, segment))
            grave = [*harms(statement), *access_troubles(statement)]
            found += grave
            found += faults(statement, grave)
    found += _works_not_for_some(reading)
    return found


def _works_not_for_some(reading: Reading) -> Iterator[Trouble]:
    """ "Charts render for some ads but not for others": the verb stands in the segment before."""
    for before, segment in itertools.pairwise(reading.segments):
        words = reading.words[segment.start : segment.end]
        if len(words) < 3 or words[1] not in _NOT or len(words) > _LONGEST_EXCEPTION:
            continue
        told = [hit for hit in before.all("works", "login", "fine") if hit.start < before.end]
        if told and before.end == segment.start and words[2] in _FOR:
            statement = Statement(reading, segment, Scope.PART)
            hits = [told[0], Hit("not", segment.start + 1, segment.end)]
            yield statement.trouble("part_of_the_users", Impact.MAJOR, hits, 0.7, "partial")


_NOT = word_set("not nicht no pas")
_FOR = word_set(
    "for on with in if when at fur bei auf mit in im wenn para en con a cuando pour sur avec chez quand"
)
_LONGEST_EXCEPTION = 9
_UNWELL = (
    "fail", "unstable", "down", "dead_service", "locked_out", "error_page", "vague_trouble", "lost", "corrupt",
    "exposed", "security", "blocked", "nobody", "nothing", "cannot", "not", "missing", "wrong", "slow", "late",
)  # fmt: skip
_PRODUCT = (
    "platform",
    "component",
    "minor_part",
    "integration",
    "login",
    "data",
    "everything",
    "works",
    "users",
    "team",
)


def suspected_trouble(reading: Reading, mood: Mood) -> Trouble | None:
    """Trouble in a message that says no known thing about it: something is unwell, and it is the product.

    In doubt it is a major fault; with nobody or everyone named, a critical one. The confidence says so.
    """
    for segment in reading.segments:
        unwell = [hit for hit in segment.all(*_UNWELL) if not mood.thought[hit.start]]
        if not unwell or segment.has("third", "own_act"):
            continue
        if segment.has("fine", "recovered") and not _beside_the_rest(reading, unwell):
            continue
        statement = Statement(reading, segment, scope_of(reading, segment))
        plain = all(hit.cue in ("not", "cannot", "missing", "wrong", "late") for hit in unwell)
        product = segment.all(*_PRODUCT)
        states = segment.has("wrong", "late", "slow") and _states(reading, segment)
        failing = segment.has("cannot") and segment.has("users", "team", "nobody", "everyone", "workaround")
        if plain and segment.end - segment.start <= _BARE and reading.sentences[segment.sentence].asks:
            continue  # "Log in twice?" asks
        if (
            plain
            and not states
            and not failing
            and not [hit for hit in product if hit.cue not in ("team", "users")]
        ):
            continue
        if (
            not product
            and not states
            and not segment.has("nobody", "down", "dead_service", "locked_out", "security", "exposed")
        ):
            continue
        if statement.affirmed("security", "exposed", "corrupt") or (
            statement.affirmed("lost") and segment.has("data")
        ):
            return statement.trouble("data_lost", Impact.CRITICAL, unwell, 0.4)
        return _guessed(statement, unwell, 0.4)
    return _told_of_the_product(reading, mood)


def _beside_the_rest(reading: Reading, unwell: list[Hit]) -> bool:
    """ "No manager can approve them, the rest is fine": what is well is another thing."""
    return rest_works(reading) and unwell[0].cue in ("not", "cannot", "nobody", "nothing")


_NO_REPORT = (
    "fine", "recovered", "third", "own_act", "out_of_scope", "cosmetic", "mild", "hypothetical", "long_ago", "person",
)  # fmt: skip
_NO_FACT = ("intent", "praise", "feedback", "smalltalk")
"""A sentence with one of these introduces, thanks or complains; the next one may report."""
_OURS = (
    *("platform", "component", "integration", "login", "data", "private"),
    *("users", "one_user", "other", "outsider", "identity", "see", "error_page", "minor_part"),
)
_PLEASE = word_set("please pls kindly bitte por merci veuillez")
_BARE = 3
_SHORTEST_REPORT = 4
_SHORTEST_SENTENCE = 7
_POINTING = word_set(
    # Whoever searches leaves these out.
    "the our my their his her its this these those der die das den dem unser unsere unserem unseren mein meine"
    " el la los las nuestro nuestra nuestros mi mis le les notre nos mon ma mes leur leurs"
)
_STATING = word_set(
    # A statement has a verb; "export results to powerpoint" is a search.
    "is are was were has have had isnt arent shows show says say keeps keep gets get got does did went see"
    " ist sind war waren hat haben wird werden zeigt zeigen sagt sehe sieht steht"
    " es esta estan fue fueron son ha han hay muestra dice veo sale salen"
    " est sont etait ont affiche affichent dit fait vois voit"
)


def _told_of_the_product(reading: Reading, mood: Mood) -> Trouble | None:
    """Somebody who states a thing about the product in a support chat, and asks for nothing, reports it.

    Which words say that it is wrong is not known, so the confidence is low and a person will look.
    """
    # "Is it normal that I see …?" asks, and reports; so does "why" about what belongs to others.
    surprised = reading.has("surprise") or (reading.has("why") and reading.has("other", "outsider"))
    if not surprised and (mood.asking or reading.has(*_NO_REPORT) or reading.has("feedback")):
        return None
    for segment in reading.segments:
        about = segment.all(*_OURS)
        if reading.words[segment.start] in _PLEASE or (not surprised and segment.has(*_NO_FACT)):
            continue
        whom = segment.all("nobody", "everyone", "part")
        if whom and not about and _says_more(reading, segment, whom):
            about = whom
        if (_states(reading, segment) or whom) and about and not mood.thought[segment.start]:
            statement = Statement(reading, segment, scope_of(reading, segment))
            return _guessed(statement, about, 0.3)
    return None


_NO_WAY_IN = ("cannot", "down", "locked_out")


def _says_more(reading: Reading, segment: Segment, whom: list[Hit]) -> bool:
    """Than only whom it touches, as "it is all of us" does."""
    told = {at for hit in whom for at in range(hit.start, hit.end)}
    rest = [at for at in range(segment.start, segment.end) if at not in told]
    return sum(not is_small(reading.words[at]) for at in rest) > 1


def _guessed(statement: Statement, hits: list[Hit], sure: float) -> Trouble:
    segment = statement.segment
    strange = [
        hit
        for hit in statement.affirmed("other", "outsider")
        if not statement.reading.words[hit.start].startswith("wrong")
    ]
    if strange and segment.has("data", "private") and not segment.has("cannot"):
        return statement.trouble("data_exposed", Impact.CRITICAL, hits, sure)
    if statement.affirmed("wrong") and segment.has("everyone") and segment.has("data"):
        return statement.trouble("data_corrupt", Impact.CRITICAL, hits, sure, "data_lost")
    if segment.has("minor_part"):
        return statement.trouble("nonessential", Impact.MINOR, hits, sure)
    if goes_another_way(statement) and not segment.has("nobody", "everyone"):
        return statement.trouble("workaround", Impact.MINOR, hits, sure)
    if statement.scope is Scope.PART or segment.has("wrong", "late", "slow", "intermittent"):
        return statement.trouble("part_of_the_users", Impact.MAJOR, hits, sure, "partial")
    if (
        segment.has("nobody", "everyone")
        and not segment.has("see")
        and (segment.has("platform", "login") or any(hit.cue in _NO_WAY_IN for hit in hits))
    ):
        return statement.trouble("service_down", Impact.CRITICAL, hits, sure, "whole_service_down")
    return statement.trouble("function_fails", Impact.MAJOR, hits, sure)


def _states(reading: Reading, segment: Segment) -> bool:
    words = reading.words[segment.start : segment.end]
    if len(words) >= _SHORTEST_SENTENCE and not _POINTING.isdisjoint(words):
        return True
    return len(words) >= _SHORTEST_REPORT and not _STATING.isdisjoint(words)
