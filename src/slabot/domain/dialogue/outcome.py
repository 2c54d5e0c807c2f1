"""From a plan to the facts it leads to: the one place that knows in which order a turn is written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from slabot.domain.attachment import Attachment
from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.plan import OpenTicket, Plan, Utterance
from slabot.domain.support import Support
from slabot.domain.timeline import BOT, Actor, Happening, Kind
from slabot.domain.triage.assessment import Assessment


def happenings(
    plan: Plan,
    conversation: Conversation,
    text: str,
    *,
    support: Support,
    now: datetime,
    visitor: Actor,
    client_id: str,
    ticket_number: str,
) -> Iterator[Happening]:
    """The visitor's message first, then what it changed, then what the bot says about it."""
    said: dict[str, Any] = {"client_id": client_id}
    if plan.owes_nothing:
        said["owes_nothing"] = True
    yield Happening(
        Kind.VISITOR_WROTE, visitor, now, said, {"text": text if plan.text is None else plan.text}
    )
    ticket = conversation.open_ticket
    if ticket is not None and ticket.waiting_since is not None:
        yield Happening(Kind.WAITING_ENDED, visitor, now)
    if plan.assessment is not None:
        yield assessed(plan.assessment, now)
    if plan.email is not None:
        yield Happening(Kind.EMAIL_GIVEN, visitor, now, content={"email": plan.email})
    if plan.shares_device is not None:
        yield Happening(Kind.DEVICE_ALLOWED if plan.shares_device else Kind.DEVICE_DECLINED, visitor, now)
    if plan.reopened:
        yield Happening(Kind.REOPENED, visitor, now)
    if plan.ticket is not None:
        yield from _opened(plan.ticket, conversation.plan, support, now, ticket_number)
    if plan.raised is not None:
        raised = {
            "level": plan.raised.level,
            "queue": plan.raised.queue,
            "formal_report_required": plan.raised.formal_report_required,
            "reason": plan.raised.reason,
        }
        yield Happening(Kind.SEVERITY_CHANGED, BOT, now, raised)
    if plan.solved:
        kind = Kind.RESOLVED if ticket is not None or conversation.holder else Kind.SOLVED_CONFIRMED
        yield Happening(kind, visitor, now, {"code": "confirmed_by_visitor"} if kind is Kind.RESOLVED else {})
    if plan.rating is not None:
        yield Happening(Kind.RATED, visitor, now, {"score": plan.rating})
    for utterance in plan.utterances:
        yield spoken(utterance, now)


def carrying(message: Happening, files: tuple[Attachment, ...]) -> Happening:
    """The message with the files that go along with it; their names are as personal as its words."""
    if not files:
        return message
    return replace(message, content={**message.content, "files": [file.facts for file in files]})


def spoken(utterance: Utterance, now: datetime) -> Happening:
    """A message of the bot; its words and card may repeat the visitor's, so they are content."""
    data: dict[str, Any] = {"action": utterance.action.value}
    if utterance.article is not None:
        data["article"] = utterance.article
    if utterance.asks is not None:
        data["asks"] = dict(utterance.asks)
    if utterance.answers_abuse:
        data["answers_abuse"] = True
    content: dict[str, Any] = {"text": utterance.text}
    if utterance.card is not None:
        content["card"] = {"kind": utterance.card.kind, **utterance.card.data}
    if utterance.choices:
        content["choices"] = [{"label": choice.label, "says": choice.says} for choice in utterance.choices]
    return Happening(Kind.BOT_WROTE, BOT, now, data, content)


def assessed(assessment: Assessment, now: datetime) -> Happening:
    """The assessment as a fact; the visitor's own words in its reasons are content."""
    data = {
        "kind": assessment.kind.value,
        "impact": assessment.impact.value,
        "severity": assessment.severity,
        "claimed": assessment.claimed,
        "confidence": round(assessment.confidence, 3),
        "runner_up": assessment.runner_up,
        "signals": sorted(assessment.signals),
    }
    reasons = [
        {"clause": reason.clause, "quote": reason.quote, "because": reason.because}
        for reason in assessment.reasons
    ]
    return Happening(
        Kind.SEVERITY_ASSESSED,
        BOT,
        now,
        data,
        {"reasons": reasons, "would_change": assessment.would_change},
    )


def _opened(
    ticket: OpenTicket, contract: str | None, support: Support, now: datetime, number: str
) -> Iterator[Happening]:
    data: dict[str, Any] = {
        "number": number,
        "level": ticket.level,
        "queue": ticket.queue,
        "claimed": ticket.claimed,
        "reason": ticket.reason,
        "policy_version": support.policy.version,
        "calendars": {key: calendar.digest for key, calendar in support.calendars.items()},
    }
    plan = support.policy.known_plan(contract)
    if plan is not None:
        data["plan"] = plan
    if ticket.formal_report_required:
        data["formal_report_required"] = True
    yield Happening(Kind.TICKET_OPENED, BOT, now, data)
    if support.policy.level(ticket.level).acknowledged_by == "confirmation":
        yield Happening(Kind.ACKNOWLEDGED, BOT, now, {"by": "confirmation"})
