"""The rows that lists and the watch read of one conversation, and which of them a turn has to write."""

from __future__ import annotations

from dataclasses import dataclass

from slabot.domain.conversation import Conversation
from slabot.domain.projection import ClockRow, InboxRow, TicketRow, clock_rows, inbox_row, ticket_row
from slabot.domain.support import Support


@dataclass(frozen=True, slots=True)
class Rows:
    """The projections of one conversation."""

    inbox: InboxRow
    ticket: TicketRow | None
    clocks: tuple[ClockRow, ...] | None
    """All of its ticket and every reminder; None where there never was one."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What to write beside the inbox row, in the terms of a `Turn`."""

    ticket: TicketRow | None
    clocks: tuple[ClockRow, ...] | None
    moved: tuple[ClockRow, ...] = ()


def projected(conversation: Conversation, support: Support) -> Rows:
    """Recomputed from the fold."""
    if conversation.ticket is None:
        reminders = clock_rows(conversation, None, support) if conversation.was_reminded else None
        return Rows(inbox_row(conversation, support, None), None, reminders)
    promise = conversation.ticket.promise(support)
    return Rows(
        inbox_row(conversation, support, promise),
        ticket_row(conversation, promise),
        clock_rows(conversation, promise, support),
    )


def changed(rows: Rows, before: Rows | None) -> Changed:
    """What differs from the rows that were stored with the head before; all where these are not known."""
    if before is None or before.ticket is None or before.clocks is None or rows.clocks is None:
        return Changed(rows.ticket, rows.clocks)
    ticket = None if rows.ticket == before.ticket else rows.ticket
    if list(map(_key, rows.clocks)) != list(map(_key, before.clocks)):
        return Changed(ticket, rows.clocks)
    pairs = zip(rows.clocks, before.clocks, strict=True)
    return Changed(ticket, None, tuple(row for row, old in pairs if row != old))


def _key(row: ClockRow) -> tuple[str, int]:
    return row.metric, row.generation
