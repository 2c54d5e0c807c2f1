"""Words are found by how they begin, whatever they are written like; what people take for one word stays one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slabot.domain.conversation import Conversation, fold
from slabot.domain.finding import SHOWN, asked_for, findables, has_all, hit, without_name
from slabot.domain.timeline import Actor, Event, Happening, Kind, append

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)


def said(text: str) -> Event:
    happening = Happening(Kind.VISITOR_WROTE, Actor.visitor("v"), NOON, {}, {"text": text})
    return append("c", Conversation("c", "hes").head, (happening,), NOON, (bytes(16),))[0]


def indexed(text: str) -> list[str]:
    event = said(text)
    before = Conversation("c", "hes")
    return next(findables(before, fold(before, (event,)), (event,))).words.split()


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("The LMS of Größenwahn GmbH", "grossen"),
        ("our e-mail is down", "email"),
        ("our email is down", "e-mail"),
        ("Ticket HES-120", "HES-12"),
        ("write to vera@course.example", "vera@course"),
        ("it doesn't work", "doesnt"),
        ("Évaluation", "evaluation"),
        ("see report_2.pdf", "REPORT_2"),
    ],
)
def test_a_word_is_found_by_its_beginning_however_it_is_written(text: str, query: str) -> None:
    assert has_all(indexed(text), asked_for(query))


@pytest.mark.parametrize(
    ("text", "query"),
    [("Ticket HES-120", "HES-20"), ("course", "ourse"), ("a course", "c"), ("one", "one two")],
)
def test_a_word_is_not_found_by_its_middle_and_every_word_counts(text: str, query: str) -> None:
    assert not has_all(indexed(text), asked_for(query))


@given(st.text(max_size=400))
def test_every_word_of_a_text_finds_it_and_is_marked(text: str) -> None:
    words = indexed(text) if any(char.isalnum() for char in text) else []
    for word in words:
        assert has_all(words, (word,))
    shown = hit(said(text), asked_for(text))
    assert all(0 <= start < end <= len(shown.text) for start, end in shown.marks)
    assert len(shown.text) <= SHOWN + 2


def test_a_long_text_is_cut_to_where_the_words_stand() -> None:
    shown = hit(said("word " * 200 + "the needle is here " + "word " * 200), ("needle",))
    [(start, end)] = shown.marks
    assert shown.text[start:end] == "needle"
    assert shown.text.startswith("…word")
    assert start < 40, "it is seen in a narrow list"
    assert shown.text.endswith("…")


@pytest.mark.parametrize(
    ("query", "name", "others"),
    [
        ("hohe priorität", "hohe Priorität", ()),
        ("lms hohe prio gradebook", "hohe Priorität", ("lms", "gradebook")),
        ("hohe", "hohe Priorität", None),
        ("ho prio", "hohe Priorität", None),
        ("priorität hohe", "hohe Priorität", None),
        ("Priorité 1", "priorité 1", ()),
        ("priorité 12", "priorité 1", None),
        ("anything", "", None),
    ],
)
def test_a_name_of_several_words_is_said_by_all_of_them_in_their_order(
    query: str, name: str, others: tuple[str, ...] | None
) -> None:
    assert without_name(asked_for(query), name) == others
