"""Two conversations of one visitor made one: which may be, what would happen, and the turn in which it does."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from typing import Any

from slabot.domain.conversation import Conversation, fold
from slabot.domain.dialogue.notices import merged_away, merged_here
from slabot.domain.dialogue.plan import Moment, Utterance
from slabot.domain.instants import written_finely
from slabot.domain.merging import Hindrance, Merger, ended, hindrance, keeps, merger, went_over
from slabot.domain.timeline import Happening, append
from slabot.services.bot import Bot
from slabot.services.casebook import METRIC_LABELS, Casebook
from slabot.services.clock import Clock
from slabot.services.colleague import Colleague
from slabot.services.finding import Finder
from slabot.services.staffing import Staff
from slabot.services.steps import NO_SALT, utter
from slabot.services.turn import Signature, Timelines
from slabot.services.turns import Case, Decision, NotFound, Refused, Taken, Turns

OFFERED = 20
"""Other conversations of the visitor that are offered without a search."""

WORDS: Mapping[Hindrance, str] = {
    Hindrance.SAME: "A conversation cannot be merged into itself.",
    Hindrance.WORKSPACE: "The other conversation is in another workspace.",
    Hindrance.VISITOR: "The other conversation is another visitor's. Nobody is shown the words of somebody else;"
    " give both the same tag to keep them together.",
    Hindrance.MERGED: "This conversation was merged already.",
    Hindrance.MERGED_THERE: "The other conversation was merged already; merge into the one that it goes on in.",
    Hindrance.RESOLVED: "This conversation is resolved: there is nothing to go on with.",
    Hindrance.RESOLVED_THERE: "The other conversation is resolved. Reply there first, which opens it again.",
    Hindrance.ERASED: "The visitor had it erased.",
    Hindrance.HELD: "A colleague holds this conversation.",
    Hindrance.NEEDS_TICKET: "The other conversation has no ticket. Merge it into this one instead.",
    Hindrance.PROMISE: "The other ticket has no time for something that is promised here. Merge it into this one"
    " instead.",
}


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a merge leads to, in both."""

    merged: Merger
    after: Conversation
    """The one that goes on."""
    there: tuple[Happening, ...]
    here: tuple[Happening, ...]
    said_there: tuple[Utterance, ...]
    said_here: tuple[Utterance, ...]


