"""The bot as services call it: its ears, its voice and the articles of each workspace behind one verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.phrases import Phrases
from slabot.domain.dialogue.plan import Moment, Plan
from slabot.domain.dialogue.reply import reply_to
from slabot.domain.dialogue.voice import Voice
from slabot.domain.support import Support
from slabot.domain.triage.cues import Cues
from slabot.services.search import ArticleSearch


@dataclass(frozen=True, slots=True)
class Wits:
    """What the bot knows of one workspace's way of speaking."""

    cues: Cues
    phrases: Phrases
    voice: Voice


class WitsOf(Protocol):
    def __call__(self, workspace: str) -> Wits: ...


class Bot:
    """Stateless: everything it remembers is in the conversation."""

    def __init__(self, wits: WitsOf, search: ArticleSearch) -> None:
        self.wits = wits
        self.search = search

    def plan(
        self,
        conversation: Conversation,
        text: str,
        support: Support,
        moment: Moment,
        *,
        carries_files: bool = False,
    ) -> Plan:
        """What to do about this message of the visitor."""
        wits = self.wits(support.policy.workspace)
        return reply_to(
            conversation,
            text,
            support=support,
            cues=wits.cues,
            phrases=wits.phrases,
            voice=wits.voice,
            search=self.search.find,
            moment=moment,
            carries_files=carries_files,
        )
