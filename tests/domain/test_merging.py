"""Which conversations may become one, and what of the one that ends goes over: decided before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slabot.domain.clocks.facts import Fact, FactKind
from slabot.domain.conversation import Conversation, fold
from slabot.domain.merging import Hindrance, ended, hindrance, keeps, merger, went_over
from slabot.domain.support import Support
from slabot.domain.target import Metric
from slabot.domain.ticket import MERGED, Ticket, TicketState
from slabot.domain.timeline import Actor, Happening, Kind, append
from tests.domain.clocks.desk import CALENDARS, LEVELS, POLICY, ny

AIDAN = Actor.agent("aidan")
MONDAY = ny(9, 10)
HERE = Support(POLICY, CALENDARS)
TICKET = Ticket("D-1", "normal", "support", MONDAY, "normal", "v1", {})
OPEN = Conversation("c_1", "desk", visitor="vera", started_at=MONDAY, last_at=MONDAY)
OTHER = OPEN.altered(id="c_2")
RESOLVED = replace(TICKET, resolved_at=MONDAY)


@pytest.mark.parametrize(
    ("ends", "goes_on", "why"),
    [
        (OPEN, OTHER, None),
        (OPEN.altered(ticket=TICKET), OTHER.altered(ticket=TICKET), None),
        (OPEN, OTHER.altered(ticket=TICKET), None),
        (OPEN.altered(holder="aidan"), OTHER.altered(holder="lena"), None),
        (OPEN, OPEN, Hindrance.SAME),
        (OPEN, OTHER.altered(workspace="velsoft"), Hindrance.WORKSPACE),
        (OPEN, OTHER.altered(visitor="victor"), Hindrance.VISITOR),
        (OPEN, OTHER.altered(visitor="", erased_at=MONDAY), Hindrance.ERASED),
        (OPEN.altered(merged_into="c_3"), OTHER, Hindrance.MERGED),
        (OPEN, OTHER.altered(merged_into="c_1"), Hindrance.MERGED_THERE),
        (OPEN.altered(ticket=RESOLVED), OTHER.altered(ticket=TICKET), Hindrance.RESOLVED),
        (OPEN, OTHER.altered(ticket=RESOLVED), Hindrance.RESOLVED_THERE),
        (OPEN.altered(holder="lena"), OTHER, Hindrance.HELD),
        (OPEN.altered(ticket=TICKET), OTHER, Hindrance.NEEDS_TICKET),
    ],
)
def test_two_conversations_become_one_only_where_nobody_loses_by_it(
    ends: Conversation, goes_on: Conversation, why: Hindrance | None
) -> None:
    assert hindrance(ends, goes_on, "aidan") is why


def merged(
    ends: Conversation, goes_on: Conversation, now: datetime
) -> tuple[Conversation, Conversation, bool]:
    """Both after it, and whether every promise is kept."""
    plan = merger(ends, goes_on, "aidan", there=HERE, here=HERE, now=now)
    here = _after(goes_on, tuple(went_over(plan, ends, goes_on, AIDAN, "Aidan", now)), now)
    there = _after(ends, (ended(goes_on, AIDAN, "Aidan", now),), now)
    promise = here.ticket.promise(HERE) if here.ticket is not None else None
    return there, here, keeps(plan, promise)


def _after(before: Conversation, happened: tuple[Happening, ...], now: datetime) -> Conversation:
    return fold(before, append(before.id, before.head, happened, now, repeat(bytes(16))))


def test_the_ticket_that_ends_owes_nothing_and_says_why() -> None:
    there, _, _ = merged(OPEN.altered(ticket=TICKET), OTHER.altered(ticket=TICKET), MONDAY)
    assert there.ticket is not None
    assert (there.ticket.state, there.ticket.code) == (TicketState.RESOLVED, MERGED)
    clocks = there.ticket.promise(HERE).clocks.values()
    assert all(clock.met_at is None for clock in clocks if clock.metric is Metric.RESOLUTION)


def test_an_address_and_tags_go_over_and_what_is_known_there_stays() -> None:
    ends = OPEN.altered(email="vera@example.org", tags=("lms", "sso"))
    _, here, _ = merged(ends, OTHER.altered(tags=("sso", "urgent")), MONDAY)
    assert (here.email, here.tags) == ("vera@example.org", ("lms", "sso", "urgent"))
    _, kept, _ = merged(ends, OTHER.altered(email="v@example.org"), MONDAY)
    assert kept.email == "v@example.org"


def test_a_third_conversation_brings_what_it_had_taken_over_itself() -> None:
    urgent = replace(TICKET, number="D-2", level="urgent", opened_level="urgent")
    soon = MONDAY + timedelta(minutes=30)
    younger = OTHER.altered(ticket=replace(TICKET, opened_at=soon))
    _, second, _ = merged(OPEN.altered(ticket=urgent), younger, soon)
    later = replace(TICKET, number="D-3", opened_at=MONDAY + timedelta(hours=1))
    now = MONDAY + timedelta(hours=1)
    _, third, is_kept = merged(second, OPEN.altered(id="c_3", ticket=later), now)
    assert is_kept
    assert third.ticket is not None
    assert third.ticket.level == "urgent"
    clock = third.ticket.promise(HERE).clocks[Metric.FIRST_RESPONSE]
    assert (clock.due, clock.inherited_from) == (ny(9, 12), "D-2")


STEPS: Mapping[str, tuple[FactKind, ...]] = {
    "nothing": (),
    "answered": (FactKind.AGENT_RESPONSE,),
    "asked again": (FactKind.AGENT_RESPONSE, FactKind.CUSTOMER_REPLY),
    "waits": (FactKind.PAUSE,),
    "waited": (FactKind.PAUSE, FactKind.RESUME),
    "answered and waits": (FactKind.AGENT_RESPONSE, FactKind.PAUSE),
}
TICKETS = st.tuples(
    st.sampled_from([level.key for level in LEVELS]),
    st.integers(0, 6 * 24 * 60),
    st.sampled_from(list(STEPS)),
)


@given(TICKETS, TICKETS, st.integers(0, 4 * 24 * 60))
def test_whatever_both_owed_is_owed_no_later_or_the_merge_is_refused(
    old: tuple[str, int, str], new: tuple[str, int, str], wait: int
) -> None:
    tickets = [_ticket(f"D-{n}", *drawn) for n, drawn in enumerate((old, new), 1)]
    latest = max(
        fact.at for ticket in tickets for fact in (*ticket.facts, Fact(FactKind.SOLVED, ticket.opened_at))
    )
    now = latest + timedelta(minutes=wait)
    ends, goes_on = OPEN.altered(ticket=tickets[0]), OTHER.altered(ticket=tickets[1])
    _, here, is_kept = merged(ends, goes_on, now)
    assert here.ticket is not None
    ranks = {level.key: level.rank for level in LEVELS}
    assert ranks[here.ticket.level] == min(ranks[old[0]], ranks[new[0]])
    before = tickets[0].promise(HERE).clocks
    after = here.ticket.promise(HERE).clocks
    resolution = after[Metric.RESOLUTION].due
    owed = before[Metric.RESOLUTION].due
    if is_kept and owed is not None and STEPS[old[2]][-1:] != (FactKind.PAUSE,):
        assert resolution is not None
        assert resolution <= owed


def _ticket(number: str, level: str, opened: int, steps: str) -> Ticket:
    opened_at = datetime(2026, 3, 2, 14, tzinfo=UTC) + timedelta(minutes=opened)
    facts = tuple(
        Fact(kind, opened_at + timedelta(hours=hours), seq=hours)
        for hours, kind in enumerate(STEPS[steps], 1)
    )
    waits = facts[-1].at if facts and facts[-1].kind is FactKind.PAUSE else None
    return Ticket(number, level, "support", opened_at, level, "v1", {}, facts=facts, waiting_since=waits)


def test_a_merge_happens_at_one_instant_in_both() -> None:
    there = ended(OTHER, AIDAN, "Aidan", MONDAY)
    plan = merger(OPEN, OTHER, "aidan", there=HERE, here=HERE, now=MONDAY)
    came = next(
        one for one in went_over(plan, OPEN, OTHER, AIDAN, "Aidan", MONDAY) if one.kind is Kind.MERGED_FROM
    )
    assert there.at == came.at
