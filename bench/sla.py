"""What a due instant costs, beside `businesstimedelta` in the same run: `python bench/sla.py`.

The other package is not part of the development set; install it first:
`uv pip install -r bench/requirements.txt` (or `pip install -r …`). Exits 1 when a bound is missed.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from zoneinfo import ZoneInfo

import holidays

from slabot.domain.calendar.compiled import Calendar, compile_calendar
from slabot.domain.calendar.rules import CalendarRules, Holiday, Hours
from slabot.domain.clocks.targets import due
from slabot.domain.target import Source, Target, Unit

ZONE = ZoneInfo("America/New_York")
STARTS = [datetime(2026, month, day, 17, 20, tzinfo=ZONE) for month in range(1, 13) for day in (2, 6, 13, 27)]
"""A start a week and more: evenings before weekends, holidays and clock changes among them."""

MOST_MICROSECONDS = 15.0
TIMES_FASTER = 60.0
FORTY_TO_ONE = 1.5


def calendar() -> Calendar:
    table = holidays.country_holidays("US", years=range(2023, 2034))
    rules = CalendarRules(
        "chat",
        "America/New_York",
        {day: (Hours(9 * 60, 19 * 60),) for day in range(5)},
        holidays={day: Holiday(name) for day, name in table.items()},
    )
    return compile_calendar(rules, date(2024, 1, 1), date(2031, 12, 31))


def target(hours: float, unit: Unit = Unit.BUSINESS_HOURS) -> Target:
    return Target(unit, hours, f"{hours:g} {unit.value}", Source(""))


def medians(
    asked: Mapping[str, tuple[Callable[[datetime], object], int]], repeats: int = 25
) -> dict[str, float]:
    """CPU microseconds of one call, the median over repeats; asked in turn, so that all share the noise.

    Each comes with its rounds over all starts, so that none is too short to be measured.
    """
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(repeats):
        for name, (once, rounds) in asked.items():
            began = time.process_time_ns()
            for _ in range(rounds):
                for start in STARTS:
                    once(start)
            taken[name].append((time.process_time_ns() - began) / 1000 / rounds / len(STARTS))
    return {name: statistics.median(times) for name, times in taken.items()}


def other(hours: int) -> Callable[[datetime], datetime] | None:
    """The same question to `businesstimedelta`; None where it is not installed."""
    try:
        import businesstimedelta  # type: ignore[import-not-found]
        import pytz  # type: ignore[import-untyped]
    except ImportError:
        return None
    zone = pytz.timezone("America/New_York")
    week = businesstimedelta.WorkDayRule(time_of_day(9), time_of_day(19), [0, 1, 2, 3, 4], zone)
    free = businesstimedelta.HolidayRule(holidays.country_holidays("US", years=range(2025, 2029)), zone)
    rules = businesstimedelta.Rules([week, free])
    amount = businesstimedelta.BusinessTimeDelta(rules, hours=hours)
    starts = {start: zone.normalize(start.astimezone(UTC).astimezone(zone)) for start in STARTS}
    return lambda start: starts[start] + amount


def main() -> int:
    desk = calendar()

    def ours(wanted: Target) -> tuple[Callable[[datetime], object], int]:
        return (lambda start: due(start, wanted, desk)), 60

    asked = {
        "+1 business hour": ours(target(1)),
        "+8 business hours": ours(target(8)),
        "+40 business hours": ours(target(40)),
        "+2 business days": ours(target(2, Unit.BUSINESS_DAYS)),
    }
    theirs = other(8)
    if theirs is None:
        print("businesstimedelta is not installed: uv pip install -r bench/requirements.txt")
        return 1
    took = medians({**asked, "businesstimedelta +8 h": (theirs, 1)})
    one, eight, forty = took["+1 business hour"], took["+8 business hours"], took["+40 business hours"]
    faster = took["businesstimedelta +8 h"] / eight
    bounds = {
        "+8 business hours": (f"at most {MOST_MICROSECONDS:g}", eight <= MOST_MICROSECONDS),
        "+40 business hours": (
            f"{forty / one:.2f} × +1 h, at most {FORTY_TO_ONE:g}",
            forty <= FORTY_TO_ONE * one,
        ),
        "businesstimedelta +8 h": (f"{faster:.0f} × ours, at least {TIMES_FASTER:g}", faster >= TIMES_FASTER),
    }
    print(f"{'due without explanation':<28}{'median µs':>10}")
    for name, microseconds in took.items():
        said, kept = bounds.get(name, ("", True))
        print(f"{name:<28}{microseconds:>10.2f}  {said}{'' if kept else '  MISSED'}")
    wrong = sum(theirs(start) != due(start, target(8), desk) for start in STARTS)
    print(f"the two differ on {wrong} of {len(STARTS)} starts")
    return 0 if wrong == 0 and all(kept for _, kept in bounds.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
