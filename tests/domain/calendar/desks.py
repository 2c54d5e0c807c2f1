"""Calendars that tests share, written as their policies would write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from slabot.domain.calendar.compiled import Calendar, compile_calendar
from slabot.domain.calendar.rules import CalendarRules, DatedException, Holiday, Hours

FIRST, LAST = date(2024, 1, 1), date(2031, 12, 31)


def at(zone: str, *wall: int, fold: int = 0) -> datetime:
    """The instant at which the wall clock of a place shows this."""
    year, month, day, hour, minute = (*wall, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone), fold=fold)


def hours(*spans: str) -> tuple[Hours, ...]:
    """`09:00–17:00`; a closing that is not later is on the next day."""
    listed = []
    for span in spans:
        opens, closes = (int(time[:2]) * 60 + int(time[3:]) for time in span.split("–"))
        listed.append(Hours(opens, closes if closes > opens else closes + 1440))
    return tuple(listed)


def weekdays(*spans: str) -> Mapping[int, tuple[Hours, ...]]:
    return {day: hours(*spans) for day in range(5)}


def every_day(*spans: str) -> Mapping[int, tuple[Hours, ...]]:
    return {day: hours(*spans) for day in range(7)}


def desk(
    zone: str = "Etc/UTC",
    weekly: Mapping[int, tuple[Hours, ...]] | None = None,
    closed: Mapping[date, Holiday] | None = None,
    exceptions: tuple[DatedException, ...] = (),
    first: date = FIRST,
    last: date = LAST,
    zone_words: str | None = None,
) -> Calendar:
    rules = CalendarRules(
        "desk",
        zone,
        weekly if weekly is not None else weekdays("09:00–17:00"),
        zone_words=zone if zone_words is None else zone_words,
        holidays=closed or {},
        exceptions=exceptions,
    )
    return compile_calendar(rules, first, last)


@cache
def public_holidays(
    country: str, subdivision: str | None = None, first: int = 2014, last: int = 2033
) -> Mapping[date, Holiday]:
    table = holidays.country_holidays(country, subdiv=subdivision, years=range(first, last + 1))
    return {day: Holiday(name) for day, name in sorted(table.items())}


@cache
def new_york() -> Calendar:
    """Human eSources' chat: Mon–Fri 09:00–19:00 but for US federal holidays."""
    return desk("America/New_York", weekdays("09:00–19:00"), public_holidays("US"), zone_words="Eastern")


@cache
def halifax() -> Calendar:
    """Velsoft's helpdesk: Mon–Fri 08:00–16:30 but for Nova Scotia's public holidays."""
    return desk("America/Halifax", weekdays("08:00–16:30"), public_holidays("CA", "NS"))
