"""The agent's verbs: claim, reply, note, resolve, release, transfer, wait, change severity, record a formal report."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from slabot.domain.conversation import Conversation, Status
from slabot.domain.dialogue.commitments import time_committed
from slabot.domain.dialogue.notices import handed_back, plan_set, resolved_by_agent, severity_changed
from slabot.domain.dialogue.outcome import spoken
from slabot.domain.dialogue.plan import Moment, Utterance
from slabot.domain.instants import written
from slabot.domain.policy import UnknownLevel, UnknownPlan
from slabot.domain.projection import running_clocks
from slabot.domain.support import Support
from slabot.domain.ticket import Ticket
from slabot.domain.timeline import Happening, Kind
from slabot.services.bot import Bot
from slabot.services.clock import Clock
from slabot.services.colleague import Colleague
from slabot.services.staffing import Staff
from slabot.services.turn import Signature
from slabot.services.turns import Decision, NotFound, Refused, Taken, Turns

_AgentDecide = Callable[[Conversation, Support, datetime], "Decision"]


class NoSuchColleague(Refused):
    """The same for one who does not exist and one who does not serve this workspace."""

    def __init__(self) -> None:
        super().__init__("no_such_colleague", "Nobody of this name serves this workspace.")


class Desk:
    """Every verb checks that the conversation is one of the agent's workspaces, and who holds it."""

    def __init__(self, turns: Turns, bot: Bot, staff: Staff, clock: Clock) -> None:
        self._turns = turns
        self._bot = bot
        self._staff = staff
        self._clock = clock

    async def conversation(self, colleague: Colleague, id: str) -> Conversation:
        """Raises NotFound, also for another workspace's."""
        conversation = await self._turns.conversation(id)
        _check_workspace(conversation, colleague)
        return conversation

    async def claim(self, colleague: Colleague, id: str, client_id: str, reason: str = "") -> Taken:
        """Of two agents who claim at once one wins; a reason takes it over from a colleague."""

        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            if before.holder == colleague.agent:
                return Decision()
            if before.holder is not None and not reason:
                raise Refused("held", "A colleague holds this conversation.", holder=before.holder)
            return Decision((_claimed(colleague, now, reason),), capacity=colleague.capacity)

        return await self._take(colleague, id, client_id, decide, reason)

    async def reply(
        self, colleague: Colleague, id: str, client_id: str, text: str, *, seen: int, anyway: bool = False
    ) -> Taken:
        """A public message; it claims an unclaimed conversation. `seen` is the last `seq` the agent had on screen.

        Refused as `newer_message` when the visitor wrote meanwhile, unless sent `anyway`.
        """

        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            _check_holder(before, colleague)
            newest = max((said.seq for said in before.said if said.role == "visitor"), default=0)
            if newest > seen and not anyway:
                raise Refused("newer_message", "The visitor wrote meanwhile.", seq=newest)
            happened = [_claimed(colleague, now)] if before.holder is None else []
            if before.ticket is not None and not before.ticket.is_open:
                happened.append(Happening(Kind.REOPENED, colleague.actor, now, {"by": "reply"}))
            words = {"text": text, "name": colleague.name}
            happened.append(
                Happening(
                    Kind.AGENT_WROTE, colleague.actor, now, {"seen": seen, "client_id": client_id}, words
                )
            )
            return Decision(tuple(happened), capacity=colleague.capacity)

        return await self._take(colleague, id, client_id, decide, text)

    async def note(self, colleague: Colleague, id: str, client_id: str, text: str) -> Taken:
        """A line that only agents see."""

        def decide(_: Conversation, __: Support, now: datetime) -> Decision:
            data = {"client_id": client_id}
            return Decision((Happening(Kind.NOTE_WRITTEN, colleague.actor, now, data, {"text": text}),))

        return await self._take(colleague, id, client_id, decide, text)

    async def resolve(self, colleague: Colleague, id: str, client_id: str, code: str = "") -> Taken:
        """Resolves and releases; the bot asks the visitor for a rating."""

        def decide(before: Conversation, support: Support, now: datetime) -> Decision:
            if before.status is Status.RESOLVED:
                raise Refused("resolved", "This is resolved already.")
            _check_holder(before, colleague)
            voice = self._bot.wits(before.workspace).voice
            moment = self._moment(before, support, now)
            said = resolved_by_agent(before, support=support, voice=voice, moment=moment)
            resolved = Happening(Kind.RESOLVED, colleague.actor, now, {"code": code})
            return Decision((resolved, *_spoken(said, now)))

        return await self._take(colleague, id, client_id, decide, code)

    async def release(self, colleague: Colleague, id: str, client_id: str) -> Taken:
        """Back to the bot and, with an open ticket, into its queue; the visitor is told."""

        def decide(before: Conversation, support: Support, now: datetime) -> Decision:
            if before.holder != colleague.agent:
                raise Refused("not_holder", "You do not hold this conversation.", holder=before.holder)
            voice = self._bot.wits(before.workspace).voice
            said = handed_back(
                before, support=support, voice=voice, moment=self._moment(before, support, now)
            )
            released = Happening(Kind.RELEASED, colleague.actor, now, content={"name": colleague.name})
            return Decision((released, *_spoken(said, now)))

        return await self._take(colleague, id, client_id, decide)

    async def transfer(
        self,
        colleague: Colleague,
        id: str,
        client_id: str,
        *,
        to: Colleague | None = None,
        queue: str | None = None,
        note: str = "",
    ) -> Taken:
        """To an agent, or to a queue (then nobody holds it). A note goes along for the desk's eyes."""

        def decide(before: Conversation, support: Support, now: datetime) -> Decision:
            _check_holder(before, colleague)
            if to is not None and before.workspace not in to.workspaces:
                raise NoSuchColleague
            if queue is not None and queue not in {known.key for known in support.policy.queues}:
                names = ", ".join(known.key for known in support.policy.queues)
                raise Refused("invalid", f"There is no queue {queue!r}; there are {names}.")
            data: dict[str, Any] = {"agent": to.agent if to else None}
            words = {"name": to.name} if to else {}
            if queue is not None:
                data["queue"] = queue
                words["name"] = support.policy.queue(queue).name
            if note:
                words["text"] = note
            moved = Happening(Kind.TRANSFERRED, colleague.actor, now, data, words)
            return Decision((moved,), capacity=to.capacity if to else None)

        return await self._take(colleague, id, client_id, decide, to.agent if to else None, queue, note)

    async def wait(self, colleague: Colleague, id: str, client_id: str, reason: str) -> Taken:
        """The ticket waits on the visitor: a pausable resolution stands still until they write."""

        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            ticket = _open_ticket(before)
            if ticket.waiting_since is not None:
                return Decision()
            return Decision((Happening(Kind.WAITING_ON_VISITOR, colleague.actor, now, {"reason": reason}),))

        return await self._take(colleague, id, client_id, decide, reason)

    async def end_waiting(self, colleague: Colleague, id: str, client_id: str) -> Taken:
        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            if _open_ticket(before).waiting_since is None:
                return Decision()
            return Decision((Happening(Kind.WAITING_ENDED, colleague.actor, now),))

        return await self._take(colleague, id, client_id, decide)

    async def change_severity(
        self, colleague: Colleague, id: str, client_id: str, level: str, reason: str
    ) -> Taken:
        """An agent decides otherwise, with a reason; the visitor is told the new due times."""

        def decide(before: Conversation, support: Support, now: datetime) -> Decision:
            ticket = _open_ticket(before)
            if not reason.strip():
                raise Refused("invalid", "Say why the severity changes.")
            try:
                new = support.policy.level(level)
            except UnknownLevel as unknown:
                raise Refused("invalid", f"{unknown}.") from None
            if new.key == ticket.level:
                return Decision()
            data = {
                "level": new.key,
                "was": ticket.level,
                "queue": new.queue,
                "formal_report_required": new.needs_formal_report,
            }
            changed = Happening(Kind.SEVERITY_CHANGED, colleague.actor, now, data, {"text": reason})
            voice = self._bot.wits(before.workspace).voice
            said = severity_changed(
                before, new.key, support=support, voice=voice, moment=self._moment(before, support, now)
            )
            return Decision((changed, *_spoken(said, now)))

        return await self._take(colleague, id, client_id, decide, level, reason)

    async def set_plan(self, colleague: Colleague, id: str, client_id: str, plan: str | None) -> Taken:
        """Whose contract this is: unmet due times count by the plan, and the visitor is told. None: as for everybody."""

        def decide(before: Conversation, support: Support, now: datetime) -> Decision:
            try:
                known = support.policy.plan(plan).key if plan is not None else None
            except UnknownPlan as unknown:
                raise Refused("invalid", f"{unknown}.") from None
            ticket = before.open_ticket
            was = ticket.plan if ticket is not None else before.plan
            if known == was == before.plan:
                return Decision()
            data = {"plan": known, "was": was}
            happened = Happening(Kind.PLAN_SET, colleague.actor, now, data, {"name": colleague.name})
            voice = self._bot.wits(before.workspace).voice
            said = plan_set(
                before, known, support=support, voice=voice, moment=self._moment(before, support, now)
            )
            return Decision((happened, *_spoken(said if known != was else (), now)))

        return await self._take(colleague, id, client_id, decide, plan)

    async def record_formal_report(
        self, colleague: Colleague, id: str, client_id: str, channel: str
    ) -> Taken:
        """The visitor reported by the channel that the policy asks for: due times are no longer provisional."""

        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            if not _open_ticket(before).is_provisional:
                raise Refused("not_needed", "No formal report is missing for this ticket.")
            return Decision(
                (Happening(Kind.FORMAL_REPORT_RECORDED, colleague.actor, now, {"channel": channel}),)
            )

        return await self._take(colleague, id, client_id, decide, channel)

    async def commit_to_time(self, colleague: Colleague, id: str, client_id: str, until: datetime) -> Taken:
        """A new time that the agent commits to; the visitor is told. The promise stays, and its miss is counted."""

        def decide(before: Conversation, support: Support, now: datetime) -> Decision:
            ticket = _open_ticket(before)
            _check_holder(before, colleague)
            if until <= now:
                raise Refused("invalid", "Name a time that is still to come.")
            if ticket.committed_until == until:
                return Decision()
            owed = running_clocks(ticket.promise(support))
            metric, due = min(owed, key=lambda clock: clock[1], default=(None, None))
            data = {"until": written(until), "metric": metric and metric.value, "due": due and written(due)}
            committed = Happening(Kind.TIME_COMMITTED, colleague.actor, now, data, {"name": colleague.name})
            voice = self._bot.wits(before.workspace).voice
            said = time_committed(
                before, until, support=support, voice=voice, moment=self._moment(before, support, now)
            )
            return Decision((committed, *_spoken(said, now)))

        return await self._take(colleague, id, client_id, decide, until.astimezone(UTC).isoformat())

    async def name_third_party(self, colleague: Colleague, id: str, client_id: str, name: str) -> Taken:
        """Somebody else's system is the cause. It stops a clock only where the policy says so."""

        def decide(before: Conversation, support: Support, now: datetime) -> Decision:
            if not name.strip():
                raise Refused("invalid", "Say which third party is the cause.")
            if _open_ticket(before).third_party == name:
                return Decision()
            data = {"pauses": support.policy.third_party_pauses}
            return Decision((Happening(Kind.THIRD_PARTY_NAMED, colleague.actor, now, data, {"name": name}),))

        return await self._take(colleague, id, client_id, decide, name)

    async def clear_third_party(self, colleague: Colleague, id: str, client_id: str) -> Taken:
        """The third party is no longer the cause; a clock that stood still for it runs on."""

        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            if _open_ticket(before).third_party_since is None:
                return Decision()
            return Decision((Happening(Kind.THIRD_PARTY_CLEARED, colleague.actor, now),))

        return await self._take(colleague, id, client_id, decide)

    async def _take(
        self, colleague: Colleague, id: str, client_id: str, decide: _AgentDecide, *body: object
    ) -> Taken:
        def checked(before: Conversation, support: Support) -> Decision:
            _check_workspace(before, colleague)
            return decide(before, support, self._clock.now())

        digest = hashlib.sha256(repr((id, *body)).encode("utf-8", "surrogatepass")).digest()
        return await self._turns.take(id, checked, Signature(colleague.agent, client_id, digest))

    def _moment(self, before: Conversation, support: Support, now: datetime) -> Moment:
        return Moment(now, "", self._staff.of(support.policy, now, before.id))


def _check_workspace(conversation: Conversation, colleague: Colleague) -> None:
    if conversation.workspace not in colleague.workspaces:
        raise NotFound


def _check_holder(conversation: Conversation, colleague: Colleague) -> None:
    if conversation.holder not in (None, colleague.agent):
        raise Refused("held", "A colleague holds this conversation.", holder=conversation.holder)


def _open_ticket(conversation: Conversation) -> Ticket:
    if conversation.open_ticket is None:
        raise Refused("no_ticket", "There is no open ticket in this conversation.")
    return conversation.open_ticket


def _claimed(colleague: Colleague, now: datetime, reason: str = "") -> Happening:
    data = {"reason": reason} if reason else {}
    return Happening(Kind.CLAIMED, colleague.actor, now, data, {"name": colleague.name})


def _spoken(utterances: tuple[Utterance, ...], now: datetime) -> Iterator[Happening]:
    return (spoken(utterance, now) for utterance in utterances)
