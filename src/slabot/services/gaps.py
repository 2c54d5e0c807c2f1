"""What visitors asked and the articles did not answer: put together by meaning, and drafted into articles."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from slabot.domain.anonymous import without_people
from slabot.domain.article import slug_of
from slabot.domain.timeline import Kind
from slabot.domain.usefulness import Gap
from slabot.services.clock import Clock
from slabot.services.colleague import Colleague
from slabot.services.tally import Missing, Tallies
from slabot.services.turn import Timelines
from slabot.services.turns import NotFound
from slabot.services.workshop import Workshop
from slabot.services.workshop_ports import Draft, Fields

MOST = 400
"""Questions grouped at a time, the newest: a page for people, not a ledger."""

LATELY = timedelta(days=90)

Alike = Callable[[Sequence[str]], list[list[int]]]
"""Puts texts that mean the same together: their numbers, largest group first. May take seconds."""


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    at: datetime
    gap: Gap
    ticket: str | None
    conversation: str
    seq: int


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that mean the same, newest first, without the people in them."""

    questions: tuple[Question, ...]
    visitors: int
    tickets: tuple[str, ...]
    gaps: tuple[tuple[Gap, int], ...]
    slug: str | None
    """The article that did not help most of them."""


class Gaps:
    def __init__(
        self, workshop: Workshop, tallies: Tallies, timelines: Timelines, alike: Alike, clock: Clock
    ) -> None:
        self._workshop = workshop
        self._tallies = tallies
        self._timelines = timelines
        self._alike = alike
        self._clock = clock

    async def list(self, editor: Colleague, workspace: str) -> tuple[Group, ...]:
        """Of the last three months, most asked first. Raises NotFound or Refused."""
        self._workshop.admit(editor, workspace)
        missing = await self._tallies.missing(workspace, self._clock.now() - LATELY, MOST)
        numbers = await asyncio.to_thread(self._alike, [one.text for one in missing])
        return tuple(_group([missing[number] for number in group]) for group in numbers)

    async def draft(self, editor: Colleague, workspace: str, conversation: str, seq: int) -> Draft:
        """An article drafted from the group that this question is in, and from what agents replied to it.

        Raises NotFound.
        """
        found = await self.list(editor, workspace)
        asked = next(
            (
                group
                for group in found
                for one in group.questions
                if (one.conversation, one.seq) == (conversation, seq)
            ),
            None,
        )
        if asked is None:
            raise NotFound
        questions = tuple(dict.fromkeys(one.text for one in asked.questions))
        replies = [await self._resolving_reply(one) for one in asked.questions if one.ticket]
        body = "\n\n".join(dict.fromkeys(reply for reply in replies if reply))
        title = max(questions, key=lambda text: sum(text == one.text for one in asked.questions))
        fields = Fields(title=_as_title(title), body=body, questions=questions[:20])
        return await self._workshop.begin(editor, workspace, slug_of(title), fields)

    async def _resolving_reply(self, question: Question) -> str:
        """The last thing an agent said before the conversation was resolved."""
        events = await self._timelines.events(question.conversation, question.seq)
        resolved = next((at for at, event in enumerate(events) if event.kind is Kind.RESOLVED), None)
        if resolved is None:
            return ""
        names = [str((event.content or {}).get("name", "")) for event in events]
        said = [event.text for event in events[:resolved] if event.kind is Kind.AGENT_WROTE and event.text]
        substantial = [text for text in said if len(text.split()) > 5] or said
        return without_people(substantial[-1], names) if substantial else ""


def _group(missing: Sequence[Missing]) -> Group:
    questions = tuple(
        Question(
            without_people(one.text),
            one.unmet.at,
            one.unmet.gap,
            one.unmet.ticket,
            one.conversation,
            one.unmet.seq,
        )
        for one in missing
    )
    slugs = Counter(one.unmet.slug for one in missing if one.unmet.slug)
    return Group(
        questions,
        len({one.visitor for one in missing}),
        tuple(dict.fromkeys(one.unmet.ticket for one in missing if one.unmet.ticket)),
        tuple(Counter(one.unmet.gap for one in missing).most_common()),
        slugs.most_common(1)[0][0] if slugs else None,
    )


def _as_title(question: str) -> str:
    title = " ".join(question.split())[:120].strip(" ?!.")
    return title[:1].upper() + title[1:]