class Merging:
    """Of two agents who merge at once one wins; the other is told where it goes on."""

    def __init__(
        self,
        turns: Turns,
        bot: Bot,
        staff: Staff,
        timelines: Timelines,
        casebook: Casebook,
        finder: Finder,
        clock: Clock,
    ) -> None:
        self._turns = turns
        self._bot = bot
        self._staff = staff
        self._timelines = timelines
        self._casebook = casebook
        self._finder = finder
        self._clock = clock

    async def candidates(self, colleague: Colleague, id: str, words: str) -> list[dict[str, Any]]:
        """Rows to merge into, each with what stands against it: the visitor's others, or what a search finds."""
        ending = (await self._case(colleague, id)).conversation
        if words.strip():
            found = (await self._finder.find(colleague, words))["found"]
            rows = [one["row"] for one in found]
        else:
            theirs = await self._timelines.conversations_of(ending.workspace, ending.visitor, OFFERED)
            rows = [await self._casebook.row(row) for row in theirs]
        shown = []
        for row in rows:
            if row["conversation"] == id or row["workspace"] != ending.workspace:
                continue
            with suppress(NotFound):
                going_on = (await self._case(colleague, row["conversation"])).conversation
                shown.append({"row": row, "hindrance": hindrance(ending, going_on, colleague.agent)})
        return sorted(shown, key=lambda one: one["hindrance"] is not None)

    async def foreseen(self, colleague: Colleague, id: str, into: str) -> dict[str, Any]:
        """What a merge would do if it were done now; nothing is written. Raises NotFound."""
        ending, going_on = await self._case(colleague, id), await self._case(colleague, into)
        try:
            outcome = self._decide(ending, going_on, colleague, self._clock.now())
        except Refused as refused:
            return {"hindrance": refused.fields["hindrance"], "why": refused.message}
        merged, ticket = outcome.merged, outcome.after.open_ticket
        clocks = ticket.promise(going_on.support).clocks.values() if ticket is not None else ()
        return {
            "hindrance": None,
            "ends": _named(ending.conversation),
            "goes_on": _named(going_on.conversation),
            "level": merged.level.name if merged.level is not None else None,
            "clocks": [
                {
                    "metric": clock.metric.value,
                    "label": METRIC_LABELS[clock.metric],
                    "due": written_finely(clock.due),
                    "from": clock.inherited_from or None,
                }
                for clock in clocks
                if clock.due is not None and clock.met_at is None and clock.ended_at is None
            ],
            "claims": merged.claims,
            "holder": outcome.after.holder,
            "tags": list(merged.tags),
            "told_there": [said.text for said in outcome.said_there],
            "told_here": [said.text for said in outcome.said_here],
        }

    async def merge(self, colleague: Colleague, id: str, client_id: str, into: str) -> Taken:
        """`id` ends and goes on in `into`: facts in both timelines in one transaction, one holder afterwards."""
        for each in (id, into):
            await self._case(colleague, each)
        if id == into:
            raise _refused(Hindrance.SAME, None)

        def decide(ending: Case, going_on: Case) -> tuple[Decision, Decision]:
            now = self._clock.now()
            outcome = self._decide(ending, going_on, colleague, now)
            there = (*outcome.there, *utter(outcome.said_there, now))
            here = (*outcome.here, *utter(outcome.said_here, now))
            return Decision(there), Decision(here, capacity=colleague.capacity)

        body = hashlib.sha256(repr(("merge", id, into)).encode("utf-8", "surrogatepass")).digest()
        return await self._turns.take_both(id, into, decide, Signature(colleague.agent, client_id, body))

    def _decide(self, ending: Case, going_on: Case, colleague: Colleague, now: datetime) -> _Outcome:
        """Raises Refused, with the `hindrance`."""
        old, target = ending.conversation, going_on.conversation
        against = hindrance(old, target, colleague.agent)
        if against is not None:
            raise _refused(against, old)
        merged = merger(old, target, colleague.agent, there=ending.support, here=going_on.support, now=now)
        here = tuple(went_over(merged, old, target, colleague.actor, colleague.name, now))
        after = fold(target, append(target.id, target.head, here, now, repeat(NO_SALT)))
        promise = after.open_ticket.promise(going_on.support) if after.open_ticket is not None else None
        if not keeps(merged, promise):
            raise _refused(Hindrance.PROMISE, old)
        voice = self._bot.wits(old.workspace).voice
        number = target.open_ticket.number if target.open_ticket is not None else None
        other = old.open_ticket.number if old.open_ticket is not None else None
        return _Outcome(
            merged=merged,
            after=after,
            there=(ended(target, colleague.actor, colleague.name, now),),
            here=here,
            said_there=merged_away(
                old, number, support=ending.support, voice=voice, moment=self._moment(ending, now)
            ),
            said_here=merged_here(
                after, other, support=going_on.support, voice=voice, moment=self._moment(going_on, now)
            ),
        )

    def _moment(self, case: Case, now: datetime) -> Moment:
        return Moment(now, "", self._staff.of(case.support.policy, now, case.conversation.id))

    async def _case(self, colleague: Colleague, id: str) -> Case:
        case = await self._turns.case(id)
        if case.conversation.workspace not in colleague.workspaces:
            raise NotFound
        return case


def _named(conversation: Conversation) -> dict[str, Any]:
    ticket = conversation.open_ticket
    return {"conversation": conversation.id, "ticket": ticket.number if ticket is not None else None}


def _refused(against: Hindrance, ending: Conversation | None) -> Refused:
    fields: dict[str, Any] = {"hindrance": against.value}
    if ending is not None and against is Hindrance.HELD:
        fields["holder"] = ending.holder
    if ending is not None and against is Hindrance.MERGED:
        fields["conversation"] = ending.merged_into
    code = against.value if against in (Hindrance.HELD, Hindrance.MERGED) else "cannot_merge"
    return Refused(code, WORDS[against], **fields)
