"""A talk as plain text for whoever had it: who said what and when, and what happened to the ticket."""

from __future__ import annotations

from collections.abc import Sequence

from slabot.domain.dialogue.turn import Speaker
from slabot.domain.timeline import Event, Kind

SPOKEN = (Kind.VISITOR_WROTE, Kind.BOT_WROTE, Kind.AGENT_WROTE)


def transcript(events: Sequence[Event], speaker: Speaker) -> str:
    """Oldest first, each utterance under its time and speaker; what was erased is left out."""
    return "\n\n".join(
        f"{speaker.time(event.at)}, {_who(event, speaker)}:\n{event.text}"
        for event in events
        if event.kind in SPOKEN and event.text
    )


def _who(event: Event, speaker: Speaker) -> str:
    policy = speaker.policy
    match event.kind:
        case Kind.BOT_WROTE:
            return policy.brand.bot_name
        case Kind.AGENT_WROTE:
            return str((event.content or {}).get("name", "")) or policy.name
        case _:
            return speaker.conversation.name or speaker.say("transcript.you")
