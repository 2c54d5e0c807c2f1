"""Rules over the targets: promises that contradict each other, the calendar, or the words they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.calendar.zones import zone
from slabot.domain.clocks.lines import duration, moment
from slabot.domain.policy import Level
from slabot.domain.target import Metric, Target, Unit
from slabot.policies.document import Where
from slabot.policies.lint.finding import Finding, Weight, finding
from slabot.policies.loader import PolicyFile
from slabot.policies.probes import dues, reports

_SOFT = re.compile(r"endeavou?r|reasonable efforts?|\baim to\b|\bgenerally\b|\btry to\b", re.IGNORECASE)
_DAYS = re.compile(r"\bdays?\b", re.IGNORECASE)
_WHICH_DAYS = re.compile(r"\b(?:business|working|week|calendar|open)[ -]?days?\b", re.IGNORECASE)
_HOURS = re.compile(r"\b(?:hours?|hrs?)\b", re.IGNORECASE)
_ORDER = (Metric.ACKNOWLEDGE, Metric.FIRST_RESPONSE, Metric.RESOLUTION)


def target_findings(file: PolicyFile) -> Iterator[Finding]:
    """Inversions, contradictory metrics, closed gaps, soft words, missing sources, counted levels, plans."""
    starts = reports(file.today)
    for level in file.support.policy.levels:
        yield from _contradictions(file, level, starts, _at(level))
        for metric in level.targets:
            yield from _target(file, level, metric, _at(level), starts)
    yield from _plans(file, starts)
    yield from _inversions(file, starts)
    yield from _counted_levels(file)


def _target(
    file: PolicyFile, level: Level, metric: Metric, at: Where, starts: tuple[datetime, ...]
) -> Iterator[Finding]:
    """What can be said of one target by itself."""
    target, where = level.targets[metric], (*at, metric.value)
    for held in (target, target.outside_prime):
        if held is not None and held.unit is Unit.HOURS and _needs_a_person(level, metric):
            yield from _closed_gap(file, where, held)
    if target.outside_prime is not None and _is_always_prime(file, target, starts):
        prime = target.prime or file.support.policy.support_calendar
        what = f"{prime} is always open, so that no report comes outside prime time"
        yield finding(file, where, "always_prime", what, "Name the calendar of prime time in `prime`.")
    if reading := _unit_unsaid(target):
        remedy = "Keep it if the document is meant so; otherwise write the unit that is."
        yield finding(file, where, "unit_unsaid", reading, remedy)
    if target.contractual and _SOFT.search(target.source.quote):
        what = f"contractual, but the document says “{target.source.quote}”"
        remedy = "Set `contractual: false`, or quote the clause that makes it a duty."
        yield finding(file, where, "soft_words", what, remedy)
    if target.source.line is None:
        remedy = "Add `source: {line: …, quote: …}`."
        yield finding(file, where, "no_source", "no line of the document stands behind it", remedy)


def _unit_unsaid(target: Target) -> str:
    """What the policy reads into the document's words: which days they are, or that hours are a day."""
    if target.unit is not Unit.BUSINESS_DAYS:
        return ""
    if _DAYS.search(target.words) and not _WHICH_DAYS.search(target.words):
        return f"“{target.words}” does not say which days; business days are counted"
    if _HOURS.search(target.words) and not _DAYS.search(target.words):
        return f"“{target.words}” are counted as business days"
    return ""


def _at(level: Level) -> Where:
    return ("request_types" if level.is_request else "severities", level.key)


def _is_always_prime(file: PolicyFile, target: Target, starts: tuple[datetime, ...]) -> bool:
    prime = file.support.calendar(target.prime)
    return all(prime.is_open(start) for start in starts)


def _needs_a_person(level: Level, metric: Metric) -> bool:
    return metric is not Metric.ACKNOWLEDGE or level.acknowledged_by != "confirmation"


def _later(
    file: PolicyFile, first: Target, second: Target, starts: tuple[datetime, ...]
) -> tuple[bool, str] | None:
    """Whether the first falls due after the second: (always, an example), or None."""
    if Unit.WORDS in (first.unit, second.unit):
        return None
    one_due, two_due = (dues(each, file.support, starts) for each in (first, second))
    pairs = zip(starts, one_due, two_due, strict=True)
    late = [(start, one, two) for start, one, two in pairs if one > two]
    if not late:
        return None
    place = zone(file.support.policy.zone)
    start, one, two = (moment(at, place) for at in late[0])
    return len(late) == len(starts), f"a report of {start} is due {one} and {two}"


