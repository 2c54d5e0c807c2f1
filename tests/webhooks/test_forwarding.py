"""From the fact to another system, over a real HTTP server that may be slow, refuse, send elsewhere or be gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from standardwebhooks import Webhook

from slabot.domain.conversation import Conversation
from slabot.domain.support import Support
from slabot.domain.timeline import Actor, Happening, Kind
from slabot.domain.webhooks import Type
from slabot.services.accounts import Accounts, Agent
from slabot.services.deeds import CLI
from slabot.services.forwarding import LEASE, Forwarder
from slabot.services.outbox import Fate
from slabot.services.turns import Decide, Decision
from slabot.services.webhooks import Endpoint, Webhooks
from slabot.store.outbox import TRIES
from slabot.webhooks.post import HttpPost
from tests.services.watched import MONDAY, ROOT, House, JumpingClock, aidan, house, opens_a_ticket, vera
from tests.webhooks.receiver import Receiver, receiver, signature

WORKSPACE = "human-esources"


@dataclass
class Office:
    """A house that tells receivers, and the administrator's verbs."""

    house: House
    hooks: Webhooks
    forwarder: Forwarder


@asynccontextmanager
async def office(
    store_url: str, folder: Path, clock: JumpingClock, *, allow_private: bool = True, patience: float = 10.0
) -> AsyncIterator[Office]:
    async with (
        HttpPost(allow_private=allow_private, patience=patience) as post,
        house(store_url, folder, clock) as running,
    ):
        store = running.store
        if await store.agents.by_id("aidan") is None:
            account = Agent("aidan", "aidan@example.org", "Aidan", "agent", (), "-")
            await store.agents.add(account, clock.now())
        accounts = Accounts(store.agents, store.sessions, clock, (WORKSPACE,))
        hooks = Webhooks(store.webhooks, store.timelines, clock, post.check)
        forwarder = Forwarder(
            store.webhooks, store.outbox, store.timelines, running.supports, accounts, post, clock
        )
        running.bulletin.join(forwarder.listen)
        yield Office(running, hooks, forwarder)


def erased_by_visitor(clock: JumpingClock) -> Decide:
    def decide(_: Conversation, __: Support) -> Decision:
        happened = Happening(Kind.ERASED, Actor.visitor("v_vera"), clock.now())
        return Decision((happened,), erases=True, moves_visitor=True)

    return decide


def keys(value: object) -> set[str]:
    """Every key anywhere in it."""
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


async def told(there: Office, to: Receiver, *types: Type) -> Endpoint:
    return await there.hooks.add(CLI, WORKSPACE, to.url, types)


