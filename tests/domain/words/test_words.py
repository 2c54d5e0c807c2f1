"""What search and triage may rely on when they compare words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slabot.domain.words import Repairer, detect_language, fold, stem, tokenise, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What's the Größe?", ["what", "the", "grosse"]),
        ("I don’t know", ["i", "dont", "know"]),
        ("l'article qu'il lit", ["article", "il", "lit"]),
        ("snake_case 24/7", ["snake", "case", "24", "7"]),
        ("pass\u200bword", ["password"]),
        ("😀", []),
    ],
)
def test_words_are_compared_without_case_marks_and_apostrophes(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@given(st.text())
def test_any_text_can_be_cut_and_folding_twice_changes_nothing(text: str) -> None:
    assert all(tokens(text))
    assert fold(fold(text)) == fold(text)
    for token in tokenise(text):
        assert text[token.start : token.end]


def test_forms_of_a_word_share_a_stem_in_each_language() -> None:
    assert len(set(stem(["ticket", "tickets"], "en"))) == 1
    assert len(set(stem(["rechnung", "rechnungen"], "de"))) == 1
    assert len(set(stem(["integracion", "integraciones"], "es"))) == 1
    assert len(set(stem(["demande", "demandes"], "fr"))) == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How long does it take?", "en"),
        ("Wie lange dauert die Einrichtung?", "de"),
        ("¿Cuánto tarda la respuesta?", "es"),
        ("Quel est le délai de réponse ?", "fr"),
        ("LMS", None),
        ("", None),
    ],
)
def test_the_language_of_a_line_is_told_or_left_open(text: str, language: str | None) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("pasword", "password"),
        ("intergation", "integration"),
        ("browsre", "browser"),
        ("accesibiltiy", "accessibility"),
    ],
)
def test_a_slip_is_mended_to_a_word_that_is_known(misspelt: str, meant: str) -> None:
    repairer = Repairer({"password": 3, "integration": 2, "browser": 5, "accessibility": 1, "passage": 1})
    assert repairer.repair(misspelt)[0].word == meant


@pytest.mark.parametrize("word", ["password", "cat", "xyzzyqqq", "a1b2c3", ""])
def test_known_short_and_foreign_words_are_left_alone(word: str) -> None:
    assert Repairer({"password": 1, "car": 1}).repair(word) == ()
