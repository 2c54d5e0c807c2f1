"""Public holidays as the pinned package knows them; the one door to it."""

from __future__ import annotations

import warnings
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from slabot.policies.problems import Misread

if TYPE_CHECKING:
    from holidays import HolidayBase


def package_versions() -> dict[str, str]:
    """The releases that compiled calendars come from."""
    return {name: _release(name) for name in ("holidays", "tzdata")}


@cache
def _release(package: str) -> str:
    return version(package)


def holiday_table(
    country: str, subdivision: str | None, categories: tuple[str, ...], first: int, last: int
) -> dict[date, str]:
    """Names by date for the years from first to last, observed days included, in English where there is any.

    One year is built past each end: 1 January 2028 is observed on Friday 31 December 2027.
    """
    return dict(_table(country, subdivision, categories, first - 1, last + 1))


def check_known(country: str, subdivisions: tuple[str, ...], categories: tuple[str, ...]) -> None:
    """Raises `Misread` where the package does not know the country or one of its parts."""
    known = _country(country)
    for index, subdivision in enumerate(subdivisions):
        if subdivision not in (*known.subdivisions, *known.subdivisions_aliases):
            choices = ", ".join(known.subdivisions) or "none"
            remedy = f"Use one of: {choices}."
            raise Misread(f"a subdivision of {country}", repr(subdivision), remedy, ("subdivisions", index))
    for index, category in enumerate(categories):
        if category not in known.supported_categories:
            remedy = f"Use one of: {', '.join(sorted(known.supported_categories))}."
            raise Misread(f"a category of {country}", repr(category), remedy, ("categories", index))


@cache
def _country(country: str) -> HolidayBase:
    import holidays  # costs a third of a second, and a policy may do without

    try:
        return holidays.country_holidays(country)
    except NotImplementedError as error:
        remedy = "Use a country of the holidays package, or leave `holidays` out and add dated exceptions."
        raise Misread("a country with known holidays", repr(country), remedy, ("country",)) from error


@cache
def _table(
    country: str, subdivision: str | None, categories: tuple[str, ...], first: int, last: int
) -> dict[date, str]:
    import holidays

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a note on renamed subdivisions is no fault of the policy
        table = holidays.country_holidays(
            country,
            subdiv=subdivision,
            years=range(first, last + 1),
            categories=categories,
            language=_english(_country(country), country),
            observed=True,
        )
        return dict(table.items())


def _english(known: HolidayBase, country: str) -> str | None:
    languages = known.supported_languages
    wanted = (f"en_{country}", "en_US", *sorted(each for each in languages if each.startswith("en")))
    return next((language for language in wanted if language in languages), None)
