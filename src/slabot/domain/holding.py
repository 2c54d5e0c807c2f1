"""When an agent who has gone loses a conversation, so that no visitor waits for somebody who does not come back."""

from __future__ import annotations

from datetime import datetime

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.conversation import Conversation
from slabot.domain.projection import owes_reply
from slabot.domain.routing import RoutingRules


def hold_ends_at(
    conversation: Conversation, gone_since: datetime, calendar: Calendar, rules: RoutingRules
) -> datetime:
    """The instant at which the hold of an agent who is gone ends, if they stay away until then.

    Both spans are open time of the queue: nobody loses a ticket by going home. While the visitor waits for words,
    the shorter one runs from whatever came later, the agent's going or the visitor's last words.
    """
    quiet = calendar.add(gone_since, rules.quiet_hold.total_seconds())
    if not owes_reply(conversation):
        return quiet
    spoken = (said.at for said in reversed(conversation.said) if said.role == "visitor")
    waits_since = max(gone_since, next(spoken, gone_since))
    return min(quiet, calendar.add(waits_since, rules.hold.total_seconds()))
