"""What the bot says by itself: on return, around missed times, when people let go."""

from __future__ import annotations

from slabot.domain.clocks.clock import Clock
from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.closing import ask_rating
from slabot.domain.dialogue.contacts import urgent
from slabot.domain.dialogue.deadlines import promised_after_change, promised_under_plan, stated
from slabot.domain.dialogue.files import kept
from slabot.domain.dialogue.handoff import desk_line, formal, what_next
from slabot.domain.dialogue.language import language_of_talk
from slabot.domain.dialogue.plan import Action, Moment, Utterance
from slabot.domain.dialogue.speech import paragraphs
from slabot.domain.dialogue.status import standing
from slabot.domain.dialogue.turn import Speaker
from slabot.domain.dialogue.voice import Voice
from slabot.domain.forecast import Risk
from slabot.domain.support import Support


def returned(
    conversation: Conversation, *, support: Support, voice: Voice, moment: Moment
) -> tuple[Utterance, ...]:
    """The visitor is back: where things stand, if there is something to say."""
    speaker = _speaker(conversation, support, voice, moment)
    ticket = conversation.ticket
    if conversation.holder is not None or not conversation.said:
        return ()
    if ticket is None:
        text = speaker.say("returned.talk") if conversation.solved_at is None else ""
        return (Utterance(text, Action.SMALLTALK, asks=conversation.asks),) if text else ()
    shown = standing(speaker, ticket)
    if not ticket.is_open and conversation.rating is None:
        return (ask_rating(speaker, f"{speaker.say('returned')} {shown.text}"),)
    return (
        Utterance(
            f"{speaker.say('returned')} {shown.text}", Action.STATUS, card=shown.card, asks=conversation.asks
        ),
    )


def files_received(
    conversation: Conversation, *, support: Support, voice: Voice, moment: Moment
) -> tuple[Utterance, ...]:
    """Files without a word: people will see them, the bot cannot; where people have the talk it is silent."""
    if conversation.holder is not None:
        return ()
    return (kept(_speaker(conversation, support, voice, moment)),)


def at_risk(
    conversation: Conversation, clock: Clock, risk: Risk, *, support: Support, voice: Voice, moment: Moment
) -> tuple[Utterance, ...]:
    """Bad news early: the time will likely be missed, why, and whom to contact meanwhile."""
    speaker = _speaker(conversation, support, voice, moment)
    return _about_clock("at_risk", conversation, clock, speaker, why=speaker.say(f"at_risk.{risk.value}"))


def missed(
    conversation: Conversation, clock: Clock, *, support: Support, voice: Voice, moment: Moment
) -> tuple[Utterance, ...]:
    """The time has passed: said plainly, with whom to contact."""
    key = "reclassified" if clock.late_by_reclassification else "missed"
    return _about_clock(key, conversation, clock, _speaker(conversation, support, voice, moment))


def handed_back(
    conversation: Conversation, *, support: Support, voice: Voice, moment: Moment, is_gone: bool = False
) -> tuple[Utterance, ...]:
    """The agent gave the conversation back, or has gone (`is_gone`): the ticket waits in line again."""
    speaker = _speaker(conversation, support, voice, moment)
    ticket = conversation.open_ticket
    if ticket is None:
        return (Utterance(speaker.say("handed_back.bot"), Action.SMALLTALK),)
    level = speaker.policy.level(ticket.level)
    owed = ticket.promise(support)
    opening = speaker.say(
        "handed_back.gone" if is_gone else "handed_back", noun=speaker.noun, number=ticket.number
    )
    text = paragraphs([opening, what_next(speaker, level)], [stated(speaker, owed)])
    return (Utterance(text, Action.STATUS),)


def resolved_by_agent(
    conversation: Conversation, *, support: Support, voice: Voice, moment: Moment
) -> tuple[Utterance, ...]:
    """An agent resolved the ticket: how to reopen it, and the question for a rating."""
    speaker = _speaker(conversation, support, voice, moment)
    number = conversation.ticket.number if conversation.ticket else ""
    return (ask_rating(speaker, speaker.say("resolved_by_agent", noun=speaker.noun, number=number)),)


