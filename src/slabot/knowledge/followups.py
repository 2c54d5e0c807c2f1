"""Follow-ups: "and in the UK?" means something only with the turn before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from slabot.domain.words import SMALL_WORDS, fold, tokens

_OPENINGS: Final = re.compile(
    r"^\W*(?:and|what about|how about|or|also|but|then|same|und|was ist mit|oder|wie sieht es|auch|"
    r"y|que pasa con|o|tambien|pero|et|qu'en est-il|ou|aussi|mais)\b"
)
_POINTERS: Final = frozenset(
    {"it", "its", "that", "this", "those", "these", "they", "them", "there", "one", "ones", "same", "other"}
    | {"das", "dies", "diese", "es", "dort", "davon", "andere", "eso", "esto", "ese", "esta", "alli", "otro"}
    | {"ca", "cela", "celui", "celle", "autre"}
)
_SHORT: Final = 2  # content words; so few seldom say what they are about
_LONGEST_OPENED: Final = 6


def with_what_came_before(text: str, context: Sequence[str]) -> str:
    """The question with the earlier turn that it leans on put before it, or as it is when it stands alone."""
    if not context or not leans_on_the_past(text):
        return text
    if not any(char.isalpha() for char in text):
        return text  # A bare number or sign asks nothing more of what came before.
    for earlier in reversed(context):
        if not leans_on_the_past(earlier):
            return f"{earlier[:500]} {text}"
    return f"{context[-1][:500]} {text}"


def leans_on_the_past(text: str) -> bool:
    """Whether a turn is too short, or opens or points in such a way, that it needs the one before."""
    words = tokens(text[:400])
    content = [word for word in words if word not in SMALL_WORDS]
    if not content:
        return True
    if len(content) > _LONGEST_OPENED:
        return False
    if _OPENINGS.match(fold(text[:80])):
        return True
    return len(content) <= _SHORT and (len(words) <= 2 or bool(_POINTERS.intersection(words)))
