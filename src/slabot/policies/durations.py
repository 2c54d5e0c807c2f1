"""Durations as documents write them ("2 business hours", "1–3 business days") and back into words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from math import isfinite

from slabot.domain.target import Unit
from slabot.policies.problems import Misread

_ONE_TO_TWELVE = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NUMBER_WORDS = {word: number for number, word in enumerate(_ONE_TO_TWELVE, start=1)}
_NUMBER = rf"(?:\d+(?:\.\d+)?|{'|'.join(_NUMBER_WORDS)})"
_DURATION = re.compile(
    rf"(?:within\s+)?(?P<least>{_NUMBER})(?:\s*(?:[-–—]|to)\s*(?P<most>{_NUMBER}))?\s*"
    r"(?:normal\s+)?(?P<business>(?:business|working)\s+)?(?:elapsed\s+)?"
    r"(?P<unit>minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?)",
    re.IGNORECASE,
)
_EXAMPLES = "`2 business hours`, `1–3 business days` or `24 hours`"
_LONGEST = {Unit.BUSINESS_HOURS: 2_000.0, Unit.HOURS: 8_784.0, Unit.BUSINESS_DAYS: 260.0}
"""About a year each: beyond it somebody mistyped, and the compiled calendar would end."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A number of hours or days by `unit`; `most` binds, `least` is only spoken."""

    unit: Unit
    most: float
    least: float | None = None


def read_duration(text: str) -> Duration:
    """The duration of a text. Raises `Misread` where number or unit leave room for a guess."""
    came = f"{text!r}"
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        if re.fullmatch(rf"\s*{_NUMBER}\s*", text, re.IGNORECASE):
            raise Misread("a number with its unit", came, f"Write the unit: {_EXAMPLES}.")
        raise Misread("a duration", came, f"Write {_EXAMPLES}; for words instead of a time `{{text: …}}`.")
    unit_word, business = match["unit"].lower(), bool(match["business"])
    if unit_word.startswith(("week", "month")):
        raise Misread("hours or business days", came, "Write business days; a week is `5 business days`.")
    if unit_word.startswith("day") and not business:
        number = match["most"] or match["least"]
        remedy = f"Write `{number} business days`, or the hours that are meant whatever the day: `72 hours`."
        raise Misread("business days or hours", f"{came}, days without saying which", remedy)
    unit = (
        Unit.BUSINESS_DAYS if unit_word.startswith("day") else Unit.BUSINESS_HOURS if business else Unit.HOURS
    )
    scale = 60.0 if unit_word.startswith("min") else 1.0
    least, most = _number(match["least"]) / scale, _number(match["most"] or match["least"]) / scale
    if least > most:
        raise Misread("a range from less to more", came, f"Write `{match['most']}–{match['least']} …`.")
    if most <= 0 or (match["most"] and least <= 0):
        raise Misread("a duration above zero", came, f"Write {_EXAMPLES}, or leave the target out.")
    if most > _LONGEST[unit]:
        raise Misread("a duration below a year", came, "Check the number and its unit.")
    if unit is Unit.BUSINESS_DAYS and (most != int(most) or least != int(least)):
        raise Misread("whole business days", came, "Write whole days, or business hours.")
    return Duration(unit, most, least if least < most else None)


def read_lead_time(text: str) -> timedelta:
    """A lead time in elapsed minutes or hours ("30 minutes"). Raises `Misread`."""
    duration = read_duration(text)
    if duration.unit is not Unit.HOURS or duration.least is not None:
        raise Misread("one number of minutes or hours", f"{text!r}", "Write `30 minutes` or `2 hours`.")
    return timedelta(hours=duration.most)


def duration_words(duration: Duration) -> str:
    """As people say it: "1 business day", "1–3 business days", "30 business minutes"."""
    noun = {Unit.BUSINESS_HOURS: "business hour", Unit.BUSINESS_DAYS: "business day", Unit.HOURS: "hour"}
    word, least, most = noun[duration.unit], duration.least, duration.most
    if most < 1 or (least is not None and least < 1):
        word, most, least = (
            word.replace("hour", "minute"),
            most * 60,
            least * 60 if least is not None else None,
        )
    number = f"{most:g}" if least is None else f"{least:g}–{most:g}"
    return f"{number} {word}" if number == "1" else f"{number} {word}s"


def read_share(text: str) -> float:
    """A share of the budget: "75%" or 0.75. Raises `Misread` outside 0–1."""
    remedy = "Write a share such as `75%`."
    try:
        value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError as error:
        raise Misread("a share", f"{text!r}", remedy) from error
    if not isfinite(value) or not 0 < value <= 1:
        raise Misread("a share above 0 and at most 100%", f"{text!r}", remedy)
    return value


def _number(text: str) -> float:
    return float(_NUMBER_WORDS.get(text.lower(), 0) or text)
