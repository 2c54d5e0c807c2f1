"""Slips of the finger, to measure how much a search loses through them."""

from __future__ import annotations

import random
import re
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def misspell(text: str, share: float, chance: random.Random) -> str:
    """The text with a slip in `share` (0–1) of its words of three letters or more."""
    return _WORD.sub(
        lambda word: _slip(word.group(), chance) if chance.random() < share else word.group(), text
    )


def _slip(word: str, chance: random.Random) -> str:
    """One letter changed places, was left out, doubled, or its neighbour was hit; never the same word."""
    at = chance.randrange(len(word) - 1)
    kind = chance.choice(("swapped", "dropped", "doubled", "beside"))
    if kind == "swapped" and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "dropped":
        return word[:at] + word[at + 1 :]
    if kind == "doubled":
        return word[: at + 1] + word[at:]
    return word[:at] + _beside(word[at], chance) + word[at + 1 :]


def _beside(letter: str, chance: random.Random) -> str:
    for row in _ROWS:
        at = row.find(letter.lower())
        if at >= 0:
            near = [row[i] for i in (at - 1, at + 1) if 0 <= i < len(row)]
            return chance.choice(near)
    return chance.choice("aeiou".replace(letter.lower(), ""))
