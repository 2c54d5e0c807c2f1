"""What an agent may do to a conversation, as steps that a turn takes one after the other: pure, given what was folded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import repeat
from typing import Any

from slabot.domain.attachment import Attachment, named
from slabot.domain.conversation import Conversation, Status, fold
from slabot.domain.dialogue.notices import resolved_by_agent, severity_changed
from slabot.domain.dialogue.outcome import carrying, spoken
from slabot.domain.dialogue.plan import Moment, Utterance
from slabot.domain.instants import written
from slabot.domain.policy import UnknownLevel
from slabot.domain.support import Support
from slabot.domain.ticket import Ticket
from slabot.domain.timeline import Happening, Kind, append
from slabot.services.bot import Bot
from slabot.services.colleague import Colleague
from slabot.services.markup import Markup
from slabot.services.staffing import Staff
from slabot.services.turns import Decision, Refused

Step = Callable[[Conversation, Support, datetime], Decision]

MOST_TAGS = 20

NO_SALT = bytes(16)
"""For events that are folded and thrown away."""


class Steps:
    """Makes the steps of a turn; each refuses what cannot be done to the conversation it finds."""

    def __init__(self, bot: Bot, staff: Staff, markup: Markup) -> None:
        self._bot = bot
        self._staff = staff
        self._markup = markup

    def reply(
        self,
        colleague: Colleague,
        client_id: str,
        text: str,
        *,
        seen: int,
        anyway: bool = False,
        article: str | None = None,
        files: tuple[Attachment, ...] = (),
    ) -> Step:
        """A public message; it claims an unclaimed conversation. A word after the resolution changes nothing about it,
        unless the agent claimed it again before: then it reopens the ticket. `seen` is the last `seq` the agent had on screen.

        Refused as `newer_message` when the visitor wrote meanwhile, unless sent `anyway`. `article`: the slug of
        one that the visitor may open beside it. `files` alone have their names for words.
        """

        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            check_holder(before, colleague)
            newest = max((said.seq for said in before.said if said.role == "visitor"), default=0)
            if newest > seen and not anyway:
                raise Refused("newer_message", "The visitor wrote meanwhile.", seq=newest)
            is_over = before.ticket is not None and not before.ticket.is_open
            happened = [claimed(colleague, now)] if before.holder is None and not is_over else []
            if before.holder is not None and is_over:
                happened.append(Happening(Kind.REOPENED, colleague.actor, now, {"by": "reply"}))
            words = {"text": text or named(files), "name": colleague.name}
            # Names of files are no Markdown: one with underscores stays as it is.
            if text and (html := self._markup(text)) is not None:
                words["html"] = html
            data: dict[str, Any] = {"seen": seen, "client_id": client_id}
            if article is not None:
                if self._bot.search.article(before.workspace, article) is None:
                    raise Refused("invalid", f"There is no article {article!r} in this workspace.")
                data["article"] = article
            message = Happening(Kind.AGENT_WROTE, colleague.actor, now, data, words)
            happened.append(carrying(message, files))
            return Decision(tuple(happened), capacity=colleague.capacity)

        return decide

    def resolve(self, colleague: Colleague, code: str) -> Step:
        """Resolves and releases; the bot asks the visitor for a rating."""

        def decide(before: Conversation, support: Support, now: datetime) -> Decision:
            if before.status is Status.RESOLVED:
                raise Refused("resolved", "This is resolved already.")
            check_holder(before, colleague)
            voice = self._bot.wits(before.workspace).voice
            moment = self.moment(before, support, now)
            said = resolved_by_agent(before, support=support, voice=voice, moment=moment)
            resolved = Happening(Kind.RESOLVED, colleague.actor, now, {"code": code})
            return Decision((resolved, *utter(said, now)))

        return decide

    def wait(self, colleague: Colleague, reason: str, follow_up: datetime | None = None) -> Step:
        """The ticket waits on the visitor: a pausable resolution stands still until they write.

        At `follow_up` the desk is reminded to ask again. Told again while it waits: another time to follow up.
        """

        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            ticket = open_ticket(before)
            if follow_up is not None and follow_up <= now:
                raise Refused("invalid", "Name a time to follow up that is still to come.")
            planned = before.follow_up.until if before.follow_up is not None else None
            if ticket.waiting_since is not None and follow_up in (None, planned):
                return Decision()
            data = {"reason": reason}
            if follow_up is not None:
                data["follow_up"] = written(follow_up)
            return Decision((Happening(Kind.WAITING_ON_VISITOR, colleague.actor, now, data),))

        return decide

    def tag(self, colleague: Colleague, add: Sequence[str], remove: Sequence[str]) -> Step:
        """Tags are one word for everybody: lower case, without spaces at their ends."""
        added, removed = _tags(add), _tags(remove)

        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            new = sorted(added - set(before.tags) - removed)
            gone = sorted(removed & set(before.tags))
            if not new and not gone:
                return Decision()
            if len(before.tags) + len(new) - len(gone) > MOST_TAGS:
                raise Refused(
                    "invalid", f"A conversation has {MOST_TAGS} tags at the most; remove one first."
                )
            data = {key: tags for key, tags in (("added", new), ("removed", gone)) if tags}
            return Decision((Happening(Kind.TAGGED, colleague.actor, now, data),))

        return decide

    def snooze(self, colleague: Colleague, until: datetime | None) -> Step:
        """Out of the way until its time or until the visitor writes; its clocks run on, and a warning brings it back."""

        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            check_holder(before, colleague)
            if before.status not in (Status.WAITING, Status.HELD):
                raise Refused("not_open", "Only what waits for people or is with them can be put aside.")
            if until is not None and until <= now:
                raise Refused("invalid", "Name a time that is still to come.")
            if before.snooze is not None and before.snooze.until == until:
                return Decision()
            data = {"until": written(until) if until is not None else None}
            return Decision((Happening(Kind.SNOOZED, colleague.actor, now, data),))

        return decide

    def wake(self, colleague: Colleague) -> Step:
        """Back in the lists before its time."""

        def decide(before: Conversation, _: Support, now: datetime) -> Decision:
            if before.snooze is None:
                return Decision()
            return Decision((Happening(Kind.WOKEN, colleague.actor, now, {"because": "agent"}),))

        return decide

    def change_severity(self, colleague: Colleague, level: str, reason: str) -> Step:
        """An agent decides otherwise, with a reason; the visitor is told the new due times."""

        def decide(before: Conversation, support: Support, now: datetime) -> Decision:
            ticket = open_ticket(before)
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
                before, new.key, support=support, voice=voice, moment=self.moment(before, support, now)
            )
            return Decision((changed, *utter(said, now)))

        return decide

    def moment(self, before: Conversation, support: Support, now: datetime) -> Moment:
        return Moment(now, "", self._staff.of(support.policy, now, before.id))


def in_one_turn(steps: Sequence[Step]) -> Step:
    """Each step finds the conversation as the one before leaves it; one that refuses refuses the whole turn."""

    def decide(before: Conversation, support: Support, now: datetime) -> Decision:
        current, whole = before, Decision()
        for step in steps:
            more = step(current, support, now)
            current = fold(current, append(current.id, current.head, more.happenings, now, repeat(NO_SALT)))
            whole = Decision(
                (*whole.happenings, *more.happenings),
                (*whole.outbox, *more.outbox),
                whole.capacity if more.capacity is None else more.capacity,
            )
        return whole

    return decide


def _tags(given: Sequence[str]) -> set[str]:
    return {tag for each in given if (tag := " ".join(each.lower().split()))}


def check_holder(conversation: Conversation, colleague: Colleague) -> None:
    if conversation.holder not in (None, colleague.agent):
        raise Refused("held", "A colleague holds this conversation.", holder=conversation.holder)


def open_ticket(conversation: Conversation) -> Ticket:
    if conversation.open_ticket is None:
        raise Refused("no_ticket", "There is no open ticket in this conversation.")
    return conversation.open_ticket


def claimed(colleague: Colleague, now: datetime, reason: str = "") -> Happening:
    data = {"reason": reason} if reason else {}
    return Happening(Kind.CLAIMED, colleague.actor, now, data, {"name": colleague.name})


def utter(utterances: tuple[Utterance, ...], now: datetime) -> Iterator[Happening]:
    return (spoken(utterance, now) for utterance in utterances)
