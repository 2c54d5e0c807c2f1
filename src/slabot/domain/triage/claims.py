"""The severity that a visitor says it is: recorded and shown, never obeyed."""

from __future__ import annotations

import re

from slabot.domain.policy import Impact, Level, Policy
from slabot.domain.triage.lexicon import Hit
from slabot.domain.triage.mood import Mood
from slabot.domain.triage.reading import Reading

_CLAIMED_IMPACT = {
    "claim_critical": Impact.CRITICAL,
    "claim_high": Impact.MAJOR,
    "claim_medium": Impact.MINOR,
    "claim_low": Impact.LOW,
}
_NUMBERS = {"one": 1, "first": 1, "eins": 1, "uno": 1, "un": 1, "two": 2, "zwei": 2, "dos": 2, "deux": 2,
            "three": 3, "drei": 3, "tres": 3, "trois": 3, "four": 4, "vier": 4, "cuatro": 4, "quatre": 4}  # fmt: skip


def claimed_level(reading: Reading, mood: Mood, policy: Policy) -> str | None:
    """The key of the level that the visitor claims; None if they claim nothing.

    A number is a level of that number, or else the one at that place ("P1" where there is only high and
    normal); words such as "urgent" are mapped by the impact they mean.
    """
    for hit in reading.hits:
        if hit.cue == "claim_level" and not _asked_about(hit, mood):
            return _numbered(reading, hit, policy)
    named = [level for level in policy.severities if _names(reading, level)]
    for cue, impact in _CLAIMED_IMPACT.items():
        if any(hit.cue == cue and not _asked_about(hit, mood) for hit in reading.hits):
            if named and cue in ("claim_high", "claim_medium", "claim_low"):
                return named[0].key
            return level_for(policy, impact).key
    return None


def level_for(policy: Policy, impact: Impact) -> Level:
    """The most severe level which the policy gives this impact; without one, the one at its place."""
    for level in policy.severities:
        if impact in level.impacts:
            return policy.severities[0] if impact is Impact.CRITICAL else level
    place = list(Impact).index(impact) * len(policy.severities) // len(Impact)
    return policy.severities[place]


def _asked_about(hit: Hit, mood: Mood) -> bool:
    return mood.thought[hit.start]


def _numbered(reading: Reading, hit: Hit, policy: Policy) -> str | None:
    said = " ".join(reading.words[hit.start : hit.end])
    digits = re.search(r"\d", said)
    number = (
        int(digits.group())
        if digits
        else next((_NUMBERS[word] for word in said.split() if word in _NUMBERS), 0)
    )
    if not number:
        return None
    for level in policy.severities:
        if re.search(rf"(?<!\d){number}(?!\d)", level.key):
            return level.key
    return policy.severities[min(number, len(policy.severities)) - 1].key


def _names(reading: Reading, level: Level) -> bool:
    """ "High priority" where the policy has a level called high."""
    wanted = level.key.lower()
    return wanted.isalpha() and wanted in reading.words
