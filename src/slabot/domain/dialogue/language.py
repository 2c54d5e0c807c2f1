"""Which language the bot speaks: the visitor's own words decide, then their browser, then the workspace."""

from __future__ import annotations

import re

from slabot.domain.conversation import Conversation
from slabot.domain.policy import Policy
from slabot.domain.words import Language, detect_language

_KNOWN: tuple[Language, ...] = ("en", "de", "es", "fr")
_LOOKED_AT = 8
"""Turns back; people seldom change language, and a name or "ok" tells none."""
_ENOUGH = 3
"""Words from which a line tells its language by itself."""


_ADDRESS_WORDS = 12
_ADDRESS = re.compile(r"(?<![^\s@])[^\s@]++@[^\s@]+|\b(?:https?://|www\.)\S+")
"""`vera@firma.de` is no German."""


_ALMOST = re.compile(
    r"\S@|@\S|(?<![\w.-])[\w.-]++ ?[\[(]?\b(?:at|@|bei|arroba|arobase)\b[\])]? ?[\w-]+ ?[\[(]?\b(?:dot|punkt|punto|point)\b",
    re.IGNORECASE,
)


def is_like_address(text: str) -> bool:
    """ "me at mail dot com", "me@mail,com": meant as an address, but none that can be written to."""
    return bool(_ALMOST.search(text)) and len(text.split()) <= _ADDRESS_WORDS


def without_addresses(text: str) -> str:
    """The text without e-mail addresses and links, whose words are in no language."""
    return _ADDRESS.sub(" ", text) if "@" in text or "http" in text or "www." in text else text


def language_of_talk(conversation: Conversation, policy: Policy) -> Language:
    """The language of the latest turn that told one, else of the browser, else of the workspace."""
    turns = [without_addresses(text) for text in reversed(conversation.visitor_turns[-_LOOKED_AT:])]
    # "hi" and "no thanks" are said in every language: they tell one only where nothing longer does.
    for least in (_ENOUGH, 1):
        for text in turns:
            detected = detect_language(text) if len(text.split()) >= least else None
            if detected is not None:
                return detected
    for locale in (conversation.locale, policy.language):
        for language in _KNOWN:
            if locale.lower().startswith(language):
                return language
    return "en"
