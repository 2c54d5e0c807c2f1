"""Slips of the finger: as many as asked for, the same for the same seed, and a search that survives them."""

from __future__ import annotations

import random

from slabot.knowledge.typos import misspell

TEXT = "please tell me where I can download the invoice of my last purchase " * 30


def test_the_share_of_words_that_slip_is_the_share_asked_for() -> None:
    slipped = misspell(TEXT, 0.15, random.Random(7)).split()
    long = [(was, now) for was, now in zip(TEXT.split(), slipped, strict=True) if len(was) >= 3]
    share = sum(was != now for was, now in long) / len(long)
    assert 0.10 < share < 0.20
    assert misspell(TEXT, 0, random.Random(7)) == TEXT


def test_a_word_that_slips_is_never_the_same_and_short_words_never_slip() -> None:
    words = ["where", "aaa", "invoice", "über", "my", "of", "a1"]
    for seed in range(300):
        slipped = misspell(" ".join(words), 1, random.Random(seed)).split()
        assert slipped[-3:] == ["my", "of", "a1"]
        assert all(was != now for was, now in zip(words[:4], slipped[:4], strict=True))


def test_the_same_seed_slips_alike() -> None:
    assert misspell(TEXT, 0.5, random.Random(3)) == misspell(TEXT, 0.5, random.Random(3))
    assert misspell(TEXT, 0.5, random.Random(3)) != misspell(TEXT, 0.5, random.Random(4))
