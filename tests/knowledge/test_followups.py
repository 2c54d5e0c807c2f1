"""A turn that cannot stand alone is searched with the one before it; one that asks nothing is not."""

from __future__ import annotations

import pytest

from slabot.knowledge.followups import with_what_came_before

BEFORE = ("when is the desk open in Canada?",)


@pytest.mark.parametrize("text", ["and in the UK?", "what about Memorial Day?", "why", "und im August?"])
def test_a_follow_up_is_searched_with_what_came_before(text: str) -> None:
    assert with_what_came_before(text, BEFORE) == f"{BEFORE[0]} {text}"


@pytest.mark.parametrize("text", ["4", "?!", "👍", "how long does the LMS integration take"])
def test_a_bare_number_a_sign_and_a_whole_question_stand_alone(text: str) -> None:
    assert with_what_came_before(text, BEFORE) == text
