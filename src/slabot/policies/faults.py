"""Schema faults as people read them: each pydantic error becomes a `Problem` at its place in the file."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from slabot.policies.document import Document, Where
from slabot.policies.problems import Misread, Problem

_KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
    "tuple_type": "a list",
    "list_type": "a list",
    "mapping_type": "keys and values",
}


def problems_of(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Problem]:
    """Every fault of a validation, placed."""
    return [_problem(each, document, model) for each in error.errors(include_url=False)]


def _problem(error: ErrorDetails, document: Document, model: type[BaseModel]) -> Problem:
    kind, where = error["type"], _where(error["loc"], document)
    context: dict[str, Any] = error.get("ctx", {})
    name = str(where[-1]) if where else ""
    if kind == "extra_forbidden":
        known = _keys_at(model, where[:-1])
        close = get_close_matches(name, known, n=1, cutoff=0.6)
        remedy = f"Did you mean `{close[0]}`?" if close else "Take it out or correct its name."
        return document.problem(
            where, f"one of the keys {', '.join(known)}", f"the unknown key {name!r}", remedy, of_key=True
        )
    if kind == "missing":
        parent = ".".join(map(str, where[:-1])) or "the policy"
        remedy = f"Add `{name}:` to {parent}."
        return document.problem(where[:-1], f"the key {name!r} in {parent}", "nothing", remedy, of_key=True)
    came = _came(error["input"])
    if isinstance(context.get("error"), Misread):
        misread: Misread = context["error"]
        is_key = "[key]" in error["loc"]
        where = (*where, *misread.below)
        return document.problem(where, misread.expected, misread.came, misread.remedy, of_key=is_key)
    if kind in ("literal_error", "enum"):
        choices = str(context["expected"]).replace("'", "")
        return document.problem(where, f"one of {choices}", came, f"Choose one of them for `{name}`.")
    if kind in ("too_short", "string_too_short"):
        return document.problem(where, "at least one entry", "nothing", f"Fill `{name}` or take it out.")
    expected = _KINDS.get(kind) or error["msg"].removeprefix("Input should be ")
    hint = f"Correct `{name}`." if came != "nothing" else f"Fill `{name}` or take it out."
    return document.problem(where, expected, came, hint)


def _where(loc: tuple[int | str, ...], document: Document) -> Where:
    """The longest part of a location that the file knows, plus one missing or unknown key."""
    path: list[int | str] = []
    for step in loc:
        if step == "[key]":
            break
        path.append(step)
        if tuple(path) not in document.values:
            break
    return tuple(path)


def _came(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return f"keys and values ({', '.join(map(str, list(value)[:4]))})" if value else "nothing"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value)


def _keys_at(model: type[BaseModel], where: Where) -> list[str]:
    """The keys that the schema knows at a place."""
    kind: Any = model
    for step in where:
        if isinstance(kind, type) and issubclass(kind, BaseModel) and step in kind.model_fields:
            kind = kind.model_fields[str(step)].annotation
        else:
            kind = _inside(kind)
        while not (isinstance(kind, type) and issubclass(kind, BaseModel)) and _only_model(kind):
            kind = _only_model(kind)
    return list(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else []


def _inside(kind: Any) -> Any:
    """The kind of a container's items, or of a map's values."""
    arguments = [each for each in get_args(kind) if each is not Ellipsis]
    return arguments[-1] if arguments else kind


def _only_model(kind: Any) -> Any:
    """Steps through `X | None` and `Annotated[X, …]`; None where nothing is wrapped."""
    if hasattr(kind, "__metadata__"):
        return get_args(kind)[0]
    models = [each for each in get_args(kind) if isinstance(each, type) and issubclass(each, BaseModel)]
    annotated = [each for each in get_args(kind) if hasattr(each, "__metadata__")]
    if type(None) in get_args(kind):
        return (models + annotated or [None])[0]
    return None
