"""The courier: takes due rows from the outbox, finds addresses, hands letters to the post, tries again later."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog
from prometheus_client import Counter

from slabot.domain.escalation import ASSIGNED_AGENT, QUEUE_LEAD, contact_of
from slabot.domain.timeline import Kind
from slabot.services.accounts import Agent, AgentRecords
from slabot.services.bot import Bot
from slabot.services.bulletin import News
from slabot.services.clock import Clock
from slabot.services.correspondence import Background, NothingToSay, to_team, to_visitor
from slabot.services.letters import CHANNEL, Occasion
from slabot.services.links import Links
from slabot.services.mailer import Letter, Mailer, Undelivered
from slabot.services.outbox import Claimed, Outbox
from slabot.services.supports import Supports
from slabot.services.turn import Timelines
from slabot.services.turns import NotFound, Turns
from slabot.services.whole_talk import merged_into

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=15)
"""Longer than a batch can take at its slowest; a row of a courier that died is tried again after it."""
BATCH = 20
AT_ONCE = 5
"""Letters on their way at the same time; a slow mail server holds up no more than these."""
LONGEST_SLEEP = timedelta(seconds=30)

LEADS_TO_MAIL = frozenset(
    {
        Kind.TICKET_OPENED, Kind.EMAIL_GIVEN, Kind.AGENT_WROTE, Kind.RESOLVED, Kind.WARNED, Kind.BREACHED,
        Kind.ESCALATED, Kind.RISK_FORESEEN, Kind.TIME_COMMITTED,
    }
)  # fmt: skip

LETTERS = Counter("slabot_letters_total", "Mail by what became of it: sent, later, dead, void.", ["outcome"])


class Courier:
    """Safe beside other couriers: a claimed row is nobody else's until its lease ends."""

    def __init__(
        self,
        outbox: Outbox,
        mailer: Mailer,
        turns: Turns,
        timelines: Timelines,
        supports: Supports,
        agents: AgentRecords,
        bot: Bot,
        links: Links,
        clock: Clock,
    ) -> None:
        self._links = links
        self._outbox = outbox
        self._mailer = mailer
        self._turns = turns
        self._timelines = timelines
        self._supports = supports
        self._agents = agents
        self._bot = bot
        self._clock = clock
        self._woken = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled. What fails is logged and tried again: no row is ever dropped silently."""
        while True:
            self._woken.clear()
            try:
                await self.deliver()
                pause = await self._pause()
            except Exception:
                log.exception("courier_failed")
                pause = LONGEST_SLEEP.total_seconds()
            try:
                await asyncio.wait_for(self._woken.wait(), pause)
            except TimeoutError:
                continue

    def listen(self, news: News) -> None:
        """A turn that may have left mail."""
        if any(event.kind in LEADS_TO_MAIL for event in news.events):
            self._woken.set()

    async def deliver(self) -> int:
        """Tries every row that is due by now, each once; returns how many the post has taken."""
        taken = 0
        while rows := await self._outbox.claim(CHANNEL, self._clock.now(), LEASE, BATCH):
            gate = asyncio.Semaphore(AT_ONCE)
            talks: dict[str, list[Claimed]] = {}
            for row in rows:
                talks.setdefault(row.payload["conversation"], []).append(row)
            taken += sum(await asyncio.gather(*(self._in_turn(talk, gate) for talk in talks.values())))
        return taken

    async def _in_turn(self, talk: list[Claimed], gate: asyncio.Semaphore) -> int:
        """The letters of one conversation in the order they were written."""
        async with gate:
            return sum([await self._try(row) for row in talk])

    async def _pause(self) -> float:
        upcoming = await self._outbox.next_try_at(CHANNEL)
        wait = (upcoming - self._clock.now()).total_seconds() if upcoming else LONGEST_SLEEP.total_seconds()
        return min(max(wait, 0.0), LONGEST_SLEEP.total_seconds())

    async def _try(self, row: Claimed) -> bool:
        """One row's try, with its outcome kept. Logs ids and codes alone, never addresses or words."""
        occasion = row.payload.get("occasion")
        facts = {"id": row.id, "workspace": row.workspace, "occasion": occasion, "tries": row.tries}
        try:
            await self._mailer.send(await self._letter(row))
        except NothingToSay as void:
            LETTERS.labels("void").inc()
            log.info("letter_void", because=str(void), **facts)
            await self._outbox.failed(row.id, self._clock.now(), str(void), for_good=True)
        except Undelivered as refused:
            LETTERS.labels("dead" if refused.for_good else "later").inc()
            log.warning("letter_refused", for_good=refused.for_good, said=refused.said, **facts)
            await self._outbox.failed(row.id, self._clock.now(), refused.said, for_good=refused.for_good)
        except Exception as fault:
            LETTERS.labels("later").inc()
            log.exception("letter_failed", **facts)
            await self._outbox.failed(row.id, self._clock.now(), type(fault).__name__)
        else:
            LETTERS.labels("sent").inc()
            await self._outbox.sent(row.id, self._clock.now())
            return True
        return False

    async def _letter(self, row: Claimed) -> Letter:
        """Raises NothingToSay."""
        try:
            conversation = await self._turns.conversation(row.payload["conversation"])
        except NotFound:
            raise NothingToSay("the conversation is gone") from None
        support = await self._supports.of(row.workspace, conversation.ticket)
        voice = self._bot.wits(row.workspace).voice
        now = self._clock.now()
        link = self._links.to(row.workspace, conversation.id, now)
        if support.policy.identity_required:
            link = None  # Such a page alone says who somebody is.
        if row.payload["occasion"] == Occasion.ALERT:
            background = Background(conversation, support, voice, now)
            return to_team(row, await self._addresses(row), await self._holder(row), background)
        seq = row.payload["seq"]
        # A transcript is of all that was said; every other letter is about one fact.
        is_whole = row.payload["occasion"] == Occasion.TRANSCRIPT
        events = await self._timelines.events(conversation.id, 0 if is_whole else seq - 1)
        merged = await merged_into(conversation.merged, self._timelines)
        background = Background(conversation, support, voice, now, link, merged)
        return to_visitor(row, [event for event in events if event.seq <= seq], background)

    async def _addresses(self, row: Claimed) -> tuple[str, ...]:
        tell = row.payload["tell"]
        if tell == ASSIGNED_AGENT:
            agent = await self._agents.by_id(row.payload["holder"] or "")
            is_there = agent is not None and agent.disabled_at is None
            found: tuple[str, ...] = (agent.email,) if agent is not None and is_there else ()
        elif tell == QUEUE_LEAD:
            found = tuple(agent.email for agent in await self._agents.all() if _leads(agent, row.workspace))
        else:
            contact = contact_of(self._supports.current(row.workspace).policy, tell)
            found = (contact.email,) if contact is not None and contact.email else ()
        if not found:
            raise NothingToSay(f"nobody with an address answers for {tell}; the desk shows it")
        return found

    async def _holder(self, row: Claimed) -> str | None:
        agent = await self._agents.by_id(row.payload["holder"] or "")
        return agent.name if agent is not None else None


def _leads(agent: Agent, workspace: str) -> bool:
    return (
        agent.role == "lead"
        and agent.disabled_at is None
        and (not agent.workspaces or workspace in agent.workspaces)
    )
