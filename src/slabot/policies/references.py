"""Names in a policy file that must stand elsewhere in it, and promises that only hold together.

Works on the plain tree, so that a fault of one section does not hide the faults of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from slabot.domain.policy import Impact
from slabot.domain.target import Metric
from slabot.policies.document import Document, Where, at_path
from slabot.policies.problems import Problem

_LEVELS = ("severities", "request_types")
_TARGETS_OF: tuple[tuple[str, ...], ...] = (
    *((level, "*") for level in _LEVELS),
    *(("plans", "*", level, "*") for level in _LEVELS),
)
_CALENDARS_AT: tuple[tuple[str, ...], ...] = (("calendar",), ("prime",), ("outside_prime", "calendar"))
_CALENDAR_USERS: tuple[tuple[str, ...], ...] = (
    ("support_calendar",),
    ("live_chat", "calendar"),
    ("queues", "*", "calendar"),
    ("contacts", "*", "calendar"),
    ("reminders_calendar",),
    *((*at, metric.value, *place) for at in _TARGETS_OF for metric in Metric for place in _CALENDARS_AT),
)
_CONTACT_USERS: tuple[tuple[str, ...], ...] = (
    ("escalation", "contact"),
    ("customer_contacts", "fallback"),
    ("customer_contacts", "by_email_domain", "*"),
    ("calendars", "*", "exceptions", "*", "contacts", "*"),
    *((level, "*", "contacts", "*") for level in _LEVELS),
)
_LEVEL_USERS: tuple[tuple[str, ...], ...] = (
    ("question_level",),
    ("kind_levels", "*"),
    ("severity_rules", "*"),
)
_SEVERITY_USERS: tuple[tuple[str, ...], ...] = tuple(
    (*at, bound) for at in ((), ("kind_bounds", "*"), ("plans", "*")) for bound in ("floor", "ceiling")
)
TOLD_WITHOUT_CONTACT = ("assigned_agent", "queue_lead")


def problems_between(document: Document) -> list[Problem]:
    """Every reference that leads nowhere and every contradiction between sections."""
    levels = [
        key
        for section in _LEVELS
        for key in _keys(document, section)
        if not _is_alias(document, section, key)
    ]
    severities = [key for key in _keys(document, "severities") if not _is_alias(document, "severities", key)]
    contacts = _keys(document, "contacts")
    problems = [
        *_dangling(document, _CALENDAR_USERS, "a calendar", _keys(document, "calendars")),
        *_dangling(document, _CONTACT_USERS, "a contact", contacts),
        *_dangling(document, _LEVEL_USERS, "a severity or request type", levels),
        *_dangling(document, tuple((s, "*", "queue") for s in _LEVELS), "a queue", _keys(document, "queues")),
        *_dangling(
            document, tuple((s, "*", "alias_of") for s in _LEVELS), "a level that is not an alias", levels
        ),
    ]
    told = (*TOLD_WITHOUT_CONTACT, *contacts)
    steps = tuple((section, "*", "escalation", "*", "tell") for section in _LEVELS)
    problems += _dangling(document, steps, "somebody to tell", told)
    problems += _dangling(document, _SEVERITY_USERS, "a severity", [*severities, *_other_names(document)])
    problems += _planned(document)
    problems += _crossed(document, severities)
    problems += _twice(document)
    problems += _impacts(document, severities)
    return problems


def _keys(document: Document, section: str) -> list[str]:
    part = document.tree.get(section)
    return list(part) if isinstance(part, Mapping) else []


def _is_alias(document: Document, section: str, key: str) -> bool:
    return at_path(document.tree, (section, key, "alias_of")) is not None


def _found(tree: Any, pattern: tuple[str, ...], here: Where = ()) -> Iterator[tuple[Where, Any]]:
    """The places that a pattern meets; `*` is any key or item. One word stands for a list of one."""
    if not pattern:
        yield here, tree
    elif pattern[0] != "*":
        if isinstance(tree, Mapping) and tree.get(pattern[0]) is not None:
            yield from _found(tree[pattern[0]], pattern[1:], (*here, pattern[0]))
    elif isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from _found(value, pattern[1:], (*here, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _found(value, pattern[1:], (*here, index))
    elif isinstance(tree, str) and len(pattern) == 1:
        yield here, tree


def _dangling(
    document: Document, patterns: tuple[tuple[str, ...], ...], noun: str, known: list[str] | tuple[str, ...]
) -> Iterator[Problem]:
    for pattern in patterns:
        for where, value in _found(document.tree, pattern):
            if not isinstance(value, str) or value in known:
                continue
            close = get_close_matches(value, known, n=1, cutoff=0.6)
            choices = ", ".join(known) or "none is written yet"
            remedy = f"Did you mean `{close[0]}`?" if close else f"Use one that is written here: {choices}."
            yield document.problem(where, f"{noun} of this policy", repr(value), remedy)


def _twice(document: Document) -> Iterator[Problem]:
    """Names of levels, their aliases and other names share one space, whatever the letters' case."""
    seen: dict[str, str] = {}
    for section in _LEVELS:
        for key in _keys(document, section):
            names: list[tuple[Where, str, bool]] = [((section, key), key, True)]
            names += [
                (at, str(v), False) for at, v in _found(document.tree, (section, key, "also_called", "*"))
            ]
            for where, name, of_key in names:
                before = seen.setdefault(name.lower(), f"{section}.{key}")
                if before != f"{section}.{key}" or (not of_key and name.lower() == key.lower()):
                    remedy = f"Rename it; {before} has this name."
                    yield document.problem(
                        where, "a name that no level has yet", repr(name), remedy, of_key=of_key
                    )


