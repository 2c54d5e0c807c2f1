"""Handing off: the offer with its deadline, the ticket on consent, and what its confirmation says."""

from __future__ import annotations

from slabot.domain.dialogue.contacts import EXPOSED, for_level, urgent
from slabot.domain.dialogue.deadlines import deadlines, promised, reply_by, stated
from slabot.domain.dialogue.device import Question, device_question
from slabot.domain.dialogue.plan import Action, Asking, Card, Choice, OpenTicket, Plan, Staffing, Utterance
from slabot.domain.dialogue.speech import paragraphs, repeatable
from slabot.domain.dialogue.turn import Speaker, Turn
from slabot.domain.policy import Level
from slabot.domain.ticket import Ticket


def offer(
    turn: Turn,
    level: Level,
    opening: str = "",
    action: Action = Action.OFFER_HANDOFF,
    *,
    with_reason: bool = False,
    article: str | None = None,
) -> Utterance:
    """Proposes a person, with the time by which they would reply, before anything is agreed."""
    if turn.conversation.open_ticket is not None:
        return beside_ticket(turn, turn.conversation.open_ticket, opening, article=article)
    owed = promised(turn, level)
    full = with_reason and not _was_offered(turn, level)
    reasons = [reasoned(turn, level) if full else "", claimed(turn, level)] if with_reason else []
    if with_reason and not full:
        opening = opening.removeprefix(turn.say("sorry")).strip()
        opening = f"{turn.say('offer.noted', severity=turn.level_name(level))} {opening}".strip()
    text = paragraphs(
        [opening, *reasons],
        [turn.say("offer.by", deadlines=stated(turn, owed) if full else reply_by(turn, owed))],
        [
            desk_line(turn),
            turn.say("formal.offer", severity=turn.level_name(level)) if level.needs_formal_report else "",
            urgent(turn, level, turn.assessment.signals),
        ],
        [turn.say("offer.ask", noun=turn.noun)],
    )
    shown = next(iter(deadlines(turn, owed)), None)
    return Utterance(
        text,
        action,
        article=article,
        card=Card("deadline", shown) if shown else None,
        choices=yes_or_no(turn),
        asks={"kind": Asking.HANDOFF.value, "level": level.key, "impact": turn.assessment.impact.value},
    )


def _was_offered(turn: Turn, level: Level) -> bool:
    """Whether the last thing said was this very offer: it is not read out twice."""
    asks = turn.conversation.asks or {}
    return asks.get("kind") == Asking.HANDOFF.value and asks.get("level") == level.key


def hand_off(
    turn: Turn, level: Level, reason: str, *, action: Action = Action.HANDOFF, opening: str = ""
) -> Plan:
    """Opens the ticket and confirms it; asks for the one thing that is missing. An open one takes it in instead."""
    email = turn.heard.email
    if turn.conversation.open_ticket is not None:
        return Plan((beside_ticket(turn, turn.conversation.open_ticket, opening),), email=email)
    question = missing(turn, level, email)
    text = paragraphs(
        [
            opening,
            turn.say(
                "confirm.opened",
                noun=turn.noun,
                number=turn.moment.ticket_number,
                severity=turn.level_name(level),
            ),
            turn.say("email.noted", email=email) if email else "",
            reasoned(turn, level, brief=True),
            claimed(turn, level),
        ],
        [formal(turn, level) if level.needs_formal_report else ""],
        [what_next(turn, level)],
        [stated(turn, promised(turn, level))],
        [urgent(turn, level, turn.assessment.signals)],
        [question.text],
    )
    utterance = Utterance(
        text, action, card=ticket_card(turn, level), choices=question.choices, asks=question.asks
    )
    claim = turn.assessment.claimed or _claimed_before(turn)
    ticket = OpenTicket(level.key, level.queue, claim, level.needs_formal_report, reason)
    return Plan((utterance,), ticket=ticket, email=email)


def beside_ticket(turn: Turn, ticket: Ticket, opening: str = "", *, article: str | None = None) -> Utterance:
    """One open ticket is enough for one talk: whoever takes it sees this too, by the times that it has."""
    level = turn.policy.level(ticket.level)
    text = paragraphs(
        [opening, turn.say("known", noun=turn.noun, number=ticket.number, severity=turn.level_name(level))],
        [turn.say("email.noted", email=turn.heard.email) if turn.heard.email else ""],
        [stated(turn, ticket.promise(turn.support))],
        [urgent(turn, level, turn.assessment.signals)],
    )
    return Utterance(text, Action.STATUS, article=article)


