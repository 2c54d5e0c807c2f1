"""The small notation in which phrases are written, and how it becomes regular expressions over folded words.

`how|wie` one of several words · `get_back` words in a row · `the?` may be missing · `..` up to four words
between · `<person>` a named group · `^` and `$` the sentence's ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from slabot.domain.words import tokens

GAP = r"(?: [^ /]+){0,4}?"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase, compiled. `elements`: for each required element the last words of its alternatives."""

    expression: str
    elements: tuple[frozenset[str], ...]
    words: frozenset[str]


def phrase(written: str, groups: Mapping[str, str]) -> Phrase:
    """Reads one phrase. Raises ValueError for a group that there is not."""
    parts: list[str] = []
    elements: list[frozenset[str]] = []
    words: set[str] = set()
    for element in _expanded(written, groups).split():
        if element == "..":
            parts.append(GAP)
        elif element == "^":
            parts.append("^/")
        elif element == "$":
            parts.append(r"(?= / $)")
        else:
            spoken = [tokens(word.replace("_", " ")) for word in element.removesuffix("?").split("|")]
            spoken = [each for each in spoken if each]
            written_out = "|".join(sorted({" ".join(each) for each in spoken}, key=len, reverse=True))
            parts.append(f"(?: (?:{written_out}))" + ("?" if element.endswith("?") else ""))
            words.update(word for each in spoken for word in each)
            if not element.endswith("?"):
                elements.append(frozenset(each[-1] for each in spoken))
    return Phrase("".join(parts) + "(?= )", tuple(elements), frozenset(words))


def _expanded(written: str, groups: Mapping[str, str]) -> str:
    for _ in range(3):  # a group may name another
        for name, words in groups.items():
            written = written.replace(f"<{name}>", "|".join(words.split()))
    if "<" in written:
        raise ValueError(f"unknown group in {written!r}; known: {', '.join(groups)}")
    return written
