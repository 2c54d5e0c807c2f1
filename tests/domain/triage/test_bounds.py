"""Floors and ceilings have the last word on a severity: the policy's, then the kind's, then the plan's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from slabot.domain.policy import Bounds, Plan, Policy, UnknownPlan
from slabot.domain.triage.assess import assess
from slabot.domain.triage.assessment import Assessment
from slabot.policies.cues import load_cues
from slabot.policies.loader import load_workspace

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
DOWN, TYPO = "nobody can log in", "there is a typo on the welcome page"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_workspace(SEEDS, "prosper-ex", today=date(2026, 3, 9)).policy


def weighed(text: str, policy: Policy, plan: str | None = None) -> Assessment:
    return assess(text, policy, load_cues(policy), plan=plan)


def test_a_ceiling_and_a_floor_bound_every_assessment(policy: Policy) -> None:
    bounded = replace(policy, bounds=Bounds(floor="T2", ceiling="T2"))
    assert [weighed(text, policy).severity for text in (DOWN, TYPO)] == ["T1", "T3"]
    assert [weighed(text, bounded).severity for text in (DOWN, TYPO)] == ["T2", "T2"]


def test_the_reason_cites_the_severity_that_holds(policy: Policy) -> None:
    bounded = replace(policy, bounds=Bounds(ceiling="T2"))
    assert weighed(DOWN, policy).reasons[0].clause == "4.1"
    assert weighed(DOWN, bounded).reasons[0].clause == "4.2"


def test_bounds_of_a_kind_hold_for_that_kind_alone(policy: Policy) -> None:
    bounded = replace(policy, kind_bounds={"request": Bounds(floor="T1")})
    assert weighed(TYPO, bounded).severity == "T3"


def test_a_plan_has_the_last_word_and_an_unknown_one_is_refused(policy: Policy) -> None:
    gold = Plan("gold", "Gold", bounds=Bounds(floor="T1"))
    planned = replace(policy, bounds=Bounds(ceiling="T2"), plans=(gold,))
    assert weighed(TYPO, planned).severity == "T3"
    assert weighed(TYPO, planned, "gold").severity == "T1"
    with pytest.raises(UnknownPlan, match="gold"):
        weighed(TYPO, planned, "silver")
