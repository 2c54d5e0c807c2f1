"""Who a visitor is by the host page's word: what its signed token says, and what a plan may promise them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """A person whom the host page vouches for. Only a checked signature makes one."""

    subject: str
    """The host page's own id of the person: the same on every device."""
    name: str = ""
    email: str | None = None
    plan: str | None = None
    """Key of the plan in the policy whose targets hold for them; None: those for everybody."""
    customer: str | None = None
    """The organisation they belong to, by the host page's own key."""
