"""Files that came along: they belong to the problem that was told; the bot cannot look into them."""

from __future__ import annotations

from slabot.domain.dialogue.handoff import yes_or_no
from slabot.domain.dialogue.plan import Action, Asking, Utterance
from slabot.domain.dialogue.turn import Speaker
from slabot.domain.triage.assessment import Kind


def with_incident(speaker: Speaker) -> Utterance | None:
    """With the open ticket, or with the problem that was told and not yet handed off; None where there is neither."""
    conversation = speaker.conversation
    ticket = conversation.open_ticket
    if ticket is not None:
        text = speaker.say("files.added", noun=speaker.noun, number=ticket.number)
        return Utterance(text, Action.STATUS, asks=conversation.asks)
    told = (conversation.assessed or {}).get("kind") == Kind.INCIDENT.value
    if not told or conversation.ticket is not None or conversation.solved_at is not None:
        return None
    text, asks = speaker.say("files.with_problem"), conversation.asks
    if (asks or {}).get("kind") != Asking.HANDOFF.value:
        return Utterance(text, Action.CLARIFY, asks=asks)
    text = f"{text}\n{speaker.say('offer.ask', noun=speaker.noun)}"
    return Utterance(text, Action.OFFER_HANDOFF, asks=asks, choices=yes_or_no(speaker))


def kept(speaker: Speaker) -> Utterance:
    """Files without a word: for the problem, else kept, with the question what they show."""
    told = with_incident(speaker)
    if told is not None:
        return told
    return Utterance(speaker.say("files.kept"), Action.CLARIFY, asks=speaker.conversation.asks)