async def test_a_ticket_is_told_from_opening_to_resolution_in_order(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with receiver() as crm, office(store_url, tmp_path, clock) as there:
        await told(there, crm)
        conversation = await opens_a_ticket(there.house)
        await there.house.desk.claim(aidan(), conversation, "client-200")
        await there.house.desk.note(aidan(), conversation, "client-201", "between us")
        clock.at = MONDAY + timedelta(hours=5)
        await there.house.watch.fire()
        await there.house.desk.reply(aidan(), conversation, "client-202", "Try again now.", seen=99)
        await there.house.desk.resolve(aidan(), conversation, "client-203", "solved")
        await there.forwarder.settle()
        of_ticket = [each for each in crm.taken if each["type"] != "message.added"]
        assert [each["type"] for each in of_ticket] == [
            "ticket.opened",
            "ticket.assigned",
            "ticket.breached",
            "ticket.resolved",
        ]
        seqs = [each["data"]["seq"] for each in crm.taken]
        assert seqs == sorted(seqs)
        opened, assigned, breached, resolved = (each["data"] for each in of_ticket)
        assert opened["ticket"]["number"] == "HES-1"
        assert opened["ticket"]["first_response"] == "2026-03-09T18:00:00Z"
        assert opened["ticket"]["holder"] is None
        assert assigned["by"] == {"role": "agent", "id": "aidan", "name": "Aidan"}
        assert assigned["ticket"]["holder"]["name"] == "Aidan"
        assert (breached["metric"], breached["due"]) == ("first_response", "2026-03-09T18:00:00Z")
        assert (resolved["code"], resolved["ticket"]["state"]) == ("solved", "resolved")
        said = [each["data"]["message"] for each in crm.taken if each["type"] == "message.added"]
        assert {each["by"]["role"] for each in said} == {"visitor", "bot", "agent"}
        assert "Try again now." in [each["text"] for each in said]
        assert not any("between us" in body for body in crm.bodies), "notes stay at the desk"
        document = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
        assert [
            key for key in keys(crm.taken) if f"`{key}`" not in document and f'"{key}"' not in document
        ] == []


async def test_a_message_bears_a_signature_that_the_standard_s_library_verifies(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(datetime.now(UTC))
    async with receiver() as crm, office(store_url, tmp_path, clock) as there:
        endpoint = await told(there, crm, Type.TICKET_OPENED)
        await opens_a_ticket(there.house)
        await there.forwarder.settle()
        assert crm.types() == ["ticket.opened"]
        assert Webhook(endpoint.secret).verify(crm.bodies[0], crm.heads[0])["type"] == "ticket.opened"
        assert crm.heads[0]["webhook-signature"] == signature(endpoint.secret, crm.heads[0], crm.bodies[0])


async def test_for_a_day_after_a_rotation_both_secrets_sign(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with receiver() as crm, office(store_url, tmp_path, clock) as there:
        old = await told(there, crm, Type.TICKET_OPENED)
        new = await there.hooks.rotate(CLI, old.id)
        for name in ("one", "two"):
            await opens_a_ticket(there.house, vera(name))
            await there.forwarder.settle()
            clock.at += timedelta(days=2)
        (first, second), (one, two) = crm.heads, crm.bodies
        both = [signature(each.secret, first, one) for each in (new, old)]
        assert first["webhook-signature"].split(" ") == both
        assert second["webhook-signature"] == signature(new.secret, second, two)


async def test_a_receiver_that_is_down_loses_nothing_and_hears_it_in_order(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with receiver() as gone:
        port = gone.port
    async with office(store_url, tmp_path, clock) as there:
        endpoint = await told(there, gone)
        conversation = await opens_a_ticket(there.house)
        await there.forwarder.settle()
        await there.house.desk.claim(aidan(), conversation, "client-200")
        waiting = await there.hooks.deliveries(endpoint.id, Fate.WAITING)
        assert waiting[-1].error == "ClientConnectorError"
    async with receiver(port) as crm, office(store_url, tmp_path, clock) as there:
        await there.forwarder.settle()
        assert crm.taken == [], "the first waits for its pause, and the others for the first"
        clock.at += timedelta(minutes=1)
        await there.forwarder.settle()
        seqs = [each["data"]["seq"] for each in crm.taken]
        assert seqs == sorted(seqs)
        assert {"message.added", "ticket.opened", "ticket.assigned"} == set(crm.types())
        assert not await there.hooks.deliveries(endpoint.id, Fate.WAITING)


async def test_a_message_that_is_refused_holds_back_its_conversation_and_no_other(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with receiver() as crm, office(store_url, tmp_path, clock) as there:
        await told(there, crm)
        first = await opens_a_ticket(there.house)
        crm.refuses = first
        second = await opens_a_ticket(there.house, vera("other"))
        await there.forwarder.settle()
        assert {each["data"]["conversation"] for each in crm.taken} == {second}
        crm.refuses = ""
        clock.at += timedelta(minutes=1)
        await there.forwarder.settle()
        of_first = [each["data"]["seq"] for each in crm.taken if each["data"]["conversation"] == first]
        assert of_first == sorted(of_first)
        assert len(of_first) >= 3


async def test_500_then_200_is_one_message_under_one_id_and_body(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with receiver() as crm, office(store_url, tmp_path, clock) as there:
        endpoint = await told(there, crm, Type.TICKET_OPENED)
        crm.answers = [500, 503]
        conversation = await opens_a_ticket(there.house)
        for minutes in (0, 1, 2):
            clock.at += timedelta(minutes=minutes)
            await there.forwarder.settle()
            # What comes later changes nothing of what is told of an earlier fact.
            await there.house.desk.reply(aidan(), conversation, f"client-20{minutes}", "Hello.", seen=99)
        (delivery,) = await there.hooks.deliveries(endpoint.id)
        assert (delivery.fate, delivery.tries) == (Fate.SENT, 3)
        assert crm.heads[0]["webhook-id"] == delivery.id
        assert crm.taken[0]["data"]["ticket"]["holder"] is None


async def test_a_slow_receiver_is_given_up_and_holds_up_no_other(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with (
        receiver() as slow,
        receiver() as quick,
        office(store_url, tmp_path, clock, patience=0.5) as there,
    ):
        slow.is_silent = True
        endpoint = await told(there, slow, Type.TICKET_OPENED)
        await told(there, quick, Type.TICKET_OPENED)
        await opens_a_ticket(there.house)
        await there.forwarder.settle()
        assert len(quick.taken) == 1
        assert (await there.hooks.deliveries(endpoint.id))[0].error == "no answer within 0.5 s"
        slow.is_silent = False
        clock.at += timedelta(minutes=1)
        await there.forwarder.settle()
        assert len(slow.taken) == 1


async def test_a_redirect_is_not_followed(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with receiver() as crm, receiver() as elsewhere, office(store_url, tmp_path, clock) as there:
        crm.answers, crm.location = [307], elsewhere.url
        endpoint = await told(there, crm, Type.TICKET_OPENED)
        await opens_a_ticket(there.house)
        await there.forwarder.settle()
        assert elsewhere.asked == 0
        assert (await there.hooks.deliveries(endpoint.id))[0].error == "answered 307"


async def test_a_receiver_that_says_gone_is_switched_off_and_loses_nothing(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with receiver() as crm, office(store_url, tmp_path, clock) as there:
        crm.answers = [410]
        endpoint = await told(there, crm, Type.TICKET_OPENED)
        await opens_a_ticket(there.house)
        await there.forwarder.settle()
        assert (await there.hooks.by_id(endpoint.id)).why_disabled == "answered 410"
        await opens_a_ticket(there.house, vera("other"))
        clock.at += timedelta(hours=1)
        await there.forwarder.settle()
        assert crm.asked == 1
        await there.hooks.resume(CLI, endpoint.id)
        await there.forwarder.settle()
        assert len(crm.taken) == 2


async def test_after_a_day_of_refusals_a_message_is_dead_until_it_is_replayed(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with receiver() as crm, office(store_url, tmp_path, clock) as there:
        endpoint = await told(there, crm, Type.TICKET_OPENED)
        crm.answers = [500] * TRIES
        await opens_a_ticket(there.house)
        for _ in range(TRIES + 2):
            await there.forwarder.settle()
            clock.at += timedelta(hours=1)
        assert crm.asked == TRIES
        (dead,) = await there.hooks.deliveries(endpoint.id, Fate.DEAD)
        assert dead.error == "answered 500"
        assert await there.hooks.replay("aidan", endpoint.id) == 1
        await there.forwarder.settle()
        assert crm.heads[0]["webhook-id"] == dead.id
        assert await there.hooks.replay("aidan", endpoint.id, dead.id) == 1
        await there.forwarder.settle()
        assert [head["webhook-id"] for head in crm.heads] == [dead.id, dead.id]


async def test_two_forwarders_send_each_message_once_and_a_dead_one_s_is_taken_over(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with (
        receiver() as crm,
        office(store_url, tmp_path, clock) as one,
        office(store_url, tmp_path, clock) as two,
    ):
        endpoint = await told(one, crm, Type.TICKET_OPENED)
        for n in range(8):
            await opens_a_ticket(one.house, vera(f"vera-{n}"))
        await asyncio.gather(one.forwarder.settle(), two.forwarder.settle())
        await one.forwarder.settle()
        assert len({head["webhook-id"] for head in crm.heads}) == len(crm.heads) == 8
        await told(one, crm, Type.TICKET_RESOLVED)
        last = await opens_a_ticket(one.house, vera("last"))
        crm.answers = [500]
        await one.forwarder.settle()
        clock.at += timedelta(minutes=1)
        left = await one.house.store.outbox.claim(endpoint.channel, clock.now(), LEASE, 1)
        assert [row.payload["conversation"] for row in left] == [last], "claimed, and the forwarder is gone"
        await two.forwarder.settle()
        assert len(crm.taken) == 8
        clock.at += LEASE
        await two.forwarder.settle()
        assert len(crm.taken) == 9


async def test_words_that_were_erased_meanwhile_are_not_told(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with receiver() as crm, office(store_url, tmp_path, clock) as there:
        await told(there, crm)
        crm.answers = [500]
        conversation = await opens_a_ticket(there.house)
        await there.forwarder.settle()
        await there.house.turns.take(conversation, erased_by_visitor(clock))
        clock.at += timedelta(hours=1)
        await there.forwarder.settle()
        assert crm.taken[0]["data"]["message"] == {
            "by": {"role": "visitor", "id": None, "name": ""},
            "text": None,
            "files": [],
            "erased": True,
        }
        assert not any("my course" in body for body in crm.bodies)


async def test_nothing_is_laid_out_for_nobody_and_no_words_wait_in_the_outbox(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with receiver() as crm, office(store_url, tmp_path, clock) as there:
        await opens_a_ticket(there.house)
        endpoint = await told(there, crm)
        await there.forwarder.settle()
        assert await there.hooks.deliveries(endpoint.id) == (), "it hears of what happens from now on"
        crm.answers = [500]
        await opens_a_ticket(there.house, vera("other"))
        await there.forwarder.settle()
        rows = await there.house.store.outbox.claim(endpoint.channel, clock.now() + LEASE, LEASE, 50)
        assert rows
        assert all(set(row.payload) == {"type", "conversation", "seq"} for row in rows)
