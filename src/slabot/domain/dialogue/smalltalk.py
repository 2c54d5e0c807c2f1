"""Small talk, abuse and instructions to the bot: answered shortly, calmly, and never obeyed."""

from __future__ import annotations

from dataclasses import replace

from slabot.domain.dialogue.contacts import about_contacts
from slabot.domain.dialogue.intent import Intent
from slabot.domain.dialogue.plan import Action, Plan, Utterance
from slabot.domain.dialogue.turn import Turn

_REPLIES = (
    (Intent.ABOUT_BOT, "about_bot"),
    (Intent.GREETING, "greeting"),
    (Intent.THANKS, "thanks"),
    (Intent.PRAISE, "praise"),
    (Intent.GOODBYE, "goodbye"),
    (Intent.NO, "fine"),
    (Intent.YES, "go_on"),
)


def small_talk(turn: Turn) -> Plan | None:
    """An answer in kind; None where the message holds no small talk."""
    for intent, key in _REPLIES:
        if intent in turn.heard:
            if intent is Intent.YES and turn.conversation.said:
                key = "fine"
            text = turn.say(key, bot=turn.bot)
            bare_thanks = intent in (Intent.THANKS, Intent.GOODBYE, Intent.PRAISE) and turn.heard.is_bare
            return Plan((Utterance(text, Action.SMALLTALK),), owes_nothing=bare_thanks)
    return None


def calmly(turn: Turn) -> Plan:
    """Abuse and nothing else: one calm word, afterwards only what can be helped with."""
    if turn.conversation.answered_abuse:
        return Plan(
            (Utterance(turn.say("go_on"), Action.SMALLTALK),),
            assessment=turn.assessment,
        )
    said = Utterance(turn.say("abuse"), Action.SMALLTALK, answers_abuse=True)
    return Plan((said,), assessment=turn.assessment)


def declined(turn: Turn) -> Plan:
    """Instructions to the bot are text; what it may do stays as it is, published contacts among it."""
    if not turn.wants(Intent.CONTACTS):
        return Plan((Utterance(turn.say("instructions"), Action.DECLINE),))
    given = about_contacts(turn)
    return Plan((replace(given, text=f"{turn.say('instructions')}\n{given.text}", action=Action.DECLINE),))


def outside(turn: Turn) -> Plan:
    """Nothing to do with the product."""
    return Plan(
        (Utterance(turn.say("scope.outside", workspace=turn.policy.name), Action.DECLINE),),
        assessment=turn.assessment,
    )


def unclear(turn: Turn) -> Plan:
    """Nothing that could be searched for: a question mark, a picture of a cat."""
    return Plan((Utterance(turn.say("say_more"), Action.CLARIFY),))
