"""Agents and their sessions: passwords hashed with argon2, sessions random, stored hashed, revocable."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from slabot.services.clock import Clock
from slabot.services.colleague import Colleague
from slabot.services.deeds import CLI, Deed
from slabot.services.turns import Refused

SESSION_LASTS = timedelta(days=14)
SHORTEST_PASSWORD = 8
CAPACITY = 12
"""Conversations that an agent may hold at a time, where nobody said otherwise."""


@dataclass(frozen=True, slots=True)
class Agent:
    """An account. `workspaces` empty: every one."""

    id: str
    email: str
    name: str
    role: str
    workspaces: tuple[str, ...]
    password_hash: str
    capacity: int = CAPACITY
    disabled_at: datetime | None = None
    queues: tuple[str, ...] = ()
    """`queue` or `workspace/queue`; empty: every queue of the workspaces."""
    languages: tuple[str, ...] = ()
    """Two letters each; empty: offered tickets whatever the visitor speaks."""


class AddressTaken(ValueError):
    """Somebody logs in with this address already."""


class AgentRecords(Protocol):
    async def add(self, agent: Agent, at: datetime, deed: Deed | None = None) -> None:
        """Raises AddressTaken."""
        ...

    async def by_email(self, email: str) -> Agent | None: ...

    async def by_id(self, id: str) -> Agent | None: ...

    async def all(self) -> tuple[Agent, ...]: ...

    async def change(self, agent: Agent, deed: Deed, *, ends_sessions: bool) -> None:
        """Everything but the id, as given. Raises AddressTaken."""
        ...


class SessionRecords(Protocol):
    async def open(self, token_hash: bytes, agent: str, at: datetime, expires_at: datetime) -> None: ...

    async def agent_of(self, token_hash: bytes, now: datetime) -> str | None:
        """None for an unknown, expired or revoked session."""
        ...

    async def revoke(self, token_hash: bytes, at: datetime) -> None: ...


class Accounts:
    """Log in, log out, who is this. Hashing runs in a thread: it takes a quarter of a second on purpose."""

    def __init__(
        self, agents: AgentRecords, sessions: SessionRecords, clock: Clock, workspaces: tuple[str, ...]
    ) -> None:
        self._agents = agents
        self._sessions = sessions
        self._clock = clock
        self._workspaces = workspaces
        self._hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._decoy = ""

    async def add(
        self,
        email: str,
        name: str,
        password: str,
        *,
        role: str = "agent",
        workspaces: tuple[str, ...] = (),
        queues: tuple[str, ...] = (),
        languages: tuple[str, ...] = (),
        capacity: int = CAPACITY,
        id: str | None = None,
        by: str = CLI,
    ) -> Agent:
        """Raises AddressTaken, and ValueError for a short password."""
        hashed = await self._hash_of(password)
        agent = Agent(
            id or f"a_{secrets.token_urlsafe(9)}",
            email.lower(),
            name,
            role,
            workspaces,
            hashed,
            capacity,
            queues=queues,
            languages=languages,
        )
        now = self._clock.now()
        deed = Deed(by, now, "agent.add", agent.email, after=_facts(agent))
        await self._agents.add(agent, now, deed)
        return agent

    async def _hash_of(self, password: str) -> str:
        """Raises ValueError for a short one."""
        if len(password) < SHORTEST_PASSWORD:
            raise ValueError(f"expected a password of at least {SHORTEST_PASSWORD} characters")
        return await asyncio.to_thread(self._hasher.hash, password)

    async def change(
        self,
        email: str,
        *,
        by: str = CLI,
        new_email: str | None = None,
        name: str | None = None,
        role: str | None = None,
        workspaces: tuple[str, ...] | None = None,
        queues: tuple[str, ...] | None = None,
        languages: tuple[str, ...] | None = None,
        capacity: int | None = None,
        is_disabled: bool | None = None,
        password: str | None = None,
    ) -> Agent:
        """None leaves a thing as it is; desks that are open hear of it within a minute. Raises AddressTaken, ValueError.

        A new password and a disabled account end every session; with another address they go on.
        """
        agent = await self._agents.by_email(email.lower())
        if agent is None:
            raise ValueError(f"no agent has the address {email}; `slabot agent list` shows everybody")
        now = self._clock.now()
        changed = replace(
            agent,
            email=agent.email if new_email is None else new_email.lower(),
            name=agent.name if name is None else name,
            role=agent.role if role is None else role,
            workspaces=agent.workspaces if workspaces is None else workspaces,
            queues=agent.queues if queues is None else queues,
            languages=agent.languages if languages is None else languages,
            capacity=agent.capacity if capacity is None else capacity,
        )
        if is_disabled is not None:
            changed = replace(changed, disabled_at=(agent.disabled_at or now) if is_disabled else None)
        if password is not None:
            changed = replace(changed, password_hash=await self._hash_of(password))
        before, after = _difference(agent, changed)
        deed = Deed(by, now, "agent.change", agent.email, before=before, after=after)
        if changed != agent:
            ends = changed.disabled_at is not None or changed.password_hash != agent.password_hash
            await self._agents.change(changed, deed, ends_sessions=ends)
        return changed

    async def account(self, id: str) -> Agent | None:
        return await self._agents.by_id(id)

    async def everybody(self) -> tuple[Agent, ...]:
        """Oldest account first, those that are disabled included."""
        return await self._agents.all()

    async def log_in(self, email: str, password: str) -> tuple[str, Colleague]:
        """A session token for the cookie. Raises Refused, the same for a wrong address and a wrong password."""
        agent = await self._agents.by_email(email.lower())
        known = agent if agent is not None and agent.disabled_at is None else None
        fits = await asyncio.to_thread(self._fits, known.password_hash if known else None, password)
        if known is None or not fits:
            raise Refused("login_failed", "E-mail address and password do not fit together.")
        token = secrets.token_urlsafe(32)
        now = self._clock.now()
        await self._sessions.open(_hash(token), known.id, now, now + SESSION_LASTS)
        return token, self._colleague(known)

    async def log_out(self, token: str) -> None:
        await self._sessions.revoke(_hash(token), self._clock.now())

    async def colleague_of(self, token: str | None) -> Colleague | None:
        """Who this session belongs to, or None."""
        if not token:
            return None
        id = await self._sessions.agent_of(_hash(token), self._clock.now())
        agent = await self._agents.by_id(id) if id is not None else None
        if agent is None or agent.disabled_at is not None:
            return None
        return self._colleague(agent)

    async def colleague(self, id: str) -> Colleague | None:
        agent = await self._agents.by_id(id)
        return self._colleague(agent) if agent is not None and agent.disabled_at is None else None

    async def colleagues(self) -> tuple[Colleague, ...]:
        return tuple(self._colleague(agent) for agent in await self._agents.all() if not agent.disabled_at)

    async def names(self) -> dict[str, str]:
        """By agent, of those too who may no longer log in: what they did stays signed."""
        return {agent.id: agent.name for agent in await self._agents.all()}

    def _colleague(self, agent: Agent) -> Colleague:
        workspaces = frozenset(agent.workspaces or self._workspaces)
        return Colleague(
            agent.id,
            agent.name,
            workspaces,
            agent.role,
            agent.capacity,
            frozenset(agent.queues),
            frozenset(agent.languages),
        )

    def _fits(self, hashed: str | None, password: str) -> bool:
        """Without a hash as slow as with one, so that the time of an answer tells nobody which addresses exist."""
        if hashed is None:
            self._decoy = self._decoy or self._hasher.hash(secrets.token_hex(16))
        try:
            return self._hasher.verify(hashed or self._decoy, password)
        except (VerificationError, InvalidHashError):
            return False


def _facts(agent: Agent) -> dict[str, Any]:
    """What a record of acts may show: never the password, not even hashed."""
    return {
        "email": agent.email,
        "name": agent.name,
        "role": agent.role,
        "workspaces": list(agent.workspaces),
        "queues": list(agent.queues),
        "languages": list(agent.languages),
        "capacity": agent.capacity,
        "disabled": agent.disabled_at is not None,
    }


def _difference(before: Agent, after: Agent) -> tuple[dict[str, Any], dict[str, Any]]:
    was, now = _facts(before), _facts(after)
    changed = [key for key in now if was[key] != now[key]]
    new = {key: now[key] for key in changed}
    if before.password_hash != after.password_hash:
        new["password"] = "changed"
    return {key: was[key] for key in changed}, new


def _hash(token: str) -> bytes:
    # A cookie may hold bytes that are no text; then it is nobody's, and no error.
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
