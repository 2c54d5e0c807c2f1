"""Closing: solved by the visitor's own word, and the rating that follows. Silence is never solved."""

from __future__ import annotations

from slabot.domain.dialogue.plan import Action, Asking, Choice, Plan, Utterance
from slabot.domain.dialogue.turn import Speaker, Turn
from slabot.domain.triage.assessment import Kind


def solved(turn: Turn) -> Plan:
    """The visitor says that it works: closes the ticket if one is open, and asks for a rating."""
    ticket = turn.conversation.open_ticket
    if ticket is None and _gives_up(turn):
        return Plan((Utterance(turn.say("fine"), Action.CLOSE),), owes_nothing=True)
    if not turn.conversation.said:
        return Plan((Utterance(turn.say("close.solved"), Action.CLOSE),), assessment=turn.assessment)
    text = turn.say("close.solved")
    if ticket is not None:
        text = turn.say("close.ticket", noun=turn.noun, number=ticket.number)
    return Plan((_rated(turn, text),), solved=ticket is not None or bool(turn.conversation.said))


def _gives_up(turn: Turn) -> bool:
    """ "Never mind" where nothing was answered and no problem told: there is nothing that could be solved."""
    told = (turn.conversation.assessed or {}).get("kind") == Kind.INCIDENT.value
    return bool(turn.conversation.said) and not turn.conversation.shown_articles and not told


def ask_rating(speaker: Speaker, opening: str) -> Utterance:
    """A closing word and the question for a rating from 1 to 5."""
    return _rated(speaker, opening)


def rated(turn: Turn, score: int) -> Plan:
    """Thanks for the rating; a low one is answered with the way to a person."""
    return Plan(
        (Utterance(turn.say("rated.low" if score <= 2 else "rated", score=score), Action.CLOSE),),
        rating=score,
        owes_nothing=True,
    )


def may_be_rated(turn: Turn) -> bool:
    """Whether a bare number now can only be a rating."""
    asked = (turn.conversation.asks or {}).get("kind") == Asking.RATING.value
    over = turn.conversation.solved_at is not None or (
        turn.conversation.ticket is not None and not turn.conversation.ticket.is_open
    )
    return asked or over


def _rated(speaker: Speaker, opening: str) -> Utterance:
    choices = tuple(Choice(str(score), str(score)) for score in range(1, 6))
    return Utterance(
        f"{opening} {speaker.say('close.rate')}",
        Action.CLOSE,
        choices=choices,
        asks={"kind": Asking.RATING.value},
    )
