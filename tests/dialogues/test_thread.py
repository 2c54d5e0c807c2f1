"""The thread of a talk: a further question is no complaint, and a short line changes no language."""

from __future__ import annotations

import pytest

from tests.dialogues.playing import WORKSPACES, Dialogue, Shelf

SHELF = Shelf({"lms-integration": "From a week up to a month."})


class Remembering(Shelf):
    """Finds what was asked before as well, as the index does for a short line."""

    def find(self, workspace, text, context=()):  # type: ignore[no-untyped-def]
        return super().find(workspace, " ".join((*context[-1:], text)) if context else text)


@pytest.mark.parametrize("further", ["and for Canvas?", "what about Moodle then", "we use Blackboard here"])
def test_a_further_question_after_an_answer_is_no_complaint_about_it(further: str) -> None:
    talk = Dialogue("human-esources", shelf=Remembering(SHELF.articles))
    talk.vera("LMS integration")
    assert talk.action == "answer"
    talk.vera(further)
    assert "did not help" not in talk.said


def test_whoever_says_that_it_did_not_help_is_told_so() -> None:
    talk = Dialogue("human-esources", shelf=SHELF)
    talk.vera("LMS integration", "no")
    assert "did not help" in talk.said


@pytest.mark.parametrize("name", WORKSPACES)
@pytest.mark.parametrize(
    "text", ["do you sell bananas by the kilo", "vendez-vous des bananes ?", "do you share tips"]
)
def test_what_has_nothing_to_do_with_data_gets_no_privacy_contact(name: str, text: str) -> None:
    talk = Dialogue(name)
    talk.vera(text)
    assert "rivacy" not in talk.said
    assert "protection des données" not in talk.said


@pytest.mark.parametrize(
    "text", ["do you sell our data?", "do you share my answers with my boss", "vendez-vous nos données ?"]
)
def test_whoever_asks_what_becomes_of_data_gets_it(text: str) -> None:
    talk = Dialogue("element-human")
    talk.vera(text)
    assert "privacy@elementhuman.com" in talk.said


@pytest.mark.parametrize(
    "text",
    ["wie funktioniert die Eskalation?", "¿cómo funciona el escalado?", "comment fonctionne l'escalade ?"],
)
def test_whoever_asks_how_escalation_works_gets_the_path_without_being_pitied(text: str) -> None:
    talk = Dialogue(
        "prosper-ex", shelf=Shelf({"eskalation-funktioniert": "Open communication is encouraged."})
    )
    talk.vera(text)
    assert "+61 1300 529 909" in talk.said
    assert talk.voice.say("escalation.sorry", "de") not in talk.said


@pytest.mark.parametrize(
    ("browser", "told", "short", "stays"),
    [
        ("de", "the export of my reports is slow for our team", ["ok", "hi", "no thanks", "super"], "I "),
        ("en", "der Export ist langsam für unser Team", ["nein", "hi", "super", "ok"], "Gut"),
        ("en", "el informe va muy lento para nuestro equipo", ["no", "super", "ok"], "De acuerdo"),
    ],
)
def test_a_short_line_stays_in_the_language_of_the_talk(
    browser: str, told: str, short: list[str], stays: str
) -> None:
    talk = Dialogue("velsoft", locale=browser)
    talk.vera(told, *short)
    fine = talk.voice.say("fine", {"I ": "en", "Gut": "de", "De acuerdo": "es"}[stays])  # type: ignore[arg-type]
    assert talk.said == fine
