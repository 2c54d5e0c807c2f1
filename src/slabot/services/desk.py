"""The agent's verbs: claim, reply, note, resolve, release, transfer, wait, change severity, record a formal report."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from slabot.domain.attachment import Attachment
from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.commitments import time_committed
from slabot.domain.dialogue.notices import handed_back, plan_set
from slabot.domain.instants import written
from slabot.domain.policy import UnknownPlan
from slabot.domain.projection import running_clocks
from slabot.domain.support import Support
from slabot.domain.timeline import Happening, Kind
from slabot.services.bot import Bot
from slabot.services.clock import Clock
from slabot.services.colleague import Colleague
from slabot.services.handling import Handling
from slabot.services.markup import Markup, as_written
from slabot.services.staffing import Staff
from slabot.services.steps import Step, Steps, check_holder, claimed, in_one_turn, open_ticket, utter
from slabot.services.turn import Signature
from slabot.services.turns import Decision, NotFound, Refused, Taken, Turns


class NoSuchColleague(Refused):
    """The same for one who does not exist and one who does not serve this workspace."""

    def __init__(self) -> None:
        super().__init__("no_such_colleague", "Nobody of this name serves this workspace.")


class Desk:
    """Every verb checks that the conversation is one of the agent's workspaces, and who holds it."""

    def __init__(
        self, turns: Turns, bot: Bot, staff: Staff, clock: Clock, markup: Markup = as_written
    ) -> None:
        self._turns = turns
        self._bot = bot
        self._steps = Steps(bot, staff, markup)
        self._markup = markup
        self._clock = clock

    async def conversation(self, colleague: Colleague, id: str) -> Conversation:
        """Raises NotFound, also for another workspace's."""
        conversation = await self._turns.conversation(id)
        _check_workspace(conversation, colleague)
        return conversation

    def preview(self, text: str) -> str | None:
        """A reply as the visitor will see it; None where they see the words as they are."""
        return self._markup(text)

    async def claim(self, colleague: Colleague, id: str, client_id: str, reason: str = "") -> Taken:
        """Of two agents who claim at once one wins; a reason takes it over from a colleague."""

        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            if before.holder == colleague.agent:
                return Decision()
            if before.holder is not None and not reason:
                raise Refused("held", "A colleague holds this conversation.", holder=before.holder)
            return Decision((claimed(colleague, now, reason),), capacity=colleague.capacity)

        return await self._take(colleague, id, client_id, decide, reason)

    async def reply(
        self,
        colleague: Colleague,
        id: str,
        client_id: str,
        text: str,
        *,
        seen: int,
        anyway: bool = False,
        article: str | None = None,
        files: tuple[Attachment, ...] = (),
    ) -> Taken:
        """A public message; it claims an unclaimed conversation (see `Steps.reply`)."""
        step = self._steps.reply(
            colleague, client_id, text, seen=seen, anyway=anyway, article=article, files=files
        )
        body = (*([article] if article else []), *(file.id for file in files))
        return await self._take(colleague, id, client_id, step, text, *body)

    async def note(self, colleague: Colleague, id: str, client_id: str, text: str) -> Taken:
        """A line that only agents see."""

        def decide(_: Conversation, __: Support, now: datetime) -> Decision:
            data = {"client_id": client_id}
            return Decision((Happening(Kind.NOTE_WRITTEN, colleague.actor, now, data, {"text": text}),))

        return await self._take(colleague, id, client_id, decide, text)

    async def resolve(self, colleague: Colleague, id: str, client_id: str, code: str = "") -> Taken:
        """Resolves and releases; the bot asks the visitor for a rating."""
        return await self._take(colleague, id, client_id, self._steps.resolve(colleague, code), code)

    async def release(self, colleague: Colleague, id: str, client_id: str) -> Taken:
        """Back to the bot and, with an open ticket, into its queue; the visitor is told."""

        def decide(before: Conversation, support: Support, now: datetime) -> Decision:
            if before.holder != colleague.agent:
                raise Refused("not_holder", "You do not hold this conversation.", holder=before.holder)
            voice = self._bot.wits(before.workspace).voice
            said = handed_back(
                before, support=support, voice=voice, moment=self._steps.moment(before, support, now)
            )
            released = Happening(Kind.RELEASED, colleague.actor, now, content={"name": colleague.name})
            return Decision((released, *utter(said, now)))

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
            check_holder(before, colleague)
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

    async def wait(
        self, colleague: Colleague, id: str, client_id: str, reason: str, follow_up: datetime | None = None
    ) -> Taken:
        """The ticket waits on the visitor, to be asked again at `follow_up` (see `Steps.wait`)."""
        step = self._steps.wait(colleague, reason, follow_up)
        return await self._take(colleague, id, client_id, step, reason, follow_up)

    async def tag(
        self, colleague: Colleague, id: str, client_id: str, add: Sequence[str], remove: Sequence[str]
    ) -> Taken:
        step = self._steps.tag(colleague, add, remove)
        return await self._take(colleague, id, client_id, step, tuple(add), tuple(remove))

    async def snooze(
        self, colleague: Colleague, id: str, client_id: str, until: datetime | None = None
    ) -> Taken:
        """Out of the way until an instant, or until the visitor writes."""
        return await self._take(colleague, id, client_id, self._steps.snooze(colleague, until), until)

    async def wake(self, colleague: Colleague, id: str, client_id: str) -> Taken:
        """Back in the lists before its time."""
        return await self._take(colleague, id, client_id, self._steps.wake(colleague))

    async def handle(self, colleague: Colleague, id: str, client_id: str, handling: Handling) -> Taken:
        """Severity, tags, reply and what comes after it in one turn: all of it, or nothing."""
        step = in_one_turn(list(handling.steps(self._steps, colleague, client_id)))
        return await self._take(colleague, id, client_id, step, handling.body)

    async def end_waiting(self, colleague: Colleague, id: str, client_id: str) -> Taken:
        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            if open_ticket(before).waiting_since is None:
                return Decision()
            return Decision((Happening(Kind.WAITING_ENDED, colleague.actor, now),))

        return await self._take(colleague, id, client_id, decide)

    async def change_severity(
        self, colleague: Colleague, id: str, client_id: str, level: str, reason: str
    ) -> Taken:
        """An agent decides otherwise, with a reason; the visitor is told the new due times."""
        step = self._steps.change_severity(colleague, level, reason)
        return await self._take(colleague, id, client_id, step, level, reason)

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
                before, known, support=support, voice=voice, moment=self._steps.moment(before, support, now)
            )
            return Decision((happened, *utter(said if known != was else (), now)))

        return await self._take(colleague, id, client_id, decide, plan)

    async def record_formal_report(
        self, colleague: Colleague, id: str, client_id: str, channel: str
    ) -> Taken:
        """The visitor reported by the channel that the policy asks for: due times are no longer provisional."""

        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            if not open_ticket(before).is_provisional:
                raise Refused("not_needed", "No formal report is missing for this ticket.")
            return Decision(
                (Happening(Kind.FORMAL_REPORT_RECORDED, colleague.actor, now, {"channel": channel}),)
            )

        return await self._take(colleague, id, client_id, decide, channel)

    async def commit_to_time(self, colleague: Colleague, id: str, client_id: str, until: datetime) -> Taken:
        """A new time that the agent commits to; the visitor is told. The promise stays, and its miss is counted."""

        def decide(before: Conversation, support: Support, now: datetime) -> Decision:
            ticket = open_ticket(before)
            check_holder(before, colleague)
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
                before, until, support=support, voice=voice, moment=self._steps.moment(before, support, now)
            )
            return Decision((committed, *utter(said, now)))

        return await self._take(colleague, id, client_id, decide, until.astimezone(UTC).isoformat())

    async def name_third_party(self, colleague: Colleague, id: str, client_id: str, name: str) -> Taken:
        """Somebody else's system is the cause. It stops a clock only where the policy says so."""

        def decide(before: Conversation, support: Support, now: datetime) -> Decision:
            if not name.strip():
                raise Refused("invalid", "Say which third party is the cause.")
            if open_ticket(before).third_party == name:
                return Decision()
            data = {"pauses": support.policy.third_party_pauses}
            return Decision((Happening(Kind.THIRD_PARTY_NAMED, colleague.actor, now, data, {"name": name}),))

        return await self._take(colleague, id, client_id, decide, name)

    async def clear_third_party(self, colleague: Colleague, id: str, client_id: str) -> Taken:
        """The third party is no longer the cause; a clock that stood still for it runs on."""

        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            if open_ticket(before).third_party_since is None:
                return Decision()
            return Decision((Happening(Kind.THIRD_PARTY_CLEARED, colleague.actor, now),))

        return await self._take(colleague, id, client_id, decide)

    async def _take(
        self, colleague: Colleague, id: str, client_id: str, decide: Step, *body: object
    ) -> Taken:
        def checked(before: Conversation, support: Support) -> Decision:
            _check_workspace(before, colleague)
            if before.erased_at is not None:
                raise Refused("erased", "The visitor had this conversation erased.")
            if before.merged_into is not None:
                words = "This conversation was merged into another one. Go on there."
                raise Refused("merged", words, conversation=before.merged_into)
            return decide(before, support, self._clock.now())

        digest = hashlib.sha256(repr((id, *body)).encode("utf-8", "surrogatepass")).digest()
        return await self._turns.take(id, checked, Signature(colleague.agent, client_id, digest))


def _check_workspace(conversation: Conversation, colleague: Colleague) -> None:
    if conversation.workspace not in colleague.workspaces:
        raise NotFound