def _other_names(document: Document) -> list[str]:
    """What the severities are called besides their keys."""
    aliases = [key for key in _keys(document, "severities") if _is_alias(document, "severities", key)]
    return [
        *aliases,
        *(str(name) for _, name in _found(document.tree, ("severities", "*", "also_called", "*"))),
    ]


def _planned(document: Document) -> Iterator[Problem]:
    """A plan promises for levels that there are."""
    for section in _LEVELS:
        known = [key for key in _keys(document, section) if not _is_alias(document, section, key)]
        for (_, plan, _), levels in _found(document.tree, ("plans", "*", section)):
            for key in levels if isinstance(levels, Mapping) else ():
                if key not in known:
                    remedy = f"Use one that is written here: {', '.join(known) or 'none is'}."
                    where = ("plans", plan, section, key)
                    yield document.problem(where, f"a key of {section}", repr(key), remedy, of_key=True)


def _crossed(document: Document, severities: list[str]) -> Iterator[Problem]:
    """A floor above its ceiling would leave no severity."""
    for pattern in ((), ("kind_bounds", "*"), ("plans", "*")):
        for where, bounds in _found(document.tree, pattern):
            if not isinstance(bounds, Mapping):
                continue
            floor, ceiling = bounds.get("floor"), bounds.get("ceiling")
            if floor not in severities or ceiling not in severities:
                continue
            if severities.index(floor) < severities.index(ceiling):
                remedy = "Swap the two; `floor` is the least severe it can be, `ceiling` the most."
                came = f"{floor!r} above {ceiling!r}"
                yield document.problem((*where, "floor"), "a floor below the ceiling", came, remedy)


def _impacts(document: Document, severities: list[str]) -> Iterator[Problem]:
    """Each impact leads to exactly one severity; nothing reported may fall between the levels."""
    taken: dict[str, str] = {}
    for key in severities:
        for where, impact in _found(document.tree, ("severities", key, "impacts", "*")):
            if not isinstance(impact, str):
                continue  # the schema tells what an impact is
            if impact in taken:
                remedy = f"Keep it at one of {taken[impact]} and {key}; severity_rules names the exceptions."
                yield document.problem(where, "each impact at one severity", f"{impact!r} again", remedy)
            taken.setdefault(impact, key)
    missing = [impact.value for impact in Impact if impact.value not in taken]
    if missing and severities:
        remedy = f"Add {' and '.join(missing)} to the `impacts` of the severity that such a report gets."
        yield document.problem(
            ("severities",),
            "an `impacts` for every impact",
            f"none for {', '.join(missing)}",
            remedy,
            of_key=True,
        )
    for where, _ in _found(document.tree, ("request_types", "*", "impacts")):
        remedy = "Take it out; an incident never gets a request type."
        yield document.problem(where, "no impacts at a request type", "impacts", remedy, of_key=True)
