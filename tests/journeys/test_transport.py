"""The widget's own transport under Node against a real server, over a bad line, the server killed meanwhile: nothing
lost, nothing twice, nothing out of order. `PROOF_PEOPLE=500` has five hundred people talk instead of a few."""

from __future__ import annotations

import asyncio
import json
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from slabot.domain.timeline import VISITOR_SEES
from slabot.store.engine import open_store
from tests.house import ROOT
from tests.served import free_port, killed, serving

STATIC = ROOT / "static"
PEOPLE = int(os.environ.get("PROOF_PEOPLE", "6"))
SEED = os.environ.get("PROOF_SEED", "7")
KILLS = 2 + PEOPLE // 100
BETWEEN_KILLS = 4 + PEOPLE * 0.02
"""Seconds that everybody talks before the server dies again: somewhere in the middle of what they say."""
BEHIND_PROXY = {"SLABOT_TRUSTED_PROXIES": "127.0.0.1"}
"""Each of the people has an address of their own, which the server believes."""


@asynccontextmanager
async def talking(folder: Path, port: int) -> AsyncIterator[Process]:
    """Everybody, in a process of Node's."""
    bundle = folder / "people.mjs"
    esbuild = [
        str(STATIC / "node_modules" / ".bin" / "esbuild"),
        str(STATIC / "tests" / "proof" / "people.ts"),
    ]
    built = await asyncio.create_subprocess_exec(
        *esbuild, "--bundle", "--platform=node", "--format=esm", "--log-level=warning", f"--outfile={bundle}"
    )
    assert await built.wait() == 0
    # Older Nodes have WebSocket behind a flag, and newer ones know the flag still.
    node = await asyncio.create_subprocess_exec(
        "node", "--experimental-websocket", "--no-warnings", str(bundle),
        f"http://127.0.0.1:{port}", "human-esources", str(PEOPLE), SEED,
        stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    try:
        yield node
    finally:
        if node.returncode is None:
            node.kill()
            await node.communicate()


@pytest.mark.timeout(180 + 3 * PEOPLE)
async def test_over_a_bad_line_and_a_killed_server_nothing_is_lost_twice_or_out_of_order(
    tmp_path: Path,
) -> None:
    port = free_port()
    server = await serving(tmp_path / "data", port, **BEHIND_PROXY)
    try:
        async with talking(tmp_path, port) as node:
            told = asyncio.create_task(node.communicate())
            kills = 0
            while kills < KILLS and not (await asyncio.wait([told], timeout=BETWEEN_KILLS))[0]:
                await killed(server)
                kills += 1
                server = await serving(tmp_path / "data", port, **BEHIND_PROXY)
            out, errors = await told
        assert node.returncode == 0, errors.decode()
        assert kills, "all was said before the server could be killed"
    finally:
        await killed(server)
    answer: dict[str, Any] = json.loads(out)
    # Among few people one kind of fault may fail to come up by chance; that hardly any did may not.
    faults = sum(answer["faults"][kind] for kind in ("dropped", "delayed", "doubled", "reordered", "cut"))
    assert faults >= PEOPLE, f"a line without faults proves nothing: {answer['faults']}"
    assert answer["faults"]["polled"], "nobody came by long-polling"
    assert len(answer["shown"]) == PEOPLE
    async with await open_store(f"sqlite:///{tmp_path / 'data' / 'slabot.db'}") as store:
        for person in answer["shown"]:
            events = await store.timelines.events(person["conversation"])
            truth = [
                [event.seq, event.kind.value, event.text or None]
                for event in events
                if event.kind in VISITOR_SEES
            ]
            heard = [event.text for event in events if event.kind.value == "visitor_wrote"]
            said = [words for tab in person["said"] for words in tab]
            assert sorted(heard) == sorted(said), "lost, or there twice"
            for tab in person["said"]:
                assert [words for words in heard if words in tab] == tab, "out of order"
            for shown in person["events"]:
                assert [[seq, kind, text or None] for seq, kind, text in shown] == truth
    print(f"{PEOPLE} conversations, faults {answer['faults']}, server killed {kills} times")
