"""Canned replies: offered to agents with every place filled, kept and dropped by leads."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

import structlog

from slabot.domain.canned import VARIABLES, CannedReply, faults, filled, values_for
from slabot.domain.dialogue.plan import Moment
from slabot.services.bot import Bot
from slabot.services.clock import Clock
from slabot.services.colleague import Colleague
from slabot.services.desk import Desk
from slabot.services.search import ArticleSearch
from slabot.services.supports import Supports, UnknownWorkspace
from slabot.services.turns import NotFound, Refused

log = structlog.get_logger(__name__)

LEADS = frozenset({"lead", "admin"})
ARTICLES_SHOWN = 8


class CannedReplies(Protocol):
    """Where they are kept."""

    async def of(self, workspace: str) -> tuple[CannedReply, ...]:
        """By key."""
        ...

    async def keep(self, reply: CannedReply, by: str, at: datetime) -> None:
        """In place of an earlier one of the same key."""

    async def drop(self, workspace: str, key: str, by: str, at: datetime) -> bool:
        """Whether there was one."""
        ...


class ReplyBook:
    def __init__(
        self, records: CannedReplies, desk: Desk, supports: Supports, bot: Bot, clock: Clock
    ) -> None:
        self._records = records
        self._desk = desk
        self._supports = supports
        self._bot = bot
        self._clock = clock

    async def offered(self, colleague: Colleague, conversation: str) -> list[dict[str, Any]]:
        """What the composer of this conversation offers, each text as it would be sent now. Raises NotFound."""
        talk = await self._desk.conversation(colleague, conversation)
        support = await self._supports.of(talk.workspace, talk.ticket)
        voice = self._bot.wits(talk.workspace).voice
        moment = Moment(self._clock.now(), "")
        values = values_for(talk, colleague.name, support=support, voice=voice, moment=moment)
        replies = await self._records.of(talk.workspace)
        return [{**asdict(reply), "text": filled(reply.text, values)} for reply in replies]

    async def kept(self, colleague: Colleague, workspace: str) -> dict[str, Any]:
        """As they were written, for those who look after them."""
        self._check(colleague, workspace, writes=False)
        support = self._supports.current(workspace)
        return {
            "replies": [asdict(reply) for reply in await self._records.of(workspace)],
            "variables": dict(VARIABLES),
            "levels": [{"key": level.key, "name": level.name} for level in support.policy.levels],
            "may_change": colleague.role in LEADS,
        }

    async def keep(self, colleague: Colleague, reply: CannedReply) -> None:
        """Raises Refused for an agent who is no lead, and for a reply with faults."""
        self._check(colleague, reply.workspace, writes=True)
        wrong = faults(reply, self._supports.current(reply.workspace))
        if wrong:
            raise Refused("invalid", " ".join(wrong))
        await self._records.keep(reply, colleague.agent, self._clock.now())
        log.info("canned_reply_kept", workspace=reply.workspace, key=reply.key, by=colleague.agent)

    async def drop(self, colleague: Colleague, workspace: str, key: str) -> None:
        self._check(colleague, workspace, writes=True)
        if not await self._records.drop(workspace, key, colleague.agent, self._clock.now()):
            raise Refused("not_found", f"There is no canned reply {key!r} in {workspace}.")
        log.info("canned_reply_dropped", workspace=workspace, key=key, by=colleague.agent)

    async def articles(self, colleague: Colleague, conversation: str, words: str) -> list[dict[str, Any]]:
        """Articles for these words, each with the passage that answers; without words those of the conversation."""
        talk = await self._desk.conversation(colleague, conversation)
        search: ArticleSearch = self._bot.search
        asked = words.strip() or " ".join(talk.visitor_turns[-2:])
        found = search.find(talk.workspace, asked).candidates if asked else ()
        passages = {each.slug: (each.title, each.passage) for each in found}
        for article in search.articles(talk.workspace):
            if article.passages and all(word in article.title.lower() for word in words.lower().split()):
                passages.setdefault(article.slug, (article.title, article.passages[0]))
        return [
            {"slug": slug, "title": title, "text": passage.text, "html": passage.html}
            for slug, (title, passage) in list(passages.items())[:ARTICLES_SHOWN]
        ]

    def _check(self, colleague: Colleague, workspace: str, *, writes: bool) -> None:
        """Raises Refused, the same for a workspace that does not exist and for a stranger's."""
        try:
            self._supports.current(workspace)
        except UnknownWorkspace:
            raise NotFound from None
        if workspace not in colleague.workspaces:
            raise NotFound
        if writes and colleague.role not in LEADS:
            raise Refused("forbidden", "Canned replies are changed by leads. Ask one of yours.")
