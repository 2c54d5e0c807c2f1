"""The chain: what happened cannot be changed, removed or reordered unnoticed, and can be forgotten."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from slabot.domain.timeline import (
    BOT,
    Actor,
    Event,
    Happening,
    Head,
    Kind,
    append,
    broken_links,
    digest_content,
    microseconds,
)

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
VERA = Actor.visitor("vera")


def said(text: str, minutes: int = 0) -> Happening:
    return Happening(
        Kind.VISITOR_WROTE, VERA, NOON + timedelta(minutes=minutes), {"client_id": text}, {"text": text}
    )


def timeline(*texts: str) -> tuple[Event, ...]:
    happenings = [said(text, minute) for minute, text in enumerate(texts)]
    return append("c_1", Head(), happenings, NOON, [bytes([n]) * 16 for n in range(len(texts))])


def test_events_follow_the_head_without_a_gap() -> None:
    first = timeline("hello")
    more = append("c_1", first[-1].head, [said("again"), said("and again")], NOON, [b"a" * 16, b"b" * 16])
    assert [event.seq for event in (*first, *more)] == [1, 2, 3]
    assert broken_links((*first, *more)) == []


@given(st.integers(0, 4), st.text(max_size=20))
def test_a_changed_text_is_found(place: int, text: str) -> None:
    events = list(timeline("a", "b", "c", "d", "e"))
    if text == events[place].text:
        return
    events[place] = events[place]._replace(content={"text": text})
    assert any(f"seq {place + 1}" in fault for fault in broken_links(events))


@given(st.integers(0, 4), st.sampled_from(["at", "kind", "actor", "data"]))
def test_a_changed_fact_is_found(place: int, field: str) -> None:
    events = list(timeline("a", "b", "c", "d", "e"))
    other = {"at": NOON - timedelta(days=1), "kind": Kind.RATED, "actor": BOT, "data": {"level": "P1"}}[field]
    events[place] = events[place]._replace(**{field: other})  # type: ignore[arg-type]  # one of four
    assert any(fault.startswith(f"seq {place + 1}:") for fault in broken_links(events))


@given(st.integers(0, 3))
def test_a_removed_event_is_found(place: int) -> None:
    events = list(timeline("a", "b", "c", "d", "e"))
    del events[place]
    assert broken_links(events)


@given(st.permutations(range(5)).filter(lambda order: order != list(range(5))))
def test_a_new_order_is_found(order: list[int]) -> None:
    events = timeline("a", "b", "c", "d", "e")
    assert broken_links([events[place] for place in order])


def test_an_erased_text_leaves_the_chain_whole() -> None:
    events = list(timeline("my name is Vera", "b"))
    events[0] = events[0]._replace(content=None, salt=None)
    assert broken_links(events) == []


def test_a_text_cannot_be_changed_by_taking_its_salt_away() -> None:
    events = list(timeline("a", "b"))
    events[0] = events[0]._replace(content={"text": "something else"}, salt=None)
    assert broken_links(events)


def test_the_digest_of_a_text_cannot_be_guessed_without_its_salt() -> None:
    one = append("c_1", Head(), [said("yes")], NOON, [b"a" * 16])[0]
    other = append("c_1", Head(), [said("yes")], NOON, [b"b" * 16])[0]
    assert one.content_digest != other.content_digest


@given(st.integers(0, 7_000_000_000_000_000))
def test_instants_keep_every_microsecond(since: int) -> None:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=since)
    assert microseconds(at) == since
    assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds(at)) == at


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=8,
)


@given(st.dictionaries(TEXT, JSON))
def test_anyone_can_recompute_a_digest_from_plain_json(content: dict[str, object]) -> None:
    """Sorted, without spaces, not escaped to ASCII: what is stored stays provable whatever writes it faster."""
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    expected = hashlib.sha256(b"a" * 16 + plain.encode()).digest() if content else b""
    assert digest_content(content, b"a" * 16) == expected


@given(TEXT, st.dictionaries(TEXT, JSON))
def test_anyone_can_recompute_a_link_of_the_chain_from_plain_json(
    agent: str, data: dict[str, object]
) -> None:
    happening = Happening(Kind.TAGGED, Actor.agent(agent), NOON, data)
    (event,) = append("c_1", Head(4, b"before"), [happening], NOON, [b"a" * 16])
    place = ["c_1", 5, microseconds(NOON), microseconds(NOON), str(happening.actor), "tagged", data]
    plain = json.dumps(place, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert event.digest == hashlib.sha256(b"before" + plain.encode()).digest()
