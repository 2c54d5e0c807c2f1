"""Deadlines as the bot states them: the document's own words and the exact time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from slabot.domain.calendar.zones import zone
from slabot.domain.clocks.clock import Clock
from slabot.domain.clocks.explain import explain
from slabot.domain.clocks.facts import Fact, FactKind
from slabot.domain.clocks.promise import Promise, promise
from slabot.domain.dialogue.plan import Action, Card, Utterance
from slabot.domain.dialogue.turn import Speaker, Turn
from slabot.domain.instants import written_if_any
from slabot.domain.policy import Level
from slabot.domain.target import Metric, Unit
from slabot.domain.ticket import Ticket

SPOKEN = (Metric.ACKNOWLEDGE, Metric.FIRST_RESPONSE, Metric.NEXT_RESPONSE, Metric.RESOLUTION)


def promised(speaker: Speaker, level: Level) -> Promise:
    """What a ticket of this level would promise if it were opened now."""
    return promise(speaker.policy, level.key, speaker.now, (), speaker.support.calendars, speaker.plan)


def promised_after_change(speaker: Speaker, level: Level) -> Promise:
    """What the open ticket promises once it is of this level: its clocks count from its own start."""
    ticket = speaker.conversation.open_ticket
    if ticket is None:
        return promised(speaker, level)
    return _promised_with(speaker, ticket, Fact(FactKind.SEVERITY_CHANGED, speaker.now, level.key))


def promised_under_plan(speaker: Speaker, ticket: Ticket, plan: str | None) -> Promise:
    """What the ticket promises once this plan holds: its clocks count from its own start."""
    return _promised_with(speaker, ticket, Fact(FactKind.PLAN_SET, speaker.now, plan=plan))


def _promised_with(speaker: Speaker, ticket: Ticket, fact: Fact) -> Promise:
    return replace(ticket, facts=(*ticket.facts, fact)).promise(speaker.support)


def stated(speaker: Speaker, owed: Promise) -> str:
    """Every target still owed, a line each."""
    return "\n".join(sentence for metric in SPOKEN if (sentence := _sentence(speaker, owed.clocks[metric])))


def reply_by(speaker: Speaker, owed: Promise) -> str:
    """The first response alone, for an offer; empty where the policy has no such target."""
    return _sentence(speaker, owed.clocks[Metric.FIRST_RESPONSE])


def clock_data(speaker: Speaker, clock: Clock) -> dict[str, Any]:
    """One deadline as the widget draws it, its explanation in the visitor's own time where known."""
    target = clock.target
    calendar = speaker.support.calendar(target.calendar if target else None)
    shown_in = zone(speaker.conversation.zone) if speaker.conversation.zone else None
    return {
        "metric": clock.metric.value,
        "label": speaker.say(f"metric.{clock.metric.value}"),
        "due": written_if_any(clock.due),
        "line": speaker.time(clock.due) if clock.due else "",
        "words": target.words if target else "",
        "explanation": [
            {"label": line.label, "detail": line.detail}
            for line in explain(clock, calendar, shown_in, cited=False, language=speaker.language)
        ],
    }


def deadlines(speaker: Speaker, owed: Promise) -> list[dict[str, Any]]:
    """Every target that is still owed, for a card."""
    return [clock_data(speaker, clock) for clock in owed.clocks.values() if _is_owed(clock)]


def about_deadlines(turn: Turn) -> Utterance:
    """How soon an answer or a solution may be expected: for this ticket, the level named, or every level."""
    ticket = turn.conversation.open_ticket
    if ticket is not None and not turn.heard.levels:
        owed = ticket.promise(turn.support)
        opening = turn.say(
            "deadlines.ticket", noun=turn.noun, number=ticket.number, severity=turn.level_name(owed.level)
        )
        lines = [opening, stated(turn, owed) or turn.say("deadlines.met")]
        if ticket.is_provisional:
            lines.append(turn.say("deadlines.provisional"))
        return Utterance("\n".join(lines), Action.STATUS, card=_card(turn, owed))
    levels = _levels_meant(turn)
    lines = [turn.say("deadlines.now")] if len(levels) > 1 else []
    for level in levels:
        lines.append(
            turn.say(
                "deadlines.level",
                severity=_as_opening(turn.level_name(level)),
                deadlines=stated(turn, promised(turn, level)).replace("\n", " "),
            )
        )
    if turn.policy.typical_reply_words and len(levels) > 1:
        lines.append(turn.say("deadlines.typical", words=turn.quoted(turn.policy.typical_reply_words)))
    if not turn.support.calendar().is_open(turn.now):
        lines.append(turn.say("desk.closed", time=turn.time(turn.support.calendar().next_opening(turn.now))))
    card = _card(turn, promised(turn, levels[0])) if len(levels) == 1 else None
    return Utterance("\n".join(lines), Action.STATUS, card=card)


def _as_opening(name: str) -> str:
    return name[:1].upper() + name[1:]


def _levels_meant(turn: Turn) -> Sequence[Level]:
    if turn.heard.levels:
        return [turn.policy.level(key) for key in turn.heard.levels]
    if turn.is_incident and turn.assessment.severity:
        return [turn.policy.level(turn.assessment.severity)]
    if turn.level_before is not None:
        return [turn.policy.level(turn.level_before)]
    return turn.policy.severities


def _sentence(speaker: Speaker, clock: Clock) -> str:
    if not _is_owed(clock) or clock.target is None:
        return ""
    words = speaker.quoted(clock.target.words)
    if clock.target.unit is Unit.WORDS:
        return speaker.say("aim.in_words", words=clock.target.words)
    if clock.due is None:
        return ""
    if clock.due < speaker.now:
        return speaker.say(f"late.{clock.metric.value}", words=words, time=speaker.time(clock.due))
    return speaker.say(f"aim.{clock.metric.value}", words=words, time=speaker.time(clock.due))


def _is_owed(clock: Clock) -> bool:
    if (
        clock.target is None
        or clock.started_at is None
        or clock.met_at is not None
        or clock.ended_at is not None
    ):
        return False
    return clock.due is not None or clock.target.unit is Unit.WORDS


def _card(speaker: Speaker, owed: Promise) -> Card | None:
    shown: Mapping[str, Any] | None = next(iter(deadlines(speaker, owed)), None)
    return None if shown is None else Card("deadline", shown)
