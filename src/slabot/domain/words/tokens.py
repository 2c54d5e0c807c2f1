"""Cutting and folding: how any text people write becomes the plain words that search and triage compare."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# A word is a run of letters and digits, apostrophes inside allowed ("don't", "l'article").
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_PLAIN = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`´ʹ‘", "'"))
# French and Italian elisions ("l'article", "qu'il") belong to the grammar, not to the word.
_ELISIONS = frozenset(
    {"l", "d", "j", "n", "s", "c", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "dell", "nell"}
)
_ENGLISH_TAILS = frozenset({"s", "re", "ll", "ve", "d", "m"})
# What no reader of a chat line sees: joiners, direction marks, soft hyphens.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\x00]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word as it was written (`start` to `end` in the text) and as we compare it (`word`)."""

    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case without diacritics: `Größe` → `grosse`, `Año` → `ano`, `ﬁle` → `file`."""
    if text.isascii():
        return text.lower()
    # Taken apart before and after case folding: each can bring out what the other then has to see.
    apart = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).translate(_APOSTROPHES)).casefold()
    folded = unicodedata.normalize("NFKD", apart)
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    """The folded words of a text in order: `What's the Größe?` → `what the grosse`; `don't` → `dont`."""
    folded = fold(text)
    pattern = _PLAIN if folded.isascii() else _WORD
    found = pattern.findall(folded)
    if "'" not in folded:
        return found
    return [_without_apostrophe(word) if "'" in word else word for word in found]


def tokenise(text: str) -> list[Token]:
    """The words with their places in the original text, for quoting what a visitor wrote."""
    placed = []
    for match in _WORD.finditer(text):
        word = fold(match.group())
        placed.append(
            Token(_without_apostrophe(word) if "'" in word else word, start=match.start(), end=match.end())
        )
    return [token for token in placed if token.word]


def _without_apostrophe(word: str) -> str:
    head, _, tail = word.partition("'")
    if tail in _ENGLISH_TAILS:
        return head
    if head in _ELISIONS:
        return tail.replace("'", "")
    return word.replace("'", "")
