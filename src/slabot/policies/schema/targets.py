"""What may stand at a metric: a duration with the settings of its clock, or words instead of one."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, model_validator

from slabot.domain.target import BusinessDay, Metric, Unit
from slabot.policies.durations import Duration, read_duration, read_lead_time
from slabot.policies.problems import Misread
from slabot.policies.schema.base import Entry, Flag, Key, Share, Source, Text

AROUND_THE_CLOCK = "around_the_clock_after_first_response"


def _duration(value: Any) -> Any:
    return read_duration(value) if isinstance(value, str) else value


def _lead_time(value: Any) -> Any:
    return read_lead_time(value) if isinstance(value, str) else value


def _within(value: Any) -> Any:
    return {"within": value} if isinstance(value, str) else value


def _effort(value: Any) -> Any:
    if isinstance(value, bool) or value == AROUND_THE_CLOCK:
        return value
    raise Misread(f"true, false or {AROUND_THE_CLOCK}", f"{value!r}", "Choose one of them.")


LeadTime = Annotated[timedelta, BeforeValidator(_lead_time)]
Within = Annotated[Duration, BeforeValidator(_duration)]
Effort = Annotated[bool | Literal["around_the_clock_after_first_response"], BeforeValidator(_effort)]


class OutsidePrimeEntry(Entry):
    """What holds where the clock starts outside prime time; everything else stays as it is within."""

    within: Within
    words: Text | None = None
    calendar: Key | None = None
    source: Source | None = None


class TargetEntry(Entry):
    """`2 business hours`, or the long form with `within` (or `text` where the document names no time)."""

    within: Within | None = None
    text: Text | None = None
    words: Text | None = None
    """The document's own words, where they differ from `within`."""
    calendar: Key | None = None
    prime: Key | None = None
    outside_prime: Annotated[OutsidePrimeEntry | None, BeforeValidator(_within)] = None
    business_day: BusinessDay | None = None
    pausable: Flag | None = None
    continuous_effort: Effort = False
    contractual: Flag | None = None
    warn_at: Share | None = None
    warn_before: LeadTime | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _has_a_duration_or_words(self) -> TargetEntry:
        if (self.within is None) == (self.text is None):
            came = "both" if self.within else "neither"
            raise Misread(
                "either `within` or `text`", came, "Write `within: 2 business hours`, or `text: …`."
            )
        if self.outside_prime is not None and self.within is None:
            raise Misread(
                "`within` beside `outside_prime`", "`text`", "Write both durations, or words alone."
            )
        if self.prime is not None and self.outside_prime is None:
            remedy = "Add `outside_prime: 4 hours`, or take `prime` out."
            raise Misread("`outside_prime` beside `prime`", "`prime` alone", remedy)
        if self.is_around_the_clock and any(each.unit is not Unit.BUSINESS_HOURS for each in self._durations):
            remedy = "Write business hours, or `continuous_effort: true`."
            raise Misread("business hours, which turn to elapsed ones", "another unit", remedy)
        return self

    @property
    def is_around_the_clock(self) -> bool:
        """Whether business hours count until the first response and every hour after it."""
        return self.continuous_effort == AROUND_THE_CLOCK

    @property
    def _durations(self) -> list[Duration]:
        outside = self.outside_prime.within if self.outside_prime else None
        return [each for each in (self.within, outside) if each is not None]


Target = Annotated[TargetEntry, BeforeValidator(_within)]


def targets_of(entry: BaseModel) -> dict[Metric, TargetEntry]:
    """The targets that a section writes out, by metric."""
    written = {metric: getattr(entry, metric.value) for metric in Metric}
    return {metric: target for metric, target in written.items() if target is not None}
