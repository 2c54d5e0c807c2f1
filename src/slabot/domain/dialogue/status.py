"""How a ticket stands: only the visitor's own; any other number is as if it did not exist."""

from __future__ import annotations

from dataclasses import replace

from slabot.domain.clocks.facts import Fact, FactKind
from slabot.domain.dialogue.contacts import urgent
from slabot.domain.dialogue.deadlines import deadlines, stated
from slabot.domain.dialogue.handoff import formal, what_next
from slabot.domain.dialogue.plan import Action, Card, Plan, Utterance
from slabot.domain.dialogue.speech import paragraphs
from slabot.domain.dialogue.turn import Speaker, Turn
from slabot.domain.target import Metric
from slabot.domain.ticket import Ticket, TicketState


def about_status(turn: Turn) -> Plan:
    """The ticket of this conversation, by its number or without."""
    ticket = turn.conversation.ticket
    asked = turn.heard.ticket_numbers
    if asked and (ticket is None or ticket.number.upper() not in asked):
        if ticket is not None and asked[0] in turn.conversation.merged_tickets:
            goes_on = turn.say("status.merged", noun=turn.noun, number=ticket.number, other=asked[0])
            shown = standing(turn, ticket)
            return Plan((replace(shown, text=paragraphs([goes_on], [shown.text])),))
        if asked[0] in turn.conversation.earlier_tickets:
            return Plan(
                (Utterance(turn.say("status.earlier", noun=turn.noun, number=asked[0]), Action.STATUS),)
            )
        return Plan((Utterance(turn.say("status.unknown", noun=turn.noun, number=asked[0]), Action.STATUS),))
    if ticket is None:
        return Plan((Utterance(turn.say("status.none", noun=turn.noun), Action.STATUS),))
    return Plan((standing(turn, ticket),))


def standing(speaker: Speaker, ticket: Ticket) -> Utterance:
    """Number, severity, who has it, what is still owed and by when."""
    owed = ticket.promise(speaker.support)
    level = speaker.policy.level(ticket.level)
    names = {"noun": speaker.noun, "number": ticket.number, "severity": speaker.level_name(level)}
    answered = owed.clocks[Metric.FIRST_RESPONSE].met_at
    parts = []
    if ticket.state is TicketState.RESOLVED:
        parts.append(
            speaker.say("status.resolved", **names, time=speaker.time(ticket.resolved_at or speaker.now))
        )
        return Utterance(" ".join(parts), Action.STATUS)
    if speaker.conversation.holder is not None:
        parts.append(speaker.say("status.held", **names))
    elif ticket.state is TicketState.WAITING_ON_VISITOR:
        parts.append(speaker.say("status.waiting_on_you", **names))
    else:
        parts += [speaker.say("status.open", **names), what_next(speaker, level)]
    if answered is not None:
        parts.append(speaker.say("status.answered", time=speaker.time(answered)))
    if ticket.is_provisional:
        parts.append(formal(speaker, level))
    data = {
        "number": ticket.number, "noun": speaker.noun, "severity": speaker.level_name(level), "reason": None,
        "deadlines": deadlines(speaker, owed), "provisional": ticket.is_provisional, "contacts": [],
    }  # fmt: skip
    text = paragraphs(parts, [stated(speaker, owed)], [urgent(speaker, level)])
    return Utterance(text, Action.STATUS, card=Card("ticket", data))


def reopen(turn: Turn) -> Plan | None:
    """A resolved ticket whose problem is back: the same one again, with new deadlines; None without one."""
    ticket = turn.conversation.ticket
    if ticket is None or ticket.is_open:
        return None
    again = replace(ticket, facts=(*ticket.facts, Fact(FactKind.REOPENED, turn.now)), resolved_at=None)
    level = turn.policy.level(ticket.level)
    owed = again.promise(turn.support)
    text = paragraphs(
        [turn.say("reopened", noun=turn.noun, number=ticket.number, severity=turn.level_name(level))],
        [what_next(turn, level)],
        [stated(turn, owed)],
        [urgent(turn, level)],
    )
    email = turn.heard.email
    return Plan((Utterance(text, Action.STATUS),), reopened=True, email=email)
