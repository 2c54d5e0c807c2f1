"""Somebody else's system: to its own help desk without a ticket; a border case is asked once."""

from __future__ import annotations

import re

from slabot.domain.answers import Verdict
from slabot.domain.dialogue.contacts import EXPOSED
from slabot.domain.dialogue.intent import Intent
from slabot.domain.dialogue.plan import Action, Asking, Choice, Plan, Utterance
from slabot.domain.dialogue.questions import is_question
from slabot.domain.dialogue.smalltalk import outside
from slabot.domain.dialogue.turn import Turn
from slabot.domain.dialogue.word_lists import words
from slabot.domain.policy import Scope
from slabot.domain.triage.assessment import Kind
from slabot.domain.words import tokens

_SURE = 0.8
"""From this confidence on an outage is taken as ours although another system is named."""


def scope_named(turn: Turn) -> Scope | None:
    """The system of the policy's out-of-scope list that the message names."""
    spoken = f" {' '.join(tokens(turn.heard.text))} "
    for scope in turn.policy.out_of_scope:
        if any(f" {' '.join(tokens(term))} " in spoken for term in scope.terms):
            return scope
    return None


def about_scope(turn: Turn) -> Plan | None:
    """Declines what is not ours, asks where it is unclear; None for everything else."""
    named = scope_named(turn)
    if turn.assessment.kind is Kind.OUT_OF_SCOPE:
        if named is None and turn.wants(Intent.CONTACTS):
            return None
        if _may_be_answered(turn, named):
            return None
        return instead(turn, named) if named is not None else _elsewhere(turn)
    if named is None or not turn.is_incident or turn.conversation.open_ticket is not None:
        return None
    if _is_ours(turn, named) or _was_asked(turn) or EXPOSED in turn.assessment.signals:
        return None
    return instead(turn, named) if _is_theirs(turn) else ask_whose(turn, named)


def _may_be_answered(turn: Turn, named: Scope | None) -> bool:
    """A question about working together with the other system, for which there are articles; getting into it is not."""
    if turn.found.verdict is Verdict.NOTHING or _tells_trouble(turn, named):
        return False
    if named is not None and set(tokens(turn.heard.text)) & _ENTRY:
        return False
    return turn.found.verdict is Verdict.ANSWER or is_question(turn.heard.text)


def instead(turn: Turn, scope: Scope) -> Plan:
    """Whom to ask instead; no ticket."""
    said = turn.voice.policy_words(f"scope.{scope.key}", turn.language, scope.instead)
    return Plan((Utterance(f"{said} {turn.say('scope.ours')}", Action.DECLINE),), assessment=turn.assessment)


def ask_whose(turn: Turn, scope: Scope) -> Plan:
    """One question: the other system, or our product inside it?"""
    theirs, ours = turn.say("scope.choice_theirs"), turn.say("scope.choice_ours", workspace=turn.policy.name)
    choices = (Choice(ours, ours), Choice(theirs, theirs))
    asks = {"kind": Asking.SCOPE.value, "scope": scope.key, "ours": ours, "theirs": theirs}
    text = turn.say("scope.ask", workspace=turn.policy.name)
    return Plan((Utterance(text, Action.CLARIFY, choices=choices, asks=asks),), assessment=turn.assessment)


def _elsewhere(turn: Turn) -> Plan:
    if "third_party" in turn.assessment.signals:
        said = Utterance(turn.say("scope.elsewhere"), Action.DECLINE)
        return Plan((said,), assessment=turn.assessment)
    return outside(turn)


_YOURS = {"your", "yours", "euer", "eure", "eurer", "ihre", "vuestro", "vuestra", "su", "votre", "vos"}
_LAUNCHED = {
    "launch",
    "launched",
    "launching",
    "launches",
    "starten",
    "gestartet",
    "abrir",
    "lanzar",
    "lancer",
    "lance",
}


def _is_ours(turn: Turn, scope: Scope) -> bool:
    """Our product by name or as "your …" before the other system is named, or once it is launched from there."""
    spoken = tokens(turn.heard.text)
    theirs = {word for term in scope.terms for word in tokens(term)}
    named_at = next((at for at, word in enumerate(spoken) if word in theirs), len(spoken))
    ours = _YOURS | set(tokens(turn.policy.name))
    everyone = turn.assessment.scope == "everyone" or turn.assessment.confidence >= _SURE
    down = everyone and "whole_service_down" in turn.assessment.signals
    return bool(set(spoken[:named_at]) & ours or set(spoken) & _LAUNCHED) or down


_ENTRY = words(
    "password passwort kennwort contrasena clave username benutzername usuario identifiant mot_de_passe passe"
)
"""How one gets into a system: the other system's are its own help desk's."""
_PARTS = words("gradebook notenbuch calificaciones carnet enrolment enrollment login")
"""What only the other system has."""


def _is_theirs(turn: Turn) -> bool:
    """Getting into the other system, or a part that is its own."""
    return "cannot_log_in" in turn.assessment.signals or bool(set(tokens(turn.heard.text)) & _PARTS)


def _tells_trouble(turn: Turn, scope: Scope | None) -> bool:
    """Whether it would be a problem if it were ours: "Canvas is down", not "how long does Canvas take"."""
    if scope is None:
        return False
    ours = turn.heard.text
    for term in sorted(scope.terms, key=len, reverse=True):
        ours = re.sub(rf"\b{re.escape(term)}\b", "product", ours, flags=re.IGNORECASE)
    return turn.weigh(ours).kind is Kind.INCIDENT


def _was_asked(turn: Turn) -> bool:
    asks = turn.conversation.asks or {}
    return asks.get("kind") == Asking.SCOPE.value
