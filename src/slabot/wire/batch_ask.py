"""What `slabot ask` reads and writes, a line each."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, StrictStr


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AskLine(_Line):
    """A visitor's message and the turns before it, oldest first."""

    id: StrictStr | StrictInt | StrictFloat
    """Echoed as it came."""
    text: StrictStr
    context: tuple[StrictStr, ...] = ()


class AskCandidate(_Line):
    slug: str
    score: float | None = Field(ge=0, le=1)


class AskAnswer(_Line):
    """What the bot would do: the action, the article it would cite, and its words as plain text."""

    id: StrictStr | StrictInt | StrictFloat
    action: str
    article: str | None
    score: float | None
    reply: str
    candidates: tuple[AskCandidate, ...]
