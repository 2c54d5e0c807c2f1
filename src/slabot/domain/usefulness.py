"""What became of the articles that the bot showed in one conversation, and of the questions it had no answer for.

Three numbers are kept apart: confirmed solved, asked for a person, left. Silence is never counted as solved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from slabot.domain.timeline import Event, Kind

REVOKED_WITHIN = timedelta(days=7)
"""A problem that is back within this time was not solved."""

_SHORT = 6
"""Words up to which a turn answers the question that was asked, rather than asking another."""

BAD_RATING = 2
"""Up to this score, of five, a conversation went badly."""


class Outcome(StrEnum):
    """What became of one showing of an article. `open`: nothing yet."""

    OPEN = "open"
    SOLVED = "solved"
    PERSON = "person"
    LEFT = "left"


class Gap(StrEnum):
    """Why a question counts as one that the articles do not answer."""

    UNANSWERED = "unanswered"
    ASKED_BACK = "asked_back"
    NOT_HELPED = "not_helped"
    RATED_BADLY = "rated_badly"


@dataclass(frozen=True, slots=True)
class Showing:
    """One article shown as the answer to one question."""

    seq: int
    """Of the bot's message."""
    question: int | None
    """The `seq` of the visitor's message that it answered."""
    slug: str
    at: datetime
    outcome: Outcome = Outcome.OPEN
    outcome_at: datetime | None = None
    ticket: str | None = None
    """The ticket that it became."""
    breached: bool = False


@dataclass(frozen=True, slots=True)
class Unmet:
    """One question without a good answer; `seq` is the visitor's message."""

    seq: int
    at: datetime
    gap: Gap
    slug: str | None = None
    """The article that did not help."""
    ticket: str | None = None


@dataclass(frozen=True, slots=True)
class Usefulness:
    showings: tuple[Showing, ...] = ()
    unmet: tuple[Unmet, ...] = ()


def usefulness(events: Iterable[Event]) -> Usefulness:
    """Of a whole timeline, in `seq` order; the same events always tell the same."""
    tale = _Tale()
    for event in events:
        tale.hear(event)
    return Usefulness(tuple(tale.showings), tuple(tale.unmet.values()))


class _Tale:
    def __init__(self) -> None:
        self.showings: list[Showing] = []
        self.unmet: dict[int, Unmet] = {}
        self._question: Event | None = None
        self._asked: Mapping[str, Any] = {}
        self._is_incident = False
        self._ticket: str | None = None

    def hear(self, event: Event) -> None:
        match event.kind:
            case Kind.VISITOR_WROTE:
                self._question = event
                self._is_incident = False
                self._settle(Outcome.LEFT, Outcome.OPEN, event)
            case Kind.SEVERITY_ASSESSED:
                self._is_incident = event.data.get("kind") in ("incident", "privacy", "request")
            case Kind.BOT_WROTE:
                self._answer(event)
            case Kind.TICKET_OPENED:
                self._ticket = str(event.data["number"])
                self._become(event)
            case Kind.BREACHED:
                self.showings = [
                    replace(showing, breached=True)
                    if showing.ticket is not None and showing.ticket == self._ticket
                    else showing
                    for showing in self.showings
                ]
            case Kind.SOLVED_CONFIRMED:
                self._settle(Outcome.OPEN, Outcome.SOLVED, event, last_only=True)
            case Kind.REOPENED:
                self._revoke(event)
            case Kind.VISITOR_LEFT:
                self._settle(Outcome.OPEN, Outcome.LEFT, event)
            case Kind.RATED:
                self._rate(event)
            case _:
                pass

    def _answer(self, event: Event) -> None:
        action, slug = event.data.get("action"), event.data.get("article")
        asks = event.data.get("asks") or {}
        before, self._asked = self._asked, asks
        question = self._question
        if before.get("kind") == "helped" and question is not None and _is_refusal(question, event, before):
            self._not_helped()
        if action == "answer" and slug:
            self.showings.append(Showing(event.seq, question.seq if question else None, str(slug), event.at))
        elif question is not None and not self._is_incident:
            if action == "clarify" and asks.get("kind") == "which_article":
                self._miss(question.seq, question.at, Gap.ASKED_BACK)
            elif action == "offer_handoff" and before.get("kind") not in ("helped", "handoff"):
                self._miss(question.seq, question.at, Gap.UNANSWERED)

    def _not_helped(self) -> None:
        shown = self.showings[-1] if self.showings else None
        if shown is not None and shown.outcome is Outcome.OPEN and shown.question is not None:
            self._miss(shown.question, shown.at, Gap.NOT_HELPED, shown.slug)

    def _miss(self, seq: int, at: datetime, gap: Gap, slug: str | None = None) -> None:
        self.unmet[seq] = Unmet(seq, at, gap, slug, self._ticket)

    def _become(self, event: Event) -> None:
        """The handoff: what was shown in vain, and what was never answered, became this ticket."""
        self._revoke(event)
        for at, showing in enumerate(self.showings):
            if showing.outcome in (Outcome.OPEN, Outcome.LEFT):
                self.showings[at] = replace(
                    showing, outcome=Outcome.PERSON, outcome_at=event.at, ticket=self._ticket
                )
        for seq, unmet in self.unmet.items():
            if unmet.ticket is None:
                self.unmet[seq] = replace(unmet, ticket=self._ticket)

    def _revoke(self, event: Event) -> None:
        for at, showing in enumerate(self.showings):
            if showing.outcome is not Outcome.SOLVED or showing.outcome_at is None:
                continue
            if event.at - showing.outcome_at <= REVOKED_WITHIN:
                self.showings[at] = replace(showing, outcome=Outcome.OPEN, outcome_at=None)

    def _settle(self, before: Outcome, after: Outcome, event: Event, *, last_only: bool = False) -> None:
        """What was confirmed is the last article shown; the ones before it were passed over, not solved."""
        for at in range(len(self.showings) - 1, -1, -1):
            showing = self.showings[at]
            if showing.outcome is before:
                settled = None if after is Outcome.OPEN else event.at
                self.showings[at] = replace(showing, outcome=after, outcome_at=settled)
            if last_only:
                return

    def _rate(self, event: Event) -> None:
        if int(event.data["score"]) > BAD_RATING:
            return
        for showing in self.showings:
            if showing.question is not None:
                self._miss(showing.question, showing.at, Gap.RATED_BADLY, showing.slug)


def _is_refusal(question: Event, reply: Event, asked: Mapping[str, Any]) -> bool:
    """Whether the visitor said no to "did that help?": the bot then goes on to the next candidate or a person."""
    goes_on = reply.data.get("action") == "offer_handoff" or any(
        other.get("slug") == reply.data.get("article") for other in asked.get("others", ())
    )
    return goes_on and len(question.text.split()) <= _SHORT
