"""One visitor turn as the rooms of the decision see it: what was said, what is known, how to say things."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from slabot.domain.answers import Found
from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.intent import Heard, Intent
from slabot.domain.dialogue.plan import Moment
from slabot.domain.dialogue.speech import Clockwork, listed
from slabot.domain.dialogue.voice import Voice
from slabot.domain.policy import Contact, Impact, Level, Policy
from slabot.domain.support import Support
from slabot.domain.triage.assessment import Assessment, Kind
from slabot.domain.words import Language

_QUOTES: Mapping[Language, tuple[str, str]] = {
    "en": ("", ""),
    "de": ("„", "“"),
    "es": ("«", "»"),
    "fr": ("« ", " »"),
}
Search = Callable[[str, str, Sequence[str]], Found]
"""The article search of `services.search`, in memory: workspace, text, earlier turns."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """How the bot speaks to this visitor at this instant."""

    conversation: Conversation
    support: Support
    voice: Voice
    moment: Moment
    language: Language

    @property
    def policy(self) -> Policy:
        return self.support.policy

    @property
    def plan(self) -> str | None:
        """The visitor's plan, as far as this policy has it."""
        return self.policy.known_plan(self.conversation.plan)

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Whom this visitor may be told of; who looks after a customer is told to those the host page vouches for."""
        return self.policy.contacts_for(self._customer_email)

    def contact(self, key: str) -> Contact:
        return self.policy.contact_for(key, self._customer_email)

    @property
    def _customer_email(self) -> str | None:
        return self.conversation.email if self.conversation.is_verified else None

    @property
    def now(self) -> datetime:
        return self.moment.now

    @property
    def noun(self) -> str:
        """What the visitor calls a ticket, in their language."""
        return self.voice.say(f"noun.{self.policy.ticket_noun}", self.language)

    @property
    def bot(self) -> str:
        """The bot by its name, with the workspace's where that is not in it."""
        name, workspace = self.policy.brand.bot_name, self.policy.name
        return (
            name if workspace.lower() in name.lower() else self.say("bot.of", bot=name, workspace=workspace)
        )

    def say(self, key: str, **values: object) -> str:
        return self.voice.say(key, self.language, **values)

    def level_name(self, level: Level) -> str:
        """What the policy calls this level, in the visitor's language where the workspace says how."""
        return self.voice.policy_words(f"level.{level.key}", self.language, level.name)

    def quoted(self, words: str) -> str:
        """The document's own English words, marked as such in another language."""
        before, after = _QUOTES[self.language]
        return f"{before}{words}{after}"

    def listed(self, parts: Sequence[str]) -> str:
        return listed(parts, self.language)

    @property
    def clockwork(self) -> Clockwork:
        return Clockwork(
            self.language, self.policy.zone, self.policy.zone_words, self.conversation.zone, self.now
        )

    def header_time(self, at: datetime) -> str:
        """The same in the short form of a header: without the day where that is today."""
        clockwork = self.clockwork
        desk, yours = clockwork.desk_briefly(at), clockwork.yours_briefly(at)
        if yours is None or clockwork.is_same_time(at):
            return desk
        return self.say("time.header", desk=desk, yours=yours)

    def time(self, at: datetime) -> str:
        """An instant on the desk's clock and, where known, on the visitor's."""
        clockwork = self.clockwork
        desk, yours = clockwork.desk(at), clockwork.yours(at)
        if yours is None:
            return desk
        if clockwork.is_same_time(at):
            return self.say("time.same", desk=desk)
        return self.say("time.both", desk=desk, yours=yours)


@dataclass(frozen=True, slots=True)
class Turn(Speaker):
    """A speaker who has just heard something."""

    text: str
    heard: Heard
    assessment: Assessment
    search: Search
    look: Callable[[], Found]
    weigh: Callable[[str], Assessment]
    """Triage of any text by itself, for what was said earlier."""
    carries_files: bool = False

    def wants(self, *intents: Intent) -> bool:
        return any(intent in self.heard.intents for intent in intents)

    @property
    def found(self) -> Found:
        """The articles for what was said, in the light of the turns before; searched once, and only if needed."""
        return self.look()

    @property
    def is_incident(self) -> bool:
        return self.assessment.kind is Kind.INCIDENT

    @property
    def is_serious(self) -> bool:
        """Critical or major: never only answered with an article."""
        return self.is_incident and self.assessment.impact in (Impact.CRITICAL, Impact.MAJOR)

    @property
    def level(self) -> Level:
        """What a ticket opened now would be: by this message, else by an earlier one, else a question's."""
        key = self.assessment.severity if self.is_incident else self.level_before or self.assessment.severity
        return self.policy.level(key) if key else self.question_level

    def grounds(self, level: Level) -> Assessment | None:
        """The assessment that led to this level: of this message, or of the latest earlier one that did."""
        if self.is_incident and self.assessment.severity == level.key:
            return self.assessment
        for told in reversed(self.conversation.visitor_turns):
            weighed = self.weigh(told)
            if weighed.kind is Kind.INCIDENT and weighed.severity == level.key:
                return weighed
        return None

    @property
    def level_before(self) -> str | None:
        """The severity assessed earlier in the conversation, for the matter that is still open."""
        assessed = self.conversation.assessed
        resolved = self.conversation.ticket is not None and not self.conversation.ticket.is_open
        if assessed is None or resolved or self.conversation.solved_at is not None:
            return None
        severity = assessed.get("severity")
        return severity if isinstance(severity, str) else None

    @property
    def question_level(self) -> Level:
        return (
            self.policy.level(self.policy.question_level)
            if self.policy.question_level
            else self.policy.lowest
        )
