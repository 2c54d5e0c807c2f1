"""What `slabot triage` reads and writes, a line each."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, StrictFloat, StrictInt, StrictStr


class TriageLine(BaseModel):
    """A message to weigh. No context, no asking back."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: StrictStr | StrictInt | StrictFloat
    """Echoed as it came."""
    text: StrictStr


class TriageReason(BaseModel):
    """A clause of the policy, and the words of the message that meet it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    clause: str
    because: str


class TriageAnswer(BaseModel):
    """How the message weighs in the workspace."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: StrictStr | StrictInt | StrictFloat
    kind: Literal[
        "incident", "question", "request", "resolved", "out_of_scope", "privacy", "abuse", "smalltalk"
    ]
    impact: Literal["critical", "major", "minor", "low"]
    severity: str | None
    claimed: str | None
    confidence: float
    reasons: tuple[TriageReason, ...]
