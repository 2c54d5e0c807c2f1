"""The same exchange as most programs write it: async ORM, one commit a message, everything in the handler.

It has less to do than slabot: no receipts, no chain, no projections for a desk. Its talk so far is kept in memory for the
bot, as slabot keeps it; SQLite has one connection (several would fight for the file), write-ahead log and FULL.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import socketio
from aiohttp import web
from sqlalchemy import ForeignKey, event
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from peers.decisions import ParrotBot
from peers.serving import bare_sockets, serve, stock_server
from slabot.config import load_config
from slabot.domain.conversation import Conversation, fold
from slabot.domain.dialogue.outcome import happenings
from slabot.domain.dialogue.plan import Moment, Plan
from slabot.domain.timeline import Actor, Happening, Kind, append
from slabot.knowledge.library import Library
from slabot.policies.in_force import PoliciesInForce
from slabot.policies.wits import WitsFiles
from slabot.services.bot import Bot
from slabot.services.ids import RandomIds
from slabot.services.staffing import Staff


class Base(DeclarativeBase):
    pass


class Talk(Base):
    __tablename__ = "talks"
    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str]
    visitor: Mapped[str] = mapped_column(index=True)
    last_at: Mapped[datetime]


class Message(Base):
    __tablename__ = "messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    talk: Mapped[int] = mapped_column(ForeignKey("talks.id"), index=True)
    role: Mapped[str]
    text: Mapped[str]
    article: Mapped[str | None]
    client_id: Mapped[str | None]
    at: Mapped[datetime]


@dataclass(slots=True)
class Seat:
    workspace: str
    talk: int | None = None
    so_far: Conversation | None = None


class NaiveChat:
    """One handler, two commits."""

    def __init__(
        self, engine: AsyncEngine, server: socketio.AsyncServer, bot: Bot, policies: PoliciesInForce
    ) -> None:
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        self._server = server
        self._bot = bot
        self._policies = policies
        self._staff = Staff()
        self._ids = RandomIds()
        self._seats: dict[str, Seat] = {}
        server.on("connect", self.connect, namespace="/visitor")
        server.on("disconnect", self.disconnect, namespace="/visitor")
        server.on("hello", self.hello, namespace="/visitor")
        server.on("say", self.say, namespace="/visitor")

    async def connect(self, sid: str, _environ: Any, auth: Any) -> None:
        self._seats[sid] = Seat(auth["workspace"])

    async def disconnect(self, sid: str, _reason: Any = None) -> None:
        self._seats.pop(sid, None)

    async def hello(self, _sid: str, _: Any) -> dict[str, Any]:
        return {"ok": True}

    async def say(self, sid: str, said: dict[str, Any]) -> dict[str, Any]:
        seat = self._seats[sid]
        now = datetime.now(UTC)
        async with self._sessions() as session:
            talk = None if said.get("new") or seat.talk is None else await session.get(Talk, seat.talk)
            if talk is None:
                talk = Talk(workspace=seat.workspace, visitor=sid, last_at=now)
                session.add(talk)
                await session.flush()
                seat.talk, seat.so_far = talk.id, None
                await self._server.enter_room(sid, str(talk.id), namespace="/visitor")
            talk.last_at = now
            question = Message(
                talk=talk.id, role="visitor", text=said["text"], client_id=said["client_id"], at=now
            )
            session.add(question)
            await session.commit()
        plan = self._decide(seat, sid, said["text"], now)
        spoken = plan.utterances[0] if plan.utterances else None
        async with self._sessions() as session:
            answer = Message(
                talk=talk.id,
                role="bot",
                text=spoken.text if spoken else "",
                article=spoken.article if spoken else None,
                at=datetime.now(UTC),
            )
            session.add(answer)
            await session.commit()
        shown = [_shown(question), _shown(answer)]
        await self._server.emit(
            "happened", {"events": shown}, room=str(talk.id), skip_sid=sid, namespace="/visitor"
        )
        return {"ok": True, "conversation": talk.id, "events": shown}

    def _decide(self, seat: Seat, visitor: str, text: str, now: datetime) -> Plan:
        """slabot's decision; the talk grows by what was said, as its fold does."""
        support = self._policies.current(seat.workspace)
        before = seat.so_far or Conversation(str(seat.talk), seat.workspace)
        actor = Actor.visitor(visitor)
        opening = [] if before.head.seq else [Happening(Kind.CONVERSATION_STARTED, actor, now)]
        plan = self._bot.plan(before, text, support, Moment(now, "T-1", self._staff.of(support.policy, now)))
        if plan.ticket is not None:
            return plan
        told = happenings(
            plan, before, text, support=support, now=now, visitor=actor, client_id="", ticket_number=""
        )
        facts = [*opening, *told]
        seat.so_far = fold(before, append(before.id, before.head, facts, now, self._ids.salts(len(facts))))
        return plan


def _shown(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "at": message.at.isoformat(),
        "role": message.role,
        "text": message.text,
        "article": message.article,
        "client_id": message.client_id,
    }


@asynccontextmanager
async def opened(database: str, decision: str) -> AsyncIterator[web.Application]:
    config = load_config({}, data=Path(), database=database)
    policies = await asyncio.to_thread(
        PoliciesInForce, config.policies_folder, datetime.now(UTC).date(), None
    )
    kind = ParrotBot if decision == "plumbing" else Bot
    bot = kind(WitsFiles(config.policies_folder, policies), Library(config.kb_folder, None))
    engine = _engine(database)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    server = stock_server()
    NaiveChat(engine, server, bot, policies)
    async with bare_sockets(server) as app:
        yield app
    await engine.dispose()


def _engine(database: str) -> AsyncEngine:
    if database.startswith("postgresql:"):
        return create_async_engine(
            database.replace("postgresql:", "postgresql+psycopg:", 1), pool_size=10, max_overflow=0
        )
    engine = create_async_engine(
        database.replace("sqlite:", "sqlite+aiosqlite:", 1), pool_size=1, max_overflow=0, pool_timeout=60
    )

    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def main(database: str, decision: str) -> None:
    serve(lambda: opened(database, decision))


if __name__ == "__main__":
    main(*sys.argv[1:])
