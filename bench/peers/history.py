"""What a store holds after a while: whole timelines, chained and projected as the services write them, in bulk."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from peers.decisions import WORDS
from peers.talk import Phrasebook
from slabot.domain.conversation import Conversation, fold
from slabot.domain.finding import findables
from slabot.domain.projection import clock_rows, inbox_row, ticket_row
from slabot.domain.support import Support
from slabot.domain.timeline import BOT, Actor, Happening, Kind, append
from slabot.policies.in_force import PoliciesInForce
from slabot.services.turn import Receipt
from slabot.store.database import Database
from slabot.store.rows import (
    Row,
    clock_values,
    event_row,
    findable_values,
    inbox_values,
    receipt_values,
    ticket_values,
)
from slabot.store.schema import migrate
from slabot.store.statements import Statements, statements_for

AT_ONCE = 2_000
"""Conversations in one transaction."""

DAYS = 90
TICKETS = 0.05
"""Share of conversations that people took over and resolved."""


@dataclass(slots=True)
class Pile:
    """Rows on their way, a list per table."""

    timeline: list[Row] = field(default_factory=list)
    conversations: list[Row] = field(default_factory=list)
    receipts: list[Row] = field(default_factory=list)
    tickets: list[Row] = field(default_factory=list)
    clocks: list[Row] = field(default_factory=list)
    findables: list[Row] = field(default_factory=list)

    def write(self, connection: Connection, statements: Statements) -> None:
        for statement, rows in (
            (statements.add_events, self.timeline),
            (statements.put_conversation, self.conversations),
            (statements.add_receipt, self.receipts),
            (statements.add_ticket, self.tickets),
            (statements.add_clock, self.clocks),
            (statements.put_findable, self.findables),
        ):
            if rows:
                statements.write(connection, statement, rows)


@contextmanager
def _opened(address: str) -> Iterator[tuple[Connection, Statements]]:
    """A new store to fill; at the end it is as one that has been at rest for a while."""
    migrate(address)
    engine = Database(address).writing()
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA cache_size=-400000")
            connection.rollback()
        yield connection, statements_for(engine.dialect)
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
    engine.dispose()  # SQLite's last connection moves the log into the file.


class History:
    """The same past for every database, made from a seed."""

    def __init__(self, book: Phrasebook, policies: PoliciesInForce, now: datetime) -> None:
        self._book = book
        self._supports = {name: policies.current(name) for name in book.workspaces}
        self._now = now

    def fill(self, addresses: Sequence[str], messages: int) -> None:
        """At least so many messages in each, in conversations of the last three months."""
        positions = dict.fromkeys(self._book.workspaces, 0)
        numbers = dict.fromkeys(self._book.workspaces, 0)
        chance = random.Random(messages)
        written = 0
        with ExitStack() as stack:
            stores = [stack.enter_context(_opened(address)) for address in addresses]
            while written < messages:
                pile = Pile()
                for _ in range(AT_ONCE):
                    written += self._add(pile, chance, written / messages, positions, numbers)
                    if written >= messages:
                        break
                for connection, statements in stores:
                    with connection.begin():
                        pile.write(connection, statements)
                        statements.write(connection, statements.put_position, list(positions.items()))
                        statements.write(connection, statements.put_number, list(numbers.items()))

    def _add(
        self,
        pile: Pile,
        chance: random.Random,
        progress: float,
        positions: dict[str, int],
        numbers: dict[str, int],
    ) -> int:
        """One conversation; how many messages it has."""
        workspace = chance.choice(self._book.workspaces)
        support = self._supports[workspace]
        start = self._now - timedelta(days=DAYS * (1 - progress) + 1)
        visitor = Actor.visitor(f"v_{chance.randbytes(12).hex()}")
        number = None
        if chance.random() < TICKETS:
            numbers[workspace] += 1
            number = f"{support.policy.ticket_prefix}{numbers[workspace]}"
        told = list(self._told(chance, workspace, support, visitor, start, number))
        id = f"c_{chance.randbytes(12).hex()}"
        before = Conversation(id, workspace)
        salts = (chance.randbytes(16) for _ in told)
        events = append(id, before.head, told, told[-1].at, salts)
        after = fold(before, events)
        for position, event in enumerate(events, start=positions[workspace] + 1):
            pile.timeline.append((workspace, position, *event_row(event)))
        positions[workspace] += len(events)
        if after.ticket is None:
            row = inbox_row(after, support, None)
        else:
            promise = after.ticket.promise(support)
            row = inbox_row(after, support, promise)
            pile.tickets.append(ticket_values(ticket_row(after, promise)))
            pile.clocks.extend(clock_values(clock) for clock in clock_rows(after, promise, support))
        pile.findables.extend(findable_values(workspace, id, one) for one in findables(before, after, events))
        pile.conversations.append((id, after.head.seq, after.head.digest, *inbox_values(row)))
        asked = [event for event in events if event.kind is Kind.VISITOR_WROTE]
        for event in asked:
            answer = {"conversation": id, "seq": event.seq, "head": event.seq + 1}
            body = hashlib.sha256(event.text.encode()).digest()
            receipt = Receipt(workspace, visitor.id, event.data["client_id"], body, answer)
            pile.receipts.append(receipt_values(receipt))
        return len(
            [
                event
                for event in events
                if event.kind in (Kind.VISITOR_WROTE, Kind.BOT_WROTE, Kind.AGENT_WROTE)
            ]
        )

    def _told(
        self,
        chance: random.Random,
        workspace: str,
        support: Support,
        visitor: Actor,
        start: datetime,
        number: str | None,
    ) -> Iterator[Happening]:
        at = start
        yield Happening(
            Kind.CONVERSATION_STARTED, visitor, at, {"locale": "en", "zone": "Europe/Berlin"}, {"name": ""}
        )
        for text in self._book.conversation(chance, workspace):
            at += timedelta(seconds=chance.randint(5, 90))
            said = {"client_id": chance.randbytes(8).hex()}
            yield Happening(Kind.VISITOR_WROTE, visitor, at, said, {"text": text})
            yield Happening(Kind.BOT_WROTE, BOT, at, {"action": "answer", "article": "some"}, {"text": WORDS})
        if number is None:
            return
        level = chance.choice(support.policy.levels)
        agent = Actor.agent("aidan")
        opened = {
            "number": number,
            "level": level.key,
            "queue": support.policy.queues[0].key,
            "claimed": None,
            "reason": "asked_for_person",
            "policy_version": support.policy.version,
            "calendars": {key: calendar.digest for key, calendar in support.calendars.items()},
        }
        yield Happening(Kind.TICKET_OPENED, BOT, at, opened)
        yield Happening(Kind.ACKNOWLEDGED, BOT, at, {"by": "confirmation"})
        at += timedelta(minutes=2)
        yield Happening(Kind.CLAIMED, agent, at)
        yield Happening(Kind.AGENT_WROTE, agent, at, {}, {"text": WORDS, "name": "Aidan"})
        yield Happening(Kind.RESOLVED, agent, at + timedelta(minutes=5), {"code": "fixed"})
