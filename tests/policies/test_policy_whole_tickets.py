"""Random tickets of all four policies come out as a minute-by-minute count of their documents has them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from slabot.cli.due import answered
from slabot.policies import PolicyFile
from slabot.wire.batch_due import DueLine
from tests.domain.calendar.chance import MORE
from tests.policies.ticket_oracle import PLACES, TIERS, Happened, Ticket

TICKETS = 250
"""For each policy."""
DAYS_WORTH_MEETING = (
    *((2025, 12, 23), (2025, 12, 31), (2026, 3, 6), (2026, 3, 27), (2026, 4, 2), (2026, 5, 1), (2026, 5, 22)),
    *((2026, 7, 1), (2026, 9, 4), (2026, 9, 29), (2026, 10, 2), (2026, 10, 23), (2026, 10, 30)),
    *((2026, 11, 10), (2026, 11, 25), (2026, 12, 24), (2027, 1, 25), (2027, 3, 12)),
)
"""Eves of holidays and of clock changes, in one of the four places at least."""


@pytest.mark.parametrize("workspace", sorted(PLACES))
def test_every_due_instant_agrees_with_a_count_of_the_minutes(
    workspace: str, seed_files: dict[str, PolicyFile]
) -> None:
    chance = Random(f"whole tickets of {workspace}")
    support = seed_files[workspace].support
    for number in range(TICKETS * MORE):
        ticket = some_ticket(workspace, chance)
        told = answered(asked(number, ticket, chance), support)
        expected = {
            "acknowledge": ticket.acknowledge(),
            "first_response": ticket.first_response(),
            "next_response": ticket.next_response(),
            "resolution": ticket.resolution(),
        }
        found = {metric: told[metric] for metric in expected}
        assert found == {metric: written(at) for metric, at in expected.items()}, ticket


def some_ticket(workspace: str, chance: Random) -> Ticket:
    """Anything that can happen to a ticket, in an order in which it can happen."""
    tiers = list(TIERS[workspace])
    if chance.random() < 0.5:
        day = datetime(*chance.choice(DAYS_WORTH_MEETING), tzinfo=UTC)
    else:
        day = datetime(2025, 12, 1, tzinfo=UTC) + timedelta(days=chance.randrange(480))
    opened_at = at = day + chance.randrange(2 * 24 * 60) * timedelta(minutes=1)
    events: list[Happened] = []
    paused = solved = False
    for _ in range(chance.choice((0, 1, 2, 4, 8, 12))):
        at += chance.choice((1, 7, 60, 600, 3000)) * chance.randint(1, 4) * timedelta(minutes=1)
        kinds = ["agent_response", "customer_reply", "customer_reply", "severity_changed", "pause", "solved"]
        kinds += ["resume"] * 4 * paused + ["reopened"] * 4 * solved
        kind = chance.choice(kinds)
        events.append(Happened(at, kind, chance.choice(tiers) if kind == "severity_changed" else ""))
        paused = kind == "pause" or (paused and kind != "resume")
        solved = kind == "solved" or (solved and kind != "reopened")
    return Ticket(workspace, chance.choice(tiers), opened_at, tuple(events))


def asked(number: int, ticket: Ticket, chance: Random) -> DueLine:
    """The same facts as a caller may tell them: in any order, some of them twice."""
    events: list[dict[str, Any]] = [
        {"type": event.kind, "at": event.at} | ({"severity": event.severity} if event.severity else {})
        for event in ticket.events
    ]
    events += chance.choices(events, k=2) if events else []
    chance.shuffle(events)
    return DueLine.model_validate(
        {"id": number, "severity": ticket.severity, "opened_at": ticket.opened_at, "events": events}
    )


def written(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"
