"""One policy file → `Support`: read, validate, cross-check, compile; every fault told at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from slabot.domain.calendar.compiled import Calendar, compile_calendar
from slabot.domain.calendar.errors import NeverOpens
from slabot.domain.support import Support
from slabot.policies.build import build_policy, build_rules
from slabot.policies.document import Document, parse_document, read_document
from slabot.policies.faults import problems_of
from slabot.policies.holiday_tables import package_versions
from slabot.policies.holidays import holidays_between
from slabot.policies.problems import Misread, PolicyError, Problem, UnknownWorkspace
from slabot.policies.references import problems_between
from slabot.policies.schema import CalendarEntry, PolicyEntry
from slabot.policies.schema.calendars import Calendar as AnyCalendarEntry

YEARS_BACK = 2
YEARS_AHEAD = 6

_CALENDAR: TypeAdapter[CalendarEntry] = TypeAdapter(AnyCalendarEntry)


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A file that reads as a policy, with the places of its parts for those who comment on it."""

    document: Document
    entry: PolicyEntry
    support: Support
    today: date


def read_policy(path: Path, today: date | None = None, workspace: str | None = None) -> PolicyFile:
    """A file that reads as a policy. Raises `PolicyError` with every fault that it has."""
    return _checked(read_document(path), today, workspace)


def read_policy_text(
    text: str, name: str, today: date | None = None, workspace: str | None = None
) -> PolicyFile:
    """A text that reads as a policy; `name` is what its faults are told by. Raises `PolicyError`."""
    return _checked(parse_document(text, name), today, workspace)


def _checked(document: Document, today: date | None, workspace: str | None) -> PolicyFile:
    today = today or datetime.now(UTC).date()
    problems = list(document.problems)
    entry: PolicyEntry | None = None
    try:
        entry = PolicyEntry.model_validate(document.tree)
    except ValidationError as error:
        problems += problems_of(error, document, PolicyEntry)
    problems += problems_between(document)
    named = document.tree.get("workspace")
    if workspace is not None and isinstance(named, str) and named != workspace:
        remedy = "Rename the file or the workspace; the two are one name."
        problems.append(document.problem(("workspace",), repr(workspace), repr(named), remedy))
    calendars: dict[str, Calendar] = {}
    zone, zone_words = (entry.timezone, entry.zone_words) if entry else ("Etc/UTC", "")
    for key, calendar in _calendar_entries(document.tree):
        made = _compiled(key, calendar, zone, zone_words, document, today)
        if isinstance(made, Calendar):
            calendars[key] = made
        else:
            problems.append(made)
    if problems or entry is None:
        raise PolicyError(problems)
    return PolicyFile(document, entry, Support(build_policy(entry, document.tree), calendars), today)


def load_workspace(directory: Path, workspace: str, today: date | None = None) -> Support:
    """The policy of a workspace with calendars from two years back to six ahead.

    Raises `UnknownWorkspace` or another `PolicyError`.
    """
    known = workspaces(directory)
    if workspace not in known:
        raise UnknownWorkspace(directory, workspace, known)
    return read_policy(directory / f"{workspace}.yaml", today, workspace).support


def workspaces(directory: Path) -> tuple[str, ...]:
    """The workspaces that have a policy file in this directory, by name."""
    names = (path.name for path in directory.glob("*.yaml") if path.is_file())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if not name.endswith(".voice.yaml")))


def _calendar_entries(tree: dict[str, Any]) -> Iterator[tuple[str, CalendarEntry]]:
    """The calendars that are well-formed by themselves, so that a fault elsewhere hides none of theirs."""
    section = tree.get("calendars")
    for key, value in section.items() if isinstance(section, dict) else ():
        try:
            yield key, _CALENDAR.validate_python(value)
        except ValidationError:
            continue  # told with the whole file


def _compiled(
    key: str, entry: CalendarEntry, zone: str, zone_words: str, document: Document, today: date
) -> Calendar | Problem:
    # Whole years, so that a calendar's content hash changes once a year and not every day.
    first, last = date(today.year - YEARS_BACK, 1, 1), date(today.year + YEARS_AHEAD, 12, 31)
    where = ("calendars", key)
    try:
        # The eve too: hours of the night before reach into the first day.
        days = holidays_between(entry.holidays, first - timedelta(days=1), last) if entry.holidays else {}
        made = compile_calendar(build_rules(key, entry, zone, zone_words, days), first, last)
        return replace(made, made_with=package_versions())
    except Misread as misread:
        place = (*where, "holidays", *misread.below)
        return document.problem(place, misread.expected, misread.came, misread.remedy)
    except NeverOpens:
        remedy = "Give it weekly hours, or shorten the exceptions that cover them."
        came = f"no open minute from {first} to {last}"
        return document.problem(where, "a calendar that opens", came, remedy, of_key=True)
