"""Who is there and who waits: the words "a person is free" and "number 2 in line" rest on this."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from slabot.domain.policy import Policy
from slabot.domain.projection import InboxRow
from slabot.policies import load_workspace
from slabot.services.colleague import Colleague
from slabot.services.staffing import TIME_TO_LIVE, Heard, Presence, Staff

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
AIDAN = Colleague("aidan", "Aidan", frozenset({"velsoft"}), capacity=1)
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_workspace(SEEDS, "velsoft", NOON.date()).policy


def waiting(conversation: str, holder: str | None = None) -> InboxRow:
    return InboxRow(
        conversation=conversation, workspace="velsoft", visitor="vera", name="", status="held" if holder else "waiting",
        holder=holder, queue="helpdesk", level="high", rank=0, claim_differs=False, ticket="VS-1", first_words="",
        last_words="", last_role="visitor", last_at=NOON, started_at=NOON, next_due=None, next_metric=None,
        is_paused=False, owes_reply=True,
    )  # fmt: skip


def test_an_agent_is_there_from_arriving_until_going(policy: Policy) -> None:
    staff = Staff()
    staff.arrived(AIDAN, NOON)
    assert staff.of(policy, NOON)["helpdesk"].online == 1
    staff.went("aidan", NOON)
    assert staff.of(policy, NOON)["helpdesk"].online == 0


def test_a_desk_that_is_not_heard_of_is_offline(policy: Policy) -> None:
    staff = Staff()
    staff.arrived(AIDAN, NOON)
    silent = NOON + TIME_TO_LIVE + timedelta(seconds=1)
    assert staff.presence("aidan", silent) is Presence.OFFLINE
    staff.heard_of("aidan", silent)
    assert staff.presence("aidan", silent) is Presence.ONLINE


def test_who_is_away_or_elsewhere_counts_for_nobody(policy: Policy) -> None:
    staff = Staff()
    staff.arrived(AIDAN, NOON)
    staff.heard_of("aidan", NOON, presence=Presence.AWAY)
    staff.arrived(Colleague("anna", "Anna", frozenset({"prosper-ex"})), NOON)
    assert staff.of(policy, NOON)["helpdesk"].online == 0


def test_an_agent_at_capacity_is_online_but_not_free(policy: Policy) -> None:
    staff = Staff()
    staff.arrived(AIDAN, NOON)
    assert staff.of(policy, NOON)["helpdesk"].free == 1
    staff.saw(waiting("c_1", holder="aidan"))
    assert (staff.of(policy, NOON)["helpdesk"].online, staff.of(policy, NOON)["helpdesk"].free) == (1, 0)
    staff.saw(waiting("c_1"))
    assert staff.of(policy, NOON)["helpdesk"].free == 1


def test_a_new_conversation_comes_after_all_who_wait(policy: Policy) -> None:
    staff = Staff()
    for name in ("c_1", "c_2"):
        staff.saw(waiting(name))
    assert staff.of(policy, NOON, "c_new")["helpdesk"].waiting_ahead == 2


def test_who_waits_keeps_their_place_whatever_they_write(policy: Policy) -> None:
    staff = Staff()
    for name in ("c_1", "c_2", "c_1"):
        staff.saw(waiting(name))
    assert staff.of(policy, NOON, "c_1")["helpdesk"].waiting_ahead == 0
    assert staff.of(policy, NOON, "c_2")["helpdesk"].waiting_ahead == 1


def test_who_is_claimed_or_resolved_leaves_the_line(policy: Policy) -> None:
    staff = Staff()
    staff.saw(waiting("c_1"))
    staff.saw(waiting("c_2"))
    staff.saw(waiting("c_1", holder="aidan"))
    assert staff.of(policy, NOON, "c_2")["helpdesk"].waiting_ahead == 0
    staff.saw(waiting("c_2")._replace(status="resolved"))
    assert staff.of(policy, NOON)["helpdesk"].waiting_ahead == 0


def test_who_touches_no_page_is_away_and_back_with_the_first_touch(policy: Policy) -> None:
    staff = Staff()
    staff.arrived(AIDAN, NOON, desk="one")
    staff.arrived(AIDAN, NOON, desk="two", is_idle=True)
    assert staff.presence("aidan", NOON) is Presence.ONLINE
    staff.heard_of("aidan", NOON, desk="one", is_idle=True)
    assert staff.presence("aidan", NOON) is Presence.AWAY
    assert staff.of(policy, NOON)["helpdesk"].free == 0
    staff.heard_of("aidan", NOON, desk="two")
    assert staff.presence("aidan", NOON) is Presence.ONLINE


def test_what_an_agent_chose_holds_for_all_their_desks_and_a_heartbeat_does_not_undo_it() -> None:
    staff = Staff()
    staff.arrived(AIDAN, NOON, desk="one")
    staff.heard_of("aidan", NOON, desk="one", presence=Presence.AWAY)
    staff.arrived(AIDAN, NOON, desk="two")
    staff.heard_of("aidan", NOON, desk="two")
    assert staff.presence("aidan", NOON) is Presence.AWAY


def test_a_desk_that_knows_what_was_chosen_at_it_says_so_on_arrival() -> None:
    staff = Staff()
    staff.arrived(AIDAN, NOON, desk="before the reload")
    staff.arrived(AIDAN, NOON, desk="after it", presence=Presence.OFFLINE)
    staff.went("aidan", NOON, desk="before the reload")
    assert staff.presence("aidan", NOON) is Presence.OFFLINE


def test_an_agent_is_gone_with_their_last_desk_and_since_then() -> None:
    staff = Staff()
    staff.arrived(AIDAN, NOON, desk="one")
    staff.arrived(AIDAN, NOON, desk="two")
    staff.went("aidan", NOON, desk="one")
    assert staff.is_there("aidan", NOON)
    later = NOON + timedelta(seconds=30)
    staff.went("aidan", later, desk="two")
    assert not staff.is_there("aidan", later)
    assert staff.gone_since("aidan") == later


def test_another_process_knows_more_until_it_falls_silent() -> None:
    staff = Staff()
    staff.heard_elsewhere({"aidan": Heard(Presence.ONLINE, NOON)})
    assert staff.presence("aidan", NOON) is Presence.ONLINE
    silent = NOON + TIME_TO_LIVE + timedelta(seconds=1)
    assert staff.presence("aidan", silent) is Presence.OFFLINE
    assert staff.gone_since("aidan") == NOON


def test_only_who_serves_the_queue_counts_in_it(policy: Policy) -> None:
    staff = Staff()
    staff.arrived(replace(AIDAN, queues=frozenset({"velsoft/another"})), NOON)
    assert staff.of(policy, NOON)["helpdesk"].online == 0
    staff.arrived(replace(AIDAN, queues=frozenset({"helpdesk"})), NOON)
    assert staff.of(policy, NOON)["helpdesk"].online == 1
