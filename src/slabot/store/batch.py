"""Many turns in one transaction: who may pass is settled first, then every table is written at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import orjson
from sqlalchemy.engine import Connection

from slabot.domain.timeline import Event, Head
from slabot.services.turn import (
    AtCapacity,
    Committed,
    HeadMoved,
    NumberTaken,
    Repeated,
    ReusedClientId,
    Turn,
    Unstorable,
)
from slabot.store.rows import (
    Row,
    clock_values,
    event_row,
    findable_values,
    inbox_values,
    outgoing_values,
    receipt_values,
    ticket_values,
)
from slabot.store.statements import Statements

Outcome = Committed | Exception


class Entry(NamedTuple):
    """One turn as the rows it becomes."""

    turn: Turn
    head: Head
    """After the turn."""
    events: tuple[Row, ...]
    conversation: Row
    receipt: Row | None
    ticket: Row | None
    clocks: tuple[Row, ...] | None
    moved: tuple[Row, ...]
    outbox: tuple[Row, ...]
    findables: tuple[Row, ...]
    beside: Entry | None
    """Admitted with this one, or neither is."""
    given_number: int
    """The highest ticket number this process gave away so far; kept when a ticket opens."""


def entry(turn: Turn, given_number: int = 0) -> Entry:
    """The turn's rows. Raises Unstorable for what no database keeps."""
    head = turn.events[-1].head if turn.events else turn.head
    try:
        made = Entry(
            turn=turn,
            head=head,
            events=tuple(map(event_row, turn.events)),
            conversation=(turn.conversation, head.seq, head.digest, *inbox_values(turn.inbox)),
            receipt=None if turn.receipt is None else receipt_values(turn.receipt),
            ticket=None if turn.ticket is None else ticket_values(turn.ticket),
            clocks=None if turn.clocks is None else tuple(map(clock_values, turn.clocks)),
            moved=tuple(map(clock_values, turn.moved)),
            outbox=tuple(map(outgoing_values, turn.outbox)),
            findables=tuple(
                findable_values(turn.workspace, turn.conversation, one) for one in turn.findables
            ),
            beside=None if turn.beside is None else entry(turn.beside),
            given_number=given_number,
        )
    except (TypeError, ValueError, OverflowError) as error:
        raise Unstorable(f"{turn.conversation}: {error}") from error
    # JSON escapes a NUL; these are the plain texts that somebody outside the house wrote.
    row = turn.inbox
    written = f"{row.name}{row.first_words}{row.last_words}{row.visitor}"
    if turn.receipt is not None:
        written += turn.receipt.author + turn.receipt.client_id
    if "\0" in written:
        raise Unstorable(f"{turn.conversation}: a text holds a NUL; replace it before it comes here")
    return made


def write(connection: Connection, statements: Statements, entries: Sequence[Entry]) -> list[Outcome]:
    """Writes what may pass and says for each entry what became of it; whoever came first in line wins.

    An exception that is raised, not returned, is a constraint or a value that the database refused:
    the caller rolls back. Nothing counts before the caller's commit.
    """
    standing = _Standing(connection, statements, entries)
    outcomes = [standing.admit(one) for one in entries]
    standing.write()
    return outcomes


def _whole(one: Entry) -> tuple[Entry, ...]:
    return (one,) if one.beside is None else (one, one.beside)


