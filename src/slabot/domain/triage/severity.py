"""From impact and signals to a policy's own level, and to the clause that says so."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache

from slabot.domain.policy import Impact, Level, Policy
from slabot.domain.target import Source
from slabot.domain.triage.assessment import Reason
from slabot.domain.triage.claims import level_for


def severity_of(policy: Policy, impact: Impact, signals: Collection[str]) -> Level:
    """The level: by a rule of the policy for one of the signals, or else by the impact.

    Rules only choose among levels for trouble that matters: a low or minor impact goes by the impact map.
    """
    if impact in (Impact.CRITICAL, Impact.MAJOR):
        for signal, key in policy.severity_rules.items():
            if signal in signals and (signal != "partial" or impact is Impact.MAJOR):
                return policy.level(key)
    by_impact = [level for level in policy.severities if impact in level.impacts]
    return by_impact[0] if by_impact else level_for(policy, impact)


def reason_for(level: Level, signal: str, because: str, grounds: Mapping[str, tuple[str, ...]]) -> Reason:
    """The clause of the level that speaks of this signal, by the first of its grounds that any clause has."""
    wanted = grounds.get(signal, ())

    def speaks(source: Source) -> int:
        words = _spaced(source.quote)
        return next((len(wanted) - at for at, begins in enumerate(wanted) if f" {begins}" in words), 0)

    clauses = [source for source in level.examples if source.quote]
    best = max(clauses, key=speaks, default=None)
    if best is None:
        clause = level.source.clause if level.source else level.name
        return Reason(clause or level.name, level.definition, because)
    if speaks(best) == 0 and level.definition and len(clauses) > 1:
        return Reason(best.clause or level.name, level.definition, because)
    return Reason(best.clause or level.name, best.quote, because)


@cache
def _spaced(quote: str) -> str:
    """Words in lower case, one space before each, so that "down" is not found in "slowdown"."""
    return " " + " ".join(re.findall(r"[\w-]+", quote.lower()))
