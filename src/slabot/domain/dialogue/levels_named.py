"""Which severities and request types of a policy a message names, by name or weight."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from slabot.domain.policy import Impact, Policy
from slabot.domain.words import tokens

_IMPACT_WORDS = {
    impact: frozenset(written.split())
    for impact, written in {
        Impact.CRITICAL: "critical kritisch kritische kritischen kritischer critico critica criticos critique critiques outage "
        "outages emergency notfall emergencia urgence totalausfall blocker down",
        Impact.MAJOR: "major schwer schwerwiegend schwerwiegende grave graves majeur majeure majeurs serious urgent dringend "
        "dringende urgente urgentes urgents",
        Impact.MINOR: "minor klein kleine kleiner kleinen gering leve leves menor menores mineur mineurs mineure",
        Impact.LOW: "cosmetic typo typos kosmetisch kosmetische cosmetico cosmetique",
    }.items()
}
_HIGH = {
    "high",
    "highest",
    "top",
    "hoch",
    "hohe",
    "hohen",
    "hoher",
    "hochste",
    "alta",
    "alto",
    "maxima",
    "haute",
    "elevee",
    "eleve",
}
_MEDIUM = {"medium", "mittel", "mittlere", "mittlerer", "mittleren", "media", "medio", "moyenne", "moyen"}
_LOW = {
    "low",
    "lower",
    "lowest",
    "niedrig",
    "niedrige",
    "niedriger",
    "niedrigste",
    "baja",
    "bajo",
    "basse",
    "faible",
}
_NORMAL = {
    "normal",
    "normale",
    "normaler",
    "normales",
    "general",
    "generales",
    "allgemeine",
    "generale",
}
_KIND = {
    "tier",
    "priority",
    "prio",
    "severity",
    "sev",
    "level",
    "stufe",
    "prioritat",
    "schweregrad",
    "nivel",
    "prioridad",
    "niveau",
    "priorite",
    "gravite",
    "gravedad",
    "p",
    "t",
}
_NUMBERS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "eins": "1",
    "zwei": "2",
    "drei": "3",
    "vier": "4",
    "uno": "1",
    "dos": "2",
    "tres": "3",
    "cuatro": "4",
    "un": "1",
    "deux": "2",
    "trois": "3",
    "quatre": "4",
}
_REQUESTS = {
    "csm": {"csm", "customer success"},
    "privacy": {"privacy", "datenschutz", "privacidad", "confidentialite", "gdpr", "dsgvo", "rgpd"},
    "bespoke": {"bespoke", "custom development", "a medida", "sur mesure", "massgeschneidert"},
    "service_delivery": {"service delivery", "projects", "project", "delivery"},
}
_QUESTION = {
    "question",
    "questions",
    "frage",
    "fragen",
    "pregunta",
    "preguntas",
    "enquiry",
    "enquiries",
    "inquiry",
    "consulta",
    "consultas",
}


def levels_named(words: Sequence[str], policy: Policy) -> tuple[str, ...]:
    """Keys of the policy's levels in its order; empty where the message names none."""
    spoken = f" {' '.join(words)} "
    found: set[str] = set()
    for level in policy.levels:
        if any(f" {name} " in spoken for name in _names(level.key, level.name)):
            found.add(level.key)
    for alias, key in policy.aliases.items():
        if _says_as_level(alias, words):
            found.add(key)
    found |= _by_number(words, policy)
    if not found:
        found |= _by_weight(set(words), policy)
    for key, names in _REQUESTS.items():
        if any(f" {name} " in spoken for name in names):
            found |= {level.key for level in policy.request_types if level.key == key}
    return tuple(level.key for level in policy.levels if level.key in found)


@lru_cache(maxsize=256)
def _names(key: str, name: str) -> frozenset[str]:
    """How a level may be called; the levels of a policy are few and stay the same."""
    spoken = " ".join(tokens(name))
    whole = " ".join(tokens(key.replace("_", " ")))
    is_telling = any(letter.isdigit() for letter in whole) or " " in whole
    return frozenset({whole, spoken} if is_telling else {spoken})


def _says_as_level(alias: str, words: Sequence[str]) -> bool:
    """ "low priority" names a level; "low resolution" does not."""
    beside = [set(words[max(0, at - 1) : at + 2]) for at, word in enumerate(words) if word == alias]
    return any(near & _KIND for near in beside)


def _by_number(words: Sequence[str], policy: Policy) -> set[str]:
    found = set()
    for at, word in enumerate(words[:-1]):
        number = _NUMBERS.get(words[at + 1], words[at + 1])
        if word in _KIND and number.isdigit():
            found |= {level.key for level in policy.severities if level.key[1:] == number}
    return found


def _by_weight(words: set[str], policy: Policy) -> set[str]:
    severities = policy.severities
    found: set[str] = set()
    for impact, names in _IMPACT_WORDS.items():
        if words & names:
            found |= {level.key for level in severities if impact in level.impacts} or {severities[0].key}
    named = {level.key.lower(): level.key for level in severities}
    if words & _HIGH:
        found.add(severities[0].key)
    if words & _MEDIUM:
        found.add(named.get("medium", severities[len(severities) // 2].key))
    if words & _LOW and words & _KIND:
        found.add(severities[-1].key)
    if words & (_NORMAL | _QUESTION) and policy.question_level is not None:
        found.add(policy.question_level)
    return found
