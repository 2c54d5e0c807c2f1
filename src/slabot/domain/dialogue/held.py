"""While an agent holds the conversation: the bot gives no answers, but the visitor's own verbs still work."""

from __future__ import annotations

from slabot.domain.dialogue.asked import shares_device
from slabot.domain.dialogue.closing import solved
from slabot.domain.dialogue.intent import Intent
from slabot.domain.dialogue.plan import Plan
from slabot.domain.dialogue.turn import Turn
from slabot.domain.triage.assessment import Kind

_MOST_WORDS = 14
"""A longer message tells the agent something; the bot does not close over it."""


def while_held(turn: Turn) -> Plan:
    """Silence, unless the visitor says that it is solved; an address is noted without a word."""
    shares = shares_device(turn)
    if shares is not None:
        return Plan(shares_device=shares, owes_nothing=True)
    is_solved = Intent.SOLVED in turn.heard or (
        turn.assessment.kind is Kind.RESOLVED and turn.heard.words <= _MOST_WORDS
    )
    asks_more = "?" in turn.text and not _asks_to_close(turn)
    if Intent.BACK_AGAIN in turn.heard:
        is_solved = False
    if is_solved and turn.heard.words <= _MOST_WORDS and not turn.is_incident and not asks_more:
        return solved(turn)
    bare_thanks = turn.heard.is_bare and Intent.THANKS in turn.heard
    said_something = turn.assessment if turn.is_incident else None
    return Plan(assessment=said_something, email=turn.heard.email, owes_nothing=bare_thanks)


def _asks_to_close(turn: Turn) -> bool:
    return any(
        word in turn.heard.text.lower()
        for word in ("close", "schließ", "schliess", "cerrar", "cierr", "fermer", "clôtur")
    )
