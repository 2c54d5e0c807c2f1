"""A message at full length is weighed in a moment, and the parts of an address are no words."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from slabot.domain.policy import Impact
from slabot.domain.triage.assess import assess
from slabot.policies.cues import load_cues
from slabot.policies.loader import load_workspace
from slabot.policies.ordinary_words import read_ordinary_words

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
POLICY = load_workspace(SEEDS, "human-esources", today=date(2026, 3, 9)).policy
CUES = load_cues(POLICY)
LONGEST = 8_000
IN_A_MOMENT = 1.0
"""CPU seconds, on a slow machine too; what takes the square of the statements needs ten."""


@pytest.mark.parametrize("unit", ["?1", "me. ", "nobody can log in ", "only we. ", "not down, ", "ß", "x"])
def test_a_message_that_repeats_itself_is_weighed_in_a_moment(unit: str) -> None:
    read_ordinary_words()
    assess("hello", POLICY, CUES)
    started = time.process_time()
    assess((unit * LONGEST)[:LONGEST], POLICY, CUES)
    assert time.process_time() - started < IN_A_MOMENT


@pytest.mark.parametrize(
    "text",
    [
        "my address is vera@data.example.org",
        "my email is vera@example.org",
        "meine Adresse ist vera@example.org",
        "mi correo es vera@example.org",
        "you can reach me at vera@example.org",
    ],
)
def test_who_gives_their_address_reports_nothing(text: str) -> None:
    assert assess(text, POLICY, CUES).impact is Impact.LOW


def test_an_address_that_others_see_is_reported_all_the_same() -> None:
    said = "my email vera@example.org is shown in other users' reports"
    assert assess(said, POLICY, CUES).impact is Impact.CRITICAL
