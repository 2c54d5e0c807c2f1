"""JSON Lines in, JSON Lines out: the loop which the batch commands share."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, TypeVar

import click
from pydantic import BaseModel, ValidationError

Asked = TypeVar("Asked", bound=BaseModel)

BAD_LINE = 2
BAD_FILE = 3


class LineRefused(ValueError):
    """A line that is well formed and cannot be answered; its message goes behind the line's number."""


class BadFile(click.ClickException):
    """An unknown workspace or a file that cannot be used: nothing is written, exit 3."""

    exit_code = BAD_FILE


def answer_lines(
    model: type[Asked],
    answer: Callable[[Asked], Mapping[str, Any]],
    source: BinaryIO | None = None,
    sink: BinaryIO | None = None,
) -> int:
    """Answers each line of standard input as soon as it is read; blank lines are ignored.

    A line that does not fit `model`, or that `answer` refuses with `LineRefused`, is told on standard error
    as `line N: …` and gets no answer. Returns the exit code: 0, or 2 if a line was refused.
    """
    lines = source or sys.stdin.buffer
    out = sink or sys.stdout.buffer
    code = 0
    for number, line in enumerate(iter(lines.readline, b""), start=1):
        text = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if not text:
            continue
        try:
            said = answer(model.model_validate_json(text))
        except ValidationError as error:
            code = BAD_LINE
            _complain(number, _faults(error))
        except LineRefused as refused:
            code = BAD_LINE
            _complain(number, str(refused))
        else:
            try:
                out.write(json.dumps(said, ensure_ascii=False).encode() + b"\n")
                out.flush()
            except BrokenPipeError:
                # Whoever read the answers has gone; closing the descriptor keeps the exit quiet.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                return code
    return code


def _complain(number: int, what: str) -> None:
    click.echo(f"line {number}: {what}", err=True)


def _faults(error: ValidationError) -> str:
    told = []
    for fault in error.errors(include_url=False):
        if fault["type"] == "json_invalid":
            told.append(f"expected one JSON object, {fault['msg'].removeprefix('Invalid JSON: ')}")
            continue
        place = ".".join(str(part) for part in fault["loc"])
        came = "" if fault["type"] == "missing" else f", found {_shown(fault['input'])}"
        message = fault["msg"].removeprefix("Value error, ")
        told.append(f"{place}: {message}{came}" if place else message + came)
    return "; ".join(dict.fromkeys(told))


def _shown(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= 80 else f"{shown[:77]}…"
