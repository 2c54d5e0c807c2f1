"""Functions that fail, drag, err or merely look wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slabot.domain.policy import Impact
from slabot.domain.triage.lexicon import Hit
from slabot.domain.triage.scope import Scope
from slabot.domain.triage.statement import Statement, Trouble
from slabot.domain.triage.way_round import goes_another_way, sibling_works

_PREDICATES = ("fail", "unstable", "vague_trouble", "error_page", "down", "locked_out")


def faults(statement: Statement, grave: Sequence[Trouble]) -> Iterator[Trouble]:
    """Faults of this segment; `grave` are the harms and access troubles already found in it."""
    segment = statement.segment
    cosmetic = statement.affirmed("cosmetic")
    if segment.has("slow"):
        for hit in statement.affirmed("slow"):
            yield statement.trouble("slow", Impact.MAJOR, [hit], 0.85, "partial")
    if (
        cosmetic
        and not grave
        and not segment.has("blocked", "nobody", "other")
        and not _is_about_more(statement)
    ):
        yield statement.trouble("cosmetic", Impact.LOW, cosmetic[:1], 0.8)
        return
    yield from _data_faults(statement)
    broken = _broken(statement)
    if not broken and not grave and segment.has("component"):
        for hit in statement.affirmed("intermittent")[:1]:
            yield statement.trouble("intermittent", Impact.MAJOR, [hit], 0.6, "partial")
    if broken:
        yield _weighed(statement, broken, bool(grave))


def _is_about_more(statement: Statement) -> bool:
    """A look is mentioned beside a function that cannot be used."""
    return any(statement.negator(hit) for hit in statement.segment.all("do") if hit.start > 0)


def _data_faults(statement: Statement) -> Iterator[Trouble]:
    segment = statement.segment
    minor = segment.has("minor_part")
    for signal, cues in (
        ("data_wrong", ("wrong",)),
        ("data_late", ("late",)),
        ("data_missing", ("missing",)),
    ):
        for hit in statement.affirmed(*cues):
            near = statement.near(hit, "data", "component", "integration", "minor_part", "nothing", most=7)
            if near is None:
                continue
            if minor or near.cue == "minor_part" or _is_seen_elsewhere(statement):
                yield statement.trouble("nonessential", Impact.MINOR, [hit, near], 0.7)
            else:
                yield statement.trouble(signal, Impact.MAJOR, [hit, near], 0.8, "partial")
            break


def _is_seen_elsewhere(statement: Statement) -> bool:
    """ "The chart is empty, but the table has everything I need"."""
    wide = statement.segment.has("nobody", "everyone")
    return statement.reading.has("workaround") and not wide


def _broken(statement: Statement) -> list[Hit]:
    """The words that say a function fails or cannot be used; empty if none do."""
    segment = statement.segment
    for hit in segment.all("blocked"):
        who = statement.negator(hit, 2, denies=True)
        if who is None or who.cue != "nobody":  # "nobody is blocked"
            return [hit]
    for hit in statement.affirmed(*_PREDICATES):
        near = statement.near(hit, "component", "minor_part", "data", "platform", "minor_integration")
        return [hit, *([near] if near else [])]
    for hit in segment.all("works", "do", "login", "see"):
        negator = statement.negator(hit)
        if negator is None or (negator.cue == "not" and _says_what_i_do(statement, negator)):
            continue
        near = statement.near(hit, "component", "minor_part", "data", "platform")
        if near is None and hit.cue == "see":
            continue
        return [hit, negator, *([near] if near else [])]
    for hit in segment.all("nothing"):
        if near := statement.near(hit, "component", "minor_part", "works", "do"):
            return [hit, near]
    for hit in segment.all("cannot"):
        if near := statement.near(hit, "component", "minor_part", most=4):
            return [hit, near]
    return []


def _says_what_i_do(statement: Statement, negator: Hit) -> bool:
    """ "I don't use exports" tells a habit, "the editor doesn't save" a fault."""
    return any(hit.cue in ("me", "team") and hit.end == negator.start for hit in statement.segment.hits)


def _weighed(statement: Statement, hits: list[Hit], beside_worse: bool) -> Trouble:
    segment, reading = statement.segment, statement.reading
    sure = 0.8 if len(hits) > 1 else 0.55
    if beside_worse:
        return statement.trouble("fault", Impact.MINOR, hits, 0.3)
    if segment.has("minor_part") and not _stops_somebody(statement) and not _is_greater(statement, hits[0]):
        return statement.trouble("nonessential", Impact.MINOR, hits, sure)
    near_mild = any(other.has("mild") for other in reading.segments if other.sentence == segment.sentence)
    elsewhere = statement.scope is Scope.EVERYONE and sibling_works(statement)
    if goes_another_way(statement) and not segment.has("nobody") and not elsewhere:
        return statement.trouble("workaround", Impact.MINOR, hits, sure)
    if (near_mild or segment.has("once") or reading.segments[-1].has("mild")) and not statement.scope.is_wide:
        return statement.trouble("nonessential", Impact.MINOR, hits, sure - 0.1)
    if segment.has("intermittent"):
        return statement.trouble("intermittent", Impact.MAJOR, hits, sure, "partial")
    if statement.scope is Scope.PART:
        return statement.trouble("part_of_the_users", Impact.MAJOR, hits, sure, "partial")
    signal = "function_fails" if not statement.scope.is_single else "blocked"
    return statement.trouble(signal, Impact.MAJOR, hits, sure)


def _stops_somebody(statement: Statement) -> bool:
    """ "I'm stuck" does; of "the sort arrow is stuck" the arrow is the subject."""
    words = statement.reading.words
    return any(
        words[hit.start : hit.end] != ("stuck",)
        or not any(part.end <= hit.start for part in statement.segment.all("minor_part"))
        or any(
            other.end >= hit.start - 1
            for other in statement.segment.all("me", "team")
            if other.end <= hit.start
        )
        for hit in statement.segment.all("blocked")
    )


def _is_greater(statement: Statement, fault: Hit) -> bool:
    """ "The dashboard crashes when I filter": what fails stands before the verb and is no trifle."""
    if fault.cue not in ("unstable", "down"):
        return False
    before = [hit for hit in statement.segment.all("component", "minor_part") if hit.end <= fault.start]
    return bool(before) and before[-1].cue == "component" and before[-1].end == fault.start
