"""A changed severity counts every unmet promise anew from the clock's own start."""

from __future__ import annotations

from slabot.domain.clocks.clock import State
from tests.domain.clocks.desk import FRIDAY_EVENING, clock, due, fact, ny, promised


def test_unmet_promises_are_counted_from_the_tickets_start() -> None:
    owed = promised("normal", FRIDAY_EVENING, fact("severity_changed", ny(6, 18), level="urgent"))
    assert due(owed, "first_response") == ny(6, 19)
    assert due(owed, "resolution") == ny(9, 15)
    assert owed.level.key == "urgent"


def test_a_met_promise_stays_as_it_was() -> None:
    owed = promised(
        "normal",
        FRIDAY_EVENING,
        fact("agent_response", ny(6, 18)),
        fact("severity_changed", ny(9, 10), level="urgent"),
    )
    assert due(owed, "first_response") == ny(9, 15)
    assert due(owed, "resolution") == ny(9, 15)


def test_pauses_so_far_count_by_the_new_targets_rule() -> None:
    pause = fact("pause", ny(6, 20)), fact("resume", ny(7, 20))
    owed = promised("slow", FRIDAY_EVENING, *pause, fact("severity_changed", ny(8, 12), level="urgent"))
    # 24 elapsed hours were paused, none of them open.
    assert due(owed, "resolution") == ny(9, 15)
    back = promised("urgent", FRIDAY_EVENING, *pause, fact("severity_changed", ny(8, 12), level="slow"))
    assert due(back, "resolution") == due(promised("slow", FRIDAY_EVENING, *pause), "resolution")


def test_a_due_already_past_at_the_change_is_no_breach() -> None:
    owed = promised("normal", FRIDAY_EVENING, fact("severity_changed", ny(9, 10), level="urgent"))
    first = clock(owed, "first_response")
    assert first.due == ny(6, 19)
    assert first.late_by_reclassification
    assert first.state(ny(9, 11)) is State.LATE_BY_RECLASSIFICATION
    assert not clock(owed, "resolution").late_by_reclassification


def test_a_breach_of_the_earlier_promise_stays_a_breach() -> None:
    owed = promised("normal", FRIDAY_EVENING, fact("severity_changed", ny(9, 16), level="urgent"))
    assert clock(owed, "first_response").state(ny(9, 17)) is State.BREACHED


def test_a_confirmation_given_at_the_opening_meets_the_new_levels_acknowledgement() -> None:
    owed = promised("normal", FRIDAY_EVENING, fact("severity_changed", ny(10, 16), level="urgent"))
    assert clock(owed, "acknowledge").state(ny(10, 17)) is State.MET


def test_a_resolution_that_is_solved_and_reopened_counts_by_the_severity_of_now() -> None:
    facts = fact("solved", ny(6, 18)), fact("severity_changed", ny(9, 10), level="urgent")
    assert due(promised("normal", FRIDAY_EVENING, *facts), "resolution") == ny(11, 17)
    reopened = promised("normal", FRIDAY_EVENING, *facts, fact("reopened", ny(9, 11)))
    # Eight hours from Friday 17:00, and three that it was solved.
    assert due(reopened, "resolution") == ny(9, 18)


def test_a_next_response_counts_from_its_own_start() -> None:
    owed = promised(
        "normal",
        FRIDAY_EVENING,
        fact("agent_response", ny(6, 18)),
        fact("customer_reply", ny(9, 10)),
        fact("severity_changed", ny(9, 11), level="urgent"),
    )
    assert due(owed, "next_response") == ny(9, 12)


def test_a_change_to_words_leaves_the_words() -> None:
    owed = promised("normal", FRIDAY_EVENING, fact("severity_changed", ny(9, 10), level="someday"))
    assert due(owed, "resolution") is None
    assert owed.resolution_text == "Future software release"


def test_a_change_to_the_same_severity_changes_nothing() -> None:
    owed = promised("normal", FRIDAY_EVENING, fact("severity_changed", ny(12, 10), level="low"))
    assert owed == promised("normal", FRIDAY_EVENING)


def test_a_second_change_does_not_turn_late_by_reclassification_into_a_breach() -> None:
    facts = [
        fact("severity_changed", ny(9, 10), level="urgent"),
        fact("severity_changed", ny(9, 11), level="effort"),
    ]
    first = clock(promised("normal", FRIDAY_EVENING, *facts), "first_response")
    assert first.due == ny(6, 19)
    assert first.state(ny(9, 12)) is State.LATE_BY_RECLASSIFICATION
