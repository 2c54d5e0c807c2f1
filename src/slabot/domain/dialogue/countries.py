"""Countries as visitors name them, for contacts with a number in each."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NAMES = {
    "GB": "uk gb britain england scotland wales london british inglaterra angleterre grossbritannien",
    "US": "usa america states american newyork estadosunidos amerika amerique",
    "AU": "australia sydney melbourne brisbane perth australian aussie australien australie oz",
    "NZ": "nz auckland wellington zealand kiwi neuseeland zelanda zelande",
    "CA": "canada canadian toronto halifax kanada",
    "DE": "germany deutschland alemania allemagne berlin german",
    "FR": "france frankreich francia paris",
    "ES": "spain spanien espana espagne madrid barcelona",
    "IE": "ireland irland irlanda irlande dublin",
    "IN": "india indien",
    "SG": "singapore singapur singapour",
    "MX": "mexico mexiko mexique",
    "AT": "austria osterreich autriche vienna wien",
    "CH": "switzerland schweiz suiza suisse zurich",
    "ZA": "southafrica sudafrika sudafrica",
    "JP": "japan japon",
    "": "abroad overseas ausland extranjero etranger international internationally",
}
_COUNTRY = {name: code for code, names in _NAMES.items() for name in names.split()}
_PHRASES = {
    "united kingdom": "GB",
    "vereinigten konigreich": "GB",
    "reino unido": "GB",
    "royaume uni": "GB",
    "gran bretana": "GB",
    "united states": "US",
    "vereinigten staaten": "US",
    "estados unidos": "US",
    "etats unis": "US",
    "the states": "US",
    "ee uu": "US",
    "new york": "US",
    "new zealand": "NZ",
    "nueva zelanda": "NZ",
    "nouvelle zelande": "NZ",
    "great britain": "GB",
    "grande bretagne": "GB",
    "south africa": "ZA",
    "outside australia": "",
    "hong kong": "HK",
}
_UPPER_US = re.compile(
    r"\bU\.?S\.?(?:A\.?)?(?![a-z])|\b(?:in|from|for|to|within) the us\b|\bus (?:number|phone|office)\b",
    re.ASCII,
)
_ONLY_US = re.compile(r"\W*(?:(?:and|or|what about|how about|for|in|from|the)\s+)+us\W*", re.IGNORECASE)
"""A whole line such as "and the us?"; within a longer one "us" is we."""


def country_in(words: Sequence[str], text: str) -> str | None:
    """The country's code; "" for abroad in general; None where no country is named."""
    spoken = f" {' '.join(words)} "
    for phrase, code in _PHRASES.items():
        if f" {phrase} " in spoken:
            return code
    for word in words:
        if word in _COUNTRY:
            return _COUNTRY[word]
    if _UPPER_US.search(text) or _ONLY_US.fullmatch(text):
        return "US"
    return None
