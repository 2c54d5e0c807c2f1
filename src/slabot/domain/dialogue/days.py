"""Which day and time of day a message asks about, in four languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time

from slabot.domain.dialogue.intent import DayAsked
from slabot.domain.dialogue.named_holidays import named_in


def _numbered(*rows: str, start: int = 0) -> Mapping[str, int]:
    return {word: number for number, row in enumerate(rows, start) for word in row.split()}


WEEKDAYS = _numbered(
    "monday mondays mon montag montags lunes lundi lundis",
    "tuesday tuesdays tue tues dienstag dienstags martes mardi mardis",
    "wednesday wednesdays wed mittwoch mittwochs miercoles mercredi mercredis",
    "thursday thursdays thu thurs thur donnerstag donnerstags jueves jeudi jeudis",
    "friday fridays fri freitag freitags viernes vendredi vendredis",
    "saturday saturdays samstag samstags sonnabend sabado sabados samedi samedis",
    "sunday sundays sonntag sonntags domingo domingos dimanche dimanches",
)
MONTHS = _numbered(
    "january jan januar janner enero janvier",
    "february feb februar febrero fevrier",
    "march marz maerz marzo mars",
    "april apr abril avril",
    "may mai mayo",
    "june jun juni junio juin",
    "july jul juli julio juillet",
    "august aug agosto aout",
    "september sep sept septiembre setiembre septembre",
    "october oct oktober okt octubre octobre",
    "november nov noviembre novembre",
    "december dec dezember dez diciembre decembre",
    start=1,
)
RELATIVE = {
    "today": 0,
    "tonight": 0,
    "heute": 0,
    "hoy": 0,
    "aujourdhui": 0,
    "aujourd": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "tmr": 1,
    "2moro": 1,
    "2morrow": 1,
    "tomoz": 1,
    "manana": 1,
    "demain": 1,
    "ubermorgen": 2,
    "overmorrow": 2,
}
_TWO_DAYS = ("day after tomorrow", "pasado manana", "apres demain")
_NEXT = {"next", "nachsten", "nachster", "nachste", "kommenden", "proximo", "prochain", "siguiente"}
_WEEKEND = {"weekend", "weekends", "wochenende", "wochenenden", "finde"}
_WEEKENDS = ("fin de semana", "fines de semana", "week end", "week ends", "fin de semaine")
_HOLIDAYS = {
    "holiday",
    "holidays",
    "feiertag",
    "feiertage",
    "feiertagen",
    "feiertags",
    "festivo",
    "festivos",
    "feriado",
    "feriados",
    "ferie",
    "feries",
}
_MORNING_CLUES = re.compile(r"\b(guten|good|this|every|am|heute) morgen\b|\b(de|por|en) la manana\b")
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_DOTTED = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.(\d{4}|\d{2})?(?!\d)")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?\b")
_ORDINAL = re.compile(r"^(\d{1,2})(?:st|nd|rd|th|er|eme)?$")
_TIME = re.compile(
    r"(?<![\d.:/-])(?:(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2}))?\s?(?P<half>a\.?m\.?|p\.?m\.?)\b"
    r"|(?P<h2>\d{1,2})[:h](?P<m2>\d{2})\b|(?:\b(?:um|gegen|bis)\s)(?P<h3>\d{1,2})\s?(?:uhr)?\b(?!\.)|(?P<h4>\d{1,2})\s?uhr\b"
    r"|(?:\ba las?\s)(?P<h5>\d{1,2})\b|(?P<h6>\d{1,2})\s?h(?:eures?)?\b)",
    re.IGNORECASE,
)


def day_asked(words: Sequence[str], text: str, is_american: bool) -> DayAsked | None:
    """The day in folded words (`text` for dates with marks); None where none is meant.

    `is_american`: `7/4` is 4 July rather than 7 April.
    """
    spoken = " ".join(words)
    named = named_in(spoken)
    dated = _date(words, text, is_american)
    if named is not None and (is_american or dated is None):
        return DayAsked(named[1], holiday=named[0])
    if dated is not None:
        return dated
    if any(phrase in spoken for phrase in _TWO_DAYS):
        return DayAsked(spoken, offset=2)
    for word in words:
        if word in RELATIVE and not _MORNING_CLUES.search(spoken):
            return DayAsked(word, offset=RELATIVE[word])
    if "morgen" in words and not _MORNING_CLUES.search(spoken):
        return DayAsked("morgen", offset=1)
    for at, word in enumerate(words):
        if word in WEEKDAYS:
            is_next = bool(_NEXT & set(words[max(0, at - 1) : at])) or bool(
                _NEXT & set(words[at + 1 : at + 2])
            )
            return DayAsked(word, weekday=WEEKDAYS[word], is_week_after=is_next)
    if _WEEKEND & set(words) or any(phrase in spoken for phrase in _WEEKENDS):
        return DayAsked("weekend", weekend=True)
    if _HOLIDAYS & set(words):
        return DayAsked("holidays", holidays=True)
    return None


def time_asked(text: str) -> time | None:
    """A time of day that is written with its minutes, am/pm or an hour's word; None otherwise."""
    match = _TIME.search(text)
    if match is None:
        return None
    hour = int(next(match[name] for name in ("h", "h2", "h3", "h4", "h5", "h6") if match[name]))
    minute = int(match["m"] or match["m2"] or 0)
    half = (match["half"] or "").lower().replace(".", "")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _date(words: Sequence[str], text: str, is_american: bool) -> DayAsked | None:
    if match := _ISO.search(text):
        return _dated(match.group(), int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTTED.search(text):
        return _dated(match.group(), _year(match[3]), int(match[2]), int(match[1]))
    if match := _SLASHED.search(text):
        first, second = int(match[1]), int(match[2])
        if (first, second) == (24, 7):  # round the clock, no date
            return None
        month, day = (first, second) if (is_american and first <= 12) or second > 12 else (second, first)
        return _dated(match.group(), _year(match[3]), month, day)
    for at, word in enumerate(words):
        if word not in MONTHS:
            continue
        near = [*range(at - 1, max(-1, at - 4), -1), at + 1]
        for place in near:
            ordinal = _ORDINAL.match(words[place]) if 0 <= place < len(words) else None
            if ordinal and 1 <= int(ordinal[1]) <= 31:
                year = next(
                    (int(each) for each in words[at + 1 : at + 4] if re.fullmatch(r"20\d\d", each)), 1
                )
                return _dated(f"{word} {ordinal[1]}", year, MONTHS[word], int(ordinal[1]))
    return None


def _year(written: str | None) -> int:
    return 1 if not written else int(written) if len(written) == 4 else 2000 + int(written)


def _dated(words: str, year: int, month: int, day: int) -> DayAsked | None:
    try:
        return DayAsked(words, on=date(year if year > 1 else 4, month, day).replace(year=max(year, 1)))
    except ValueError:
        return DayAsked(words, on=date(1, 2, 28)) if (month, day) == (2, 29) and year <= 1 else None
