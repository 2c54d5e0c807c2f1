"""What may stand in a policy file, section by section; unknown keys are refused."""

from slabot.policies.schema.calendars import CalendarEntry, ExceptionEntry, HolidaysEntry
from slabot.policies.schema.levels import LevelEntry
from slabot.policies.schema.plans import BoundsEntry, PlanEntry, PlanLevelEntry
from slabot.policies.schema.policy import PolicyEntry
from slabot.policies.schema.reach import ContactEntry, QueueEntry
from slabot.policies.schema.targets import TargetEntry

__all__ = [
    "BoundsEntry",
    "CalendarEntry",
    "ContactEntry",
    "ExceptionEntry",
    "HolidaysEntry",
    "LevelEntry",
    "PlanEntry",
    "PlanLevelEntry",
    "PolicyEntry",
    "QueueEntry",
    "TargetEntry",
]
