"""Which zone an author means: IANA names pass, an abbreviation is answered with the candidates."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib import resources

from slabot.policies.problems import Misread

_CANDIDATES: dict[str, tuple[str, ...]] = {
    "EASTERN": ("America/New_York", "America/Toronto", "America/Panama"),
    "CENTRAL": ("America/Chicago", "America/Winnipeg", "America/Regina"),
    "MOUNTAIN": ("America/Denver", "America/Edmonton", "America/Phoenix"),
    "PACIFIC": ("America/Los_Angeles", "America/Vancouver"),
    "ATLANTIC": ("America/Halifax", "America/Puerto_Rico"),
    "NEWFOUNDLAND": ("America/St_Johns",),
    "ALASKA": ("America/Anchorage",),
    "HAWAII": ("Pacific/Honolulu",),
    "AUSTRALIAN EASTERN": ("Australia/Sydney", "Australia/Melbourne", "Australia/Brisbane"),
    "AUSTRALIAN CENTRAL": ("Australia/Adelaide", "Australia/Darwin"),
    "AUSTRALIAN WESTERN": ("Australia/Perth",),
    "NEW ZEALAND": ("Pacific/Auckland",),
    "GMT": ("Europe/London", "Africa/Abidjan", "Etc/UTC"),
    "UTC": ("Etc/UTC", "Europe/London"),
    "BST": ("Europe/London", "Asia/Dhaka"),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "CST": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "WESTERN EUROPEAN": ("Europe/Lisbon", "Atlantic/Canary"),
    "CENTRAL EUROPEAN": ("Europe/Berlin", "Europe/Paris", "Europe/Madrid"),
    "EASTERN EUROPEAN": ("Europe/Athens", "Europe/Helsinki", "Europe/Bucharest"),
    "MSK": ("Europe/Moscow",),
    "JST": ("Asia/Tokyo",),
    "KST": ("Asia/Seoul",),
    "SGT": ("Asia/Singapore",),
    "HKT": ("Asia/Hong_Kong",),
    "PKT": ("Asia/Karachi",),
    "GST": ("Asia/Dubai",),
    "SAST": ("Africa/Johannesburg",),
    "EAT": ("Africa/Nairobi",),
    "WAT": ("Africa/Lagos",),
    "CAT": ("Africa/Maputo",),
    "BRT": ("America/Sao_Paulo",),
    "ART": ("America/Argentina/Buenos_Aires",),
}
_SAME_AS = {
    **dict.fromkeys(("ET", "EST", "EDT", "EST5EDT", "US EASTERN"), "EASTERN"),
    **dict.fromkeys(("CT", "CDT", "CST6CDT"), "CENTRAL"),
    **dict.fromkeys(("MT", "MST", "MDT", "MST7MDT"), "MOUNTAIN"),
    **dict.fromkeys(("PT", "PST", "PDT", "PST8PDT"), "PACIFIC"),
    **dict.fromkeys(("AST", "ADT", "AT", "ATLANTIC/HALIFAX", "HALIFAX"), "ATLANTIC"),
    **dict.fromkeys(("NST", "NDT"), "NEWFOUNDLAND"),
    **dict.fromkeys(("AKST", "AKDT"), "ALASKA"),
    **dict.fromkeys(("HST", "HDT"), "HAWAII"),
    **dict.fromkeys(
        ("AEST", "AEDT", "AET", "AUS EASTERN", "AUSTRALIA EASTERN", "SYDNEY"), "AUSTRALIAN EASTERN"
    ),
    **dict.fromkeys(("ACST", "ACDT", "ACT", "AUS CENTRAL"), "AUSTRALIAN CENTRAL"),
    **dict.fromkeys(("AWST", "AWDT", "AUS WESTERN"), "AUSTRALIAN WESTERN"),
    **dict.fromkeys(("NZST", "NZDT", "NZT"), "NEW ZEALAND"),
    **dict.fromkeys(("WET", "WEST"), "WESTERN EUROPEAN"),
    **dict.fromkeys(("CET", "CEST", "MET", "MEZ", "MESZ", "ROMANCE", "W. EUROPE"), "CENTRAL EUROPEAN"),
    **dict.fromkeys(("EET", "EEST"), "EASTERN EUROPEAN"),
    **dict.fromkeys(("GREENWICH", "GREENWICH MEAN", "LONDON", "Z", "ZULU"), "GMT"),
    "BRITISH SUMMER": "BST",
}


def read_zone(text: str) -> str:
    """The IANA name. Raises `Misread` with a question that names the candidates."""
    if text in _names() and ("/" in text or text == "UTC"):
        return text
    candidates = zone_candidates(text)
    if candidates:
        question = f"Which place's clock is meant: {', '.join(candidates[:-1])} or {candidates[-1]}?"
        if len(candidates) == 1:
            question = f"Is {candidates[0]} meant? Write it."
        raise Misread("an IANA zone, which knows its place's summer time", f"{text!r}", question)
    raise Misread(
        "an IANA zone", f"{text!r}", "Write the zone of the desk's city, such as `America/Halifax`."
    )


def zone_candidates(text: str) -> tuple[str, ...]:
    """The zones that an abbreviation, a place or a misspelt name can mean, likeliest first."""
    word = text.strip().upper().replace("_", " ")
    short = word.partition("(")[0].strip()
    for ending in (" STANDARD TIME", " DAYLIGHT TIME", " SUMMER TIME", " TIME"):
        short = short.removesuffix(ending)
    known = _CANDIDATES.get(_SAME_AS.get(short, short)) or _CANDIDATES.get(_SAME_AS.get(word, word))
    if known:
        return known
    target = _links().get(text.strip())
    if target:
        return (target,)
    by_fold = {name.casefold(): name for name in _names() if "/" in name}
    wanted = text.strip().replace(" ", "_").casefold()
    if wanted in by_fold:
        return (by_fold[wanted],)
    cities = tuple(sorted(name for fold, name in by_fold.items() if fold.rpartition("/")[2] == wanted))
    close = get_close_matches(wanted, by_fold, n=3, cutoff=0.8)
    return cities or tuple(by_fold[fold] for fold in close)


@cache
def _names() -> frozenset[str]:
    return frozenset(resources.files("tzdata").joinpath("zones").read_text("utf-8").split())


@cache
def _links() -> dict[str, str]:
    """Older names and the ones that replaced them ("Japan" → "Asia/Tokyo")."""
    lines = resources.files("tzdata.zoneinfo").joinpath("tzdata.zi").read_text("utf-8").splitlines()
    links = (line.split() for line in lines if line.startswith("L "))
    return {alias: target for _, target, alias in links if "/" in target and not target.startswith("Etc/")}
