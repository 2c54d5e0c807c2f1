"""Who is there right now: agents' presence with a time to live, and the line of tickets that wait for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from slabot.domain.conversation import Status
from slabot.domain.dialogue.plan import Staffing
from slabot.domain.policy import Policy
from slabot.domain.projection import InboxRow
from slabot.services.bulletin import News

TIME_TO_LIVE = timedelta(seconds=90)
"""A desk that has not been heard of for this long is offline; a crash heals by itself."""


class Presence(StrEnum):
    ONLINE = "online"
    AWAY = "away"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class AtWork:
    """An agent whose desk is open."""

    agent: str
    workspaces: frozenset[str]
    presence: Presence
    heard_at: datetime
    capacity: int


class Staff:
    """In memory: presence is a fact of the moment and no ticket depends on it."""

    def __init__(self) -> None:
        self._at_work: dict[str, AtWork] = {}
        self._lines: dict[tuple[str, str], dict[str, None]] = {}
        """By workspace and queue, who waits, first come first; a mapping for its order and its quick removal."""
        self._in_line: dict[str, tuple[str, str]] = {}
        self._holder: dict[str, str] = {}
        self._load: Counter[str] = Counter()

    def arrived(self, agent: str, workspaces: Iterable[str], now: datetime, capacity: int) -> None:
        self._at_work[agent] = AtWork(agent, frozenset(workspaces), Presence.ONLINE, now, capacity)

    def heard_of(self, agent: str, now: datetime, presence: Presence | None = None) -> None:
        at_work = self._at_work.get(agent)
        if at_work is not None:
            self._at_work[agent] = replace(at_work, heard_at=now, presence=presence or at_work.presence)

    def went(self, agent: str) -> None:
        self._at_work.pop(agent, None)

    def presence(self, agent: str, now: datetime) -> Presence:
        at_work = self._at_work.get(agent)
        if at_work is None or now - at_work.heard_at > TIME_TO_LIVE:
            return Presence.OFFLINE
        return at_work.presence

    def of(self, policy: Policy, now: datetime, conversation: str = "") -> dict[str, Staffing]:
        """Per queue: who is online, who has room for one more, and how many tickets wait before this conversation's.

        A conversation that does not wait comes after all who do.
        """
        online = [
            at_work
            for at_work in self._at_work.values()
            if policy.workspace in at_work.workspaces and self.presence(at_work.agent, now) is Presence.ONLINE
        ]
        free = sum(1 for at_work in online if self._load[at_work.agent] < at_work.capacity)
        return {
            queue.key: Staffing(len(online), free, self._ahead((policy.workspace, queue.key), conversation))
            for queue in policy.queues
        }

    def listen(self, news: News) -> None:
        """Keeps lines and holders in step with what was committed."""
        self.saw(news.row)

    def saw(self, row: InboxRow) -> None:
        """Who waits already keeps their place."""
        self._load[self._holder.pop(row.conversation, "")] -= 1
        if row.holder is not None:
            self._holder[row.conversation] = row.holder
        self._load[row.holder or ""] += 1
        line = (row.workspace, row.queue or "") if row.status == Status.WAITING else None
        before = self._in_line.get(row.conversation)
        if line == before:
            return
        if before is not None:
            self._lines[before].pop(row.conversation)
            del self._in_line[row.conversation]
        if line is not None:
            self._lines.setdefault(line, {})[row.conversation] = None
            self._in_line[row.conversation] = line

    def _ahead(self, line: tuple[str, str], conversation: str) -> int:
        waiting = self._lines.get(line, {})
        if conversation not in waiting:
            return len(waiting)
        return next(place for place, waits in enumerate(waiting) if waits == conversation)
