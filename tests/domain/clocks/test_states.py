"""States are read from instants; a watch learns when to look again."""

from __future__ import annotations

from datetime import timedelta

from slabot.domain.clocks.clock import State
from slabot.domain.target import Metric
from tests.domain.clocks.desk import FRIDAY_EVENING, clock, due, fact, ny, promised, within
from tests.domain.clocks.desk import level as level_of

SECOND = timedelta(seconds=1)


def test_a_clock_runs_warns_and_breaches_and_is_met_at_the_due_instant_itself() -> None:
    resolution = clock(promised("urgent", FRIDAY_EVENING), "resolution")
    # Three quarters of eight hours are used up on Monday at 13:00.
    assert resolution.warn_at == ny(9, 13)
    assert resolution.state(ny(9, 13) - SECOND) is State.RUNNING
    assert resolution.state(ny(9, 13)) is State.WARNED
    assert resolution.state(ny(9, 15)) is State.WARNED
    assert resolution.state(ny(9, 15) + SECOND) is State.BREACHED


def test_solved_at_the_due_instant_is_met_and_a_second_later_is_not() -> None:
    for late, state in ((0, State.MET), (1, State.BREACHED)):
        owed = promised("urgent", FRIDAY_EVENING, fact("solved", ny(9, 15) + late * SECOND))
        assert clock(owed, "resolution").state(ny(20, 0)) is state


def test_a_pause_before_the_warning_moves_it_and_one_after_does_not() -> None:
    early = promised("urgent", FRIDAY_EVENING, fact("pause", ny(9, 9)), fact("resume", ny(9, 10)))
    late = promised("urgent", FRIDAY_EVENING, fact("pause", ny(9, 14)), fact("resume", ny(9, 15)))
    assert clock(early, "resolution").warn_at == ny(9, 14)
    assert clock(late, "resolution").warn_at == ny(9, 13)


def test_the_earlier_of_both_warnings_counts() -> None:
    target = within(8, warn_before=timedelta(hours=4))
    owed = promised("lead", FRIDAY_EVENING, levels=(level_of("lead", 0, {Metric.RESOLUTION: target}),))
    assert clock(owed, "resolution").warn_at == ny(9, 11)
    longer = within(1, warn_before=timedelta(hours=4))
    owed = promised("lead", FRIDAY_EVENING, levels=(level_of("lead", 0, {Metric.RESOLUTION: longer}),))
    assert clock(owed, "resolution").warn_at == FRIDAY_EVENING


def test_a_watch_wakes_for_each_warning_and_for_the_first_second_past_each_due() -> None:
    owed = promised("urgent", FRIDAY_EVENING)
    woken = []
    now = FRIDAY_EVENING
    while (coming := owed.next_instant(now)) is not None:
        woken.append(coming)
        now = coming
    assert woken == [ny(6, 18, 30), ny(6, 19) + SECOND, ny(9, 13), ny(9, 15) + SECOND]
    assert clock(owed, "first_response").state(ny(6, 19) + SECOND) is State.BREACHED


def test_a_met_clock_wakes_nobody() -> None:
    owed = promised("urgent", FRIDAY_EVENING, fact("agent_response", ny(6, 18)), fact("solved", ny(6, 18)))
    assert owed.next_instant(FRIDAY_EVENING) is None


def test_a_breach_that_was_met_late_is_still_found() -> None:
    owed = promised("urgent", FRIDAY_EVENING, fact("agent_response", ny(9, 10)), fact("solved", ny(9, 11)))
    assert owed.next_instant(FRIDAY_EVENING) == ny(6, 18, 30)
    assert owed.next_instant(ny(6, 18, 30)) == ny(6, 19) + SECOND


def test_solved_ends_the_responses_nobody_waits_for_any_more() -> None:
    facts = fact("agent_response", ny(6, 18)), fact("customer_reply", ny(9, 10)), fact("solved", ny(9, 11))
    owed = promised("urgent", FRIDAY_EVENING, *facts)
    assert due(owed, "next_response") == ny(9, 12)
    assert clock(owed, "next_response").state(ny(9, 13)) is State.NONE
    assert owed.next_instant(ny(9, 11)) is None


def test_without_a_target_there_is_no_state() -> None:
    owed = promised("normal", FRIDAY_EVENING)
    assert clock(owed, "acknowledge").state(ny(9, 9)) is State.NONE
    assert clock(owed, "next_response").state(ny(9, 9)) is State.NONE