def missing(turn: Turn, level: Level, email: str | None) -> Question:
    """The one thing still to ask: an address, where the answer may come after the visitor has left; else details."""
    if not (email or turn.conversation.email) and not _is_joined_now(turn, level):
        return Question(turn.say("email.ask", noun=turn.noun), {"kind": Asking.EMAIL.value})
    return details(turn, level)


def details(turn: Turn, level: Level) -> Question:
    """What helps the person who takes it, once it is settled where to write: the device, or what is to be seen."""
    of_device = device_question(turn, level)
    if of_device is not None:
        return of_device
    if not level.is_request and turn.grounds(level) is not None:
        return Question(turn.say("confirm.details"))
    return Question()


def what_next(turn: Speaker, level: Level) -> str:
    """A person joins, the place in line, or the next opening: only what is true at this instant."""
    calendar = turn.support.calendar(turn.policy.queue(level.queue).calendar)
    there = turn.moment.staffing.get(level.queue, Staffing())
    if not calendar.is_open(turn.now):
        return turn.say("next.closed", time=turn.time(calendar.next_opening(turn.now)), noun=turn.noun)
    if there.free > 0 and not there.waiting_ahead:
        return turn.say("next.joining")
    return turn.say("next.queue", place=there.waiting_ahead + 1, noun=turn.noun)


def reasoned(turn: Turn, level: Level, *, brief: bool = False) -> str:
    """The severity and why: the visitor's words and the clause they rest on."""
    judged = turn.grounds(level)
    reason = next(iter(judged.reasons), None) if judged is not None else None
    if reason is None or not reason.because or not repeatable(reason.because):
        return "" if brief or level.is_request else turn.say("why.plain", severity=turn.level_name(level))
    key = "why.brief" if brief else "why.full"
    clause = reason.clause if reason.clause.lower() not in level.name.lower() else ""
    where = turn.say("why.clause", clause=clause) if clause else ""
    return turn.say(
        key,
        severity=turn.level_name(level),
        because=reason.because,
        quote=reason.quote.rstrip("."),
        clause=where,
    )


def claimed(turn: Turn, level: Level) -> str:
    """A kind word where the visitor claimed another severity; the description decides."""
    claim = turn.assessment.claimed
    if claim is None or claim == level.key:
        return ""
    return turn.say(
        "claim.kind", claimed=turn.level_name(turn.policy.level(claim)), severity=turn.level_name(level)
    )


def formal(turn: Speaker, level: Level) -> str:
    """That the chat is no formal report, what to do, and that times are provisional."""
    words = turn.voice.policy_words(f"formal_report.{level.key}", turn.language, level.formal_report_words)
    return turn.say("formal.chat", severity=turn.level_name(level), words=words)


def desk_line(turn: Speaker) -> str:
    """When people are there next, said only while they are not."""
    calendar = turn.support.calendar()
    if calendar.is_open(turn.now):
        return ""
    return turn.say("desk.closed", time=turn.time(calendar.next_opening(turn.now)))


def yes_or_no(turn: Speaker) -> tuple[Choice, ...]:
    yes, no = turn.say("choice.yes"), turn.say("choice.no")
    return Choice(turn.say("choice.person"), yes), Choice(no, no)


def ticket_card(turn: Turn, level: Level) -> Card:
    """What the widget draws of the new ticket."""
    judged = turn.grounds(level)
    reason = next(iter(judged.reasons), None) if judged is not None else None
    contacts = for_level(turn, level, turn.assessment.signals)
    return Card(
        "ticket",
        {
            "number": turn.moment.ticket_number,
            "noun": turn.noun,
            "severity": turn.level_name(level),
            "reason": {"because": reason.because, "quote": reason.quote, "clause": reason.clause}
            if reason
            else None,
            "deadlines": deadlines(turn, promised(turn, level)),
            "provisional": level.needs_formal_report,
            "contacts": [
                {
                    "name": contact.name,
                    "email": contact.email,
                    "phones": [
                        {"country": country, "number": number} for country, number in contact.phones.items()
                    ],
                }
                for contact in contacts
            ],
            "urgent": EXPOSED in turn.assessment.signals,
        },
    )


def _is_joined_now(turn: Turn, level: Level) -> bool:
    calendar = turn.support.calendar(turn.policy.queue(level.queue).calendar)
    there = turn.moment.staffing.get(level.queue, Staffing())
    return calendar.is_open(turn.now) and there.free > 0 and not there.waiting_ahead


def _claimed_before(turn: Turn) -> str | None:
    claim = (turn.conversation.assessed or {}).get("claimed")
    return claim if isinstance(claim, str) else None
