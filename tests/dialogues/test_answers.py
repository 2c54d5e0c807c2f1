"""What stands around a passage that answers: its title, its language, and where else to look."""

from __future__ import annotations

import pytest

from slabot.domain.dialogue.plan import Action
from tests.dialogues.playing import Dialogue, Shelf

SHELF = Shelf(
    {
        "glossary": "Words explained.",
        "glossary-export": "Open the menu.",
        "glossary-print": "Press print.",
        "glossary-share": "Send a link.",
    }
)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Wo finde ich das Glossary?", "Der Artikel ist auf Englisch."),
        ("¿Dónde encuentro el glossary?", "El artículo está en inglés."),
        ("Où est-ce que je trouve le glossary ?", "L'article est en anglais."),
    ],
)
def test_a_visitor_of_another_language_is_told_that_the_article_is_in_english(asked: str, said: str) -> None:
    reply = Dialogue("human-esources", shelf=SHELF).vera(asked).utterances[0]
    assert reply.action is Action.ANSWER
    assert said in reply.text


def test_nobody_is_told_that_an_article_is_in_their_own_language() -> None:
    assert (
        "is in English"
        not in Dialogue("human-esources", shelf=SHELF).vera("where is the glossary?").utterances[0].text
    )


def test_a_passage_names_up_to_two_further_titles_to_open() -> None:
    card = Dialogue("human-esources", shelf=SHELF).vera("where is the glossary?").utterances[0].card
    assert card is not None
    assert card.data["slug"] == "glossary"
    assert [further["title"] for further in card.data["further"]] == ["Glossary share", "Glossary print"]
