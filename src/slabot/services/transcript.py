"""A talk as plain text for whoever had it: who said what and when, and what happened to the ticket."""

from __future__ import annotations

from collections.abc import Sequence

from slabot.domain.dialogue.device import device_facts
from slabot.domain.dialogue.turn import Speaker
from slabot.domain.timeline import Event, Kind
from slabot.services.whole_talk import SPOKEN, Merged, origin, woven


def transcript(events: Sequence[Event], merged: Merged, speaker: Speaker) -> str:
    """Oldest first, each utterance under its time and speaker; what was erased is left out.

    Where another conversation was merged into this one, a line above says in which of them the next was said.
    """
    parts: list[str] = []
    place = ""
    for event in woven(events, merged):
        words = _words(event, speaker)
        if not words:
            continue
        if merged and event.conversation != place:
            place = event.conversation
            parts.append(origin(place, merged, speaker))
        parts.append(f"{speaker.time(event.at)}, {_who(event, speaker)}:\n{words}")
    return "\n\n".join(parts)


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
