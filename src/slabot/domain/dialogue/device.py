"""Which browser and device: asked once, with the visitor's consent, and said back to them as it was noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slabot.domain.conversation import Conversation
from slabot.domain.device import Consent, Device, browser_named, is_unsupported
from slabot.domain.dialogue.language import language_of_talk
from slabot.domain.dialogue.pages import is_about_a_page
from slabot.domain.dialogue.plan import Action, Asking, Choice, Moment, Plan, Utterance
from slabot.domain.dialogue.speech import paragraphs
from slabot.domain.dialogue.turn import Speaker, Turn
from slabot.domain.dialogue.voice import Voice
from slabot.domain.policy import Impact, Level
from slabot.domain.support import Support


@dataclass(frozen=True, slots=True)
class Question:
    """Something still to ask beside a ticket: the words, what a yes is to mean, and the buttons."""

    text: str = ""
    asks: Mapping[str, Any] | None = None
    choices: tuple[Choice, ...] = ()


def device_question(turn: Turn, level: Level) -> Question | None:
    """None where no page is in trouble, where everybody is hit alike, and once it was asked."""
    judged = turn.grounds(level)
    if level.is_request or judged is None or judged.impact is Impact.CRITICAL:
        return None
    if turn.conversation.device_consent is not Consent.UNASKED or not is_about_a_page(turn):
        return None
    return Question(turn.say("device.ask"), {"kind": Asking.DEVICE.value}, _choices(turn))


def still_asked(turn: Turn) -> Question:
    """The question stands without being read out again: its buttons go along with what was said in between."""
    return Question("", turn.conversation.asks, _choices(turn))


def _choices(speaker: Speaker) -> tuple[Choice, ...]:
    yes, no = speaker.say("device.yes"), speaker.say("device.no")
    return Choice(yes, yes), Choice(no, no)


def told_whether(turn: Turn, said: bool) -> Plan:
    """The visitor's yes or no to the question; nothing is read before the yes."""
    text = turn.say("device.allowed" if said else "device.declined")
    return Plan((Utterance(text, Action.STATUS),), shares_device=said, owes_nothing=True)


def described(
    conversation: Conversation, device: Device, *, support: Support, voice: Voice, moment: Moment
) -> tuple[Utterance, ...]:
    """What was noted, so that the visitor sees it too; a browser that the workspace does not list is named."""
    if conversation.holder is not None:
        return ()
    language = language_of_talk(conversation, support.policy)
    speaker = Speaker(conversation, support, voice, moment, language)
    supported = support.policy.supported_browsers
    warning = ""
    if is_unsupported(device, supported):
        names = speaker.listed(supported)
        warning = speaker.say("device.unsupported", browser=browser_named(device), supported=names)
    text = paragraphs([speaker.say("device.noted", facts=device_facts(device, speaker))], [warning])
    return (Utterance(text, Action.STATUS, asks=conversation.asks),)


def device_facts(device: Device, speaker: Speaker) -> str:
    """`Safari 17.4, iOS 17, screen 390×844, …`, with what is unknown left out."""
    parts = [
        browser_named(device),
        str(device.get("system") or ""),
        *(
            speaker.say(f"device.{key}", size=device[key])
            for key in ("screen", "viewport")
            if device.get(key)
        ),
        *(str(device[key]) for key in ("language", "zone") if device.get(key)),
        *(speaker.say(f"device.{key}") for key in _BLOCKED if device.get(key)),
        str(device.get("page") or ""),
    ]
    return ", ".join(part for part in parts if part)


_BLOCKED = ("cookies_blocked", "storage_blocked", "third_party_blocked")
