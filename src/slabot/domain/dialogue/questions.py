"""Whether a message asks or tells, by its form alone: a question word or verb in front, or its mark at the end."""

from __future__ import annotations

import re

_INTERROGATIVE = re.compile(
    r"^\W*(why|how|what|which|who|where|when|will|would|do|does|did|is|are|can|could|should|may|"
    r"warum|wieso|wie|was|wer|wo|wann|welche\w*|wird|werden|kann|k[oö]nn\w+|gibt|habt|ist|sind|muss|"
    r"por qu[eé]|c[oó]mo|qu[eé]|qui[eé]n|d[oó]nde|cu[aá]ndo|cu[aá]l|hay|pueden?|es|son|"
    r"pourquoi|comment|que|qui|o[uù]|quand|quel\w*|est|sont|peut|pouvez|avez|y a-t-il)\b",
    re.IGNORECASE,
)


def is_question(text: str) -> bool:
    """ "Will you call me" asks, with or without its mark."""
    return bool(_INTERROGATIVE.match(text)) or text.rstrip().endswith("?")
