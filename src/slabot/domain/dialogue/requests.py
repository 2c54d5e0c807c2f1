"""Requests: privacy, escalation, feedback, wishes and bespoke work, each to the place the policy names."""

from __future__ import annotations

import re
from dataclasses import replace

from slabot.domain.answers import Verdict
from slabot.domain.dialogue.answers import about_question, passage
from slabot.domain.dialogue.contacts import contacts_card, reach
from slabot.domain.dialogue.deadlines import promised, reply_by, stated
from slabot.domain.dialogue.handoff import beside_ticket, hand_off, offer, yes_or_no
from slabot.domain.dialogue.intent import Intent
from slabot.domain.dialogue.plan import Action, Asking, Plan, Utterance
from slabot.domain.dialogue.speech import paragraphs
from slabot.domain.dialogue.turn import Turn
from slabot.domain.policy import Contact, Level

_DEMAND = re.compile(
    r"\b(delete|erase|remove|forget|send|need|needs|want|please|pls|export|build|develop|give|provide|add|would like|"
    r"complain|can you|could you|"
    r"l[oö]sch\w*|schick\w*|brauch\w*|m[oö]cht\w*|bitte|entfern\w*|entwickel\w*|k[oö]nn(?:en|t|ten) (?:sie|ihr)|wollen|"
    r"borr\w*|elimin\w*|env[ií]\w*|necesit\w*|quier\w*|quer(?:emos|r[ií]a\w*)|pued(?:e|en|es)|podr[ií]a\w*|"
    r"desarroll(?:ar|en)|"
    r"supprim\w*|effac\w*|envoy\w*|besoin|veux|voulons|voudrais|pouvez|pourriez|d[eé]velopp(?:er|ez))\b",
    re.IGNORECASE,
)


def about_privacy(turn: Turn) -> Plan:
    """Privacy and security requests: the published privacy contact, else a person, since none is published."""
    if turn.found.verdict is Verdict.ANSWER and not is_demand(turn) and not turn.wants(Intent.CONTACTS):
        return about_question(turn)
    level = _level(turn, "privacy")
    contact = _contact(turn, "privacy")
    if turn.heard.email is not None:
        return replace(hand_off(turn, level, "email_given"), assessment=turn.assessment)
    found = turn.found
    told = passage(turn, found.best) if found.verdict is Verdict.ANSWER and found.best is not None else ""
    article = found.best.slug if told and found.best is not None else None
    if contact is None:
        opening = "\n".join(
            part
            for part in (told, turn.say("privacy.unpublished", queue=turn.policy.queue(level.queue).name))
            if part
        )
        action = Action.CONTACTS if turn.wants(Intent.CONTACTS) else Action.OFFER_HANDOFF
        return Plan((offer(turn, level, opening, action, article=article),), assessment=turn.assessment)
    if turn.conversation.open_ticket is not None:
        opening = paragraphs([told], [turn.say("privacy.contact", contact=reach(turn, contact))])
        noted = beside_ticket(turn, turn.conversation.open_ticket, opening, article=article)
        return Plan((replace(noted, action=Action.CONTACTS),), assessment=turn.assessment)
    lines = [
        told,
        turn.say("privacy.contact", contact=reach(turn, contact)),
        reply_by(turn, promised(turn, level)),
        turn.say("offer.ask", noun=turn.noun),
    ]
    said = Utterance(
        " ".join(line for line in lines if line),
        Action.CONTACTS,
        article=article,
        card=contacts_card(turn, [contact]),
        choices=yes_or_no(turn),
        asks={"kind": Asking.HANDOFF.value, "level": level.key, "impact": turn.assessment.impact.value},
    )
    return Plan((said,), assessment=turn.assessment)


def about_escalation(turn: Turn, *, is_explained: bool = False) -> Plan:
    """Who is above: the published escalation contact, never refused; where none is published, that and a person.

    `is_explained`: nobody complains, somebody asks how it works.
    """
    policy = turn.policy
    ticket = turn.conversation.open_ticket
    words = turn.voice.policy_words("escalation", turn.language, policy.escalation_words)
    parts = [] if is_explained else [turn.say("escalation.sorry")]
    contact = policy.contact(policy.escalation_contact) if policy.escalation_contact else None
    if contact is not None:
        parts.append(words or turn.say("escalation.contact", contact=reach(turn, contact)))
    else:
        parts.append(words or turn.say("escalation.none"))
    card = contacts_card(turn, [contact]) if contact is not None else None
    if ticket is not None:
        parts.append(turn.say("escalation.ticket", noun=turn.noun, number=ticket.number))
        action = Action.CONTACTS if contact is not None else Action.STATUS
        text = paragraphs(parts, [stated(turn, ticket.promise(turn.support))])
        return Plan((Utterance(text, action, card=card),))
    said = offer(
        turn,
        turn.level,
        " ".join(part for part in parts if part),
        Action.CONTACTS if contact else Action.OFFER_HANDOFF,
    )
    return Plan(
        (replace(said, card=card or said.card),), assessment=turn.assessment if turn.is_incident else None
    )


def about_feedback(turn: Turn) -> Plan:
    """Feedback and complaints are thanked for and passed on if the visitor wants."""
    contact = _contact(turn, "feedback")
    opening = turn.say("feedback.thanks")
    if contact is not None:
        opening += " " + turn.say("feedback.contact", contact=reach(turn, contact))
    return Plan((offer(turn, turn.question_level, opening),), assessment=turn.assessment)


def about_feature(turn: Turn) -> Plan:
    """A wish is logged on consent; nobody promises that it is built."""
    return _request(turn, turn.question_level, turn.say("feature.thanks"))


def about_bespoke(turn: Turn) -> Plan:
    """Bespoke work: what the articles say of it, and a person by the request type's own deadline."""
    return _request(turn, _level(turn, "bespoke"), turn.say("bespoke.opening"))


def about_request(turn: Turn) -> Plan:
    """Something asked of people: documents, accounts, changes."""
    level = turn.policy.level(turn.assessment.severity) if turn.assessment.severity else turn.question_level
    return _request(turn, level, turn.say("request.opening"))


def _request(turn: Turn, level: Level, opening: str) -> Plan:
    if turn.heard.email is not None:
        return replace(hand_off(turn, level, "email_given"), assessment=turn.assessment)
    found = turn.found
    if found.verdict is Verdict.ANSWER and found.best is not None:
        if not is_demand(turn):
            return about_question(turn)
        said = offer(turn, level, passage(turn, found.best), article=found.best.slug)
        return Plan((said,), assessment=turn.assessment)
    return Plan((offer(turn, level, opening),), assessment=turn.assessment)


def is_demand(turn: Turn) -> bool:
    """Whether the message asks for something to be done, rather than how things are."""
    return bool(_DEMAND.search(turn.heard.text))


def _level(turn: Turn, kind: str) -> Level:
    key = turn.policy.kind_levels.get(kind)
    return turn.policy.level(key) if key else turn.question_level


def _contact(turn: Turn, role: str) -> Contact | None:
    return next((each for each in turn.contacts if role in each.roles), None)
