"""Days and months as people write them in four languages; no locale of the machine is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from slabot.domain.words import Language

DAYS_SHORT: Mapping[Language, tuple[str, ...]] = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
    "fr": ("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
}
MONTHS: Mapping[Language, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "de": ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"),
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
}


def weekday(day: date, language: Language = "en") -> str:
    """`Fri`."""
    return DAYS_SHORT[language][day.weekday()]


def day_and_month(day: date, language: Language = "en") -> str:
    """`Fri 6 Mar`, `Fr 6. März`."""
    number = f"{day.day}." if language == "de" else str(day.day)
    return f"{weekday(day, language)} {number} {MONTHS[language][day.month - 1]}"
