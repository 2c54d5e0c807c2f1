"""One remark of the linter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from slabot.policies.document import Where
from slabot.policies.loader import PolicyFile


class Weight(StrEnum):
    """An error stops a publication; a warning may be what the document deserves."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found at a place, and what to do about it."""

    path: str
    line: int
    column: int
    weight: Weight
    rule: str
    key: str
    """The part of the policy, as `severities.P2.resolution`."""
    what: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}"
        return f"{place}: {self.weight} {self.rule}: {self.key}: {self.what}. {self.remedy}"


def finding(
    file: PolicyFile, where: Where, rule: str, what: str, remedy: str, weight: Weight = Weight.WARNING
) -> Finding:
    """A finding at a part of the file."""
    line, column = file.document.place(where, of_key=True)
    return Finding(file.document.path, line, column, weight, rule, ".".join(map(str, where)), what, remedy)
