"""Administrative acts, each written with the change it tells of: who, when, what, and how it was before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

CLI = "cli"
"""Who acts at a terminal of the server: whoever may start programs there."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Never a secret, a password or its hash in `before` and `after`."""

    by: str
    """The agent's id, or `cli`."""
    at: datetime
    what: str
    """`webhook.add`, `agent.change` …: the noun and its verb."""
    subject: str
    """What was acted on, as people call it: an address, a key."""
    workspace: str | None = None
    """None where it is about the whole server."""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which acts; what is None or empty leaves nothing out."""

    before: datetime | None = None
    """Only older ones."""
    by: str | None = None
    noun: str | None = None
    """`webhook`, `agent` …: the first half of `what`."""
    words: str = ""
    """Somewhere in the subject, in small or capital letters."""
    workspaces: frozenset[str] | None = None
    """Of these, and what is about the whole server."""
    people: frozenset[str] | None = None
    """Of what was done to people, only what was done to those with these addresses."""


EVERYTHING = Sought()


class Deeds(Protocol):
    async def latest(self, limit: int, sought: Sought = EVERYTHING) -> tuple[Deed, ...]:
        """Newest first."""
        ...
