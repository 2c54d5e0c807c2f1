"""A turn writes the rows that changed with it, and all of them where nobody knows what stands in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from slabot.domain.projection import ClockRow, InboxRow, TicketRow
from slabot.services.projected import Rows, changed

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
INBOX = InboxRow(
    "c_1", "human-esources", "v_vera", "Vera", "waiting", None, "CustomerCare", "high", 0, False, "HES-1",
    "help", "help", "visitor", NOON, NOON, NOON, "first_response", False, True,
)  # fmt: skip
TICKET = TicketRow(
    "HES-1", "c_1", "human-esources", "v_vera", "high", "CustomerCare", "open", NOON, None, "v1",
    None, NOON, None, None, None,
)  # fmt: skip
RESPONSE = ClockRow("c_1", "first_response", 1, NOON, None, NOON)
RESOLUTION = ClockRow("c_1", "resolution", 1, None, None, None)
BEFORE = Rows(INBOX, TICKET, (RESPONSE, RESOLUTION))


def test_what_nobody_knows_is_written_whole() -> None:
    written = changed(BEFORE, None)
    assert (written.ticket, written.clocks, written.moved) == (TICKET, BEFORE.clocks, ())


def test_a_turn_that_moves_no_clock_writes_none() -> None:
    written = changed(BEFORE, BEFORE)
    assert (written.ticket, written.clocks, written.moved) == (None, None, ())


def test_a_clock_that_moved_is_written_without_its_neighbours() -> None:
    warned = RESPONSE._replace(next_at=None)
    written = changed(replace(BEFORE, clocks=(warned, RESOLUTION)), BEFORE)
    assert (written.ticket, written.clocks, written.moved) == (None, None, (warned,))


def test_another_generation_replaces_the_clocks_of_the_ticket() -> None:
    reopened = (RESPONSE, RESOLUTION._replace(generation=2))
    written = changed(replace(BEFORE, clocks=reopened), BEFORE)
    assert (written.clocks, written.moved) == (reopened, ())


def test_a_first_ticket_is_written_whole() -> None:
    written = changed(BEFORE, Rows(INBOX, None, None))
    assert (written.ticket, written.clocks) == (TICKET, BEFORE.clocks)
