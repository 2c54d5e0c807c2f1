"""The forwarder: follows the timelines for every receiver of webhooks, lays out what it wants, hands it over in order.

A timeline is committed whole with its facts, so a receiver's position in it is all that a crash needs to go on from;
the message path writes nothing more for it.
"""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, Protocol

import orjson
import structlog
from prometheus_client import Counter
from standardwebhooks import Webhook

from slabot.domain.conversation import Conversation, fold
from slabot.domain.timeline import Event
from slabot.domain.webhooks import TOLD, Type, payload, type_of
from slabot.services.accounts import Accounts
from slabot.services.bulletin import News
from slabot.services.clock import Clock
from slabot.services.outbox import Claimed, Outbox
from slabot.services.supports import Supports
from slabot.services.turn import Outgoing, Timelines
from slabot.services.webhooks import Endpoint, Endpoints

log = structlog.get_logger(__name__)

STEP = 500
"""Events laid out in one transaction."""
LEASE = timedelta(minutes=15)
BATCH = 20
AT_ONCE = 4
"""Messages on their way to one receiver; all of different conversations."""
LONGEST_SLEEP = timedelta(seconds=30)
"""A receiver that was added elsewhere, as at a terminal, is noticed within this."""

_OF_TICKETS_ALONE = (Type.TICKET_ASSIGNED, Type.TICKET_RESOLVED)
"""Kinds of facts that a conversation without a ticket knows as well."""

WEBHOOKS = Counter(
    "slabot_webhooks_total", "Webhooks by what became of them: sent, later, gone.", ["outcome"]
)


class NotTaken(Exception):
    """The receiver did not take a message. `is_gone`: it says that it wants no more, ever."""

    def __init__(self, said: str, *, is_gone: bool = False) -> None:
        super().__init__(said)
        self.said = said
        self.is_gone = is_gone


class Post(Protocol):
    async def hand_over(self, url: str, headers: dict[str, str], body: bytes) -> None:
        """Returns once the receiver answered that it has it. Raises NotTaken."""
        ...


