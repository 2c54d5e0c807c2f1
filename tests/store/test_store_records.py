"""Accounts, sessions, kept policies, mail that waits, and the server's keys."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from slabot.services.accounts import Agent
from slabot.services.deeds import Deed
from slabot.services.outbox import Claimed
from slabot.services.turn import Outgoing
from slabot.store.engine import Store, open_store
from slabot.store.outbox import TRIES, pause_after
from tests.store.scenes import NOON, WORKSPACE, turn

AIDAN = Agent("a_aidan", "aidan@example.org", "Aidan", "agent", (WORKSPACE, "velsoft"), "$argon2id$…")
MINUTE = timedelta(minutes=1)


async def test_an_agent_is_found_by_address_in_any_case_and_by_id(store: Store) -> None:
    await store.agents.add(AIDAN, NOON)
    edith = Agent("a_edith", "Edith@example.org", "Edith", "editor", (), "…", 3, NOON)
    await store.agents.add(edith, NOON + MINUTE)

    assert await store.agents.by_email("AIDAN@example.org") == AIDAN
    assert await store.agents.by_id("a_edith") == replace(edith, email="edith@example.org")
    assert [agent.name for agent in await store.agents.all()] == ["Aidan", "Edith"]
    assert await store.agents.by_email("vera@example.org") is None
    assert await store.agents.by_id("a_nobody") is None


async def test_an_address_belongs_to_one_agent(store: Store) -> None:
    await store.agents.add(AIDAN, NOON)
    with pytest.raises(ValueError, match=r"aidan@example\.org"):
        await store.agents.add(replace(AIDAN, id="a_other"), NOON)
    assert len(await store.agents.all()) == 1


async def test_a_changed_password_replaces_the_old_one(store: Store) -> None:
    await store.agents.add(AIDAN, NOON)
    await store.sessions.open(b"one", "a_aidan", NOON, NOON + 10 * MINUTE)
    deed = Deed("cli", NOON + MINUTE, "agent.change", AIDAN.email, after={"password": "changed"})
    await store.agents.change(replace(AIDAN, password_hash="new"), deed, ends_sessions=True)
    assert await store.sessions.agent_of(b"one", NOON + 2 * MINUTE) is None
    assert await store.deeds.latest(10) == (deed,)
    agent = await store.agents.by_id("a_aidan")
    assert agent is not None
    assert agent.password_hash == "new"


async def test_a_session_ends_when_it_expires_or_is_revoked(store: Store) -> None:
    await store.sessions.open(b"one", "a_aidan", NOON, NOON + 10 * MINUTE)
    await store.sessions.open(b"two", "a_aidan", NOON, NOON + 10 * MINUTE)

    assert await store.sessions.agent_of(b"one", NOON + 9 * MINUTE) == "a_aidan"
    assert await store.sessions.agent_of(b"one", NOON + 10 * MINUTE) is None
    await store.sessions.revoke(b"one", NOON + MINUTE)
    assert await store.sessions.agent_of(b"one", NOON + 2 * MINUTE) is None
    assert await store.sessions.agent_of(b"two", NOON + 2 * MINUTE) == "a_aidan"
    assert await store.sessions.agent_of(b"three", NOON) is None


async def test_a_policy_version_is_kept_once_and_never_changed(store: Store, store_url: str) -> None:
    await store.policies.keep(WORKSPACE, "v1", "hours: Mon–Fri 09:00–19:00")
    await store.policies.keep(WORKSPACE, "v1", "hours: never")
    await store.policies.keep(WORKSPACE, "v2", "hours: always")
    await store.policies.keep_calendar("d1", {"opens": [1, 2], "zone": "America/New_York"})

    async with await open_store(store_url) as restarted:
        assert await restarted.policies.source_of(WORKSPACE, "v1") == "hours: Mon–Fri 09:00–19:00"
        assert await restarted.policies.source_of("velsoft", "v1") is None
        assert await restarted.policies.calendar_of("d1") == {"opens": [1, 2], "zone": "America/New_York"}
        assert await restarted.policies.calendar_of("d2") is None


async def test_processes_that_start_together_share_one_key(store: Store, store_url: str) -> None:
    async with await open_store(store_url) as other:
        keys = await asyncio.gather(
            store.secrets.keep("visitor-tokens", b"mine\0"), other.secrets.keep("visitor-tokens", b"theirs")
        )
    assert len(set(keys)) == 1
    assert await store.secrets.keep("visitor-tokens", b"later") == keys[0]


async def send_later(store: Store, *ids: str) -> None:
    mails = tuple(Outgoing(id, WORKSPACE, "mail", {"to": "aidan@example.org"}, NOON) for id in ids)
    await store.writer.commit(turn(f"c_{ids[0]}", outbox=mails))


async def test_mail_is_claimed_once_and_again_only_after_its_lease(store: Store, store_url: str) -> None:
    await send_later(store, "m1", "m2", "m3")
    assert await store.outbox.claim("mail", NOON - MINUTE, MINUTE, 10) == ()
    assert await store.outbox.claim("webhook", NOON, MINUTE, 10) == ()
    async with await open_store(store_url) as other:
        mine, theirs = await asyncio.gather(
            store.outbox.claim("mail", NOON, MINUTE, 2), other.outbox.claim("mail", NOON, MINUTE, 2)
        )
    claimed = sorted(one.id for one in mine + theirs)
    assert len(claimed) == len(set(claimed))
    left = await store.outbox.claim("mail", NOON, MINUTE, 10)
    assert sorted([*claimed, *(one.id for one in left)]) == ["m1", "m2", "m3"]
    assert await store.outbox.claim("mail", NOON, MINUTE, 10) == ()

    again = await store.outbox.claim("mail", NOON + MINUTE, MINUTE, 10)
    assert again[0] == Claimed("m1", WORKSPACE, "mail", {"to": "aidan@example.org"}, 2)
    assert len(again) == 3


async def test_sent_mail_is_never_sent_again(store: Store) -> None:
    await send_later(store, "m1")
    await store.outbox.claim("mail", NOON, MINUTE, 10)
    await store.outbox.sent("m1", NOON)
    assert await store.outbox.next_try_at("mail") is None
    assert await store.outbox.claim("mail", NOON + 60 * MINUTE, MINUTE, 10) == ()


async def test_failed_mail_is_tried_again_after_growing_pauses_and_then_given_up(store: Store) -> None:
    await send_later(store, "m1")
    now = NOON
    pauses = []
    for _ in range(TRIES):
        assert [one.id for one in await store.outbox.claim("mail", now, MINUTE, 10)] == ["m1"]
        await store.outbox.failed("m1", now, "451 greylisted\0")
        following = await store.outbox.next_try_at("mail")
        if following is None:
            break
        pauses.append(following - now)
        now = following

    assert pauses[:3] == [timedelta(seconds=30), MINUTE, 2 * MINUTE]
    assert pauses[-1] == timedelta(hours=1)
    assert pauses == sorted(pauses)
    assert len(pauses) == TRIES - 1
    assert pause_after(10_000) == timedelta(hours=1)


async def test_mail_that_was_refused_for_good_is_not_tried_again(store: Store) -> None:
    await send_later(store, "m1")
    await store.outbox.claim("mail", NOON, MINUTE, 10)
    await store.outbox.failed("m1", NOON, "550 no such mailbox", for_good=True)
    assert await store.outbox.next_try_at("mail") is None
