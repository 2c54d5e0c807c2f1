"""The four workspaces' policies with their cues, loaded once, and `weigh`, which asks triage about a message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from slabot.domain.policy import Policy
from slabot.domain.triage.assess import assess
from slabot.domain.triage.assessment import Assessment
from slabot.domain.triage.cues import Cues
from slabot.policies.cues import load_cues
from slabot.policies.loader import load_workspace

SEEDS = Path(__file__).resolve().parents[3] / "seeds"

Weigh = Callable[..., Assessment]


@cache
def _workspace(key: str) -> tuple[Policy, Cues]:
    policy = load_workspace(SEEDS, key).policy
    return policy, load_cues(policy)


@pytest.fixture
def weigh() -> Weigh:
    def ask(text: str, workspace: str = "prosper-ex", earlier: Sequence[str] = ()) -> Assessment:
        policy, cues = _workspace(workspace)
        return assess(text, policy, cues, earlier)

    return ask