class Forwarder:
    """Safe beside other forwarders: a position moves once, and a claimed row is nobody else's until its lease ends."""

    def __init__(
        self,
        endpoints: Endpoints,
        outbox: Outbox,
        timelines: Timelines,
        supports: Supports,
        accounts: Accounts,
        post: Post,
        clock: Clock,
    ) -> None:
        self._endpoints = endpoints
        self._outbox = outbox
        self._timelines = timelines
        self._supports = supports
        self._accounts = accounts
        self._post = post
        self._clock = clock
        self._woken = asyncio.Event()
        self._listening: frozenset[str] = frozenset()
        """Workspaces with a receiver."""
        self._handing: dict[str, asyncio.Task[None]] = {}

    def listen(self, news: News) -> None:
        if news.conversation.workspace in self._listening and any(e.kind in TOLD for e in news.events):
            self._woken.set()

    async def run(self) -> None:
        """Until cancelled. What fails is logged and tried again: nothing is dropped silently."""
        try:
            while True:
                self._woken.clear()
                try:
                    pause = await self._round()
                except Exception:
                    log.exception("forwarder_failed")
                    pause = LONGEST_SLEEP.total_seconds()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), pause)
        finally:
            for task in self._handing.values():
                task.cancel()
            await asyncio.gather(*self._handing.values(), return_exceptions=True)

    async def settle(self) -> None:
        """One round without the loop, for whoever has no time to wait: all that happened, each due message once."""
        for endpoint in await self._receivers():
            await self._lay_out(endpoint)
            await self._hand_over_all(endpoint)

    async def _round(self) -> float:
        """Starts what is due for each receiver; returns the seconds until there is more to do."""
        pause = LONGEST_SLEEP.total_seconds()
        for endpoint in await self._receivers():
            await self._lay_out(endpoint)
            due = await self._outbox.next_try_at(endpoint.channel)
            if due is None or endpoint.id in self._handing:
                continue
            wait = (due - self._clock.now()).total_seconds()
            if wait <= 0:
                self._start(endpoint)
            else:
                pause = min(pause, wait)
        return pause

    def _start(self, endpoint: Endpoint) -> None:
        task = asyncio.create_task(self._hand_over_all(endpoint), name=f"webhook {endpoint.id}")
        self._handing[endpoint.id] = task

        def ended(done: asyncio.Task[None]) -> None:
            del self._handing[endpoint.id]
            if not done.cancelled() and (error := done.exception()) is not None:
                log.error("webhooks_failed", endpoint=endpoint.id, exc_info=error)
                return  # Looked at again after the usual pause, not at once.
            self._woken.set()

        task.add_done_callback(ended)

    async def _receivers(self) -> list[Endpoint]:
        known = set(self._supports.workspaces())
        there = [
            endpoint
            for endpoint in await self._endpoints.all()
            if endpoint.disabled_at is None and endpoint.workspace in known
        ]
        self._listening = frozenset(endpoint.workspace for endpoint in there)
        return there

    async def _lay_out(self, endpoint: Endpoint) -> None:
        while True:
            events = await self._timelines.since(endpoint.workspace, endpoint.position, STEP)
            if not events:
                return
            wanted = [event for event in events if endpoint.wants(type_of(event))]
            outgoing = [each for event in wanted if (each := await self._outgoing(endpoint, event))]
            position = events[-1].position
            if not await self._endpoints.lay_out(endpoint, position, outgoing):
                return  # Another process is at it.
            endpoint = replace(endpoint, position=position)

    async def _outgoing(self, endpoint: Endpoint, event: Event) -> Outgoing | None:
        """None where an agent had a conversation that was no ticket."""
        type = type_of(event)
        assert type is not None, "only what is wanted is laid out"
        place = (endpoint.workspace, event.conversation, event.seq)
        if type in _OF_TICKETS_ALONE and await self._payload(*place) is None:
            return None
        mark = "\x1f".join((endpoint.id, event.conversation, str(event.seq)))
        return Outgoing(
            id=f"msg_{hashlib.sha256(mark.encode()).hexdigest()[:32]}",
            workspace=endpoint.workspace,
            channel=endpoint.channel,
            payload={"type": type.value, "conversation": event.conversation, "seq": event.seq},
            send_at=self._clock.now(),
            lane=f"{endpoint.id}/{event.conversation}",
            place=event.seq,
        )

    async def _hand_over_all(self, endpoint: Endpoint) -> None:
        """Everything due, of one conversation in its order: the next goes once the one before was taken, or is dead."""
        gate = asyncio.Semaphore(AT_ONCE)
        while rows := await self._outbox.claim(endpoint.channel, self._clock.now(), LEASE, BATCH):
            goes_on = await asyncio.gather(*(self._try(endpoint, row, gate) for row in rows))
            if not all(goes_on):
                return

    async def _try(self, endpoint: Endpoint, row: Claimed, gate: asyncio.Semaphore) -> bool:
        """One try, with its outcome kept; False when the receiver wants no more. Logs ids and codes alone."""
        facts = {"id": row.id, "endpoint": endpoint.id, "type": row.payload["type"], "tries": row.tries}
        async with gate:
            try:
                body = await self._payload(row.workspace, row.payload["conversation"], row.payload["seq"])
                text = orjson.dumps(body).decode()
                await self._post.hand_over(endpoint.url, self._signed(endpoint, row.id, text), text.encode())
            except NotTaken as refused:
                WEBHOOKS.labels("gone" if refused.is_gone else "later").inc()
                log.warning("webhook_not_taken", said=refused.said, **facts)
                await self._outbox.failed(row.id, self._clock.now(), refused.said)
                if refused.is_gone:
                    gone = replace(endpoint, disabled_at=self._clock.now(), why_disabled=refused.said)
                    await self._endpoints.change(gone, None)
                    return False
            except Exception as fault:
                WEBHOOKS.labels("later").inc()
                log.exception("webhook_failed", **facts)
                await self._outbox.failed(row.id, self._clock.now(), type(fault).__name__)
            else:
                WEBHOOKS.labels("sent").inc()
                await self._outbox.sent(row.id, self._clock.now())
        return True

    async def _payload(self, workspace: str, id: str, seq: int) -> dict[str, Any] | None:
        """As things stood after the event, so that every try says the same but for what was erased since."""
        events = [event for event in await self._timelines.events(id) if event.seq <= seq]
        then = fold(Conversation(id, workspace), events)
        support = await self._supports.of(workspace, then.ticket)
        return payload(events[-1], then, support, await self._accounts.names())

    def _signed(self, endpoint: Endpoint, id: str, body: str) -> dict[str, str]:
        now = self._clock.now()
        secrets = [endpoint.secret]
        if endpoint.old_secret and endpoint.old_secret_until and now < endpoint.old_secret_until:
            secrets.append(endpoint.old_secret)
        return {
            "webhook-id": id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(Webhook(each).sign(id, now, body) for each in secrets),
            "content-type": "application/json",
        }
