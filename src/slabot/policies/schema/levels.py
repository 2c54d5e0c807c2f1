"""The `severities` and `request_types` sections: a level with its targets, clauses and duties."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from slabot.domain.policy import Impact
from slabot.domain.target import Metric
from slabot.policies.problems import Misread
from slabot.policies.schema.base import Entry, Flag, Key, Keys, Share, Source, Text, Texts
from slabot.policies.schema.targets import Target, TargetEntry, targets_of


class StepEntry(Entry):
    """Who is told when a metric's budget is used up to a share (`100%` is the due time itself)."""

    metric: Metric
    at: Share
    tell: Text


class LevelEntry(Entry):
    """A severity or a request type. `alias_of` makes it another name of a level and nothing more."""

    name: Text | None = None
    alias_of: Key | None = None
    also_called: Texts = ()
    queue: Key | None = None
    impacts: tuple[Impact, ...] = ()
    definition: Text | None = None
    examples: tuple[Source, ...] = ()
    acknowledge: Target | None = None
    first_response: Target | None = None
    next_response: Target | None = None
    resolution: Target | None = None
    acknowledged_by: Literal["confirmation", "agent"] | None = None
    contacts: Keys = ()
    formal_channels: Texts = ()
    formal_report: Text | None = None
    reminders_at_night: Flag = False
    escalation: tuple[StepEntry, ...] = ()
    source: Source | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> LevelEntry:
        if self.alias_of is not None:
            others = self.model_fields_set - {"alias_of", "name", "source"}
            if others:
                remedy = "Keep `alias_of`, `name` and `source` only, or write the level out."
                raise Misread("an alias without promises of its own", ", ".join(sorted(others)), remedy)
            return self
        missing = [key for key in ("name", "queue") if getattr(self, key) is None]
        if missing:
            raise Misread(f"`{'` and `'.join(missing)}`", "nothing", "Add the key to this level.")
        if self.formal_channels and self.formal_report is None:
            remedy = "Add `formal_report:` with what the visitor must do."
            raise Misread("words for the formal report", "`formal_channels` alone", remedy)
        return self

    @property
    def targets(self) -> dict[Metric, TargetEntry]:
        """The written targets by metric."""
        return targets_of(self)
