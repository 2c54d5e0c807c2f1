"""Search over conversations: FTS5 on SQLite, lexemes under a GIN index on PostgreSQL, the same words in both.

What a query may cost is bounded however much is stored: it looks at the newest places that hold all of its words,
then, for words that stand in several utterances, at the conversations of the word that is rarest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, column, literal_column, select, table, tuple_
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.engine import Connection
from sqlalchemy.sql.expression import cast

from slabot.domain.finding import ABOUT, Findable, Hit, has_all, hit, is_whole
from slabot.domain.projection import InboxRow
from slabot.services.turn import Found
from slabot.store.rows import event_of, findable_of, inbox_of, within
from slabot.store.tables import FINDING, conversations, findable, timeline

T = TypeVar("T")

PLACES = 400
"""Places of timelines looked at for one question."""

AT_ONCE = 200
"""Conversations in one statement."""

_WORDS = table(FINDING, column("rowid"), column(FINDING))
"""The virtual table of FTS5; the column of its own name stands for all of it."""

_PLACES = select(findable.c.conversation, findable.c.seq).limit(PLACES)
_OF = select(findable.c.seq, findable.c.words).order_by(findable.c.seq)


@dataclass(frozen=True, slots=True)
class _Place:
    conversation: str
    seq: int


def findables_of(connection: Connection, conversation: str) -> tuple[Findable, ...]:
    return tuple(map(findable_of, connection.execute(_OF.where(findable.c.conversation == conversation))))


def find(connection: Connection, workspaces: Sequence[str], words: Sequence[str], limit: int) -> Found:
    """Each of the words begins some word of the conversation, in whichever of its utterances. Newest first."""
    places = _places(connection, workspaces, words)
    more = len(places) == PLACES
    if len(words) > 1 and not more:
        apart, were_all = _apart(connection, workspaces, words)
        places += apart
        more = not were_all
    newest: dict[str, _Place] = {}
    for place in places:
        newest.setdefault(place.conversation, place)
    shown = list(newest.values())[:limit]
    more = more or len(newest) > limit
    rows = {row.conversation: row for row in _rows(connection, [place.conversation for place in shown])}
    hits = _hits(connection, [place for place in shown if place.seq != ABOUT], words)
    found = [
        (rows[place.conversation], hits.get(place, Hit(ABOUT)))
        for place in shown
        if place.conversation in rows
    ]
    return Found(tuple(found), more)


def _apart(
    connection: Connection, workspaces: Sequence[str], words: Sequence[str]
) -> tuple[list[_Place], bool]:
    """Conversations with the words in several utterances, by the newest place of the rarest; whether these were all."""
    rarest = min((_places(connection, workspaces, [word]) for word in words), key=len)
    newest = {place.conversation: place for place in reversed(rarest)}
    spoken: dict[str, set[str]] = {}
    for some in _portions(list(newest)):
        listed = select(findable.c.conversation, findable.c.words).where(findable.c.conversation.in_(some))
        for conversation, held in connection.execute(listed):
            spoken.setdefault(conversation, set()).update(held.split())
    ordered = dict.fromkeys(place.conversation for place in rarest)
    fits = [newest[conversation] for conversation in ordered if has_all(spoken[conversation], words)]
    return fits, len(rarest) < PLACES


def _places(connection: Connection, workspaces: Sequence[str], words: Sequence[str]) -> list[_Place]:
    """The newest places that hold all of these words."""
    ask = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
    placed = connection.execute(ask(workspaces, words))
    return [_Place(conversation, seq) for conversation, seq in placed]


def _on_sqlite(workspaces: Sequence[str], words: Sequence[str]) -> Select[Any]:
    # Words hold letters and digits alone, and names of workspaces no quotes, so that nothing leaves its quotes.
    here = " OR ".join(f'"{within(name)}"' for name in workspaces)
    query = " AND ".join((f"({here})", *(f'"{word}"' + "*" * (not is_whole(word)) for word in words)))
    matches = _WORDS.c[FINDING].op("MATCH")(query)
    return (
        _PLACES.join(_WORDS, _WORDS.c.rowid == findable.c.id).where(matches).order_by(_WORDS.c.rowid.desc())
    )


def _on_postgresql(workspaces: Sequence[str], words: Sequence[str]) -> Select[Any]:
    here = " | ".join(f"'{within(name)}'" for name in workspaces)
    query = " & ".join((f"({here})", *(f"'{word}'" + ":*" * (not is_whole(word)) for word in words)))
    matches = literal_column(FINDING).op("@@")(cast(query, TSQUERY))
    return _PLACES.where(matches).order_by(findable.c.id.desc())


def _rows(connection: Connection, wanted: Sequence[str]) -> Iterable[InboxRow]:
    for some in _portions(wanted):
        yield from map(
            inbox_of, connection.execute(select(conversations).where(conversations.c.conversation.in_(some)))
        )


def _hits(connection: Connection, places: Sequence[_Place], words: Sequence[str]) -> dict[_Place, Hit]:
    hits = {}
    for some in _portions(places):
        said = select(timeline).where(
            tuple_(timeline.c.conversation, timeline.c.seq).in_([(one.conversation, one.seq) for one in some])
        )
        for event in map(event_of, connection.execute(said)):
            hits[_Place(event.conversation, event.seq)] = hit(event, words)
    return hits


def _portions(values: Sequence[T]) -> Iterable[Sequence[T]]:
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))