def _contradictions(
    file: PolicyFile, level: Level, starts: tuple[datetime, ...], at: Where
) -> Iterator[Finding]:
    for early, late in ((0, 1), (1, 2), (0, 2)):
        first, second = level.targets.get(_ORDER[early]), level.targets.get(_ORDER[late])
        found = _later(file, first, second, starts) if first and second else None
        if found is None:
            continue
        always, example = found
        weight = Weight.ERROR if always else Weight.WARNING
        what = f"{'always' if always else 'at times'} later than {_ORDER[late].value}: {example}"
        remedy = f"Shorten it, or lengthen {_ORDER[late].value}."
        where = (*at, _ORDER[early].value)
        yield finding(file, where, "later_than_next_metric", what, remedy, weight)


def _plans(file: PolicyFile, starts: tuple[datetime, ...]) -> Iterator[Finding]:
    """What customers with a plan are promised: without contradiction, and not slower than without it."""
    policy = file.support.policy
    for plan in policy.plans:
        for level in plan.levels.values():
            at, usual = ("plans", plan.key, *_at(level)), policy.level(level.key).targets
            yield from _contradictions(file, level, starts, at)
            for metric, target in level.targets.items():
                before = usual.get(metric)
                if before is target:
                    continue
                yield from _target(file, level, metric, at, starts)
                found = _later(file, target, before, starts) if before is not None else None
                if before is not None and found is not None:
                    both = f"{plan.name} ({target.words}) is slower than without it ({before.words})"
                    remedy = "Keep it if the contract says so; otherwise mend one of the two."
                    yield finding(file, (*at, metric.value), "slower_plan", f"{both}: {found[1]}", remedy)


def _inversions(file: PolicyFile, starts: tuple[datetime, ...]) -> Iterator[Finding]:
    severities = file.support.policy.severities
    for index, level in enumerate(severities):
        for metric, target in level.targets.items():
            for lesser in severities[index + 1 :]:
                other = lesser.targets.get(metric)
                found = _later(file, target, other, starts) if other else None
                if other is not None and found is not None:
                    both = f"{level.key} ({target.words}) is slower than {lesser.key} ({other.words})"
                    what = f"{both}: {found[1]}"
                    remedy = "Keep it if the document says so; otherwise mend one of the two."
                    yield finding(file, (*_at(level), metric.value), "inversion", what, remedy)
                    break


def _closed_gap(file: PolicyFile, where: Where, target: Target) -> Iterator[Finding]:
    calendar = file.support.calendar(target.calendar)
    assert target.most is not None  # only words have none
    longest, closes = _longest_gap(
        calendar, datetime(file.today.year, file.today.month, file.today.day, tzinfo=UTC)
    )
    if target.most * 3600 < longest:
        place = zone(calendar.zone)
        what = (
            f"{target.words} elapsed, but from {moment(closes, place)} the desk is closed for "
            f"{duration(longest)}; nobody is there to meet it"
        )
        remedy = "Keep it if the document counts elapsed hours; otherwise write business hours."
        yield finding(file, where, "shorter_than_closed_gap", what, remedy)


def _longest_gap(calendar: Calendar, since: datetime) -> tuple[float, datetime]:
    """The longest closed stretch that begins within eight weeks, in seconds, and its beginning."""
    longest, begins, at = 0.0, since, since
    while at < since + timedelta(weeks=8):
        change = calendar.next_change(at)
        if change is None:
            break
        if not calendar.is_open(change):
            gap = (calendar.next_opening(change) - change).total_seconds()
            longest, begins = max((longest, begins), (gap, change))
        at = change
    return longest, begins


def _counted_levels(file: PolicyFile) -> Iterator[Finding]:
    published, named = file.entry.published_levels, file.entry.severities
    if published is not None and published != len(named):
        names = ", ".join(level.name or key for key, level in named.items())
        what = f"the document says {published} and names {len(named)}: {names}"
        remedy = "Keep it if the document contradicts itself; otherwise correct the number."
        yield finding(file, ("published_levels",), "published_levels", what, remedy)
