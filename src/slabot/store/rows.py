"""How the nouns of domain and services become rows, and rows become nouns again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from slabot.domain.finding import Findable
from slabot.domain.projection import ClockRow, InboxRow, TicketRow
from slabot.domain.timeline import Actor, Event, Kind, microseconds
from slabot.services.turn import Outgoing, Receipt

Row = tuple[Any, ...]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(value: int) -> datetime:
    """The aware UTC instant of so many microseconds since 1970."""
    return EPOCH + timedelta(microseconds=value)


def instant_or_none(value: int | None) -> datetime | None:
    return None if value is None else EPOCH + timedelta(microseconds=value)


def micros(at: datetime | None) -> int | None:
    return None if at is None else microseconds(at)


def json_text(value: Any) -> str:
    """Raises TypeError for what JSON cannot hold, lone surrogates included."""
    return orjson.dumps(value).decode()


def event_row(event: Event) -> Row:
    """All columns of `timeline` after workspace and position, which the writer gives."""
    at = microseconds(event.at)
    content = event.content
    return (
        event.conversation, event.seq, at,
        at if event.recorded_at is event.at else microseconds(event.recorded_at),
        str(event.actor), event.kind.value, json_text(event.data) if event.data else "{}",
        None if content is None else json_text(content) if content else "{}",
        event.salt, event.content_digest, event.digest,
    )  # fmt: skip


def event_of(row: Sequence[Any]) -> Event:
    """The event of one whole row of `timeline`."""
    (
        _, position, conversation, seq, at, recorded_at, actor, kind, data, content, salt,
        content_digest, digest,
    ) = row  # fmt: skip
    return Event(
        conversation, seq, instant(at), instant(recorded_at), Actor.parse(actor), Kind(kind),
        orjson.loads(data), None if content is None else orjson.loads(content),
        None if salt is None else bytes(salt), bytes(content_digest), bytes(digest), position,
    )  # fmt: skip


def inbox_values(row: InboxRow) -> Row:
    """All columns of `conversations` after conversation, seq and digest."""
    return (
        row.workspace, row.visitor, row.name, row.status, row.holder, row.queue, row.level, row.rank,
        row.claim_differs, row.ticket, row.first_words, row.last_words, row.last_role,
        microseconds(row.last_at), microseconds(row.started_at), micros(row.next_due), row.next_metric,
        row.is_paused, row.owes_reply, row.spoke_with, json_text(row.tags), row.is_snoozed,
        micros(row.snoozed_until), micros(row.follow_up_at), row.reported_by, row.merged_into,
    )  # fmt: skip


def inbox_of(row: Sequence[Any]) -> InboxRow:
    """The inbox row of one whole row of `conversations`."""
    (
        conversation, _, _, workspace, visitor, name, status, holder, queue, level, rank, claim_differs,
        ticket, first_words, last_words, last_role, last_at, started_at, next_due, next_metric,
        is_paused, owes_reply, spoke_with, tags, is_snoozed, snoozed_until, follow_up_at,
        reported_by, merged_into,
    ) = row  # fmt: skip
    return InboxRow(
        conversation, workspace, visitor, name, status, holder, queue, level, rank, bool(claim_differs),
        ticket, first_words, last_words, last_role, instant(last_at), instant(started_at),
        instant_or_none(next_due), next_metric, bool(is_paused), bool(owes_reply), spoke_with,
        tuple(orjson.loads(tags)), bool(is_snoozed), instant_or_none(snoozed_until),
        instant_or_none(follow_up_at), reported_by, merged_into,
    )  # fmt: skip


def ticket_values(row: TicketRow) -> Row:
    return (
        row.number, row.conversation, row.workspace, row.visitor, row.level, row.queue, row.state,
        microseconds(row.opened_at), micros(row.resolved_at), row.policy_version, micros(row.acknowledge),
        micros(row.first_response), micros(row.next_response), micros(row.resolution), row.rating,
    )  # fmt: skip


def ticket_of(row: Sequence[Any]) -> TicketRow:
    (
        number, conversation, workspace, visitor, level, queue, state, opened_at, resolved_at, policy_version,
        acknowledge, first_response, next_response, resolution, rating,
    ) = row  # fmt: skip
    return TicketRow(
        number, conversation, workspace, visitor, level, queue, state, instant(opened_at),
        instant_or_none(resolved_at), policy_version, instant_or_none(acknowledge),
        instant_or_none(first_response), instant_or_none(next_response), instant_or_none(resolution), rating,
    )  # fmt: skip


def clock_values(row: ClockRow) -> Row:
    return (
        row.conversation,
        row.metric,
        row.generation,
        micros(row.due),
        micros(row.met_at),
        micros(row.next_at),
    )


def clock_of(row: Sequence[Any]) -> ClockRow:
    conversation, metric, generation, due, met_at, next_at = row
    return ClockRow(
        conversation,
        metric,
        generation,
        instant_or_none(due),
        instant_or_none(met_at),
        instant_or_none(next_at),
    )


def receipt_values(receipt: Receipt) -> Row:
    return (
        receipt.workspace, receipt.author, receipt.client_id, receipt.body, json_text(receipt.answer),
    )  # fmt: skip


def receipt_of(row: Sequence[Any]) -> Receipt:
    workspace, author, client_id, body, answer = row
    return Receipt(workspace, author, client_id, bytes(body), orjson.loads(answer))


def findable_values(workspace: str, conversation: str, findable: Findable) -> Row:
    return (conversation, findable.seq, f"{within(workspace)} {findable.words}")


def findable_of(row: Sequence[Any]) -> Findable:
    """Of the place and its words as they are kept."""
    seq, words = row
    return Findable(seq, words.partition(" ")[2])


def within(workspace: str) -> str:
    """The first word of all that is found in a workspace: nobody can write one that begins like this."""
    return f"={workspace}"


def outgoing_values(outgoing: Outgoing) -> Row:
    send_at = microseconds(outgoing.send_at)
    return (
        outgoing.id, outgoing.workspace, outgoing.channel, json_text(outgoing.payload), send_at, send_at, 0,
        None, None, None, outgoing.lane, outgoing.place,
    )  # fmt: skip
