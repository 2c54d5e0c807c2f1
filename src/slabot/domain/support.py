"""A workspace's policy with its compiled calendars: all that deadlines and hours are computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Support:
    """What `slabot.policies.load_workspace` hands to services, web and cli."""

    policy: Policy
    calendars: Mapping[str, Calendar]
    """By key; every key that the policy names is here."""

    def calendar(self, key: str | None = None) -> Calendar:
        """The calendar of this key; None is the support desk's."""
        return self.calendars[self.policy.support_calendar if key is None else key]
