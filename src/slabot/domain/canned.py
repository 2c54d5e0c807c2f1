"""Canned replies: an agent's saved texts, with places that are filled from the conversation and acts that go along."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.language import language_of_talk
from slabot.domain.dialogue.plan import Moment
from slabot.domain.dialogue.turn import Speaker
from slabot.domain.dialogue.voice import Voice
from slabot.domain.policy import UnknownLevel
from slabot.domain.projection import running_clocks
from slabot.domain.support import Support

Then = Literal["", "wait", "resolve"]

VARIABLES: Mapping[str, str] = {
    "visitor_name": "What the visitor is called.",
    "ticket": "The number of the open or latest ticket.",
    "severity": "The name of the ticket's severity.",
    "due": "The next due instant, on the desk's clock and the visitor's.",
    "agent_name": "Who sends it.",
    "workspace": "The name of the workspace.",
}
"""What stands in braces in a text: `{visitor_name}`, or with other words where it is unknown `{visitor_name|there}`."""

_PLACE = re.compile(r"\{([a-z_]+)(?:\|([^{}]*))?\}")
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class CannedReply:
    """Found in the composer by its key and title. Acts beside the words happen in the same turn."""

    workspace: str
    key: str
    title: str
    text: str = ""
    level: str | None = None
    reason: str = ""
    """Of the severity."""
    tags: tuple[str, ...] = ()
    then: Then = ""
    wait_reason: str = ""
    code: str = ""
    """How it ended, where it resolves."""


def faults(reply: CannedReply, support: Support) -> list[str]:
    """What is wrong with it, as sentences that say what to do; empty when it can be kept."""
    found = []
    if not _KEY.fullmatch(reply.key):
        found.append(
            f"The key {reply.key!r} should be small letters, digits and hyphens, such as lms-restart."
        )
    if not reply.title.strip():
        found.append("It has no title. Give it the few words by which agents find it.")
    if not (reply.text.strip() or reply.level or reply.tags or reply.then):
        found.append("It does nothing. Give it a text, a severity, tags, or what comes after.")
    unknown = sorted({name for name, _ in _PLACE.findall(reply.text)} - VARIABLES.keys())
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in VARIABLES)
        found.append(
            f"Nothing is known as {', '.join(f'{{{name}}}' for name in unknown)}; there are {known}."
        )
    if reply.level is not None:
        try:
            support.policy.level(reply.level)
        except UnknownLevel as error:
            found.append(f"{error}.")
        if not reply.reason.strip():
            found.append("It changes the severity without a reason. Say why, as the timeline keeps it.")
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """Places whose value is unknown take their other words; without any they stay, for the agent to fill."""

    def words(found: re.Match[str]) -> str:
        value = values.get(found[1], "")
        return value or (found[2] if found[2] is not None else found[0])

    return _PLACE.sub(words, text)


def values_for(
    conversation: Conversation, agent_name: str, *, support: Support, voice: Voice, moment: Moment
) -> dict[str, str]:
    """What each variable says in this conversation now; empty where nothing is known."""
    speaker = Speaker(conversation, support, voice, moment, language_of_talk(conversation, support.policy))
    ticket = conversation.ticket
    owed = running_clocks(ticket.promise(support)) if ticket is not None and ticket.is_open else []
    due = min((at for _, at in owed), default=None)
    return {
        "visitor_name": conversation.name,
        "ticket": ticket.number if ticket is not None else "",
        "severity": support.policy.level(ticket.level).name if ticket is not None else "",
        "due": speaker.time(due) if due is not None else "",
        "agent_name": agent_name,
        "workspace": support.policy.name,
    }
