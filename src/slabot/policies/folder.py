"""The folder of the policy files as a place to write new versions to; implements `services.arranging.PolicyFiles`."""

from __future__ import annotations

import difflib
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from slabot.policies.arranged import arranged, arrangement_of, field_of
from slabot.policies.difference import differences
from slabot.policies.document import Document, Where, parse_document
from slabot.policies.lint import Finding, Weight, lint
from slabot.policies.loader import PolicyFile, read_policy_text
from slabot.policies.problems import PolicyError, Problem
from slabot.policies.rewriting import Unwritable, rewritten
from slabot.services.arrangement import Arrangement
from slabot.services.arranging import LOCKED, Doubt, Drawn, Fault, PolicyMoved, PolicySheet, UnusablePolicy
from slabot.whole_files import finished_beside, locked, remember_names


class PolicyFolder:
    """Several processes may write: a lock on the folder orders them.

    A program that knows no lock may save in the instant between the comparison and the replacement; its text is
    then gone, which is why nothing but the store's transaction stands there.
    """

    def __init__(self, directory: Path, *, is_packaged: bool = False) -> None:
        """`is_packaged`: the files came with the program and are not the workspace's own."""
        self._directory = directory
        self._is_packaged = is_packaged

    def read(self, workspace: str) -> PolicySheet:
        path = self._path(workspace)
        content = self._content(path)
        try:
            text = content.decode("utf-8")
            file = _read(_plain(text), path.name, workspace, _today())
        except UnicodeDecodeError:
            raise UnusablePolicy(f"{path.name} is not UTF-8. Save it as UTF-8") from None
        except PolicyError as error:
            said = "has faults on disk, so its last sound version is in force. Mend them there first:"
            raise UnusablePolicy(f"{path.name} {said} {' '.join(map(str, error.problems))}") from None
        entry = file.entry
        levels = {**entry.severities, **entry.request_types}
        return PolicySheet(
            workspace=workspace,
            file=path.name,
            text=text,
            digest=_digest(content),
            arrangement=arrangement_of(entry),
            contacts={key: contact.name for key, contact in entry.contacts.items()},
            calendars=tuple(entry.calendars),
            levels={
                queue: tuple(key for key, level in levels.items() if level.queue == queue)
                for queue in entry.queues
            },
            locked=self._why_locked(path),
        )

    def draw_up(self, sheet: PolicySheet, arrangement: Arrangement) -> Drawn:
        old = _read(_plain(sheet.text), sheet.file, sheet.workspace, _today())
        try:
            text = rewritten(sheet.text, old.document.tree, arranged(old, arrangement))
        except Unwritable as error:
            raise UnusablePolicy(f"{sheet.file}: {error}") from None
        drawn = Drawn(text, None, lines=tuple(_changed_lines(sheet.text, text)))
        try:
            new = _read(_plain(text), sheet.file, sheet.workspace, old.today)
        except PolicyError as error:
            document = parse_document(_plain(text), sheet.file)
            return replace(drawn, faults=tuple(_fault(problem, document) for problem in error.problems))
        faults, doubts = _found(old, new)
        words = differences(old, new)
        return replace(drawn, support=new.support, faults=faults, doubts=doubts, words=words)

    def replace(self, workspace: str, text: str, expected: str, ready: Callable[[], None]) -> None:
        path = self._path(workspace)
        if (why := self._why_locked(path)) is not None:
            raise UnusablePolicy(f"{path.name} cannot be written here: {LOCKED[why]}")
        try:
            mode = path.stat().st_mode & 0o777
            with locked(self._directory), finished_beside(self._directory, text.encode(), mode) as written:
                if _digest(self._content(path)) != expected:
                    raise PolicyMoved
                ready()
                written.replace(path)
                remember_names(self._directory)
        except OSError as error:
            said = f"{path.name} could not be written: {error.strerror or error}. Nothing was changed"
            raise UnusablePolicy(said) from None

    def _path(self, workspace: str) -> Path:
        return self._directory / f"{workspace}.yaml"

    def _content(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise UnusablePolicy(f"{path.name} cannot be read: {error.strerror or error}") from None

    def _why_locked(self, path: Path) -> str | None:
        if self._is_packaged:
            return "packaged"
        if path.is_symlink():
            return "link"
        return None if os.access(self._directory, os.W_OK | os.X_OK) else "folder"


def _plain(text: str) -> str:
    """Without the mark that some editors put at the head of a file."""
    return text.removeprefix("\ufeff")


@lru_cache(maxsize=8)
def _read(text: str, name: str, workspace: str, today: date) -> PolicyFile:
    """One text is asked for when it is opened, drawn up and written: reading it takes a while. Raises PolicyError."""
    return read_policy_text(text, name, today, workspace)


def _today() -> date:
    return datetime.now(UTC).date()


def _found(old: PolicyFile, new: PolicyFile) -> tuple[tuple[Fault, ...], tuple[Doubt, ...]]:
    """Every error; of warnings only those that the change brings."""
    known = {(each.rule, each.key, each.what) for each in lint(old)}
    findings = lint(new)
    faults = [each for each in findings if each.weight is Weight.ERROR]
    doubts = [
        each
        for each in findings
        if each.weight is Weight.WARNING and (each.rule, each.key, each.what) not in known
    ]
    tree = new.document.tree
    return (
        tuple(Fault(field_of(tuple(each.key.split(".")), tree), _said(each)) for each in faults),
        tuple(Doubt(each.rule, _said(each)) for each in doubts),
    )


def _said(finding: Finding) -> str:
    return f"{finding.key}: {finding.what}. {finding.remedy}"


def _fault(problem: Problem, document: Document) -> Fault:
    words = f"Expected {problem.expected}; found {problem.came}. {problem.remedy}"
    return Fault(field_of(_where(problem, document), document.tree), words)


def _where(problem: Problem, document: Document) -> Where:
    """What stands at the place of a problem; of several, the innermost."""
    place = (problem.line, problem.column)
    found = [at for marks in (document.keys, document.values) for at, mark in marks.items() if mark == place]
    return max(found, key=len, default=())


def _changed_lines(before: str, after: str) -> Iterator[str]:
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1):
        if not line.startswith(("+++", "---", "@@")):
            yield line


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
