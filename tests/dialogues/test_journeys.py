"""Whole conversations through the real services, step by step: what the bot does, and the ticket that is there at the end.

The journeys are data: one file a workspace, `vera`, `aidan`, `device`, `event` or `minutes` a step.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from slabot.bootstrap import rehearsal
from slabot.config import load_config
from slabot.services.rehearsal import Rehearsal

HOME = Path(__file__).parents[2]
JOURNEYS = Path(__file__).parent / "journeys"
ITEMS = Path(__file__).parent / "items.yaml"


@cache
def _written() -> list[tuple[str, dict[str, Any]]]:
    return [
        (path.stem, journey)
        for path in sorted(JOURNEYS.glob("*.yaml"))
        for journey in YAML(typ="safe").load(path)
    ]


def _journeys() -> list[Any]:
    return [
        pytest.param(workspace, journey, id=f"{workspace}: {journey['rule']}")
        for workspace, journey in _written()
    ]


@cache
def _items() -> dict[str, frozenset[str]]:
    """What a conversation must be able to do, with the workspaces in which it applies."""
    every = frozenset(path.stem for path in JOURNEYS.glob("*.yaml"))
    listed = YAML(typ="safe").load(ITEMS)
    return {item: every if where == "everywhere" else frozenset(where) for item, where in listed.items()}


@pytest.mark.parametrize("item", sorted(_items()))
def test_what_a_conversation_must_do_is_played_in_every_workspace_it_applies_to(item: str) -> None:
    played = {workspace for workspace, journey in _written() if item in journey.get("items", ())}
    assert played == _items()[item], (
        f"{item}: write a dialogue in journeys/ that names it, or mend items.yaml"
    )


def test_dialogues_name_only_items_of_the_list_and_are_many() -> None:
    named = {item for _, journey in _written() for item in journey.get("items", ())}
    assert named == _items().keys()
    assert len(_written()) >= 80


@pytest.mark.parametrize(("workspace", "journey"), _journeys())
def test_a_conversation_goes_as_the_policy_says(
    workspace: str, journey: dict[str, Any], tmp_path: Path
) -> None:
    seen = asyncio.run(_played(workspace, journey, tmp_path))
    for step, after in zip(journey["steps"], seen, strict=True):
        text = "\n".join(reply["text"] for reply in after["replies"])
        assert [reply["action"] for reply in after["replies"]] == step["does"], (step, text)
        for words in step.get("says", ()):
            assert words in text, step
        for words in step.get("never", ()):
            assert words not in text, step
        assert "guarantee" not in text.lower(), step
    ticket = seen[-1]["ticket"]
    assert seen[-1]["status"] == journey["status"]
    if journey["ticket"] is None:
        assert ticket is None
    else:
        assert {key: ticket[key] for key in journey["ticket"]} == journey["ticket"]


async def _played(workspace: str, journey: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    settings = {
        "SLABOT_SEMANTIC": "no"
    }  # words alone find what these journeys ask for, in a tenth of the time
    config = load_config(settings, data=folder, policies=str(HOME / "seeds"), kb=str(HOME / "kb"))
    starts = datetime.fromisoformat(journey["at"])
    async with rehearsal(
        config, workspace, starts, agents=journey["agents"], zone=journey.get("zone")
    ) as scene:
        return [await _stepped(scene, step) for step in journey["steps"]]


async def _stepped(scene: Rehearsal, step: dict[str, Any]) -> dict[str, Any]:
    if "vera" in step:
        return await scene.visitor_says(step["vera"])
    if "aidan" in step:
        return await scene.agent_says(step["aidan"])
    if "device" in step:
        return await scene.visitor_describes(step["device"])
    if "minutes" in step:
        return await scene.advance(step["minutes"])
    verbs = {
        "agent_joins": scene.agent_joins,
        "visitor_leaves": scene.visitor_leaves,
        "visitor_returns": scene.visitor_returns,
    }
    return await verbs[step["event"]]()
