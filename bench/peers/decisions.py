"""What the bot says in a bench: slabot's own decision, or a trivial one that leaves the plumbing's cost alone."""

from __future__ import annotations

from slabot.domain.conversation import Conversation
from slabot.domain.dialogue.plan import Action, Moment, Plan, Utterance
from slabot.domain.support import Support
from slabot.services.bot import Bot

WORDS = (
    "An integration takes from a week up to a month; how long depends on your own IT department, "
    "which has to set up the connection together with our account manager. Did that help?"
)

TRIVIAL = Plan((Utterance(WORDS, Action.ANSWER, article="lms-integration-time"),))


class ParrotBot(Bot):
    """Answers everything with the same sentence."""

    def plan(
        self,
        conversation: Conversation,  # noqa: ARG002 - the shape of the real one
        text: str,  # noqa: ARG002
        support: Support,  # noqa: ARG002
        moment: Moment,  # noqa: ARG002
        *,
        carries_files: bool = False,  # noqa: ARG002
    ) -> Plan:
        return TRIVIAL
