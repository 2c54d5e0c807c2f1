"""Who is told of a clock's milestone, and from when on: decided from the policy; addresses are found later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from slabot.domain.policy import Contact, Level, Policy
from slabot.domain.support import Support
from slabot.domain.timeline import Kind

ASSIGNED_AGENT = "assigned_agent"
QUEUE_LEAD = "queue_lead"


@dataclass(frozen=True, slots=True)
class Recipient:
    """`tell` is `assigned_agent`, `queue_lead` or a contact's key; `instead_of`: a contact without an address."""

    tell: str
    instead_of: str | None = None


def recipients(
    kind: Kind, tell: str | None, holder: str | None, policy: Policy, email: str | None = None
) -> tuple[Recipient, ...]:
    """Who hears of it; where nobody holds the ticket or a contact publishes no address, the lead does instead.

    `tell` is the escalation step's own; None for a warning, a breach and a foreseen miss. `email` is the
    customer's: a step for whoever looks after a customer goes to the one who looks after this one.
    """
    lead = Recipient(QUEUE_LEAD)
    agent = Recipient(ASSIGNED_AGENT) if holder is not None else lead
    if kind is Kind.ESCALATED:
        return (_for_step(tell or QUEUE_LEAD, agent, policy, email),)
    if kind is Kind.WARNED:
        return (agent,)
    return (agent, lead) if agent != lead else (lead,)


def _for_step(tell: str, agent: Recipient, policy: Policy, email: str | None) -> Recipient:
    if tell == ASSIGNED_AGENT:
        return agent
    if tell == QUEUE_LEAD:
        return Recipient(QUEUE_LEAD)
    if contact_of(policy, tell) is None:
        return Recipient(QUEUE_LEAD, instead_of=tell)
    contact = policy.contact_for(tell, email)
    return Recipient(contact.key) if contact.email else Recipient(QUEUE_LEAD, instead_of=contact.key)


def contact_of(policy: Policy, key: str) -> Contact | None:
    return next((contact for contact in policy.contacts if contact.key == key), None)


def send_at(recipient: Recipient, level: Level, queue: str, support: Support, now: datetime) -> datetime:
    """Reminders keep the policy's hours for them, else the recipient's: at night they wait for the opening.

    Unless the level says otherwise: its reminders go out whatever the hour.

    The fact itself is exact whenever it is written; this is only when its mail goes out.
    """
    if level.reminders_at_night:
        return now
    policy = support.policy
    if policy.reminders_calendar is not None:
        calendar = support.calendar(policy.reminders_calendar)
        return now if calendar.is_open(now) else calendar.next_opening(now)
    contact = contact_of(policy, recipient.tell)
    known = next((each for each in policy.queues if each.key == queue), None)
    reached = contact if contact is not None else known
    calendar = support.calendar(reached.calendar if reached is not None else None)
    return now if calendar.is_open(now) else calendar.next_opening(now)
