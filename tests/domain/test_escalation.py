"""Who is reminded of a clock, and when: by the policy, by who looks after the customer, and never at midnight."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from slabot.domain.escalation import QUEUE_LEAD, Recipient, recipients, send_at
from slabot.domain.policy import Contact
from slabot.domain.support import Support
from slabot.domain.timeline import Kind
from slabot.policies.loader import load_workspace

ROOT = Path(__file__).parents[2]
MIDNIGHT = datetime(2026, 3, 10, 0, 0, tzinfo=UTC)
"""Of a Tuesday in London, with both desks closed or about to open elsewhere."""
OPENS = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
ANNA = Contact("anna", "Anna", roles=("account manager",), email="anna@elementhuman.com")


@pytest.fixture(scope="module")
def support() -> Support:
    """Element Human, with Anna as the account manager of one customer."""
    found = load_workspace(ROOT / "seeds", "element-human", today=MIDNIGHT.date())
    policy = replace(
        found.policy,
        contacts=(*found.policy.contacts, ANNA),
        customer_contacts={"acme.com": "anna"},
        customer_contact_fallback="account_manager",
    )
    return replace(found, policy=policy)


@pytest.mark.parametrize(
    ("email", "recipient"),
    [
        ("vera@acme.com", Recipient("anna")),
        ("vera@uk.acme.com", Recipient("anna")),
        ("vera@example.org", Recipient(QUEUE_LEAD, instead_of="account_manager")),
        (None, Recipient(QUEUE_LEAD, instead_of="account_manager")),
    ],
)
def test_a_step_for_the_account_manager_goes_to_the_customers_own(
    support: Support, email: str | None, recipient: Recipient
) -> None:
    assert recipients(Kind.ESCALATED, "account_manager", None, support.policy, email) == (recipient,)


def test_who_looks_after_a_customer_is_told_to_that_customer_alone(support: Support) -> None:
    policy = support.policy
    hers = {contact.key for contact in policy.contacts_for("vera@acme.com")}
    others = {contact.key for contact in policy.contacts_for("mallory@example.org")}
    assert "anna" in hers
    assert "account_manager" not in hers
    assert "anna" not in others
    assert "account_manager" in others
    assert policy.contact_for("account_manager", "vera@acme.com") == ANNA


def test_reminders_keep_the_hours_that_the_policy_has_for_them(support: Support) -> None:
    level = support.policy.level("P2")
    lead = Recipient(QUEUE_LEAD)
    assert send_at(lead, level, "account-manager", support, MIDNIGHT) == OPENS
    around_the_clock = replace(support, policy=replace(support.policy, reminders_calendar="elliebot"))
    assert send_at(lead, level, "account-manager", around_the_clock, MIDNIGHT) == MIDNIGHT
    urgent = replace(level, reminders_at_night=True)
    assert send_at(lead, urgent, "account-manager", support, MIDNIGHT) == MIDNIGHT
