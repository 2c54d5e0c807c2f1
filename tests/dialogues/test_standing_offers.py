"""An offer, an open ticket and an answer that is already there stay in mind through what is asked in between."""

from __future__ import annotations

import pytest

from tests.dialogues.playing import Dialogue, Shelf

SLOW = "the dashboards are slow for our team"


def test_a_question_in_between_leaves_the_offer_standing() -> None:
    talk = Dialogue("prosper-ex")
    talk.vera(SLOW, "how long will it take?")
    assert talk.actions == ["status"]
    assert "Shall I open a ticket for you?" in talk.said
    talk.vera("yes")
    assert talk.ticket == ("T2", "support")


def test_the_same_offer_is_not_read_out_twice() -> None:
    talk = Dialogue("prosper-ex")
    talk.vera(SLOW)
    first = talk.said
    talk.vera("it is slow for a few of us")
    assert "I take it as" in first
    assert "I take it as" not in talk.said
    assert "it stays Tier 2" in talk.said


@pytest.mark.parametrize("text", ["how long will it take?", "wie lange dauert das?", "combien de temps ?"])
def test_how_long_with_a_ticket_open_is_about_that_ticket(text: str) -> None:
    talk = Dialogue("velsoft")
    talk.vera("agent please", text)
    assert talk.action == "status"
    assert "VS-1" in talk.said


@pytest.mark.parametrize("text", ["no email", "no mail, i'll stay here", "i don't want to give my email"])
def test_an_address_that_is_refused_is_not_asked_for_again(text: str) -> None:
    talk = Dialogue("velsoft")
    talk.vera("agent please", text)
    assert talk.action == "status"
    assert "without an address" in talk.said


@pytest.mark.parametrize("text", ["me at gmail dot com", "me@gmail,com"])
def test_an_address_that_cannot_be_read_is_asked_for_again(text: str) -> None:
    talk = Dialogue("velsoft")
    talk.vera("agent please", text)
    assert talk.action == "clarify"
    talk.vera("me@example.com")
    assert talk.conversation.email == "me@example.com"


def test_an_answer_that_displeased_is_not_given_again() -> None:
    talk = Dialogue("prosper-ex", shelf=Shelf({"video-tutorials": "They were announced."}))
    talk.vera("where are the video tutorials")
    assert talk.action == "answer"
    talk.vera("that's rubbish")
    assert talk.action == "offer_handoff"


def test_why_not_is_no_yes_where_more_follows() -> None:
    talk = Dialogue("element-human")
    talk.vera("the avatar looks pixelated, this is a P1!!!", "why not P1??")
    assert talk.ticket is None


def test_never_mind_claims_nothing_to_be_solved() -> None:
    talk = Dialogue("element-human")
    talk.vera("whats going on with EH-1", "ok never mind")
    assert talk.action == "close"
    assert "solved" not in talk.said
    assert talk.conversation.solved_at is None


def test_a_problem_that_is_back_closes_no_open_ticket() -> None:
    talk = Dialogue("velsoft")
    talk.vera("agent please", "its back")
    assert talk.conversation.open_ticket is not None


def test_erasing_somebodys_data_is_a_wish_and_no_loss() -> None:
    talk = Dialogue("element-human")
    talk.vera("please erase the data of one of our participants")
    assert "privacy@elementhuman.com" in talk.said
    talk.vera("yes")
    assert talk.ticket == ("privacy", "privacy")


def test_what_is_not_asked_is_not_searched_for_aloud() -> None:
    talk = Dialogue("velsoft")
    talk.vera("agent please", "sue@example.org and my phone is 902 555 0100", "we also use Chrome here")
    assert "I searched" not in talk.said


@pytest.mark.parametrize("text", ["will you charge me for changing the platform", "why is everything logged"])
def test_a_question_that_only_names_things_is_no_problem(text: str) -> None:
    talk = Dialogue("prosper-ex")
    talk.vera(text)
    assert talk.conversation.assessed is None or talk.conversation.assessed["kind"] != "incident"
