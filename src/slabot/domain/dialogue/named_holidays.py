"""Holidays by the names visitors use, and the date of each in a year, whether or not a desk observes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, n: int) -> Callable[[int], date]:
    """The n-th such weekday of the month, Monday 0."""

    def on(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))

    return on


def _last(month: int, weekday: int) -> Callable[[int], date]:
    def on(year: int) -> date:
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return end - timedelta(days=(end.weekday() - weekday) % 7)

    return on


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by Gauss's rule with its two exceptions."""
    century = year // 100
    moon = (15 + century - century // 4 - (8 * century + 13) // 25) % 30
    full = (19 * (year % 19) + moon) % 30
    full -= full // 29 + (full // 28 - full // 29) * (year % 19 // 11)
    sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * full + (4 + century - century // 4) % 7) % 7
    return date(year, 3, 22) + timedelta(days=full + sunday)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


def _victoria_day(year: int) -> date:
    """The Monday before 25 May."""
    day = date(year, 5, 24)
    return day - timedelta(days=day.weekday())


DATES: Mapping[str, Callable[[int], date]] = {
    "new_year": _fixed(1, 1),
    "new_years_eve": _fixed(12, 31),
    "epiphany": _fixed(1, 6),
    "martin_luther_king": _nth(1, 0, 3),
    "australia_day": _fixed(1, 26),
    "waitangi_day": _fixed(2, 6),
    "valentine": _fixed(2, 14),
    "presidents_day": _nth(2, 0, 3),
    "family_day": _nth(2, 0, 3),
    "st_patrick": _fixed(3, 17),
    "good_friday": _from_easter(-2),
    "easter_saturday": _from_easter(-1),
    "easter": easter,
    "easter_monday": _from_easter(1),
    "anzac_day": _fixed(4, 25),
    "may_day": _fixed(5, 1),
    "early_may": _nth(5, 0, 1),
    "ascension": _from_easter(39),
    "whit_monday": _from_easter(50),
    "corpus_christi": _from_easter(60),
    "victoria_day": _victoria_day,
    "spring_bank_holiday": _last(5, 0),
    "memorial_day": _last(5, 0),
    "juneteenth": _fixed(6, 19),
    "kings_birthday": _nth(6, 0, 2),
    "canada_day": _fixed(7, 1),
    "independence_day": _fixed(7, 4),
    "bastille_day": _fixed(7, 14),
    "natal_day": _nth(8, 0, 1),
    "assumption": _fixed(8, 15),
    "summer_bank_holiday": _last(8, 0),
    "labor_day": _nth(9, 0, 1),
    "truth_and_reconciliation": _fixed(9, 30),
    "german_unity": _fixed(10, 3),
    "columbus_day": _nth(10, 0, 2),
    "thanksgiving_canada": _nth(10, 0, 2),
    "hispanic_day": _fixed(10, 12),
    "halloween": _fixed(10, 31),
    "all_saints": _fixed(11, 1),
    "melbourne_cup": _nth(11, 1, 1),
    "veterans_day": _fixed(11, 11),
    "remembrance_day": _fixed(11, 11),
    "thanksgiving": _nth(11, 3, 4),
    "black_friday": lambda year: _nth(11, 3, 4)(year) + timedelta(days=1),
    "christmas_eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "boxing_day": _fixed(12, 26),
}

NAMES: Mapping[str, str] = {
    "martin luther king": "martin_luther_king",
    "mlk": "martin_luther_king",
    "new years eve": "new_years_eve",
    "new year eve": "new_years_eve",
    "nye": "new_years_eve",
    "silvester": "new_years_eve",
    "nochevieja": "new_years_eve",
    "fin de ano": "new_years_eve",
    "saint sylvestre": "new_years_eve",
    "reveillon": "new_years_eve",
    "new year": "new_year",
    "new years": "new_year",
    "neujahr": "new_year",
    "ano nuevo": "new_year",
    "nouvel an": "new_year",
    "jour de an": "new_year",
    "epiphany": "epiphany",
    "heilige drei konige": "epiphany",
    "reyes": "epiphany",
    "epiphanie": "epiphany",
    "australia day": "australia_day",
    "waitangi": "waitangi_day",
    "valentine": "valentine",
    "valentines": "valentine",
    "presidents day": "presidents_day",
    "president day": "presidents_day",
    "washingtons birthday": "presidents_day",
    "washington birthday": "presidents_day",
    "family day": "family_day",
    "heritage day": "family_day",
    "st patrick": "st_patrick",
    "saint patrick": "st_patrick",
    "st patricks": "st_patrick",
    "good friday": "good_friday",
    "karfreitag": "good_friday",
    "viernes santo": "good_friday",
    "vendredi saint": "good_friday",
    "easter saturday": "easter_saturday",
    "karsamstag": "easter_saturday",
    "easter monday": "easter_monday",
    "ostermontag": "easter_monday",
    "lunes de pascua": "easter_monday",
    "lundi de paques": "easter_monday",
    "easter": "easter",
    "ostern": "easter",
    "ostersonntag": "easter",
    "pascua": "easter",
    "semana santa": "good_friday",
    "paques": "easter",
    "anzac": "anzac_day",
    "may day": "may_day",
    "tag der arbeit": "may_day",
    "erster mai": "may_day",
    "dia del trabajo": "may_day",
    "dia del trabajador": "may_day",
    "fete du travail": "may_day",
    "early may bank holiday": "early_may",
    "early may": "early_may",
    "may bank holiday": "early_may",
    "ascension": "ascension",
    "himmelfahrt": "ascension",
    "christi himmelfahrt": "ascension",
    "whit monday": "whit_monday",
    "pfingstmontag": "whit_monday",
    "pfingsten": "whit_monday",
    "pentecote": "whit_monday",
    "lundi de pentecote": "whit_monday",
    "fronleichnam": "corpus_christi",
    "corpus christi": "corpus_christi",
    "victoria day": "victoria_day",
    "spring bank holiday": "spring_bank_holiday",
    "memorial day": "memorial_day",
    "memorial": "memorial_day",
    "juneteenth": "juneteenth",
    "kings birthday": "kings_birthday",
    "king birthday": "kings_birthday",
    "queens birthday": "kings_birthday",
    "queen birthday": "kings_birthday",
    "canada day": "canada_day",
    "kanadatag": "canada_day",
    "dia de canada": "canada_day",
    "fete du canada": "canada_day",
    "jour du canada": "canada_day",
    "kanada tag": "canada_day",
    "dia de los caidos": "memorial_day",
    "jour du souvenir": "remembrance_day",
    "dia de la independencia": "independence_day",
    "jour de action de grace": "thanksgiving",
    "premier mai": "may_day",
    "zweiter feiertag": "boxing_day",
    "lendemain de noel": "boxing_day",
    "independence day": "independence_day",
    "4th of july": "independence_day",
    "fourth of july": "independence_day",
    "july 4th": "independence_day",
    "july 4": "independence_day",
    "4 de julio": "independence_day",
    "4 juli": "independence_day",
    "4 juillet": "independence_day",
    "unabhangigkeitstag": "independence_day",
    "bastille": "bastille_day",
    "fete nationale": "bastille_day",
    "natal day": "natal_day",
    "civic holiday": "natal_day",
    "assumption": "assumption",
    "assomption": "assumption",
    "maria himmelfahrt": "assumption",
    "asuncion": "assumption",
    "summer bank holiday": "summer_bank_holiday",
    "august bank holiday": "summer_bank_holiday",
    "late summer bank holiday": "summer_bank_holiday",
    "labor day": "labor_day",
    "labour day": "labor_day",
    "truth and reconciliation": "truth_and_reconciliation",
    "orange shirt day": "truth_and_reconciliation",
    "tag der deutschen einheit": "german_unity",
    "columbus day": "columbus_day",
    "indigenous peoples day": "columbus_day",
    "canadian thanksgiving": "thanksgiving_canada",
    "fiesta nacional": "hispanic_day",
    "dia de la hispanidad": "hispanic_day",
    "halloween": "halloween",
    "all saints": "all_saints",
    "allerheiligen": "all_saints",
    "todos los santos": "all_saints",
    "toussaint": "all_saints",
    "melbourne cup": "melbourne_cup",
    "veterans day": "veterans_day",
    "veteran day": "veterans_day",
    "remembrance day": "remembrance_day",
    "thanksgiving": "thanksgiving",
    "erntedank": "thanksgiving",
    "accion de gracias": "thanksgiving",
    "action de grace": "thanksgiving",
    "black friday": "black_friday",
    "christmas eve": "christmas_eve",
    "heiligabend": "christmas_eve",
    "heilig abend": "christmas_eve",
    "nochebuena": "christmas_eve",
    "veille de noel": "christmas_eve",
    "xmas eve": "christmas_eve",
    "christmas": "christmas",
    "xmas": "christmas",
    "weihnachten": "christmas",
    "weihnachtstag": "christmas",
    "navidad": "christmas",
    "noel": "christmas",
    "boxing day": "boxing_day",
    "zweiter weihnachtstag": "boxing_day",
    "zweiten weihnachtstag": "boxing_day",
    "san esteban": "boxing_day",
    "st stephens day": "boxing_day",
}
"""Folded words as visitors write them; the longest that occurs counts."""

ELSEWHERE: Mapping[tuple[str, str], str] = {
    ("thanksgiving", "CA"): "thanksgiving_canada",
    ("labor_day", "AU"): "labor_day",
}
"""A name that means another day where the desk is."""


_BY_FIRST_WORD: dict[str, list[str]] = {}
for _name in NAMES:
    _BY_FIRST_WORD.setdefault(_name.partition(" ")[0], []).append(_name)


def date_of(holiday: str, year: int) -> date:
    """The date of a key of `DATES` in this year."""
    return DATES[holiday](year)


def named_in(spoken: str) -> tuple[str, str] | None:
    """The holiday that folded words name, as its key and the words; None without one."""
    padded = f" {spoken} "
    said = set(spoken.split())
    found = [name for word in said for name in _BY_FIRST_WORD.get(word, ()) if f" {name} " in padded]
    if not found:
        return None
    words = max(found, key=lambda name: (len(name), name))
    return NAMES[words], words
