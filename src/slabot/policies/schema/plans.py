"""The `plans` section, and the floors and ceilings of severities: what holds for some customers or messages alone."""

from __future__ import annotations

from pydantic import Field, model_validator

from slabot.domain.target import Metric
from slabot.policies.problems import Misread
from slabot.policies.schema.base import Entry, Key, Source, Text
from slabot.policies.schema.targets import Target, TargetEntry, targets_of


class BoundsEntry(Entry):
    """Between which severities an assessment may end."""

    floor: Text | None = None
    ceiling: Text | None = None

    @model_validator(mode="after")
    def _bounds_something(self) -> BoundsEntry:
        if self.floor is None and self.ceiling is None:
            raise Misread(
                "`floor` or `ceiling`", "neither", "Write `{floor: …}` with a severity, or take it out."
            )
        return self


class PlanLevelEntry(Entry):
    """The targets of one level that a plan promises otherwise."""

    acknowledge: Target | None = None
    first_response: Target | None = None
    next_response: Target | None = None
    resolution: Target | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _promises_something(self) -> PlanLevelEntry:
        if not self.targets:
            names = ", ".join(metric.value for metric in Metric)
            raise Misread(f"one of {names}", "none", "Add a target, or leave the level out of the plan.")
        return self

    @property
    def targets(self) -> dict[Metric, TargetEntry]:
        """The written targets by metric."""
        return targets_of(self)


class PlanEntry(Entry):
    """A plan or contract of customers."""

    name: Text | None = None
    severities: dict[Key, PlanLevelEntry] = Field(default_factory=dict)
    request_types: dict[Key, PlanLevelEntry] = Field(default_factory=dict)
    floor: Text | None = None
    ceiling: Text | None = None
    source: Source | None = None

    @property
    def levels(self) -> dict[str, PlanLevelEntry]:
        """Severities and request types together; their keys share one space."""
        return {**self.severities, **self.request_types}
