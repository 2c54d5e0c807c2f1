"""Words of a talk without the people in them, so that they may become an article."""

from __future__ import annotations

import re
from collections.abc import Iterable

from slabot.domain.dialogue.secrets import MASK, masked

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"\bhttps?://\S+", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\w)\+?\d(?:[\s()./-]?\d){6,}(?!\w)")
_GREETING = re.compile(
    r"^(?P<hello>(?:hi|hello|hey|dear|hallo|guten (?:tag|morgen)|hola|buenos d[ií]as|bonjour|salut))"
    r"(?:\s+(?:there|all|team))?(?:\s+[^\W\d_]+){0,2}\s*[,!.]\s*",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"(?<!\s)(?=[^\S\n]*+\n)\s++"
    r"(?:best|kind|warm|many thanks|thanks|cheers|regards|viele gr[uü](?:ß|ss)e|mit freundlichen|saludos|"
    r"cordialement|bien [aà] vous)\b.*\Z",
    re.IGNORECASE | re.DOTALL,
)


def without_people(text: str, names: Iterable[str] = ()) -> str:
    """The text with addresses, numbers to call, links, secrets and the given names masked, without salutation.

    What is left still needs a person's eyes: no rule finds every name.
    """
    said = _FAREWELL.sub("", _GREETING.sub("", text.strip()))
    said, _ = masked(said)
    for pattern in (_EMAIL, _LINK, _PHONE):
        said = pattern.sub(MASK, said)
    parts = {part for name in names for part in (name, *name.split()) if len(part) > 1}
    for part in sorted(parts, key=len, reverse=True):
        said = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", MASK, said, flags=re.IGNORECASE)
    return said.strip()
