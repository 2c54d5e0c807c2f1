"""Ordinary words keep triage from mending what is spelt right."""

from __future__ import annotations

import pytest

from slabot.domain.words import Language
from slabot.policies.ordinary_words import ordinary_words


@pytest.mark.parametrize(
    ("language", "word"), [("en", "list"), ("de", "grosse"), ("es", "manana"), ("fr", "ecole")]
)
def test_a_common_word_is_known_in_folded_spelling(language: Language, word: str) -> None:
    assert word in ordinary_words(language).known


@pytest.mark.parametrize(
    ("language", "word"), [("en", "pasword"), ("de", "einlogen"), ("es", "funsiona"), ("fr", "marchee pas")]
)
def test_a_misspelling_is_not_known(language: Language, word: str) -> None:
    assert word not in ordinary_words(language).known


def test_a_beginning_stands_for_every_everyday_word_that_begins_so() -> None:
    words = ordinary_words("en")
    assert words.has_everyday("list")
    assert words.has_everyday("frien*")
    assert not words.has_everyday("frien")
    assert not words.has_everyday("zzz*")


def test_everyday_words_are_the_more_common_of_those_known() -> None:
    for language in ("en", "de", "es", "fr"):
        words = ordinary_words(language)
        assert 1_000 < len(words.everyday) < len(words.known) < 60_000
        assert words.known.issuperset(words.everyday)