def severity_changed(
    conversation: Conversation, level: str, *, support: Support, voice: Voice, moment: Moment
) -> tuple[Utterance, ...]:
    """An agent decided another severity: the new deadlines are said, whichever way they moved.

    `conversation` is as it was before the change.
    """
    speaker = _speaker(conversation, support, voice, moment)
    ticket = conversation.open_ticket
    if ticket is None:
        return ()
    new = speaker.policy.level(level)
    text = paragraphs(
        [
            speaker.say(
                "severity_changed", noun=speaker.noun, number=ticket.number, severity=speaker.level_name(new)
            )
        ],
        [stated(speaker, promised_after_change(speaker, new))],
        [formal(speaker, new) if new.needs_formal_report and not ticket.formal_report_at else ""],
        [urgent(speaker, new)],
    )
    return (Utterance(text, Action.STATUS),)


def merged_away(
    conversation: Conversation, number: str | None, *, support: Support, voice: Voice, moment: Moment
) -> tuple[Utterance, ...]:
    """The last words of a conversation that goes on in another one, with that one's ticket."""
    speaker = _speaker(conversation, support, voice, moment)
    key = "merged_away" if number is not None else "merged_away.talk"
    return (Utterance(speaker.say(key, noun=speaker.noun, number=number or ""), Action.STATUS),)


def merged_here(
    conversation: Conversation, other: str | None, *, support: Support, voice: Voice, moment: Moment
) -> tuple[Utterance, ...]:
    """Another conversation came in, with that one's ticket: which number counts now and by when what is owed.

    `conversation` is as it is after that.
    """
    speaker = _speaker(conversation, support, voice, moment)
    ticket = conversation.open_ticket
    if ticket is None:
        return (Utterance(speaker.say("merged_here.talk"), Action.STATUS, asks=conversation.asks),)
    level = speaker.policy.level(ticket.level)
    named = {"noun": speaker.noun, "number": ticket.number, "severity": speaker.level_name(level)}
    key = "merged_here" if other is not None else "merged_here.words"
    text = paragraphs(
        [speaker.say(key, **named, other=other or "")],
        [stated(speaker, ticket.promise(support))],
        [formal(speaker, level) if ticket.is_provisional else ""],
    )
    return (Utterance(text, Action.STATUS, asks=conversation.asks),)


def plan_set(
    conversation: Conversation, plan: str | None, *, support: Support, voice: Voice, moment: Moment
) -> tuple[Utterance, ...]:
    """An agent set the customer's plan: the deadlines that hold now are said; nothing without an open ticket.

    `conversation` is as it was before.
    """
    speaker = _speaker(conversation, support, voice, moment)
    ticket = conversation.open_ticket
    if ticket is None:
        return ()
    owed = stated(speaker, promised_under_plan(speaker, ticket, plan))
    if not owed:
        return ()
    text = paragraphs([speaker.say("plan_set", noun=speaker.noun, number=ticket.number)], [owed])
    return (Utterance(text, Action.STATUS, asks=conversation.asks),)


def _about_clock(
    key: str, conversation: Conversation, clock: Clock, speaker: Speaker, **more: str
) -> tuple[Utterance, ...]:
    ticket = conversation.open_ticket
    if ticket is None or clock.due is None or clock.target is None:
        return ()
    level = speaker.policy.level(ticket.level)
    metric = speaker.say(f"metric.{clock.metric.value}")
    said = {
        "noun": speaker.noun,
        "number": ticket.number,
        "metric": metric,
        "words": speaker.quoted(clock.target.words),
        "time": speaker.time(clock.due),
        **more,
    }
    parts = [
        speaker.say(key, **said),
        desk_line(speaker),
        urgent(speaker, level),
        _escalation(speaker) if key != "reclassified" else "",
    ]
    return (Utterance(" ".join(part for part in parts if part), Action.STATUS, asks=conversation.asks),)


def _escalation(speaker: Speaker) -> str:
    if speaker.policy.escalation_contact is None:
        return ""
    return speaker.voice.policy_words("escalation", speaker.language, speaker.policy.escalation_words)


def _speaker(conversation: Conversation, support: Support, voice: Voice, moment: Moment) -> Speaker:
    return Speaker(conversation, support, voice, moment, language_of_talk(conversation, support.policy))
