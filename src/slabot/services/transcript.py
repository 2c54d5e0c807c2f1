"""A talk as plain text for whoever had it: who said what and when, and what happened to the ticket."""

from __future__ import annotations

from collections.abc import Sequence

from slabot.domain.dialogue.device import device_facts
from slabot.domain.dialogue.turn import Speaker
from slabot.domain.timeline import Event, Kind

SPOKEN = (Kind.VISITOR_WROTE, Kind.BOT_WROTE, Kind.AGENT_WROTE)


def transcript(events: Sequence[Event], speaker: Speaker) -> str:
    """Oldest first, each utterance under its time and speaker; what was erased is left out."""
    return "\n\n".join(
        f"{speaker.time(event.at)}, {_who(event, speaker)}:\n{words}"
        for event in events
        if (words := _words(event, speaker))
    )


def _words(event: Event, speaker: Speaker) -> str:
    if event.kind is Kind.DEVICE_DESCRIBED and event.content:
        return speaker.say("transcript.device", facts=device_facts(event.content["device"], speaker))
    return event.text if event.kind in SPOKEN else ""


def _who(event: Event, speaker: Speaker) -> str:
    policy = speaker.policy
    match event.kind:
        case Kind.BOT_WROTE:
            return policy.brand.bot_name
        case Kind.AGENT_WROTE:
            return str((event.content or {}).get("name", "")) or policy.name
        case _:
            return speaker.conversation.name or speaker.say("transcript.you")
