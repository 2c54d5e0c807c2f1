"""Plays a dialogue through the pure decision, turn by turn, as the services do, without store and server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from slabot.domain.answers import Candidate, Found, Passage, Verdict
from slabot.domain.conversation import Conversation, fold
from slabot.domain.dialogue.outcome import happenings
from slabot.domain.dialogue.phrases import phrase_book
from slabot.domain.dialogue.plan import Moment, Plan, Staffing
from slabot.domain.dialogue.reply import reply_to
from slabot.domain.dialogue.voice import Voice
from slabot.domain.support import Support
from slabot.domain.timeline import Actor, Happening, Kind, append
from slabot.domain.triage.cues import Cues
from slabot.domain.words import is_small, tokens
from slabot.policies.cues import load_cues
from slabot.policies.loader import load_workspace
from slabot.policies.voice import load_voice

SEEDS = Path(__file__).parents[2] / "seeds"
WORKSPACES = ("human-esources", "element-human", "prosper-ex", "velsoft")
BUILT_ON = date(2026, 3, 6)


@cache
def workspace(name: str) -> tuple[Support, Cues, Voice]:
    """Policy, ears and voice of a workspace, as they ship."""
    support = load_workspace(SEEDS, name, today=BUILT_ON)
    return support, load_cues(support.policy), load_voice(SEEDS, support.policy)


@dataclass(frozen=True)
class Shelf:
    """A small knowledge base: an article answers when all of its words are asked for, and may when one is."""

    articles: dict[str, str] = field(default_factory=dict)
    """Slug → its text; the words of the slug are what it is about."""

    def find(self, workspace: str, text: str, context: Sequence[str] = ()) -> Found:  # noqa: ARG002 - the port's shape
        asked = {word for word in tokens(text) if not is_small(word)}
        ranked = sorted(
            ((len(asked & set(slug.split("-"))) / len(slug.split("-")), slug) for slug in self.articles),
            reverse=True,
        )
        found = tuple(self._candidate(slug, score) for score, slug in ranked if score > 0)[:3]
        best = found[0].score if found else 0.0
        verdict = Verdict.ANSWER if best == 1 else Verdict.ASK if found else Verdict.NOTHING
        return Found(verdict, found, tuple(sorted(asked)))

    def _candidate(self, slug: str, score: float) -> Candidate:
        title = slug.replace("-", " ").capitalize()
        text = self.articles[slug]
        return Candidate(slug, title, score, Passage("", text, f"<p>{text}</p>"))


class Dialogue:
    """Vera talks to the bot of one workspace; the clock moves only when told to."""

    def __init__(
        self,
        name: str,
        at: str = "2026-03-10T15:00:00Z",
        *,
        zone: str | None = None,
        locale: str = "en",
        email: str | None = None,
        staffing: Staffing | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        self.support, self._cues, self.voice = workspace(name)
        self.now = datetime.fromisoformat(at).astimezone(UTC)
        self.staffing = staffing or Staffing()
        self._shelf = shelf or Shelf()
        self._tickets = 0
        self.plans: list[Plan] = []
        self.conversation = replace(
            Conversation("talk", name, locale=locale, zone=zone, email=email),
            visitor="vera",
            started_at=self.now,
        )

    @property
    def number(self) -> str:
        return f"{self.support.policy.ticket_prefix}{self._tickets + 1}"

    @property
    def moment(self) -> Moment:
        staffing = {queue.key: self.staffing for queue in self.support.policy.queues}
        return Moment(self.now, self.number, staffing)

    def vera(self, *texts: str, carries_files: bool = False) -> Plan:
        """Each text is one turn; returns the plan of the last."""
        for text in texts:
            plan = self.plan(text, carries_files=carries_files)
            number = self.number
            if plan.ticket is not None:
                self._tickets += 1
            self.happened(
                *happenings(
                    plan,
                    self.conversation,
                    text,
                    support=self.support,
                    now=self.now,
                    visitor=Actor.visitor("vera"),
                    client_id=str(len(self.plans)),
                    ticket_number=number,
                )
            )
            self.plans.append(plan)
        return self.plans[-1]

    def plan(self, text: str, *, carries_files: bool = False) -> Plan:
        """What the bot would do, without doing it."""
        return reply_to(
            self.conversation,
            text,
            support=self.support,
            cues=self._cues,
            phrases=phrase_book(),
            voice=self.voice,
            search=self._shelf.find,
            moment=self.moment,
            carries_files=carries_files,
        )

    def aidan(self, kind: Kind, **data: object) -> None:
        """Something an agent does: claims, writes, resolves."""
        content = {"text": data.pop("text")} if "text" in data else {}
        self.happened(Happening(kind, Actor.agent("aidan"), self.now, data, content))

    def happened(self, *what: Happening) -> None:
        events = append("talk", self.conversation.head, what, self.now, (bytes(16) for _ in what))
        self.conversation = fold(self.conversation, events)

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    @property
    def said(self) -> str:
        """All words of the bot's last turn."""
        return "\n".join(utterance.text for utterance in self.plans[-1].utterances)

    @property
    def actions(self) -> list[str]:
        return [utterance.action.value for utterance in self.plans[-1].utterances]

    @property
    def action(self) -> str:
        return self.actions[0] if self.actions else ""

    @property
    def ticket(self) -> tuple[str, str] | None:
        """Level and queue of the conversation's ticket."""
        ticket = self.conversation.ticket
        return None if ticket is None else (ticket.level, ticket.queue)
