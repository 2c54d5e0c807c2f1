"""What the bot says when a person names a new time: the time first given stays, and is not unsaid."""

from __future__ import annotations

from datetime import datetime

from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.language import language_of_talk
from slabot.domain.dialogue.plan import Action, Moment, Utterance
from slabot.domain.dialogue.turn import Speaker
from slabot.domain.dialogue.voice import Voice
from slabot.domain.support import Support


def time_committed(
    conversation: Conversation, until: datetime, *, support: Support, voice: Voice, moment: Moment
) -> tuple[Utterance, ...]:
    """An agent committed to `until`; nothing is said without an open ticket."""
    ticket = conversation.open_ticket
    if ticket is None:
        return ()
    speaker = Speaker(conversation, support, voice, moment, language_of_talk(conversation, support.policy))
    text = speaker.say("time_committed", noun=speaker.noun, number=ticket.number, time=speaker.time(until))
    return (Utterance(text, Action.STATUS, asks=conversation.asks),)
