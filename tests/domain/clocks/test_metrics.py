"""The four metrics: when each starts, what meets it, and what it owes before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from slabot.domain.clocks.clock import State
from slabot.domain.clocks.targets import BadTarget
from slabot.domain.clocks.targets import due as due_of
from slabot.domain.policy import UnknownLevel
from slabot.domain.target import Metric, Unit
from tests.domain.calendar.desks import new_york
from tests.domain.clocks.desk import FRIDAY_EVENING, clock, due, fact, ny, promised, within

SECOND = timedelta(seconds=1)


def test_every_target_is_counted_from_the_opening() -> None:
    owed = promised("urgent", FRIDAY_EVENING)
    assert due(owed, "acknowledge") == ny(6, 19)
    assert due(owed, "first_response") == ny(6, 19)
    assert due(owed, "resolution") == ny(9, 15)
    assert due(owed, "next_response") is None


def test_elapsed_hours_run_in_closed_time() -> None:
    assert due(promised("slow", ny(7, 3)), "first_response") == ny(7, 3) + timedelta(hours=24)


def test_business_days_keep_the_time_of_day() -> None:
    assert due(promised("normal", FRIDAY_EVENING), "resolution") == ny(11, 17)


def test_words_are_no_time() -> None:
    owed = promised("someday", FRIDAY_EVENING)
    assert due(owed, "resolution") is None
    assert owed.resolution_text == "Future software release"
    assert promised("normal", FRIDAY_EVENING).resolution_text is None


def test_a_target_has_its_own_calendar_where_the_policy_says_so() -> None:
    owed = promised("always", ny(7, 3))
    assert due(owed, "first_response") == ny(7, 7)
    assert due(owed, "acknowledge") == ny(9, 10)


def test_an_alias_stands_for_its_level_and_an_unknown_name_is_refused() -> None:
    assert promised("low", FRIDAY_EVENING) == promised("normal", FRIDAY_EVENING)
    with pytest.raises(UnknownLevel, match=r"'P9'; this policy has urgent, normal"):
        promised("P9", FRIDAY_EVENING)


def test_a_fraction_of_a_business_day_is_refused() -> None:
    with pytest.raises(BadTarget, match=r"1\.5 business days; expected whole days"):
        due_of(FRIDAY_EVENING, within(1.5, Unit.BUSINESS_DAYS), new_york())


def test_a_duration_of_nothing_is_refused() -> None:
    with pytest.raises(BadTarget, match="above 0"):
        due_of(FRIDAY_EVENING, within(0), new_york())


def test_the_first_agent_response_meets_the_first_response_and_its_due_stays() -> None:
    owed = promised(
        "urgent", FRIDAY_EVENING, fact("agent_response", ny(6, 18)), fact("agent_response", ny(9, 9))
    )
    first = clock(owed, "first_response")
    assert (first.met_at, first.due) == (ny(6, 18), ny(6, 19))
    assert first.state(ny(20, 0)) is State.MET


def test_the_confirmation_acknowledges_where_the_policy_says_so() -> None:
    assert clock(promised("urgent", FRIDAY_EVENING), "acknowledge").met_at == FRIDAY_EVENING
    assert clock(promised("always", FRIDAY_EVENING), "acknowledge").met_at is None


def test_an_answer_acknowledges_what_nobody_confirmed() -> None:
    owed = promised("always", FRIDAY_EVENING, fact("agent_response", ny(6, 18)))
    assert clock(owed, "acknowledge").met_at == ny(6, 18)
    owed = promised(
        "always", FRIDAY_EVENING, fact("acknowledged", ny(6, 17, 30)), fact("agent_response", ny(6, 18))
    )
    assert clock(owed, "acknowledge").met_at == ny(6, 17, 30)


def test_a_reply_before_any_answer_starts_no_next_response() -> None:
    assert due(promised("urgent", FRIDAY_EVENING, fact("customer_reply", ny(6, 18))), "next_response") is None


def test_the_first_reply_after_an_answer_starts_the_next_response() -> None:
    answered = fact("agent_response", ny(6, 18))
    owed = promised("urgent", FRIDAY_EVENING, answered, fact("customer_reply", ny(9, 10)))
    assert due(owed, "next_response") == ny(9, 12)
    again = promised(
        "urgent",
        FRIDAY_EVENING,
        answered,
        fact("customer_reply", ny(9, 10)),
        fact("customer_reply", ny(9, 11)),
    )
    assert due(again, "next_response") == ny(9, 12)


def test_a_met_next_response_stays_told_until_a_new_one_starts() -> None:
    facts = [
        fact("agent_response", ny(6, 18)),
        fact("customer_reply", ny(9, 10)),
        fact("agent_response", ny(9, 11)),
    ]
    met = promised("urgent", FRIDAY_EVENING, *facts)
    assert due(met, "next_response") == ny(9, 12)
    assert clock(met, "next_response").met_at == ny(9, 11)
    renewed = promised("urgent", FRIDAY_EVENING, *facts, fact("customer_reply", ny(9, 14)))
    assert due(renewed, "next_response") == ny(9, 16)
    assert clock(renewed, "next_response").generation == 2
    assert [each.due for each in renewed.earlier] == [ny(9, 12)]


def test_reopening_starts_a_next_response() -> None:
    owed = promised("urgent", FRIDAY_EVENING, fact("solved", ny(6, 18)), fact("reopened", ny(9, 10)))
    assert due(owed, "next_response") == ny(9, 12)


def test_a_policy_may_promise_no_next_response() -> None:
    facts = fact("agent_response", ny(6, 18)), fact("customer_reply", ny(9, 10))
    assert due(promised("urgent", FRIDAY_EVENING, *facts, next_response=None), "next_response") is None


def test_solved_meets_the_resolution_and_reopening_unmeets_it() -> None:
    solved = promised("urgent", FRIDAY_EVENING, fact("solved", ny(6, 18)))
    assert clock(solved, "resolution").met_at == ny(6, 18)
    assert due(solved, "resolution") == ny(9, 15)
    reopened = promised("urgent", FRIDAY_EVENING, fact("solved", ny(6, 18)), fact("reopened", ny(9, 10)))
    again = clock(reopened, "resolution")
    assert (again.met_at, again.generation) == (None, 2)
    # An hour of Friday and one of Monday were solved.
    assert again.due == ny(9, 17)
    assert reopened.earlier[0].met_at == ny(6, 18)


def test_a_handoff_to_another_queue_starts_a_first_response_where_the_policy_says_so() -> None:
    handed = fact("handed_off_to_queue", ny(9, 10), queue="billing")
    assert due(promised("urgent", FRIDAY_EVENING, handed), "first_response") == ny(6, 19)
    owed = promised("urgent", FRIDAY_EVENING, handed, first_response_per_queue=True)
    first = clock(owed, "first_response")
    assert (first.due, first.generation) == (ny(9, 12), 2)
    assert owed.earlier[0].metric is Metric.FIRST_RESPONSE


def test_continuous_effort_as_a_segment_runs_around_the_clock_after_the_first_response() -> None:
    assert due(promised("segment", FRIDAY_EVENING), "resolution") == ny(9, 15)
    # One open hour was used by 18:00; the other seven elapse.
    owed = promised("segment", FRIDAY_EVENING, fact("agent_response", ny(6, 18)))
    assert due(owed, "resolution") == ny(7, 1)
    late = promised("segment", FRIDAY_EVENING, fact("agent_response", ny(9, 18)))
    assert due(late, "resolution") == ny(9, 15)
