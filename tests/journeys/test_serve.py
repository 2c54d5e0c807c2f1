"""The real `slabot serve`, as operators run it: starts, stops gracefully, and leaves a store that its audit can prove."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from slabot.domain.timeline import Kind, broken_links
from slabot.store.engine import open_store
from tests.cast import PATIENCE, Fact
from tests.house import ROOT
from tests.journeys.raw import raw_socket

STARTS_WITHIN = 60.0


@dataclass
class Serving:
    """The process, its address and its data."""

    process: asyncio.subprocess.Process
    url: str
    data: Path

    async def stops(self) -> int:
        """The exit code after a polite request."""
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(4 * PATIENCE):
            await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode


def settings(data: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SLABOT_")}
    return kept | {
        "SLABOT_DATA": str(data), "SLABOT_PORT": "0", "SLABOT_SEMANTIC": "no", "SLABOT_LOG_LEVEL": "info",
        "SLABOT_POLICIES": str(ROOT / "seeds"), "SLABOT_KB": str(ROOT / "kb"),
    }  # fmt: skip


async def slabot(data: Path, *arguments: str) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "slabot", *arguments, cwd=ROOT, env=settings(data), stdout=pipe, stderr=pipe
    )


@pytest.fixture
async def serving(tmp_path: Path) -> AsyncIterator[Serving]:
    process = await slabot(tmp_path / "data", "serve")
    assert process.stdout is not None
    try:
        async with asyncio.timeout(STARTS_WITHIN):
            said = ""
            while (found := re.search(r"http://127\.0\.0\.1:\d+", said)) is None:
                line = (await process.stdout.readline()).decode()
                assert line, (await process.communicate())[1].decode()
                said += line
        yield Serving(process, found[0], tmp_path / "data")
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def test_what_was_on_its_way_at_a_graceful_stop_is_stored_or_was_never_acknowledged(
    serving: Serving,
) -> None:
    acknowledged: dict[str, Fact] = {}
    talk = None
    with contextlib.suppress(AssertionError, OSError):
        async with raw_socket(serving.url) as line:
            await line.enters()
            for place in range(15):
                fields = {"client_id": f"on-its-way-{place:03d}", "text": f"message {place}"}
                await line.sends(f"42/visitor,{100 + place}{json.dumps(['say', fields])}")
            stopping = asyncio.create_task(serving.stops())
            for place in range(15):
                start = f"43/visitor,{100 + place}["
                [answer] = json.loads((await line.until(start)).removeprefix(start[:-1]))
                if answer["ok"]:
                    acknowledged[f"on-its-way-{place:03d}"] = answer
                    talk = answer["conversation"]
    assert await stopping == 0
    assert talk is not None, "nothing was acknowledged before the stop"
    async with await open_store(f"sqlite:///{serving.data / 'slabot.db'}") as store:
        events = await store.timelines.events(talk)
    assert not broken_links(events)
    stored = {event.data["client_id"]: event.seq for event in events if event.kind is Kind.VISITOR_WROTE}
    assert list(stored) == [f"on-its-way-{place:03d}" for place in range(len(stored))]
    assert {id: answer["seq"] for id, answer in acknowledged.items()}.items() <= stored.items()


async def test_the_audit_command_proves_a_ticket_and_finds_what_was_changed(serving: Serving) -> None:
    async with raw_socket(serving.url) as line:
        await line.enters()
        fields = {"client_id": "for-the-audit-1", "text": "nobody in my course can log in"}
        answer = await line.asks(json.dumps(["say", fields]))
    [number] = [event["data"]["number"] for event in answer["events"] if event["kind"] == "ticket_opened"]
    whole = await slabot(serving.data, "audit", number)
    said, complained = await whole.communicate()
    assert (whole.returncode, complained) == (0, b"")
    assert "Chain whole, no differences." in said.decode()
    assert await serving.stops() == 0
    with contextlib.closing(sqlite3.connect(serving.data / "slabot.db")) as database:
        database.execute("UPDATE timeline SET at = at + 1 WHERE kind = 'ticket_opened'")
        database.execute("UPDATE tickets SET first_response = first_response + 60000000")
        database.commit()
    changed = await slabot(serving.data, "audit", number)
    said, _ = await changed.communicate()
    assert changed.returncode == 1
    assert "DIFFERS chain" in said.decode()
    assert f"DIFFERS ticket {number}: first_response" in said.decode()
