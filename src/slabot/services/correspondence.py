"""From a row of the outbox to a letter: looked up when it is sent, so that it tells how things stand then."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from slabot.domain.conversation import Conversation, Said
from slabot.domain.dialogue.contacts import reach, urgent
from slabot.domain.dialogue.deadlines import stated
from slabot.domain.dialogue.handoff import formal
from slabot.domain.dialogue.language import language_of_talk
from slabot.domain.dialogue.plan import Moment
from slabot.domain.dialogue.turn import Speaker
from slabot.domain.dialogue.voice import Voice
from slabot.domain.escalation import contact_of
from slabot.domain.support import Support
from slabot.domain.timeline import Event, Kind
from slabot.domain.words import Language
from slabot.services.letters import Occasion
from slabot.services.links import Link
from slabot.services.mailer import Earlier, Letter
from slabot.services.outbox import Claimed
from slabot.services.transcript import transcript
from slabot.services.whole_talk import SPOKEN, Merged, origin

HISTORY = 6
"""Utterances under a reply: enough to know what it was about."""


@dataclass(frozen=True, slots=True)
class Background:
    """What a letter is written from."""

    conversation: Conversation
    support: Support
    voice: Voice
    now: datetime
    link: Link | None = None
    """Back into the conversation, for its visitor."""
    merged: Merged = field(default_factory=dict)
    """What was said in the conversations that were merged into it, where the letter quotes the talk."""


_ROLES = {"visitor": "visitor", "bot": "bot", "agent": "team"}
_SPEAKERS = {Kind.VISITOR_WROTE: "visitor", Kind.BOT_WROTE: "bot", Kind.AGENT_WROTE: "team"}


class NothingToSay(Exception):
    """The words were erased, the ticket or the address is gone: there is no letter to write any more."""


def to_visitor(row: Claimed, events: Sequence[Event], background: Background) -> Letter:
    """A letter to the visitor, in the language of the talk; `events` end with the one it is about.

    Raises NothingToSay.
    """
    event = events[-1] if events else None
    talk = background.conversation
    if talk.email is None:
        raise NothingToSay("no address is known any more")
    speaker = _speaker(background, language_of_talk(talk, background.support.policy), talk)
    occasion = Occasion(row.payload["occasion"])
    values: dict[str, Any] = {
        "noun": speaker.noun,
        "number": row.payload["ticket"],
        "name": talk.name,
        "workspace": speaker.policy.name,
        "escalation": _escalation(speaker),
    }
    history: tuple[Earlier, ...] = ()
    html: str | None = None
    match occasion:
        case Occasion.CONFIRMATION:
            values |= _promised(speaker)
        case Occasion.REPLY:
            if event is None or not event.text:
                raise NothingToSay("the reply was erased")
            values |= {"text": event.text, "agent": str((event.content or {}).get("name", ""))}
            html = (event.content or {}).get("html")
            history = _history(talk.said, event, background.merged, speaker)
        case Occasion.TRANSCRIPT:
            values["transcript"] = transcript(events, background.merged, speaker)
        case Occasion.AT_RISK | Occasion.NEW_TIME:
            values |= _times(row.payload, speaker)
    letter = _letter(row, background, speaker, (talk.email,), values, history)
    link = background.link
    if link is None:
        return replace(letter, html=html)
    return replace(letter, html=html, link=link.url, link_until=speaker.time(link.until))


def to_team(row: Claimed, addresses: tuple[str, ...], holder: str | None, background: Background) -> Letter:
    """A reminder to an agent, the leads or a contact: in the workspace's language, on the desk's clock."""
    talk, policy, payload = background.conversation, background.support.policy, row.payload
    speaker = _speaker(background, _language(policy.language), Conversation(talk.id, talk.workspace))
    level = policy.level(payload["level"])
    absent = contact_of(policy, payload["instead_of"]) if payload["instead_of"] else None
    met_at = _instant(payload["met_at"])
    values = {
        "fact": payload["fact"],
        "noun": speaker.noun,
        "number": payload["ticket"],
        "workspace": policy.name,
        "severity": speaker.level_name(level),
        "queue": payload["queue"],
        "holder": holder,
        "met": speaker.time(met_at) if met_at is not None else None,
        "is_past": background.now > (_instant(payload["due"]) or background.now),
        "share": f"{payload['share'] * 100:g} %" if payload["share"] else None,
        "reclassified": payload["late_by_reclassification"],
        "contact": reach(speaker, absent) if absent is not None else None,
        "provisional": talk.ticket is not None and talk.ticket.is_provisional,
        **_times(payload, speaker),
    }
    return _letter(row, background, speaker, addresses, values, ())


def _letter(
    row: Claimed,
    background: Background,
    speaker: Speaker,
    to: tuple[str, ...],
    values: Mapping[str, Any],
    history: tuple[Earlier, ...],
) -> Letter:
    occasion = Occasion(row.payload["occasion"])
    return Letter(
        id=row.id,
        thread=hashlib.sha256(background.conversation.id.encode()).hexdigest()[:40],
        occasion=occasion.value,
        language=speaker.language,
        to=to,
        sender=speaker.policy.name,
        values=values,
        written_at=background.now,
        history=history,
        is_automatic=occasion is not Occasion.REPLY,
    )


def _promised(speaker: Speaker) -> dict[str, Any]:
    """Severity, deadlines in the document's words and as exact times, and whom to contact."""
    ticket = speaker.conversation.ticket
    if ticket is None:
        raise NothingToSay("there is no ticket to confirm")
    level = speaker.policy.level(ticket.level)
    return {
        "severity": speaker.level_name(level),
        "deadlines": stated(speaker, ticket.promise(speaker.support)),
        "contacts": urgent(speaker, level),
        "formal": formal(speaker, level) if ticket.is_provisional else "",
    }


def _times(payload: Mapping[str, Any], speaker: Speaker) -> dict[str, Any]:
    due, until = _instant(payload.get("due")), _instant(payload.get("until"))
    return {
        "metric": speaker.say(f"metric.{payload['metric']}") if payload.get("metric") else None,
        "due": speaker.time(due) if due is not None else None,
        "until": speaker.time(until) if until is not None else None,
    }


def _escalation(speaker: Speaker) -> str:
    policy = speaker.policy
    if policy.escalation_contact is None:
        return ""
    return speaker.voice.policy_words("escalation", speaker.language, policy.escalation_words)


def _history(said: tuple[Said, ...], reply: Event, merged: Merged, speaker: Speaker) -> tuple[Earlier, ...]:
    here = speaker.conversation.id
    earlier = [(each.at, here, _ROLES[each.role], each.text) for each in said if each.seq < reply.seq]
    for id, events in merged.items():
        earlier += (
            (event.at, id, _SPEAKERS[event.kind], event.text)
            for event in events
            if event.kind in SPOKEN and event.text and event.at <= reply.at
        )
    latest = sorted(earlier, key=lambda each: each[0])[-HISTORY:]
    return tuple(
        Earlier(who, speaker.time(at), text, origin(id, merged, speaker))
        for at, id, who, text in reversed(latest)
    )


def _speaker(background: Background, language: Language, talk: Conversation) -> Speaker:
    return Speaker(talk, background.support, background.voice, Moment(background.now, ""), language)


def _language(code: str) -> Language:
    known: tuple[Language, ...] = ("en", "de", "es", "fr")
    return next((language for language in known if code.lower().startswith(language)), "en")


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)
