"""A case that has not happened: "what happens if the site goes down?" asks what the policy would promise then."""

from __future__ import annotations

import re

from slabot.domain.dialogue.contacts import urgent
from slabot.domain.dialogue.deadlines import promised, stated
from slabot.domain.dialogue.plan import Action, Plan, Utterance
from slabot.domain.dialogue.speech import paragraphs
from slabot.domain.dialogue.turn import Turn
from slabot.domain.policy import Impact
from slabot.domain.triage.assessment import Kind

_CASE = re.compile(
    r"\b(?:what (?:if|happens? (?:if|when)|would happen if|do (?:we|i|you) do (?:if|when)|should (?:we|i) do (?:if|when))"
    r"|was (?:passiert|ist|geschieht|machen wir|tun wir|mache ich|tue ich),? (?:wenn|falls)"
    r"|qu[eé] (?:pasa|pasar[ií]a|ocurre|sucede|hacemos|hago) (?:si|cuando)"
    r"|que (?:se passe(?:rait)?[- ]t[- ]il|faire|fait-on|faisons-nous|dois-je faire)(?: donc)? (?:si|quand)"
    r"|qu'est-ce qui se passe(?:rait)? (?:si|quand))\s+(?P<case>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_SURE = 0.6


def about_supposed(turn: Turn) -> Plan | None:
    """The level it would be, what that would promise now, and whom to call; None for any other question."""
    case = _CASE.search(turn.heard.text)
    if case is None or turn.assessment.kind is not Kind.QUESTION:
        return None
    would_be = turn.weigh(case["case"].rstrip("?!. "))
    grave = would_be.impact in (Impact.CRITICAL, Impact.MAJOR) and would_be.confidence >= _SURE
    if would_be.kind is not Kind.INCIDENT or would_be.severity is None or not grave:
        return None
    level = turn.policy.level(would_be.severity)
    text = paragraphs(
        [turn.say("supposed", severity=turn.level_name(level))],
        [stated(turn, promised(turn, level))],
        [urgent(turn, level, would_be.signals)],
    )
    return Plan((Utterance(text, Action.STATUS),))
