"""What a canned reply may hold, and how its places are filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from slabot.domain.canned import CannedReply, faults, filled
from slabot.domain.support import Support
from slabot.policies.loader import load_workspace

SEEDS = Path(__file__).parents[2] / "seeds"
REPLY = CannedReply("velsoft", "restart", "After a restart", "Hello {visitor_name|there}, it is back.")


@pytest.fixture(scope="module")
def support() -> Support:
    return load_workspace(SEEDS, "velsoft", today=date(2026, 3, 9))


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        ("Hello {visitor_name}.", {"visitor_name": "Vera"}, "Hello Vera."),
        ("Hello {visitor_name|there}.", {"visitor_name": ""}, "Hello there."),
        ("Hello {visitor_name|there}.", {"visitor_name": "Vera"}, "Hello Vera."),
        ("Hello{visitor_name|}.", {}, "Hello."),
        ("{ticket} is due {due}.", {"ticket": "VS-1"}, "VS-1 is due {due}."),
        (
            "A set {1, 2} and {Not A Place} stay.",
            {"visitor_name": "Vera"},
            "A set {1, 2} and {Not A Place} stay.",
        ),
        ("{visitor_name}", {"visitor_name": "{ticket}", "ticket": "VS-1"}, "{ticket}"),
    ],
)
def test_a_place_takes_what_is_known_else_its_other_words_else_stays_to_be_filled(
    text: str, values: dict[str, str], said: str
) -> None:
    assert filled(text, values) == said


def test_a_good_reply_has_no_faults(support: Support) -> None:
    assert faults(REPLY, support) == []
    acts = replace(REPLY, text="", level="high", reason="stops work", tags=("restart",), then="resolve")
    assert faults(acts, support) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"key": "Two Words"}, "small letters, digits and hyphens"),
        ({"title": " "}, "no title"),
        ({"text": " "}, "does nothing"),
        ({"text": "Dear {vistor_name},"}, "{visitor_name}"),
        ({"level": "P9", "reason": "why"}, "P9"),
        ({"level": "high"}, "without a reason"),
    ],
)
def test_a_fault_is_told_with_what_to_do(support: Support, change: dict[str, str], told: str) -> None:
    wrong = faults(replace(REPLY, **change), support)  # type: ignore[arg-type]
    assert len(wrong) == 1
    assert told in wrong[0]
