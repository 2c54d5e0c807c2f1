"""How cue phrases are written and found."""

from __future__ import annotations

import pytest

from slabot.domain.triage.lexicon import BadPhrase, Hit, Lexicon, compile_phrase


def find(text: str, **written: str) -> list[Hit]:
    return Lexicon(compile_phrase(cue, phrase) for cue, phrase in written.items()).find(text.split())


def test_the_longer_phrase_wins() -> None:
    assert find("not one works", no="not", nobody="not one") == [Hit("nobody", 0, 2)]


def test_a_gap_skips_up_to_two_words_and_keeps_their_meaning() -> None:
    assert find("kommt keiner mehr rein", login="kommt ~ rein", nobody="keiner") == [
        Hit("login", 0, 4),
        Hit("nobody", 1, 2),
    ]
    assert find("kommt a b c rein", login="kommt ~ rein") == []


def test_prefixes_endings_alternatives_and_numbers_match() -> None:
    assert find("crashing", fail="crash*") == [Hit("fail", 0, 1)]
    assert find("kundendaten", data="*daten") == [Hit("data", 0, 1)]
    assert find("an error", fail="a|an error") == [Hit("fail", 0, 2)]
    assert find("takes 20 seconds", slow="takes <n> seconds") == [Hit("slow", 0, 3)]
    assert find("takes two seconds", slow="takes <n> seconds") == [Hit("slow", 0, 3)]


def test_accents_and_apostrophes_may_stand_or_not() -> None:
    assert find("cant", no="can't") == [Hit("no", 0, 1)]
    assert find("uber", over="über") == [Hit("over", 0, 1)]


@pytest.mark.parametrize("written", ["", "~", "~ works", "???"])
def test_a_phrase_that_nothing_could_match_is_refused(written: str) -> None:
    with pytest.raises(BadPhrase, match="expected words"):
        compile_phrase("fail", written)
