"""Whom a waiting ticket is offered to, and when an agent who is gone loses a conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from slabot.domain.conversation import Conversation, Said
from slabot.domain.holding import hold_ends_at
from slabot.domain.routing import Candidate, Routing, RoutingRules, whom_to_offer
from slabot.domain.support import Support
from slabot.domain.ticket import Ticket
from slabot.policies import load_workspace

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
"""A Monday; the desk in Halifax opened at 11:00 UTC and closes at 19:30."""
SEEDS = Path(__file__).parents[2] / "seeds"

BUSY = Candidate("aidan", 6, 12)
FREE = Candidate("lena", 3, 12)


def offered(
    routing: Routing, *candidates: Candidate, language: str = "en", last: str | None = None
) -> str | None:
    return whom_to_offer(routing, candidates, language=language, last_agent=last)


def test_the_least_loaded_agent_is_asked_first_by_their_share_of_what_they_may_hold() -> None:
    assert offered(Routing.LEAST_LOADED, BUSY, FREE) == "lena"
    assert offered(Routing.LEAST_LOADED, BUSY, replace(FREE, capacity=4)) == "aidan"


def test_round_robin_asks_whoever_was_asked_longest_ago_whatever_they_hold() -> None:
    earlier, later = NOON, NOON + timedelta(minutes=1)
    aidan, lena = replace(BUSY, last_offered_at=earlier), replace(FREE, last_offered_at=later)
    assert offered(Routing.ROUND_ROBIN, aidan, lena) == "aidan"
    assert offered(Routing.ROUND_ROBIN, aidan, lena, Candidate("mia", 11, 12)) == "mia"


def test_by_hand_asks_nobody() -> None:
    assert offered(Routing.BY_HAND, BUSY, FREE, last="lena") is None


@pytest.mark.parametrize("routing", [Routing.LEAST_LOADED, Routing.ROUND_ROBIN])
def test_whom_the_visitor_spoke_to_last_comes_before_language_and_load(routing: Routing) -> None:
    assert (
        offered(routing, BUSY, replace(FREE, languages=frozenset({"de"})), language="de", last="aidan")
        == "aidan"
    )


def test_who_speaks_the_visitors_language_comes_first_and_somebody_else_before_nobody() -> None:
    english = replace(FREE, languages=frozenset({"en"}))
    assert offered(Routing.LEAST_LOADED, BUSY, english, language="fr") == "aidan"
    assert offered(Routing.LEAST_LOADED, english, language="fr") == "lena"


candidates = some.lists(
    some.builds(
        Candidate,
        agent=some.sampled_from("abcdefgh"),
        load=some.integers(0, 14),
        capacity=some.integers(0, 12),
        languages=some.frozensets(some.sampled_from(["en", "de", "fr"])),
        last_offered_at=some.none() | some.integers(0, 9).map(lambda n: NOON + timedelta(minutes=n)),
    ),
    unique_by=lambda candidate: candidate.agent,
)


@given(candidates, some.sampled_from(list(Routing)), some.none() | some.sampled_from("abcdefgh"))
def test_nobody_without_room_is_asked_and_somebody_is_while_anyone_has_room(
    known: list[Candidate], routing: Routing, last: str | None
) -> None:
    asked = offered(routing, *known, last=last)
    free = {candidate.agent for candidate in known if candidate.load < candidate.capacity}
    if routing is Routing.BY_HAND or not free:
        assert asked is None
    else:
        assert asked in free
        assert asked == last or last not in free
    assert asked == offered(routing, *reversed(known), last=last)


@pytest.fixture(scope="module")
def velsoft() -> Support:
    return load_workspace(SEEDS, "velsoft", NOON.date())


def held(*said: Said) -> Conversation:
    ticket = Ticket("VS-1", "high", "helpdesk", NOON, "high", "v", {})
    return Conversation("c", "velsoft", holder="aidan", ticket=ticket, said=said)


ASKED = Said(1, "visitor", NOON, "nobody can log in")
ANSWERED = Said(2, "agent", NOON + timedelta(minutes=1), "I look into it")


def test_a_visitor_who_waits_for_words_waits_ten_open_minutes_for_somebody_who_is_gone(
    velsoft: Support,
) -> None:
    gone = NOON + timedelta(minutes=3)
    assert hold_ends_at(held(ASKED), gone, velsoft.calendar(), RoutingRules()) == gone + timedelta(minutes=10)


def test_words_that_come_later_start_the_wait_later(velsoft: Support) -> None:
    later = Said(3, "visitor", NOON + timedelta(hours=1), "and now?")
    ends = hold_ends_at(held(ASKED, ANSWERED, later), NOON, velsoft.calendar(), RoutingRules())
    assert ends == later.at + timedelta(minutes=10)


def test_nobody_loses_a_ticket_by_going_home(velsoft: Support) -> None:
    closing = datetime(2026, 3, 9, 19, 30, tzinfo=UTC)
    opening = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
    rules, calendar = RoutingRules(), velsoft.calendar()
    assert hold_ends_at(held(ASKED), closing, calendar, rules) == opening + timedelta(minutes=10)
    quiet = hold_ends_at(held(ASKED, ANSWERED), closing, calendar, rules)
    assert quiet == opening + timedelta(hours=8)
