"""What became of the articles that were shown; satisfies `services.tally.Tallies`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection

from slabot.domain.timeline import microseconds
from slabot.domain.usefulness import Gap, Outcome, Showing, Unmet
from slabot.services.tally import Counted, Missing, Shown
from slabot.services.workshop_ports import Asked
from slabot.store.reads import Reader
from slabot.store.rows import instant, micros
from slabot.store.tables import showings, tallied, timeline, unmet
from slabot.store.writer import GroupWriter

_DAY = 86_400_000_000
_POSITION = select(tallied.c.position).where(tallied.c.workspace == bindparam("workspace"))
_LATELY = (showings.c.workspace == bindparam("workspace"), showings.c.at >= bindparam("since"))
_SHOWN = (
    select(showings.c.slug, showings.c.outcome, func.count(), func.max(showings.c.at))
    .where(*_LATELY)
    .group_by(showings.c.slug, showings.c.outcome)
)
_BREACHED = (
    select(showings.c.slug, showings.c.ticket)
    .where(*_LATELY, showings.c.breached, showings.c.ticket.is_not(None))
    .distinct()
    .order_by(showings.c.ticket)
)
_DAYS = (showings.c.at - showings.c.at % _DAY).label("day")
_BY_DAY = (
    select(_DAYS, showings.c.outcome, func.count())
    .where(*_LATELY)
    .group_by(_DAYS, showings.c.outcome)
    .order_by(_DAYS)
)
_WORDS = (timeline.c.conversation == showings.c.conversation) & (timeline.c.seq == showings.c.question)
_ASKED = (
    select(showings.c.visitor, timeline.c.content)
    .join(timeline, _WORDS)
    .where(*_LATELY, showings.c.slug == bindparam("slug"), timeline.c.content.is_not(None))
    .distinct()
    .limit(1_000)
)
_MISSING = (
    select(unmet, timeline.c.content)
    .join(timeline, (timeline.c.conversation == unmet.c.conversation) & (timeline.c.seq == unmet.c.seq))
    .where(
        unmet.c.workspace == bindparam("workspace"),
        unmet.c.at >= bindparam("since"),
        timeline.c.content.is_not(None),
    )
    .order_by(unmet.c.at.desc())
    .limit(bindparam("limit", literal_execute=False))
)


class StoredTallies:
    def __init__(self, writer: GroupWriter, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def position(self, workspace: str) -> int:
        rows = await self._reader.rows(_POSITION, workspace=workspace)
        return rows[0][0] if rows else 0

    async def keep(self, counted: Sequence[Counted], workspace: str, position: int) -> None:
        conversations = [one.conversation for one in counted]
        shown = [_showing(one, each) for one in counted for each in one.useful.showings]
        missed = [_unmet(one, each) for one in counted for each in one.useful.unmet]

        def keep(connection: Connection) -> int:
            if conversations:
                for table in (showings, unmet):
                    connection.execute(delete(table).where(table.c.conversation.in_(conversations)))
            if shown:
                connection.execute(insert(showings), shown)
            if missed:
                connection.execute(insert(unmet), missed)
            here = tallied.c.workspace == workspace
            moved = connection.execute(update(tallied).where(here).values(position=position)).rowcount
            if not moved:
                connection.execute(insert(tallied).values(workspace=workspace, position=position))
            return len(shown)

        await self._writer.execute(keep)

    async def shown(self, workspace: str, since: datetime) -> tuple[Shown, ...]:
        values = {"workspace": workspace, "since": microseconds(since)}
        rows: Sequence[Any] = await self._reader.rows(_SHOWN, **values)
        late: Sequence[Any] = await self._reader.rows(_BREACHED, **values)
        outcomes: dict[str, dict[Outcome, int]] = defaultdict(lambda: dict.fromkeys(Outcome, 0))
        last: dict[str, int] = {}
        breached: dict[str, list[str]] = defaultdict(list)
        for slug, outcome, count, at in rows:
            outcomes[slug][Outcome(outcome)] = count
            last[slug] = max(at, last.get(slug, 0))
        for slug, ticket in late:
            breached[slug].append(ticket)
        return tuple(
            Shown(slug, instant(last[slug]), outcomes[slug], tuple(breached[slug]))
            for slug in sorted(outcomes)
        )

    async def by_day(
        self, workspace: str, since: datetime, slug: str | None
    ) -> tuple[tuple[datetime, Outcome, int], ...]:
        statement = _BY_DAY if slug is None else _BY_DAY.where(showings.c.slug == slug)
        rows: Sequence[Any] = await self._reader.rows(
            statement, workspace=workspace, since=microseconds(since)
        )
        return tuple((instant(day), Outcome(outcome), count) for day, outcome, count in rows)

    async def asked(self, workspace: str, slug: str, since: datetime) -> tuple[Asked, ...]:
        rows: Sequence[Any] = await self._reader.rows(
            _ASKED, workspace=workspace, slug=slug, since=microseconds(since)
        )
        return tuple(Asked(visitor, orjson.loads(content).get("text", "")) for visitor, content in rows)

    async def missing(self, workspace: str, since: datetime, limit: int) -> tuple[Missing, ...]:
        rows = await self._reader.rows(_MISSING, workspace=workspace, since=microseconds(since), limit=limit)
        return tuple(
            Missing(
                row.conversation,
                row.visitor,
                orjson.loads(row.content).get("text", ""),
                Unmet(row.seq, instant(row.at), Gap(row.gap), row.slug, row.ticket),
            )
            for row in rows
        )


def _showing(counted: Counted, showing: Showing) -> dict[str, Any]:
    return {
        "workspace": counted.workspace,
        "conversation": counted.conversation,
        "seq": showing.seq,
        "question": showing.question,
        "slug": showing.slug,
        "visitor": counted.visitor,
        "at": microseconds(showing.at),
        "outcome": showing.outcome.value,
        "outcome_at": micros(showing.outcome_at),
        "ticket": showing.ticket,
        "breached": showing.breached,
    }


def _unmet(counted: Counted, missed: Unmet) -> dict[str, Any]:
    return {
        "workspace": counted.workspace,
        "conversation": counted.conversation,
        "seq": missed.seq,
        "visitor": counted.visitor,
        "at": microseconds(missed.at),
        "gap": missed.gap.value,
        "slug": missed.slug,
        "ticket": missed.ticket,
    }
