"""The same trouble told by several visitors within ten minutes: one incident, though each keeps their own talk."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from rapidfuzz import fuzz

from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.language import language_of_talk
from slabot.domain.dialogue.plan import Moment, Plan
from slabot.domain.dialogue.turn import Speaker
from slabot.domain.dialogue.voice import Voice
from slabot.domain.support import Support
from slabot.domain.timeline import BOT, Happening, Kind
from slabot.domain.triage.assessment import Kind as Told
from slabot.domain.words import detect_language

WITHIN = timedelta(minutes=10)
MOST = 20
"""Conversations linked at most: more say no more, and each is a turn of its own."""
_TELLING = frozenset(
    (
        *("service_down", "whole_service_down", "cannot_log_in", "work_stopped", "slow", "security"),
        *("data_lost", "data_corrupt", "data_exposed", "integration_stopped", "integration_unsteady"),
    )
)
"""Signals that two reports need only share; of a function that fails the words must be alike as well."""
_GRAVE = ("critical", "major")
_ALIKE = 75
"""Of 100."""


@dataclass(frozen=True, slots=True)
class Report:
    """One visitor's trouble as it was weighed, and how they told it."""

    conversation: str
    visitor: str
    at: datetime
    signals: frozenset[str]
    words: str


def is_grave(weighed: Mapping[str, Any]) -> bool:
    """Whether an assessment, as its event holds it, is of trouble that others may have as well."""
    return weighed.get("kind") == Told.INCIDENT.value and weighed.get("impact") in _GRAVE


def report_of(conversation: Conversation, at: datetime, weighed: Mapping[str, Any]) -> Report | None:
    """The grave report in a conversation; None where the trouble is over."""
    over = conversation.solved_at is not None or (
        conversation.ticket is not None and not conversation.ticket.is_open
    )
    told = conversation.visitor_turns
    if over or not told:
        return None
    signals = frozenset(map(str, weighed.get("signals", ())))
    return Report(conversation.id, conversation.visitor, at, signals, told[-1])


def is_report(plan: Plan) -> bool:
    """Whether what the visitor just told is grave enough to ask who else tells it."""
    weighed = plan.assessment
    return weighed is not None and weighed.kind is Told.INCIDENT and weighed.impact.value in _GRAVE


def others_who_tell_it(
    plan: Plan, conversation: Conversation, words: str, reports: Iterable[Report], now: datetime
) -> tuple[Report, ...]:
    """The reports of other visitors that this one is the same as, one a visitor, the newest first."""
    if plan.assessment is None:
        return ()
    found: dict[str, Report] = {}
    for report in sorted(reports, key=lambda each: each.at, reverse=True):
        if report.visitor == conversation.visitor or report.conversation == conversation.id:
            continue
        if now - report.at <= WITHIN and _is_same(plan.assessment.signals, words, report):
            found.setdefault(report.visitor, report)
    return tuple(found.values())[:MOST]


def _is_same(signals: Collection[str], words: str, report: Report) -> bool:
    if _TELLING & report.signals & frozenset(signals):
        return True
    return fuzz.token_set_ratio(words.lower(), report.words.lower()) >= _ALIKE


def told_of_others(
    plan: Plan, text: str, conversation: Conversation, support: Support, voice: Voice, moment: Moment
) -> Plan:
    """The plan with the news that others report it too before its first words; who they are is never said."""
    if not plan.utterances:
        return plan
    language = detect_language(text) or language_of_talk(conversation, support.policy)
    sentence = Speaker(conversation, support, voice, moment, language).say("others_report")
    first, *rest = plan.utterances
    return replace(plan, utterances=(replace(first, text=f"{sentence}\n{first.text}"), *rest))


def shared(conversations: Sequence[str], known: Collection[str], now: datetime) -> Happening | None:
    """The fact that these conversations tell the same; None where it is known of all of them, or of enough.

    Without that bound every report of an outage would write into every talk about it, when there is least to spare.
    """
    fresh = [id for id in conversations if id not in known]
    if not fresh or len(known) >= MOST:
        return None
    together = [*known, *fresh]
    return Happening(
        Kind.OTHERS_REPORTED, BOT, now, {"conversations": together, "visitors": len(together) + 1}
    )
