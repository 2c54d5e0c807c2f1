"""The steps of `slabot chat --json`: exactly one thing happens in each."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from slabot.wire.batch_due import Instant
from slabot.wire.device import DeviceFacts
from slabot.wire.texts import Words


class ChatStep(BaseModel):
    """One of `visitor`, `agent`, `device`, `event`, `advance_minutes` and `advance_to`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    visitor: Words | None = None
    agent: Words | None = None
    device: DeviceFacts | None = None
    """What the widget tells after a yes to its question."""
    event: Literal["agent_joins", "visitor_leaves", "visitor_returns"] | None = None
    advance_minutes: float | None = Field(None, ge=0, le=5_256_000)
    advance_to: Instant | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        given = [name for name, value in self if value is not None]
        if len(given) != 1:
            names = "visitor, agent, device, event, advance_minutes or advance_to"
            raise ValueError(f"expected exactly one of {names}, got {', '.join(given) or 'none'}")
        return self
