"""Facts have one order, whoever tells them and how often."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slabot.domain.clocks.facts import ContradictoryFacts, Fact, FactKind, ordered
from tests.domain.clocks.desk import FRIDAY_EVENING, due, fact, ny, promised


def kinds(*facts: Fact) -> list[str]:
    return [each.kind.value for each in ordered(facts, FRIDAY_EVENING)]


def test_facts_are_told_by_instant_and_duplicates_once() -> None:
    later, sooner = fact("solved", ny(9, 10)), fact("agent_response", ny(6, 18))
    assert kinds(later, sooner, later, sooner) == ["agent_response", "solved"]


def test_within_an_instant_the_visitor_speaks_before_the_agent() -> None:
    now = ny(9, 10)
    assert kinds(fact("agent_response", now), fact("customer_reply", now)) == [
        "customer_reply",
        "agent_response",
    ]


def test_within_an_instant_a_pause_that_held_ends_before_the_next_begins() -> None:
    now = ny(9, 10)
    told = kinds(fact("pause", ny(9, 9)), fact("pause", now), fact("resume", now))
    assert told == ["pause", "resume", "pause"]
    assert kinds(fact("resume", now), fact("pause", now)) == ["pause", "resume"]


def test_within_an_instant_solved_comes_last_and_what_undoes_it_after() -> None:
    now = ny(9, 10)
    told = kinds(fact("reopened", now), fact("solved", now), fact("agent_response", now))
    assert told == ["agent_response", "solved", "reopened"]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        (
            [fact("agent_response", FRIDAY_EVENING - timedelta(seconds=1))],
            "before opened_at 2026-03-06T22:00:00Z",
        ),
        ([fact("resume", ny(9, 10))], "resume at 2026-03-09T14:00:00Z without pause"),
        ([fact("reopened", ny(9, 10))], "reopened at 2026-03-09T14:00:00Z without solved"),
        ([fact("pause", ny(9, 10)), fact("reopened", ny(9, 11))], "without solved"),
        ([fact("pause", ny(9, 10)), fact("resume", ny(9, 11)), fact("resume", ny(9, 12))], "without pause"),
        ([fact("severity_changed", ny(9, 10))], "names no severity"),
    ],
)
def test_what_cannot_be_true_is_refused_by_place(facts: list[Fact], message: str) -> None:
    with pytest.raises(ContradictoryFacts, match=message):
        ordered(facts, FRIDAY_EVENING)


def test_within_an_instant_facts_of_a_timeline_keep_its_order() -> None:
    noon = ny(9, 12)
    told = [
        Fact(FactKind.AGENT_RESPONSE, noon, seq=1),
        Fact(FactKind.CUSTOMER_REPLY, noon, seq=2),
        Fact(FactKind.SEVERITY_CHANGED, noon, "normal", seq=3),
        Fact(FactKind.SEVERITY_CHANGED, noon, "high", seq=4),
    ]
    supposed = Fact(FactKind.SEVERITY_CHANGED, noon, "high")
    assert ordered([supposed, *reversed(told)], ny(9, 9)) == (*told, supposed)


def test_a_fact_at_the_opening_itself_is_welcome() -> None:
    assert kinds(fact("agent_response", FRIDAY_EVENING)) == ["agent_response"]


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """A history that could have happened: never a resume without pause, nor a reopening without solved."""
    told: list[Fact] = []
    now, paused, solved = FRIDAY_EVENING, False, False
    for _ in range(draw(st.integers(0, 12))):
        now += timedelta(minutes=draw(st.integers(1, 2000)))
        choices = ["agent_response", "customer_reply", "severity_changed"]
        choices += ["resume" if paused else "pause", "reopened" if solved else "solved"]
        kind = draw(st.sampled_from(choices))
        paused = {"pause": True, "resume": False}.get(kind, paused)
        solved = {"solved": True, "reopened": False}.get(kind, solved)
        level = (
            draw(st.sampled_from(["urgent", "normal", "slow", "someday"]))
            if kind == "severity_changed"
            else None
        )
        told.append(Fact(FactKind(kind), now, level))
    return told


@settings(max_examples=200, deadline=None)
@given(
    histories(), st.randoms(use_true_random=False), st.sampled_from(["urgent", "normal", "slow", "segment"])
)
def test_shuffled_and_duplicated_facts_give_the_same_promise(
    facts: list[Fact], chance: random.Random, level: str
) -> None:
    shuffled = facts + [each for each in facts if chance.random() < 0.5]
    chance.shuffle(shuffled)
    assert promised(level, FRIDAY_EVENING, *shuffled) == promised(level, FRIDAY_EVENING, *facts)


@settings(max_examples=200, deadline=None)
@given(histories(), st.sampled_from(["urgent", "normal", "slow"]))
def test_a_further_pause_never_brings_the_resolution_forward(facts: list[Fact], level: str) -> None:
    last = facts[-1].at if facts else FRIDAY_EVENING
    if any(each.kind is FactKind.PAUSE for each in facts):
        return
    pause = fact("pause", last + timedelta(hours=1)), fact("resume", last + timedelta(hours=30))
    before, after = promised(level, FRIDAY_EVENING, *facts), promised(level, FRIDAY_EVENING, *facts, *pause)
    earlier, later = due(before, "resolution"), due(after, "resolution")
    assert (earlier is None) == (later is None)
    assert earlier is None or later is None or later >= earlier
