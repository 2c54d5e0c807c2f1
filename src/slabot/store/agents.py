"""Agents' accounts and sessions; of a session's token only the hash is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from slabot.domain.timeline import microseconds
from slabot.services.accounts import AddressTaken, Agent
from slabot.services.deeds import Deed
from slabot.store.deeds import record
from slabot.store.reads import Reader
from slabot.store.rows import instant_or_none, json_text, micros
from slabot.store.tables import agent_sessions, agents
from slabot.store.writer import GroupWriter

_COLUMNS = select(
    agents.c.id,
    agents.c.email,
    agents.c.name,
    agents.c.role,
    agents.c.workspaces,
    agents.c.password_hash,
    agents.c.capacity,
    agents.c.disabled_at,
    agents.c.queues,
    agents.c.languages,
)
_ALL = _COLUMNS.order_by(agents.c.created_at, agents.c.id)
_BY_EMAIL = _COLUMNS.where(agents.c.email == bindparam("email"))
_BY_ID = _COLUMNS.where(agents.c.id == bindparam("id"))
_AGENT_OF = select(agent_sessions.c.agent).where(
    agent_sessions.c.token_hash == bindparam("token_hash"),
    agent_sessions.c.revoked_at.is_(None),
    agent_sessions.c.expires_at > bindparam("now"),
)


class StoredAgents:
    """Satisfies `services.accounts.AgentRecords`. Addresses are kept in lower case."""

    def __init__(self, writer: GroupWriter, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def add(self, agent: Agent, at: datetime, deed: Deed | None = None) -> None:
        added = insert(agents).values(
            id=agent.id,
            email=agent.email.lower(),
            name=agent.name,
            role=agent.role,
            workspaces=json_text(agent.workspaces),
            capacity=agent.capacity,
            password_hash=agent.password_hash,
            created_at=microseconds(at),
            disabled_at=micros(agent.disabled_at),
            queues=json_text(agent.queues),
            languages=json_text(agent.languages),
        )

        def add(connection: Connection) -> None:
            connection.execute(added)
            record(connection, deed)

        try:
            await self._writer.execute(add)
        except IntegrityError as error:
            raise AddressTaken(
                f"an agent with the address {agent.email} or the id {agent.id} exists already"
            ) from error

    async def by_email(self, email: str) -> Agent | None:
        return _first(await self._reader.rows(_BY_EMAIL, email=email.lower()))

    async def by_id(self, id: str) -> Agent | None:
        return _first(await self._reader.rows(_BY_ID, id=id))

    async def all(self) -> tuple[Agent, ...]:
        """Oldest account first."""
        return tuple(map(_agent, await self._reader.rows(_ALL)))

    async def change(self, agent: Agent, deed: Deed, *, ends_sessions: bool) -> None:
        changed = (
            update(agents)
            .where(agents.c.id == agent.id)
            .values(
                email=agent.email,
                name=agent.name,
                role=agent.role,
                workspaces=json_text(agent.workspaces),
                capacity=agent.capacity,
                password_hash=agent.password_hash,
                disabled_at=micros(agent.disabled_at),
                queues=json_text(agent.queues),
                languages=json_text(agent.languages),
            )
        )
        theirs = (agent_sessions.c.agent == agent.id) & agent_sessions.c.revoked_at.is_(None)
        ended = update(agent_sessions).where(theirs).values(revoked_at=microseconds(deed.at))

        def change(connection: Connection) -> None:
            connection.execute(changed)
            if ends_sessions:
                connection.execute(ended)
            record(connection, deed)

        try:
            await self._writer.execute(change)
        except IntegrityError as error:
            raise AddressTaken(f"another agent logs in with {agent.email} already") from error


class StoredSessions:
    """Satisfies `services.accounts.SessionRecords`."""

    def __init__(self, writer: GroupWriter, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def open(self, token_hash: bytes, agent: str, at: datetime, expires_at: datetime) -> None:
        opened = insert(agent_sessions).values(
            token_hash=token_hash,
            agent=agent,
            created_at=microseconds(at),
            expires_at=microseconds(expires_at),
        )
        await self._writer.execute(lambda connection: connection.execute(opened).rowcount)

    async def agent_of(self, token_hash: bytes, now: datetime) -> str | None:
        rows = await self._reader.rows(_AGENT_OF, token_hash=token_hash, now=microseconds(now))
        return rows[0][0] if rows else None

    async def revoke(self, token_hash: bytes, at: datetime) -> None:
        session = agent_sessions.c.token_hash == token_hash
        revoked = update(agent_sessions).where(session, agent_sessions.c.revoked_at.is_(None))
        values = {"revoked_at": microseconds(at)}
        await self._writer.execute(lambda connection: connection.execute(revoked.values(values)).rowcount)


def _first(rows: Sequence[Any]) -> Agent | None:
    return _agent(rows[0]) if rows else None


def _agent(row: Any) -> Agent:
    id, email, name, role, workspaces, password_hash, capacity, disabled_at, queues, languages = row
    return Agent(
        id,
        email,
        name,
        role,
        tuple(orjson.loads(workspaces)),
        password_hash,
        capacity,
        instant_or_none(disabled_at),
        tuple(orjson.loads(queues)),
        tuple(orjson.loads(languages)),
    )
