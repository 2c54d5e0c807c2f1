"""Several acts of an agent that belong together: what a canned reply may do beside its words, as one turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any, Literal

from slabot.services.colleague import Colleague
from slabot.services.steps import Step, Steps
from slabot.services.turns import Refused

Then = Literal["", "wait", "resolve"]


@dataclass(frozen=True, slots=True)
class Handling:
    """What is to happen, in this order: severity, tags, reply, then wait or resolve. Empty parts are left out."""

    text: str = ""
    seen: int = 0
    anyway: bool = False
    article: str | None = None
    level: str | None = None
    reason: str = ""
    tags: tuple[str, ...] = ()
    then: Then = ""
    wait_reason: str = ""
    follow_up: datetime | None = None
    code: str = ""

    @property
    def body(self) -> tuple[Any, ...]:
        """What a repetition must ask for again; whether it is sent after all is none of it."""
        return tuple(value for place, value in enumerate(astuple(self)) if place not in (1, 2))

    def steps(self, steps: Steps, colleague: Colleague, client_id: str) -> Iterator[Step]:
        """Raises Refused where nothing is to happen."""
        if not (self.text or self.level or self.tags or self.then):
            raise Refused("invalid", "Say what is to happen: a reply, a severity, tags, or what comes after.")
        if self.level:
            yield steps.change_severity(colleague, self.level, self.reason)
        if self.tags:
            yield steps.tag(colleague, self.tags, ())
        if self.text:
            yield steps.reply(
                colleague, client_id, self.text, seen=self.seen, anyway=self.anyway, article=self.article
            )
        if self.then == "wait":
            yield steps.wait(colleague, self.wait_reason, self.follow_up)
        elif self.then == "resolve":
            yield steps.resolve(colleague, self.code)
