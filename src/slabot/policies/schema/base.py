"""The kinds of value that several sections of a policy file share."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from slabot.policies.durations import read_share
from slabot.policies.problems import Misread

KEY = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*")


class Entry(BaseModel):
    """A section of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        raise Misread("text", str(value).lower(), "Put it into quotes if it is meant as text.")
    return value


def _key(value: Any) -> Any:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        remedy = "Use letters, digits, hyphens and underscores, a letter first."
        raise Misread("a key", f"{value!r}", remedy)
    return value


def _flag(value: Any) -> Any:
    if not isinstance(value, bool):
        raise Misread("true or false", f"{value!r}", "Write `true` or `false` without quotes.")
    return value


def _line(value: Any) -> Any:
    if value is not None and not re.fullmatch(r"[1-9]\d{0,6}", str(value)):
        raise Misread(
            "a line number, from 1", f"{value!r}", "Write the line of the document, such as `line: 47`."
        )
    return value


def _share(value: Any) -> Any:
    return read_share(value) if isinstance(value, str) else value


def _date(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise Misread("a date", f"{value!r}", "Write `2026-12-24` (year-month-day).") from error
    return value


def _instant(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    remedy = "Write `2026-03-09T09:00:00+11:00`."
    try:
        instant = datetime.fromisoformat(value)
    except ValueError as error:
        raise Misread("an instant", f"{value!r}", remedy) from error
    if instant.tzinfo is None:
        raise Misread("an instant with its offset", f"{value!r}", remedy)
    return instant


def as_list(value: Any) -> Any:
    """One value stands for a list of itself."""
    return [value] if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_text), StringConstraints(strip_whitespace=True, min_length=1)]
Key = Annotated[str, BeforeValidator(_key)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Share = Annotated[float, BeforeValidator(_share)]
Day = Annotated[date, BeforeValidator(_date)]
Instant = Annotated[datetime, BeforeValidator(_instant)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(as_list)]
Keys = Annotated[tuple[Key, ...], BeforeValidator(as_list)]


class SourceEntry(Entry):
    """`source: 47`, `source: other-document.txt:47` or `{document, line, clause, quote}`."""

    document: Text | None = None
    line: Annotated[int | None, BeforeValidator(_line)] = None
    clause: Text | None = None
    quote: Text | None = None


def _source(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value.isdecimal():
        return {"line": value}
    document, _, line = value.rpartition(":")
    if not document or not line.isdecimal():
        remedy = "Write `source: 47`, `source: document.txt:47` or `{line: 47, clause: …, quote: …}`."
        raise Misread("a line of the document", f"{value!r}", remedy)
    return {"document": document, "line": line}


Source = Annotated[SourceEntry, BeforeValidator(_source)]


class StatementEntry(Entry):
    """A sentence of the policy with its place."""

    text: Text
    source: Source | None = None


def _statement(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


StatementItem = Annotated[StatementEntry, BeforeValidator(_statement)]
Statements = tuple[StatementItem, ...]
