"""What changed between two versions of a policy, said in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slabot.domain.policy import Level
from slabot.domain.target import Metric, Target
from slabot.policies.hours import weekly_words
from slabot.policies.loader import PolicyFile
from slabot.policies.probes import dues, reports

_METRIC_NAMES = {
    Metric.ACKNOWLEDGE: "acknowledgement",
    Metric.FIRST_RESPONSE: "first response",
    Metric.NEXT_RESPONSE: "next response",
    Metric.RESOLUTION: "resolution",
}
_TOLD_APART = {"calendars", *(metric.value for metric in Metric)}
"""Sections with sentences of their own."""


def differences(old: PolicyFile, new: PolicyFile) -> tuple[str, ...]:
    """One sentence a change: levels and targets first, then calendars, then everything else."""
    return (*_levels(old, new), *_calendars(old, new), *_rest(old.document.tree, new.document.tree, ()))


def _levels(old: PolicyFile, new: PolicyFile) -> Iterator[str]:
    before = {level.key: level for level in old.support.policy.levels}
    after = {level.key: level for level in new.support.policy.levels}
    for key in before.keys() - after.keys():
        yield f"{key} is gone."
    for key, level in after.items():
        if key not in before:
            promises = "; ".join(f"{_METRIC_NAMES[m]} {t.words}" for m, t in level.targets.items())
            yield f"{key} is new: {level.name}, {promises or 'without targets'}."
        else:
            yield from _targets(old, new, before[key], level)
    kept = [key for key in before if key in after]
    order = [key for key in after if key in before]
    if kept != order:
        yield f"The order of the levels was {', '.join(kept)} and is {', '.join(order)}."


def _targets(old: PolicyFile, new: PolicyFile, before: Level, after: Level) -> Iterator[str]:
    for metric, name in _METRIC_NAMES.items():
        was, now = before.targets.get(metric), after.targets.get(metric)
        if was is None and now is not None:
            yield f"{after.key} now has {_article(name)} {name}: {_counted(now)}."
        elif was is not None and now is None:
            yield f"{after.key} has no {name} any more; it was {_counted(was)}."
        elif was is not None and now is not None and was != now:
            yield from _target(old, new, f"{after.key} {name}", was, now)


def _target(old: PolicyFile, new: PolicyFile, name: str, was: Target, now: Target) -> Iterator[str]:
    if _counted(was) != _counted(now):
        yield f"{name} was {_counted(was)} and is {_counted(now)}{_direction(old, new, was, now)}."
    elif was.words != now.words:
        yield f"{name} is worded “{now.words}”; it was “{was.words}”."
    if was.contractual != now.contractual:
        yield f"{name} is now {'a duty of the contract' if now.contractual else 'an objective'}."
    if was.pausable != now.pausable:
        pauses = "now pauses while the ticket waits on the visitor" if now.pausable else "no longer pauses"
        yield f"{name} {pauses}."
    if was.continuous_effort != now.continuous_effort:
        yield f"{name} is {'now' if now.continuous_effort else 'no longer'} worked on with continuous effort."
    if was.around_the_clock_after_first_response != now.around_the_clock_after_first_response:
        around = now.around_the_clock_after_first_response
        yield f"{name} {'runs' if around else 'no longer runs'} around the clock after the first response."
    if was.calendar != now.calendar:
        desks = "the support desk's"
        yield f"{name} counts by the calendar {now.calendar or desks}; it was {was.calendar or desks}."
    if was.prime != now.prime:
        desks = "the support desk's"
        yield f"{name} has its prime time by the calendar {now.prime or desks}."
    yield from _outside_prime(name, was.outside_prime, now.outside_prime)
    if was.business_day != now.business_day:
        yield f"{name} falls due at the {now.business_day.value.replace('_', ' ')} of its last day."
    if (was.warn_at_share, was.warn_before) != (now.warn_at_share, now.warn_before):
        lead = f" or {now.warn_before} before it is due" if now.warn_before else ""
        yield f"{name} warns at {now.warn_at_share:.0%} of its time{lead}."
    if was.source != now.source:
        yield f"{name} rests on {now.source.document}:{now.source.line or '?'} “{now.source.quote}”."


def _outside_prime(name: str, was: Target | None, now: Target | None) -> Iterator[str]:
    if was is None and now is not None:
        yield f"{name} is now {_counted(now)} where the clock starts outside prime time."
    elif was is not None and now is None:
        yield f"{name} is the same outside prime time; it was {_counted(was)} there."
    elif was is not None and now is not None and was != now and _counted(was) != _counted(now):
        yield f"{name} outside prime time was {_counted(was)} and is {_counted(now)}."


def _counted(target: Target) -> str:
    if target.most is None:
        return f"“{target.words}”"
    number = f"{target.most:g}" if target.least is None else f"{target.least:g}–{target.most:g}"
    unit = {"hours": "elapsed hours"}.get(target.unit.value, target.unit.value.replace("_", " "))
    return f"{number} {unit}" if number != "1" else f"1 {unit[:-1]}"


def _direction(old: PolicyFile, new: PolicyFile, was: Target, now: Target) -> str:
    """Whether a report falls due sooner or later than before, hours and holidays of both included."""
    starts = reports(new.today)
    before, after = dues(was, old.support, starts), dues(now, new.support, starts)
    if not before or not after:
        return ""
    sooner = any(b < a for a, b in zip(before, after, strict=True))
    later = any(b > a for a, b in zip(before, after, strict=True))
    if sooner and later:
        return ": sooner for some reports, later for others"
    return ": sooner" if sooner else ": later" if later else ": due at the same times"


def _calendars(old: PolicyFile, new: PolicyFile) -> Iterator[str]:
    before, after = old.support.calendars, new.support.calendars
    yield from (f"The calendar {key} is gone." for key in before if key not in after)
    for key, now in after.items():
        was = before.get(key)
        if was is None:
            yield f"The calendar {key} is new: {weekly_words(now.weekly)} ({now.zone})."
            continue
        if was.zone != now.zone:
            yield f"The calendar {key} keeps the clock of {now.zone}; it was {was.zone}."
        if was.weekly != now.weekly:
            yield f"The calendar {key} opens {weekly_words(now.weekly)}; it was {weekly_words(was.weekly)}."
        if was.words != now.words and now.words != weekly_words(now.weekly):
            yield f"The hours of {key} are worded “{now.words}”; it was “{was.words}”."
        since = max(old.today, new.today)
        gained = [
            f"{day:%a %Y-%m-%d} {note.name}"
            for day, note in now.notes.items()
            if day not in was.notes and day >= since
        ]
        lost = [
            f"{day:%a %Y-%m-%d} {note.name}"
            for day, note in was.notes.items()
            if day not in now.notes and day >= since
        ]
        changed = [
            f"{day:%a %Y-%m-%d} {note.name}"
            for day, note in now.notes.items()
            if day >= since and day in was.notes and was.notes[day] != note
        ]
        if gained:
            yield f"{key} now has as special days: {_some(gained)}."
        if lost:
            yield f"{key} no longer has as special days: {_some(lost)}."
        if changed:
            yield f"{key} keeps these special days otherwise: {_some(changed)}."


def _some(days: list[str]) -> str:
    shown = ", ".join(days[:6])
    return shown if len(days) <= 6 else f"{shown} and {len(days) - 6} more until the calendar ends"


def _rest(old: Any, new: Any, at: tuple[str, ...]) -> Iterator[str]:
    """Everything without a sentence of its own, by its place in the file."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in (*old, *(key for key in new if key not in old)):
            section = at[:1] in (("severities",), ("request_types",)) and len(at) == 2
            if (not at and key == "calendars") or (section and key in _TOLD_APART):
                continue
            if at in (("severities",), ("request_types",)) and (key in old) != (key in new):
                continue
            yield from _rest(old.get(key), new.get(key), (*at, key))
    elif old != new:
        place = ".".join(at)
        if old is None:
            yield f"{place} is new: {_shown(new)}."
        elif new is None:
            yield f"{place} is gone; it was {_shown(old)}."
        else:
            yield f"{place} was {_shown(old)} and is {_shown(new)}."


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_shown(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(_shown, value)) or "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    return f"“{value}”"


def _article(name: str) -> str:
    return "an" if name[0] in "aeiou" else "a"
