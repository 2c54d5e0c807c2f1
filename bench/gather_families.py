"""Gather words of like meaning, in four languages together: `.venv/bin/python bench/gather_families.py`.

Writes `src/slabot/policies/cues/families.txt`, a family a line: the everyday words of pyspellchecker's dictionaries
and those of the judged messages, as the sentence encoder of the extra `semantic` sees them, in 300 groups (k-means).
Only the groups are shipped, so triage needs neither the encoder nor numpy. Run it before `learn_experience.py`.
"""

from __future__ import annotations

import gzip
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from learn_experience import judged
from slabot.domain.words import fold, tokens
from slabot.knowledge.encoder import SentenceEncoder

FILE = Path(__file__).resolve().parent.parent / "src" / "slabot" / "policies" / "cues" / "families.txt"
_MOST = {"en": 16_000, "de": 9_000, "es": 8_000, "fr": 8_000}
_FAMILIES = 300
_ROUNDS = 20
_BATCH = 64

Vectors = NDArray[np.float32]


def main() -> None:
    """Encodes every word, groups them and writes the groups."""
    words = _words()
    encoder = SentenceEncoder()
    spelt = [words[word] for word in sorted(words)]
    vectors = np.concatenate(
        [encoder.encode(spelt[at : at + _BATCH]) for at in range(0, len(spelt), _BATCH)]
    ).astype(np.float32)
    family = _grouped(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    lines: list[list[str]] = [[] for _ in range(_FAMILIES)]
    for word, number in zip(sorted(words), family, strict=True):
        lines[number].append(word)
    FILE.write_text("".join(" ".join(line) + "\n" for line in lines), encoding="utf-8")
    print(f"{len(words)} words in {_FAMILIES} families")


def _words() -> dict[str, str]:
    """Folded words with their own spelling, which the encoder reads."""
    words: dict[str, str] = {}
    for language, most in _MOST.items():
        packed = (files("spellchecker") / "resources" / f"{language}.json.gz").read_bytes()
        counted = json.loads(gzip.decompress(packed))
        for word in sorted(counted, key=lambda each: (-counted[each], each))[:most]:
            words.setdefault(fold(word), word)
    for row in judged():
        for word in tokens(row["text"]):
            words.setdefault(word, word)
    return {word: spelt for word, spelt in words.items() if word and not word.isdigit() and " " not in word}


def _grouped(vectors: Vectors) -> NDArray[np.int64]:
    """Spherical k-means: each word goes to the nearest centre, each centre to the middle of its words."""
    centres = vectors[np.random.default_rng(0).choice(len(vectors), _FAMILIES, replace=False)].copy()
    nearest = np.zeros(len(vectors), dtype=np.int64)
    for _ in range(_ROUNDS):
        nearest = np.concatenate(
            [(vectors[at : at + 4096] @ centres.T).argmax(axis=1) for at in range(0, len(vectors), 4096)]
        )
        for number in range(_FAMILIES):
            own = vectors[nearest == number]
            if len(own):
                centres[number] = own.sum(axis=0) / np.linalg.norm(own.sum(axis=0))
    return nearest


if __name__ == "__main__":
    main()
