"""Only the resolution pauses: while the ticket waits on the visitor, and while it is solved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from slabot.domain.clocks.clock import State
from slabot.domain.clocks.facts import ContradictoryFacts
from tests.domain.clocks.desk import FRIDAY_EVENING, clock, due, fact, ny, promised


def test_a_pause_moves_the_resolution_by_the_open_time_it_lasted() -> None:
    owed = promised("urgent", FRIDAY_EVENING, fact("pause", ny(6, 18)), fact("resume", ny(9, 10)))
    assert due(owed, "resolution") == ny(9, 17)
    assert due(owed, "first_response") == ny(6, 19)


def test_an_elapsed_target_is_moved_by_elapsed_time() -> None:
    owed = promised("slow", ny(7, 3), fact("pause", ny(7, 4)), fact("resume", ny(7, 9)))
    assert due(owed, "resolution") == ny(7, 3) + timedelta(hours=53)


def test_a_target_of_business_days_is_moved_by_open_time_from_the_earlier_due() -> None:
    owed = promised("normal", FRIDAY_EVENING, fact("pause", ny(9, 9)), fact("resume", ny(9, 12)))
    # Wednesday 17:00, two hours to the closing and one on Thursday.
    assert due(owed, "resolution") == ny(12, 10)


def test_a_pause_in_closed_time_changes_nothing() -> None:
    for key in ("urgent", "normal"):
        paused = promised(key, FRIDAY_EVENING, fact("pause", ny(6, 20)), fact("resume", ny(9, 8)))
        assert due(paused, "resolution") == due(promised(key, FRIDAY_EVENING), "resolution")


def test_a_pause_still_open_moves_nothing_yet_and_nothing_is_missed_meanwhile() -> None:
    owed = promised("urgent", FRIDAY_EVENING, fact("pause", ny(6, 18)))
    resolution = clock(owed, "resolution")
    assert resolution.due == ny(9, 15)
    assert resolution.state(ny(20, 0)) is State.PAUSED
    assert resolution.next_instant(ny(6, 18)) is None


def test_what_was_missed_before_the_pause_stays_missed() -> None:
    resolution = clock(promised("urgent", FRIDAY_EVENING, fact("pause", ny(9, 16))), "resolution")
    assert resolution.state(ny(9, 17)) is State.BREACHED
    # A watch that was down still finds it.
    assert resolution.next_instant(ny(9, 14)) == ny(9, 15) + timedelta(seconds=1)


def test_overlapping_pauses_count_once() -> None:
    once = promised("urgent", FRIDAY_EVENING, fact("pause", ny(9, 9)), fact("resume", ny(9, 12)))
    overlapping = promised(
        "urgent",
        FRIDAY_EVENING,
        fact("pause", ny(9, 9)),
        fact("solved", ny(9, 10)),
        fact("reopened", ny(9, 11)),
        fact("resume", ny(9, 12)),
    )
    assert due(overlapping, "resolution") == due(once, "resolution") == ny(9, 18)


def test_a_second_pause_while_paused_changes_nothing() -> None:
    twice = fact("pause", ny(9, 9)), fact("pause", ny(9, 10)), fact("resume", ny(9, 12))
    assert due(promised("urgent", FRIDAY_EVENING, *twice), "resolution") == ny(9, 18)


def test_two_pauses_that_overlap_last_from_the_first_ones_start_to_the_last_ones_end() -> None:
    two = (
        fact("pause", ny(9, 9)),
        fact("pause", ny(9, 10)),
        fact("resume", ny(9, 11)),
        fact("resume", ny(9, 12)),
    )
    assert due(promised("urgent", FRIDAY_EVENING, *two), "resolution") == ny(9, 18)
    with pytest.raises(ContradictoryFacts, match=r"resume at .* without pause before it"):
        promised("urgent", FRIDAY_EVENING, *two, fact("resume", ny(9, 13)))


def test_solved_while_solved_changes_nothing() -> None:
    facts = fact("solved", ny(9, 9)), fact("solved", ny(9, 10)), fact("reopened", ny(9, 12))
    assert due(promised("urgent", FRIDAY_EVENING, *facts), "resolution") == ny(9, 18)
    assert clock(promised("urgent", FRIDAY_EVENING, *facts[:2]), "resolution").met_at == ny(9, 9)


def test_every_closed_pause_moves_the_due_in_turn() -> None:
    facts = [
        fact("pause", ny(9, 9)),
        fact("resume", ny(9, 10)),
        fact("solved", ny(9, 11)),
        fact("reopened", ny(9, 12)),
    ]
    owed = promised("urgent", FRIDAY_EVENING, *facts)
    assert [pause.due_after for pause in clock(owed, "resolution").pauses] == [ny(9, 16), ny(9, 17)]


def test_continuous_effort_never_pauses() -> None:
    facts = (
        fact("pause", ny(6, 18)),
        fact("resume", ny(9, 12)),
        fact("solved", ny(9, 13)),
        fact("reopened", ny(10, 9)),
    )
    owed = promised("effort", FRIDAY_EVENING, *facts)
    assert due(owed, "resolution") == due(promised("effort", FRIDAY_EVENING), "resolution") == ny(9, 11)


def test_a_segment_pauses_by_the_time_that_counts_then() -> None:
    facts = fact("agent_response", ny(6, 18)), fact("pause", ny(6, 22)), fact("resume", ny(7, 1))
    assert due(promised("segment", FRIDAY_EVENING, *facts), "resolution") == ny(7, 4)
