"""Three honest numbers: confirmed solved, asked for a person, left. Silence is none of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from slabot.domain.anonymous import without_people
from slabot.domain.timeline import BOT, START, WATCH, Actor, Event, Happening, Kind, append
from slabot.domain.usefulness import Gap, Outcome, usefulness

MONDAY = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
VERA = Actor.visitor("vera")

Step = tuple[Kind, Actor, dict[str, Any], str]
HELPED = {"kind": "helped", "others": [{"slug": "grades", "title": "Grades"}]}
OFFER = {"kind": "handoff"}


def timeline(*steps: Step, days: int = 0) -> tuple[Event, ...]:
    """A minute between two steps; `days` more before the last."""
    happenings = [
        Happening(kind, actor, MONDAY + timedelta(minutes=at), data, {"text": text} if text else {})
        for at, (kind, actor, data, text) in enumerate(steps)
    ]
    if days:
        last = happenings[-1]
        happenings[-1] = Happening(
            last.kind, last.actor, last.at + timedelta(days=days), last.data, last.content
        )
    return append("c", START, happenings, MONDAY, (bytes(16) for _ in happenings))


def asks(text: str) -> Step:
    return Kind.VISITOR_WROTE, VERA, {"client_id": "x"}, text


def shows(slug: str) -> Step:
    return Kind.BOT_WROTE, BOT, {"action": "answer", "article": slug, "asks": HELPED}, "So it is."


OFFERS: Step = (Kind.BOT_WROTE, BOT, {"action": "offer_handoff", "asks": OFFER}, "A person?")
TICKET: Step = (Kind.TICKET_OPENED, BOT, {"number": "HES-1"}, "")
SOLVED: Step = (Kind.SOLVED_CONFIRMED, VERA, {}, "")
LEFT: Step = (Kind.VISITOR_LEFT, VERA, {}, "")
REOPENED: Step = (Kind.REOPENED, VERA, {}, "")


def outcomes(*steps: Step, days: int = 0) -> list[tuple[str, Outcome]]:
    return [(shown.slug, shown.outcome) for shown in usefulness(timeline(*steps, days=days)).showings]


def gaps(*steps: Step) -> list[tuple[int, Gap, str | None, str | None]]:
    return [(miss.seq, miss.gap, miss.slug, miss.ticket) for miss in usefulness(timeline(*steps)).unmet]


def test_silence_is_no_outcome() -> None:
    assert outcomes(asks("how long?"), shows("lms")) == [("lms", Outcome.OPEN)]


def test_the_visitors_word_alone_makes_it_solved() -> None:
    assert outcomes(asks("how long?"), shows("lms"), asks("yes"), SOLVED) == [("lms", Outcome.SOLVED)]


def test_of_two_articles_the_last_one_solved_it() -> None:
    shown = outcomes(asks("how long?"), shows("lms"), asks("no"), shows("grades"), asks("yes"), SOLVED)
    assert shown == [("lms", Outcome.OPEN), ("grades", Outcome.SOLVED)]


def test_a_ticket_means_that_they_asked_for_a_person() -> None:
    steps = (asks("how long?"), shows("lms"), asks("a person please"), TICKET)
    showing = usefulness(timeline(*steps)).showings[0]
    assert (showing.outcome, showing.ticket) == (Outcome.PERSON, "HES-1")


def test_one_who_leaves_and_comes_back_has_not_left() -> None:
    assert outcomes(asks("how long?"), shows("lms"), LEFT) == [("lms", Outcome.LEFT)]
    assert outcomes(asks("how long?"), shows("lms"), LEFT, asks("hm")) == [("lms", Outcome.OPEN)]


@pytest.mark.parametrize("back", [REOPENED, TICKET])
def test_a_problem_that_is_back_within_a_week_was_not_solved(back: Step) -> None:
    steps = (asks("how long?"), shows("lms"), asks("yes"), SOLVED, back)
    assert outcomes(*steps, days=6)[0][1] is not Outcome.SOLVED
    assert outcomes(*steps, days=8)[0][1] is Outcome.SOLVED


def test_a_ticket_that_misses_a_deadline_is_tied_to_the_article_that_failed_it() -> None:
    breached: Step = (Kind.BREACHED, WATCH, {"metric": "first_response"}, "")
    showing = usefulness(
        timeline(asks("how long?"), shows("lms"), asks("person"), TICKET, breached)
    ).showings[0]
    assert showing.breached


def test_a_question_without_an_article_is_a_gap_with_the_ticket_it_became() -> None:
    assert gaps(asks("do you fly"), OFFERS, asks("yes"), TICKET) == [(1, Gap.UNANSWERED, None, "HES-1")]


def test_a_question_that_was_asked_back_is_a_gap() -> None:
    back: Step = (Kind.BOT_WROTE, BOT, {"action": "clarify", "asks": {"kind": "which_article"}}, "Which?")
    assert gaps(asks("the thing"), back) == [(1, Gap.ASKED_BACK, None, None)]


def test_a_no_after_an_article_is_a_gap_of_that_article() -> None:
    assert gaps(asks("how long?"), shows("lms"), asks("no"), OFFERS) == [(1, Gap.NOT_HELPED, "lms", None)]


def test_an_incident_is_no_gap_of_the_articles() -> None:
    incident: Step = (Kind.SEVERITY_ASSESSED, BOT, {"kind": "incident"}, "")
    assert gaps(asks("all is down"), incident, OFFERS) == []


def test_a_bad_rating_marks_the_questions_that_articles_answered() -> None:
    rated: Step = (Kind.RATED, VERA, {"score": 1}, "")
    assert gaps(asks("how long?"), shows("lms"), rated) == [(1, Gap.RATED_BADLY, "lms", None)]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Hi Vera, clear the cache.", "clear the cache."),
        ("Call me: +49 30 1234567", "Call me: ••••"),
        ("Write to vera.v@example.org", "Write to ••••"),
        ("See https://x.example/reset?t=123 now", "See •••• now"),
        ("Vera Vane should log in again.\n\nKind regards,\nAidan", "•••• should log in again."),
        ("Press Save.", "Press Save."),
    ],
)
def test_what_becomes_an_article_leaves_the_people_out(said: str, left: str) -> None:
    assert without_people(said, ["Vera Vane"]) == left
