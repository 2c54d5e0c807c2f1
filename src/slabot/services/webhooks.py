"""Receivers of webhooks as administrators keep them: added, given a new secret, paused, dropped, replayed."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from slabot.domain.instants import written_if_any
from slabot.domain.webhooks import Type
from slabot.services.clock import Clock
from slabot.services.deeds import Deed
from slabot.services.outbox import Fate
from slabot.services.turn import Outgoing, Timelines

SECRET_BYTES = 32
ROTATES_IN = timedelta(hours=24)
"""So long a message bears the old signature beside the new one, and the receiver has to learn the new secret."""
LISTED = 200


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A receiver. `position`: up to where the workspace's events were laid out for it."""

    id: str
    workspace: str
    url: str
    types: tuple[Type, ...]
    """Empty: all of them."""
    secret: str
    position: int
    created_at: datetime
    old_secret: str | None = None
    old_secret_until: datetime | None = None
    disabled_at: datetime | None = None
    why_disabled: str = ""

    @property
    def channel(self) -> str:
        """Its own in the outbox, so that a slow receiver holds up no other."""
        return f"webhook:{self.id}"

    def wants(self, type: Type | None) -> bool:
        return type is not None and (not self.types or type in self.types)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message for one receiver. `id` is its `webhook-id`."""

    id: str
    type: str
    conversation: str
    seq: int
    at: datetime
    fate: Fate
    tries: int
    next_try_at: datetime | None
    error: str | None


class Endpoints(Protocol):
    async def add(self, endpoint: Endpoint, deed: Deed) -> None: ...

    async def all(self) -> tuple[Endpoint, ...]:
        """Oldest first, those that are paused included."""
        ...

    async def change(self, endpoint: Endpoint, deed: Deed | None) -> None:
        """Secrets and pause as given; where it is laid out up to stays as it is stored."""
        ...

    async def drop(self, endpoint: Endpoint, deed: Deed) -> None:
        """With everything that still waits for it."""
        ...

    async def lay_out(self, endpoint: Endpoint, position: int, outgoing: Sequence[Outgoing]) -> bool:
        """Its deliveries and how far it has come, in one transaction; False where another process was first."""
        ...

    async def deliveries(self, endpoint: Endpoint, fate: Fate | None, limit: int) -> tuple[Delivery, ...]:
        """Newest first."""
        ...

    async def replay(self, endpoint: Endpoint, id: str | None, now: datetime, deed: Deed) -> int:
        """Sends one delivery again, or every dead one, under its own id; how many."""
        ...


class NoSuchEndpoint(LookupError):
    """Nobody of this id receives webhooks."""

    def __init__(self, id: str) -> None:
        super().__init__(f"no webhook {id!r}; `slabot webhook list` shows them")


class Webhooks:
    """`check_url` raises ValueError for an address that must not be called; `by` is an agent's id or `cli`."""

    def __init__(self, endpoints: Endpoints, timelines: Timelines, clock: Clock, check_url: CheckUrl) -> None:
        self._endpoints = endpoints
        self._timelines = timelines
        self._clock = clock
        self._check_url = check_url

    async def add(self, by: str, workspace: str, url: str, types: tuple[Type, ...] = ()) -> Endpoint:
        """It hears of everything from now on. Raises ValueError for an address that must not be called."""
        self._check_url(url)
        now = self._clock.now()
        position = await self._timelines.position(workspace)
        id = f"wh_{secrets.token_hex(6)}"
        endpoint = Endpoint(id, workspace, url, types, fresh_secret(), position, now)
        await self._endpoints.add(endpoint, self._deed(by, "add", endpoint, after=_facts(endpoint)))
        return endpoint

    async def all(self) -> tuple[Endpoint, ...]:
        return await self._endpoints.all()

    async def by_id(self, id: str) -> Endpoint:
        """Raises NoSuchEndpoint."""
        for endpoint in await self._endpoints.all():
            if endpoint.id == id:
                return endpoint
        raise NoSuchEndpoint(id)

    async def rotate(self, by: str, id: str) -> Endpoint:
        """A new secret; for a day messages are signed with both. Raises NoSuchEndpoint."""
        endpoint = await self.by_id(id)
        until = self._clock.now() + ROTATES_IN
        rotated = replace(endpoint, secret=fresh_secret(), old_secret=endpoint.secret, old_secret_until=until)
        after = {"old_secret_until": written_if_any(until)}
        await self._endpoints.change(rotated, self._deed(by, "rotate", endpoint, after=after))
        return rotated

    async def pause(self, by: str, id: str) -> None:
        """What happens meanwhile is not lost: it goes out once the receiver is resumed. Raises NoSuchEndpoint."""
        endpoint = await self.by_id(id)
        if endpoint.disabled_at is None:
            paused = replace(endpoint, disabled_at=self._clock.now(), why_disabled="paused by hand")
            await self._endpoints.change(paused, self._deed(by, "pause", endpoint))

    async def resume(self, by: str, id: str) -> None:
        """Raises NoSuchEndpoint."""
        endpoint = await self.by_id(id)
        if endpoint.disabled_at is not None:
            resumed = replace(endpoint, disabled_at=None, why_disabled="")
            await self._endpoints.change(resumed, self._deed(by, "resume", endpoint))

    async def drop(self, by: str, id: str) -> None:
        """Raises NoSuchEndpoint."""
        endpoint = await self.by_id(id)
        await self._endpoints.drop(endpoint, self._deed(by, "drop", endpoint, before=_facts(endpoint)))

    async def deliveries(self, id: str, fate: Fate | None = None) -> tuple[Delivery, ...]:
        """Raises NoSuchEndpoint."""
        return await self._endpoints.deliveries(await self.by_id(id), fate, LISTED)

    async def replay(self, by: str, id: str, delivery: str | None = None) -> int:
        """One delivery again, or every dead one. Raises NoSuchEndpoint, and ValueError for an unknown delivery."""
        endpoint = await self.by_id(id)
        deed = self._deed(by, "replay", endpoint, after={"delivery": delivery or "every dead one"})
        count = await self._endpoints.replay(endpoint, delivery, self._clock.now(), deed)
        if delivery is not None and not count:
            raise ValueError(f"no delivery {delivery!r} of {id}; `slabot webhook deliveries {id}` shows them")
        return count

    def _deed(
        self,
        by: str,
        verb: str,
        endpoint: Endpoint,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> Deed:
        now = self._clock.now()
        return Deed(by, now, f"webhook.{verb}", endpoint.id, endpoint.workspace, before or {}, after or {})


class CheckUrl(Protocol):
    def __call__(self, url: str) -> None: ...


def fresh_secret() -> str:
    """As Standard Webhooks writes one: `whsec_` and 32 random bytes in base64."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


def _facts(endpoint: Endpoint) -> dict[str, Any]:
    return {"url": endpoint.url, "types": [type.value for type in endpoint.types]}
