"""Who is there right now: agents' availability by their open desks, with a time to live so that a crash heals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from slabot.domain.dialogue.plan import Staffing
from slabot.domain.policy import Policy
from slabot.domain.projection import InboxRow
from slabot.services.bulletin import News
from slabot.services.colleague import Colleague
from slabot.services.floor import Floor

TIME_TO_LIVE = timedelta(seconds=90)
"""A desk that has not been heard of for this long is offline; a crash heals by itself."""


class Presence(StrEnum):
    ONLINE = "online"
    AWAY = "away"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Heard:
    """What was last heard of an agent by any process of this slabot."""

    presence: Presence
    at: datetime


class Attendance(Protocol):
    """Keeps what was last heard of each agent, so that another process and a restart know it too."""

    async def heard(self, agent: str, heard: Heard) -> None: ...

    async def all(self) -> Mapping[str, Heard]: ...


@dataclass(slots=True)
class OpenDesk:
    """One page of the desk; an agent may have several."""

    heard_at: datetime
    is_idle: bool = False
    """Nobody has touched the page for a while."""


@dataclass(slots=True)
class AtWork:
    """An agent with an open desk here."""

    colleague: Colleague
    chosen: Presence
    """By hand, for all their desks."""
    chosen_at: datetime
    desks: dict[str, OpenDesk] = field(default_factory=dict)


class Staff:
    """In memory: presence is a fact of the moment and no ticket depends on it."""

    def __init__(self) -> None:
        self.floor = Floor()
        self._at_work: dict[str, AtWork] = {}
        self._heard: Mapping[str, Heard] = {}
        self._left: dict[str, datetime] = {}

    def arrived(
        self,
        colleague: Colleague,
        now: datetime,
        *,
        desk: str = "",
        presence: Presence | None = None,
        is_idle: bool = False,
    ) -> None:
        """Opened a desk, which says what the agent has chosen at it; None: nothing, so what their other desks say holds.

        The account may have changed since the last one.
        """
        at_work = self._at_work.get(colleague.agent)
        if at_work is None:
            at_work = self._at_work[colleague.agent] = AtWork(colleague, presence or Presence.ONLINE, now)
        elif presence is not None and presence is not at_work.chosen:
            at_work.chosen, at_work.chosen_at = presence, now
        at_work.colleague = colleague
        at_work.desks[desk] = OpenDesk(now, is_idle)
        self._left.pop(colleague.agent, None)

    def heard_of(
        self,
        agent: str,
        now: datetime,
        *,
        desk: str = "",
        presence: Presence | None = None,
        is_idle: bool = False,
    ) -> None:
        at_work = self._at_work.get(agent)
        if at_work is None or desk not in at_work.desks:
            return
        at_work.desks[desk] = OpenDesk(now, is_idle)
        if presence is not None and presence is not at_work.chosen:
            at_work.chosen, at_work.chosen_at = presence, now

    def is_now(self, colleague: Colleague) -> None:
        """What the account says today: other queues, languages or another capacity."""
        at_work = self._at_work.get(colleague.agent)
        if at_work is not None:
            at_work.colleague = colleague

    def went(self, agent: str, now: datetime, *, desk: str = "") -> None:
        """Closed this desk."""
        at_work = self._at_work.get(agent)
        if at_work is None:
            return
        at_work.desks.pop(desk, None)
        if not at_work.desks:
            del self._at_work[agent]
            self._left[agent] = now

    def heard_elsewhere(self, heard: Mapping[str, Heard]) -> None:
        """What every process of this slabot last heard; it counts for agents without a desk here."""
        self._heard = heard

    def presence(self, agent: str, now: datetime) -> Presence:
        at_work = self._at_work.get(agent)
        if at_work is None:
            return self._presence_elsewhere(agent, now)
        is_alive = is_touched = False
        for desk in at_work.desks.values():
            if now - desk.heard_at <= TIME_TO_LIVE:
                is_alive = True
                is_touched = is_touched or not desk.is_idle
        if not is_alive:
            return Presence.OFFLINE
        return Presence.AWAY if at_work.chosen is Presence.ONLINE and not is_touched else at_work.chosen

    def chosen(self, agent: str) -> Presence | None:
        """What they set by hand; None without a desk here."""
        at_work = self._at_work.get(agent)
        return at_work.chosen if at_work is not None else None

    def is_there(self, agent: str, now: datetime) -> bool:
        """Online or away: their desk is open, whether or not they look at it."""
        return self.presence(agent, now) is not Presence.OFFLINE

    def gone_since(self, agent: str) -> datetime | None:
        """For an agent who is not there, when they were last; None for one who was never heard of."""
        known = [self._heard[agent].at] if agent in self._heard else []
        at_work = self._at_work.get(agent)
        if at_work is not None and at_work.chosen is Presence.OFFLINE:
            return at_work.chosen_at
        if at_work is not None:
            known += [desk.heard_at for desk in at_work.desks.values()]
        if agent in self._left:
            known.append(self._left[agent])
        return max(known, default=None)

    def agents(self) -> Iterator[str]:
        """Who has a desk here, or was heard of by another process."""
        return iter({*self._at_work, *self._heard})

    def there(self, workspace: str, queue: str, now: datetime) -> Iterator[Colleague]:
        """Online at a desk of this process, and serving the queue."""
        return (known for known in self._online(workspace, now) if known.serves(workspace, queue))

    def of(self, policy: Policy, now: datetime, conversation: str = "") -> Mapping[str, Staffing]:
        """Per queue: who is online, who has room for one more, and how many tickets wait before this conversation's.

        A conversation that does not wait comes after all who do. As of the moment a queue is asked for: every
        message may ask, and few do.
        """
        return _ByQueue(self, policy, now, conversation)

    def in_queue(self, workspace: str, queue: str, now: datetime, conversation: str) -> Staffing:
        there = [self.floor.load(one.agent) < one.capacity for one in self.there(workspace, queue, now)]
        return Staffing(len(there), sum(there), self.floor.ahead((workspace, queue), conversation))

    def listen(self, news: News) -> None:
        """Keeps lines and holders in step with what was committed."""
        self.saw(news.row)

    def saw(self, row: InboxRow) -> None:
        self.floor.saw(row)

    def _online(self, workspace: str, now: datetime) -> Iterator[Colleague]:
        for agent, at_work in self._at_work.items():
            if workspace in at_work.colleague.workspaces and self.presence(agent, now) is Presence.ONLINE:
                yield at_work.colleague

    def _presence_elsewhere(self, agent: str, now: datetime) -> Presence:
        heard = self._heard.get(agent)
        if heard is None or (agent in self._left and heard.at <= self._left[agent]):
            return Presence.OFFLINE
        return heard.presence if now - heard.at <= TIME_TO_LIVE else Presence.OFFLINE


class _ByQueue(Mapping[str, Staffing]):
    """The queues of one policy, each counted when somebody looks."""

    __slots__ = ("_conversation", "_now", "_policy", "_staff")

    def __init__(self, staff: Staff, policy: Policy, now: datetime, conversation: str) -> None:
        self._staff = staff
        self._policy = policy
        self._now = now
        self._conversation = conversation

    def __getitem__(self, queue: str) -> Staffing:
        if queue not in iter(self):
            raise KeyError(queue)
        return self._staff.in_queue(self._policy.workspace, queue, self._now, self._conversation)

    def __iter__(self) -> Iterator[str]:
        return (queue.key for queue in self._policy.queues)

    def __len__(self) -> int:
        return len(self._policy.queues)
