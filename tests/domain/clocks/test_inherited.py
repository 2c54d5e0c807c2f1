"""What a ticket owes once another was merged into it: each promise no later than it was given, and each told once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slabot.domain.clocks.clock import State
from slabot.domain.clocks.explain import explain, text
from slabot.domain.clocks.facts import Fact, FactKind, Inherited
from slabot.domain.target import Metric
from tests.domain.clocks.desk import CALENDARS, FRIDAY_EVENING, clock, due, fact, ny, promised

MERGED_AT = ny(9, 12)
HOUR = timedelta(hours=1)


def inherits(
    metric: str, until: datetime, started_at: datetime = FRIDAY_EVENING, at: datetime = MERGED_AT
) -> Fact:
    one = Inherited(Metric(metric), "D-1", started_at, until, until - HOUR)
    return Fact(FactKind.INHERITED, at, inherited=(one,))


def test_the_earlier_promise_holds_whichever_ticket_gave_it() -> None:
    alone = promised("normal", ny(9, 11))
    assert due(alone, "first_response") == ny(9, 19)
    assert due(promised("normal", ny(9, 11), inherits("first_response", ny(9, 13))), "first_response") == ny(
        9, 13
    )
    assert promised("normal", ny(9, 11), inherits("first_response", ny(10, 13))).clocks == alone.clocks


def test_an_answer_meets_what_both_tickets_owed() -> None:
    both = promised(
        "normal", ny(9, 11), inherits("first_response", ny(9, 13)), fact("agent_response", ny(9, 13))
    )
    assert clock(both, "first_response").state(ny(10, 9)) is State.MET


def test_what_was_answered_here_already_is_owed_anew_for_the_words_that_came_along() -> None:
    """The visitor waits for an answer to what they wrote in the other ticket, whatever was answered here."""
    answered = (fact("agent_response", ny(9, 11, 30)), inherits("first_response", ny(9, 13)))
    both = promised("normal", ny(9, 11), *answered)
    assert (clock(both, "first_response").met_at, due(both, "next_response")) == (ny(9, 11, 30), ny(9, 13))
    then = promised("normal", ny(9, 11), *answered, fact("agent_response", ny(9, 14)))
    assert clock(then, "next_response").state(ny(9, 15)) is State.BREACHED


def test_a_later_pause_moves_an_inherited_resolution_as_any_other() -> None:
    facts = (inherits("resolution", ny(10, 12)), fact("pause", ny(9, 13)), fact("resume", ny(9, 15)))
    assert due(promised("normal", ny(9, 11), *facts), "resolution") == ny(10, 14)


def test_a_pause_from_before_the_merge_moves_the_own_promise_alone() -> None:
    facts = (fact("pause", ny(9, 11)), fact("resume", ny(9, 11, 30)), inherits("resolution", ny(10, 12)))
    assert due(promised("normal", ny(9, 10), *facts), "resolution") == ny(10, 12)
    open_pause = (
        fact("pause", ny(9, 11)), inherits("resolution", ny(10, 12)), fact("resume", ny(9, 13))
    )  # fmt: skip
    assert due(promised("normal", ny(9, 10), *open_pause), "resolution") == ny(10, 13)


def test_another_severity_counts_from_where_the_older_of_both_began() -> None:
    facts = (
        inherits("first_response", ny(9, 13), FRIDAY_EVENING),
        fact("severity_changed", ny(9, 12, 30), level="slow"),
    )
    both = promised("normal", ny(9, 11), *facts)
    assert due(both, "first_response") == FRIDAY_EVENING + timedelta(hours=24)
    assert clock(both, "first_response").late_by_reclassification


def test_a_promise_that_was_missed_on_the_other_ticket_is_no_second_breach_by_another_severity() -> None:
    missed = inherits("first_response", ny(9, 10), ny(6, 12))
    changed = fact("severity_changed", ny(9, 12, 30), level="urgent")
    assert clock(promised("normal", ny(9, 11), missed), "first_response").state(ny(9, 12)) is State.BREACHED
    assert clock(promised("normal", ny(9, 11), missed, changed), "first_response").late_by_reclassification


def test_the_explanation_names_the_ticket_that_promised_it() -> None:
    both = clock(promised("normal", ny(9, 11), inherits("resolution", ny(10, 12))), "resolution")
    said = text(explain(both, CALENDARS["desk"]))
    assert "D-1, which was merged into this one" in said
    assert said.endswith("due Tue 10 Mar 2026 12:00 Eastern")


def test_a_merged_ticket_owes_nothing_and_met_nothing() -> None:
    gone = promised("normal", FRIDAY_EVENING, fact("merged", MERGED_AT))
    for each in gone.clocks.values():
        assert each.met_at is None
        assert each.state(ny(20, 12)) is State.NONE


def test_what_a_merged_ticket_missed_stays_missed() -> None:
    late = promised("urgent", FRIDAY_EVENING, fact("merged", ny(10, 12)))
    assert clock(late, "first_response").state(ny(20, 12)) is State.BREACHED


MINUTES = st.integers(0, 60 * 24 * 12)
LEVELS = st.sampled_from(("urgent", "normal", "slow", "effort", "segment", "always"))
KINDS = st.lists(
    st.tuples(MINUTES, st.sampled_from(("agent_response", "customer_reply", "pause", "solved"))), max_size=5
)


def _facts(drawn: list[tuple[int, str]], opened_at: datetime) -> list[Fact]:
    """Pauses end an hour later; nothing comes after it is solved."""
    facts: list[Fact] = []
    for minutes, kind in sorted(drawn):
        at = opened_at + timedelta(minutes=minutes)
        facts.append(fact(kind, at))
        if kind == "pause":
            facts.append(fact("resume", at + HOUR))
        if kind == "solved":
            break
    return facts


@given(
    LEVELS, MINUTES, KINDS, MINUTES, MINUTES,
    st.sampled_from(("first_response", "next_response", "acknowledge", "resolution")),
)  # fmt: skip
def test_merging_never_moves_a_promise_later(
    level: str, opened: int, drawn: list[tuple[int, str]], merged: int, until: int, metric: str
) -> None:
    opened_at = ny(2, 9) + timedelta(minutes=opened)
    facts = [one for one in _facts(drawn, opened_at) if one.kind is not FactKind.SOLVED]
    at = max([opened_at + timedelta(minutes=merged), *(one.at + HOUR for one in facts)])
    promise_due = ny(2, 9) + timedelta(minutes=until)
    before = promised(level, opened_at, *facts)
    after = promised(level, opened_at, *facts, inherits(metric, promise_due, ny(2, 8), at))
    for name, own in before.clocks.items():
        is_owed = own.met_at is None and own.ended_at is None and own.due is not None
        assert not is_owed or _at_most(after.clocks[name].due, own.due)
    answers = ("first_response", "next_response")
    bound = answers if metric in answers else (metric,)
    owed = [clock(after, name) for name in bound]
    if any(one.target is not None for one in owed):
        assert any(one.met_at is None and _at_most(one.due, promise_due) for one in owed)


def _at_most(due_at: datetime | None, bound: datetime | None) -> bool:
    return due_at is not None and bound is not None and due_at <= bound


@pytest.mark.parametrize("level", ["urgent", "normal", "slow"])
def test_the_order_of_telling_changes_nothing(level: str) -> None:
    facts: list[Any] = [
        inherits("resolution", ny(10, 12)),
        fact("pause", ny(9, 13)),
        fact("resume", ny(9, 14)),
        fact("agent_response", ny(9, 15)),
    ]
    assert promised(level, ny(9, 11), *facts) == promised(level, ny(9, 11), *reversed(facts))
