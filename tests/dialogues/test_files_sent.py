"""Pictures and files that a visitor sends: with the problem they told, never a question for the articles."""

from __future__ import annotations

import pytest

from slabot.domain.dialogue.notices import files_received
from slabot.domain.dialogue.plan import Asking
from tests.dialogues.playing import WORKSPACES, Dialogue, Shelf

SHELF = Shelf({"module-settings": "Open the settings of the module."})


@pytest.mark.parametrize("name", WORKSPACES)
@pytest.mark.parametrize(
    "words", ["this is what I see in the module settings", "module settings", "here", "see?"]
)
def test_a_file_with_words_goes_to_the_open_ticket(name: str, words: str) -> None:
    talk = Dialogue(name, shelf=SHELF, email="vera@example.org")
    talk.vera("the export of my reports fails with an error for our whole team")
    if talk.ticket is None:
        talk.vera("yes")
    number = talk.conversation.open_ticket.number  # type: ignore[union-attr]
    talk.vera(words, carries_files=True)
    assert talk.actions == ["status"]
    assert number in talk.said
    assert all(utterance.article is None for utterance in talk.plans[-1].utterances)


def test_the_same_words_without_a_file_are_a_question_for_the_articles() -> None:
    talk = Dialogue("human-esources", shelf=SHELF)
    talk.vera("module settings")
    assert talk.action == "answer"


def test_a_question_for_a_deadline_is_answered_though_a_file_came_along() -> None:
    talk = Dialogue("velsoft", shelf=SHELF, email="vera@example.org")
    talk.vera("the export of my reports fails with an error for our whole team", "yes")
    talk.vera("how soon will you answer?", carries_files=True)
    assert "We aim to have a person reply within" in talk.said


@pytest.mark.parametrize("words", ["this is what I see in the module settings", ""])
def test_a_file_before_the_yes_stays_with_the_problem_and_the_offer_stands(words: str) -> None:
    talk = Dialogue("velsoft", shelf=SHELF)
    talk.vera("the export of my reports is slow for our team")
    assert talk.ticket is None
    if words:
        talk.vera(words, carries_files=True)
        said = talk.plans[-1].utterances[-1]
    else:
        (said,) = files_received(
            talk.conversation, support=talk.support, voice=talk.voice, moment=talk.moment
        )
    assert "kept that with the problem you told" in said.text
    assert (said.asks or {})["kind"] == Asking.HANDOFF.value
    if words:
        talk.vera("yes")
        assert talk.ticket == ("medium", "helpdesk")
