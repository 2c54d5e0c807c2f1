"""Questions that mean the same, put together; implements `services.gaps.Alike`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from slabot.domain.words import SMALL_WORDS, language_of, stem_word, tokens
from slabot.knowledge.encoder import Encoder

_SAME_MEANING: Final = (
    0.62  # cosine; paraphrases of one question lie above .7, neighbours of a topic below .55
)
_SAME_WORDS: Final = 0.4  # shared stems ÷ all stems


def groups(texts: Sequence[str], encoder: Encoder | None) -> list[list[int]]:
    """The numbers of the texts, those that mean the same together, largest group first; every text is in one."""
    if not texts:
        return []
    likeness = _by_words(texts) if encoder is None else _by_meaning(texts, encoder)
    enough = _SAME_WORDS if encoder is None else _SAME_MEANING
    found: list[list[int]] = []
    for number in range(len(texts)):
        near = [(max(likeness(number, other) for other in group), group) for group in found]
        best = max(near, key=lambda one: one[0], default=None)
        if best is not None and best[0] >= enough:
            best[1].append(number)
        else:
            found.append([number])
    return sorted(found, key=lambda group: (-len(group), group[0]))


def _by_meaning(texts: Sequence[str], encoder: Encoder) -> Callable[[int, int], float]:
    import numpy as np

    vectors = np.stack([encoder.encode_question(text) for text in texts])
    table = vectors @ vectors.T
    return lambda one, other: float(table[one, other])


def _by_words(texts: Sequence[str]) -> Callable[[int, int], float]:
    stems = [_stems(text) for text in texts]

    def shared(one: int, other: int) -> float:
        both, either = stems[one] & stems[other], stems[one] | stems[other]
        return len(both) / len(either) if either else float(texts[one] == texts[other])

    return shared


def _stems(text: str) -> frozenset[str]:
    language = language_of(text) or "en"
    return frozenset(stem_word(word, language) for word in tokens(text) if word not in SMALL_WORDS)