class _Standing:
    """What the database said when the transaction began, brought forward by every turn that was let in."""

    def __init__(self, connection: Connection, statements: Statements, entries: Sequence[Entry]) -> None:
        self._connection = connection
        self._statements = statements
        turns = [each.turn for one in entries for each in _whole(one)]
        self._positions = statements.positions(connection, {turn.workspace for turn in turns})
        agents = {holding.agent for turn in turns for holding in turn.holdings}
        self._held = statements.held(connection, agents) if agents else {}
        heads = statements.heads(connection, {turn.conversation for turn in turns})
        self._heads = {conversation: Head(seq, bytes(digest)) for conversation, seq, digest, _ in heads}
        self._homes = {conversation: workspace for conversation, _, _, workspace in heads}
        used = statements.receipts(connection, {one.receipt[:3] for one in entries if one.receipt})
        self._receipts = {row[:3]: row for row in used}
        opened = {(t.workspace, t.ticket.number) for t in turns if t.opens_ticket and t.ticket}
        self._taken = set(statements.tickets(connection, opened))
        self._admitted: list[Entry] = []
        self._events: list[Row] = []

    def admit(self, one: Entry) -> Outcome:
        refusal = next(filter(None, map(self._refusal, _whole(one))), None) or self._overload(one)
        if refusal is not None:
            return refusal
        events, *beside = map(self._let_in, _whole(one))
        return Committed(events, *beside)

    def _let_in(self, one: Entry) -> tuple[Event, ...]:
        turn = one.turn
        self._heads[turn.conversation] = one.head
        self._homes[turn.conversation] = turn.workspace
        if one.receipt is not None:
            self._receipts[one.receipt[:3]] = one.receipt
        if turn.opens_ticket and turn.ticket is not None:
            self._taken.add((turn.workspace, turn.ticket.number))
        for holding in turn.holdings:
            self._held[holding.agent] = max(0, self._held[holding.agent] + holding.by)
        position = self._positions[turn.workspace]
        self._positions[turn.workspace] = position + len(turn.events)
        self._admitted.append(one)
        for offset, row in enumerate(one.events, start=1):
            self._events.append((turn.workspace, position + offset, *row))
        return tuple([event._replace(position=position + n) for n, event in enumerate(turn.events, start=1)])

    def _refusal(self, one: Entry) -> Exception | None:
        turn = one.turn
        if one.receipt is not None:
            kept = self._receipts.get(one.receipt[:3])
            if kept is not None:
                same = bytes(kept[3]) == one.receipt[3]
                return Repeated(orjson.loads(kept[4])) if same else ReusedClientId(turn.conversation)
        if self._homes.get(turn.conversation, turn.workspace) != turn.workspace:
            return Unstorable(f"{turn.conversation} belongs to another workspace than {turn.workspace}")
        if self._heads.get(turn.conversation, Head()) != turn.head:
            return HeadMoved(f"{turn.conversation} has moved on from {turn.head.seq}")
        if turn.opens_ticket and turn.ticket and (turn.workspace, turn.ticket.number) in self._taken:
            return NumberTaken(turn.ticket.number)
        return None

    def _overload(self, one: Entry) -> AtCapacity | None:
        """Counted over both turns: who lets go of one conversation has room for the one beside it."""
        holdings = [holding for each in _whole(one) for holding in each.turn.holdings]
        for holding in holdings:
            by = sum(other.by for other in holdings if other.agent == holding.agent)
            if holding.by > 0 and by > 0 and self._held[holding.agent] + by > holding.capacity:
                return AtCapacity(holding.agent)
        return None

    def write(self) -> None:
        """Every table once. Of several rows of one conversation or ticket the last one stays."""
        made = self._admitted
        if not made:
            return
        sql = self._statements
        self._many(sql.add_events, self._events)
        self._many(sql.put_conversation, {one.turn.conversation: one.conversation for one in made}.values())
        self._many(sql.add_receipt, [one.receipt for one in made if one.receipt is not None])
        opened = [one for one in made if one.ticket is not None and one.turn.opens_ticket]
        changed = [one for one in made if one.ticket is not None and not one.turn.opens_ticket]
        self._many(sql.add_ticket, [one.ticket for one in opened if one.ticket])
        self._many(sql.put_ticket, {one.ticket[:3]: one.ticket for one in changed if one.ticket}.values())
        self._many(sql.put_findable, {row[:2]: row for one in made for row in one.findables}.values())
        for one in made:
            if one.turn.moves_visitor:
                sql.move_visitor(self._connection, one.turn.conversation, one.turn.inbox.visitor)
            if one.turn.erases is not None:
                sql.erase(self._connection, one.turn.workspace, one.turn.conversation, one.turn.erases)
        self._many(sql.add_outgoing, [row for one in made for row in one.outbox])
        self._write_clocks()
        self._write_counters(opened)

    def _write_clocks(self) -> None:
        whole: dict[str, tuple[Row, ...]] = {}
        moved: dict[Row, Row] = {}
        """By conversation, metric and generation; of several turns the last one stays."""
        for one in self._admitted:
            conversation = one.turn.conversation
            if one.clocks is not None:
                whole[conversation] = one.clocks
            elif conversation in whole:
                latest = {row[:3]: row for row in one.moved}
                whole[conversation] = tuple(latest.get(row[:3], row) for row in whole[conversation])
            else:
                moved.update((row[:3], row) for row in one.moved)
        if whole:
            self._statements.drop_clocks(self._connection, whole)
        self._many(self._statements.add_clock, [row for rows in whole.values() for row in rows])
        self._many(self._statements.put_clock, [row for row in moved.values() if row[0] not in whole])

    def _write_counters(self, opened: Sequence[Entry]) -> None:
        moved = {one.turn.workspace for one in self._admitted if one.events}
        self._many(self._statements.put_position, [(name, self._positions[name]) for name in sorted(moved)])
        agents = {holding.agent for one in self._admitted for holding in one.turn.holdings}
        self._many(self._statements.put_holding, [(agent, self._held[agent]) for agent in sorted(agents)])
        if not opened:
            return
        given: dict[str, int] = {}
        for one in opened:
            given[one.turn.workspace] = max(given.get(one.turn.workspace, 0), one.given_number)
        kept = self._statements.numbers(self._connection, given)
        self._many(
            self._statements.put_number,
            [(name, last) for name, last in sorted(given.items()) if last > kept.get(name, 0)],
        )

    def _many(self, statement: str, rows: Iterable[Row]) -> None:
        rows = list(rows)
        if rows:
            self._statements.write(self._connection, statement, rows)
