"""What is wrong with a policy file, said so that its author can mend it: place, expectation, find, remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault at one place; lines and columns count from 1."""

    path: str
    line: int
    column: int
    expected: str
    came: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}"
        return f"{place}: expected {self.expected}; found {self.came}. {self.remedy}"


class PolicyError(Exception):
    """A policy file cannot be used; `problems` holds every fault that was found, in the file's order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class UnknownWorkspace(PolicyError):
    """No policy file has this workspace's name."""

    def __init__(self, directory: Path, workspace: str, known: tuple[str, ...]) -> None:
        there_are = (
            f"Choose one of: {', '.join(known)}." if known else f"Put {workspace}.yaml into {directory}."
        )
        super().__init__(
            [
                Problem(
                    str(directory / f"{workspace}.yaml"),
                    1,
                    1,
                    "a policy file",
                    f"no workspace {workspace!r}",
                    there_are,
                )
            ]
        )
        self.workspace = workspace


class Misread(ValueError):
    """A value that does not read as what its key asks for; raised by readers that do not know the place.

    `below` leads from the value that was read to the part of it which is at fault.
    """

    def __init__(self, expected: str, came: str, remedy: str, below: tuple[str | int, ...] = ()) -> None:
        super().__init__(f"expected {expected}; found {came}. {remedy}")
        self.expected = expected
        self.below = below
        self.came = came
        self.remedy = remedy
