"""Problems: a critical one opens its ticket at once, the others are offered a person at once."""

from __future__ import annotations

from dataclasses import replace

from slabot.domain.answers import Candidate, Verdict
from slabot.domain.dialogue.answers import passage
from slabot.domain.dialogue.contacts import urgent
from slabot.domain.dialogue.deadlines import promised_after_change, stated
from slabot.domain.dialogue.handoff import beside_ticket, formal, hand_off, offer, reasoned, what_next
from slabot.domain.dialogue.maintenance import window_line, window_now
from slabot.domain.dialogue.pages import tried_first
from slabot.domain.dialogue.plan import Action, Asking, Card, Choice, Plan, RaiseSeverity, Utterance
from slabot.domain.dialogue.speech import paragraphs
from slabot.domain.dialogue.turn import Turn
from slabot.domain.dialogue.weighing import GUESSED
from slabot.domain.policy import Impact

MOST_QUESTIONS = 2
"""Short questions that separate two levels; then the bot decides with what it knows."""


def about_incident(turn: Turn) -> Plan:
    """A problem that no ticket of this conversation covers yet."""
    assessment = turn.assessment
    window = window_now(turn)
    if window is not None and turn.is_serious and "data_exposed" not in assessment.signals:
        informed = window_line(turn, window)
        return Plan(
            (
                Utterance(
                    f"{informed} {turn.say('maintenance.still')}", Action.STATUS, asks=_asks_handoff(turn)
                ),
            ),
            assessment=assessment,
        )
    if turn.heard.email is not None:
        return replace(hand_off(turn, turn.level, "email_given"), assessment=assessment)
    if assessment.impact is Impact.CRITICAL or turn.level.needs_formal_report:
        opening = turn.say("critical.opening")
        plan = hand_off(turn, turn.level, "critical", action=Action.OFFER_HANDOFF, opening=opening)
        return replace(plan, assessment=assessment)
    question = next_question(turn)
    if turn.is_serious:
        return Plan(tuple(_offered_beside_article(turn, question)), assessment=assessment)
    first, article = tried_first(turn)
    best = turn.found.best if turn.found.verdict is Verdict.ANSWER else None
    if first:
        said = offer(turn, turn.level, f"{turn.say('sorry')} {first}", with_reason=True, article=article)
    else:
        opening = turn.say("sorry") if best is None else passage(turn, best)
        said = offer(turn, turn.level, opening, with_reason=True, article=best.slug if best else None)
    return Plan((said,), assessment=assessment)


def about_known_incident(turn: Turn) -> Plan:
    """The same problem again: no second ticket, but a heavier description raises this one until a person has it."""
    ticket = turn.conversation.open_ticket
    if ticket is None:
        return about_incident(turn)
    assessment = turn.assessment
    told = turn.policy.level(assessment.severity) if assessment.severity else None
    current = turn.policy.level(ticket.level)
    email = turn.heard.email
    if told is not None and not told.is_request and told.rank < current.rank and _may_raise(turn):
        raised = RaiseSeverity(told.key, told.queue, told.needs_formal_report, _because(turn))
        text = paragraphs(
            [
                turn.say(
                    "raised",
                    noun=turn.noun,
                    number=ticket.number,
                    severity=turn.level_name(told),
                    before=turn.level_name(current),
                ),
                turn.say("email.noted", email=email) if email else "",
                reasoned(turn, told, brief=True),
            ],
            [formal(turn, told) if told.needs_formal_report else ""],
            [what_next(turn, told)],
            [stated(turn, promised_after_change(turn, told))],
            [urgent(turn, told, assessment.signals)],
        )
        return Plan((Utterance(text, Action.STATUS),), assessment=assessment, raised=raised, email=email)
    return Plan((beside_ticket(turn, ticket),), assessment=assessment, email=email)


def next_question(turn: Turn) -> Utterance | None:
    """The next separating question that was not asked yet; None once two were, or none separates."""
    asked = [said for said in turn.conversation.said if said.role == "bot" and said.action == Action.CLARIFY]
    if len(asked) >= MOST_QUESTIONS:
        return None
    for question in turn.assessment.questions:
        if any(question.text in said.text for said in turn.conversation.said if said.role == "bot"):
            continue
        options = [
            {"label": option.label, "criterion": option.criterion, "impact": option.impact.value}
            for option in question.options
        ]
        asks = {
            "kind": Asking.SEPARATING.value,
            "key": question.key,
            "options": options,
            "level": turn.level.key,
        }
        choices = tuple(Choice(option.label, option.label) for option in question.options)
        return Utterance(question.text, Action.CLARIFY, choices=choices, asks=asks)
    return None


def _offered_beside_article(turn: Turn, question: Utterance | None) -> list[Utterance]:
    first, article = tried_first(turn)
    opening = " ".join(part for part in (turn.say("sorry"), first) if part)
    offered = offer(turn, turn.level, opening, with_reason=True, article=article)
    said = [offered]
    found = turn.found
    if article is None and found.verdict is Verdict.ANSWER and found.best is not None:
        said.append(_beside(turn, found.best))
    if question is not None:
        # A plain "yes" still means the offer; the buttons of the question say more than yes.
        said.append(replace(question, asks={**(question.asks or {}), **(offered.asks or {})}))
    said[-1] = replace(said[-1], asks=said[-1].asks or offered.asks)
    return said


def _beside(turn: Turn, best: Candidate) -> Utterance:
    text = turn.say("answer.meanwhile", text=best.passage.text, title=best.title)
    data = {"slug": best.slug, "title": best.title, "html": best.passage.html}
    return Utterance(text, Action.OFFER_HANDOFF, article=best.slug, card=Card("article", data))


def _may_raise(turn: Turn) -> bool:
    """Nobody else decides about it, and what is told is more than a guess."""
    ticket = turn.conversation.open_ticket
    is_ours = turn.conversation.holder is None and ticket is not None and not ticket.level_decided_by
    return is_ours and turn.assessment.confidence >= GUESSED


def _because(turn: Turn) -> str:
    reason = next(iter(turn.assessment.reasons), None)
    return reason.clause if reason else "heavier description"


def _asks_handoff(turn: Turn) -> dict[str, str]:
    return {"kind": Asking.HANDOFF.value, "level": turn.level.key, "impact": turn.assessment.impact.value}
