"""Every open desk tells the same story: what it was told, plus what it caught up, is what it would fetch afresh."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.cast import Agent, Fact, Visitor
from tests.house import Server, Start

STEPS = 60


@dataclass
class Mirror:
    """A desk as a page keeps it: a snapshot, then facts in order of position, then what it asks for after a gap."""

    server: Server
    name: str
    agent: Agent | None = None
    rows: dict[str, Fact] = field(default_factory=dict)
    timelines: dict[str, dict[int, Fact]] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    presences: dict[str, str] = field(default_factory=dict)
    heard: int = 0

    async def arrives(self) -> Agent:
        self.agent = await self.server.desk(self.name)
        self.heard = 0
        if self.positions:
            await self.catches_up()
        inbox = await self.agent.does("inbox")
        if not self.positions:
            self.rows = {row["conversation"]: row for row in inbox["rows"]}
            self.positions = dict(inbox["positions"])
        self.presences = {one["id"]: one["presence"] for one in inbox["agents"]}
        return self.agent

    async def leaves(self) -> None:
        assert self.agent is not None
        self.learns()
        await self.agent.leaves()
        self.agent = None

    async def catches_up(self) -> None:
        assert self.agent is not None
        more = True
        while more:
            caught = await self.agent.does("catch_up", positions=self.positions)
            self.applies(caught["rows"], caught["events"])
            self.positions |= caught["positions"]
            more = caught["more"]

    def learns(self) -> bool:
        """Applies what was pushed; whether a gap was found, as after a lost fact."""
        assert self.agent is not None
        facts = self.agent.heard.facts
        gap = False
        while self.heard < len(facts):
            fact = facts[self.heard]
            self.heard += 1
            if fact["fact"] == "presence":
                self.presences[fact["agent"]] = fact["state"]
            if fact["fact"] != "changed":
                continue
            known = self.positions[fact["workspace"]]
            if fact["position"] <= known:
                continue
            if fact["from"] > known + 1:
                gap = True
            if not gap:
                self.applies([fact["row"]], fact["events"])
                self.positions[fact["workspace"]] = fact["position"]
        return bool(gap)

    def applies(self, rows: list[Fact], events: list[Fact]) -> None:
        for row in rows:
            self.rows[row["conversation"]] = row
        for event in events:
            self.timelines.setdefault(event["conversation"], {})[event["seq"]] = event

    async def is_up_to_date(self) -> None:
        """Waits until everything committed was pushed, by the heartbeat's own positions."""
        assert self.agent is not None
        positions = (await self.agent.does("presence"))["positions"]

        def arrived(_: list[Fact]) -> bool:
            self.learns()
            return bool(self.positions == positions)

        await self.agent.heard.until(arrived)

    async def is_what_would_be_fetched(self) -> None:
        assert self.agent is not None
        fresh = await self.agent.does("inbox")
        assert self.rows == {row["conversation"]: row for row in fresh["rows"]}
        assert self.positions == fresh["positions"]
        for conversation, told in self.timelines.items():
            opened = await self.agent.does("open", conversation=conversation)
            whole = {event["seq"]: event for event in opened["timeline"]}
            assert {seq: whole[seq] for seq in told} == told, conversation
            assert opened["row"] == self.rows[conversation]
        states = {one["id"]: one["presence"] for one in fresh["agents"]}
        await self.agent.heard.until(lambda _: self.learns() or self.presences == states)


def acts(chance: random.Random, visitors: list[Visitor], mirrors: list[Mirror]) -> Any:
    """One thing that somebody does; a refusal is as good as any."""
    vera = chance.choice(visitors)
    agents = [mirror.agent for mirror in mirrors if mirror.agent is not None]
    if vera.conversation is None or not agents or chance.random() < 0.3:
        words = (
            "nobody in my course can log in",
            "are you open now?",
            "the gradebook is slow",
            "it is solved",
        )
        return vera.says(chance.choice(words))
    agent, talk = chance.choice(agents), vera.conversation
    possible: list[tuple[str, dict[str, Any]]] = [
        ("claim", {}),
        ("claim", {"reason": "the shift has ended"}),
        ("reply", {"text": "I look into it", "seen_seq": 10_000}),
        ("note", {"text": "seen before"}),
        ("wait", {"reason": "asked"}),
        ("release", {}),
        ("transfer", {"agent": chance.choice(mirrors).name}),
        ("transfer", {"queue": "CustomerCare", "note": "please"}),
        ("change_severity", {"level": chance.choice(["high", "normal"]), "reason": "seen"}),
        ("resolve", {"code": "solved"}),
        ("presence", {"state": chance.choice(["online", "away"])}),
    ]
    verb, fields = chance.choice(possible)
    return agent.asks(verb, **fields) if verb == "presence" else agent.acts(verb, talk, **fields)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
async def test_state_plus_events_equals_state_fetched_afresh(start: Start, tmp_path: Any, seed: int) -> None:
    chance = random.Random(seed)
    server = await start(f"sqlite:///{tmp_path / 'live.db'}")
    visitors = [await server.vera() for _ in range(3)]
    mirrors = [Mirror(server, name) for name in ("aidan", "lena", "mia")]
    for mirror in mirrors:
        await server.session(mirror.name)
    for mirror in mirrors:
        await mirror.arrives()
    for _ in range(STEPS):
        luck = chance.random()
        here = [mirror for mirror in mirrors if mirror.agent is not None]
        away = [mirror for mirror in mirrors if mirror.agent is None]
        if luck < 0.08 and len(here) > 1:
            await chance.choice(here).leaves()
        elif luck < 0.2 and away:
            await chance.choice(away).arrives()
        else:
            await asyncio.gather(*(acts(chance, visitors, mirrors) for _ in range(chance.randint(1, 3))))
        if luck > 0.9:
            await server.settles()
    for mirror in mirrors:
        if mirror.agent is None:
            await mirror.arrives()
    for mirror in mirrors:
        await mirror.is_up_to_date()
        await mirror.is_what_would_be_fetched()


async def test_colleagues_hear_who_looks_and_who_writes_and_the_visitor_only_who_answers(
    house: Server,
) -> None:
    aidan, lena, vera = await house.desk("aidan"), await house.desk("lena"), await house.vera()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    await lena.does("view", conversation=talk)
    heard = await aidan.heard.until(lambda facts: any(fact["fact"] == "viewing" for fact in facts))
    [viewing] = [fact for fact in heard if fact["fact"] == "viewing"]
    assert (viewing["conversation"], viewing["agents"]) == (talk, [{"id": "lena", "name": "Lena"}])
    assert (await aidan.does("open", conversation=talk))["viewers"] == [{"id": "lena", "name": "Lena"}]
    await aidan.takes_over(talk)
    await lena.does("typing", conversation=talk, on=True)
    await aidan.heard.until(
        lambda facts: any(fact.get("agent") == "lena" and fact.get("on") for fact in facts)
    )
    await aidan.does("typing", conversation=talk, on=True)
    typed = await vera.heard.until(lambda facts: any(fact["fact"] == "typing" for fact in facts))
    assert [fact["name"] for fact in typed if fact["fact"] == "typing"] == ["Aidan"]
    await lena.leaves()
    await aidan.heard.until(
        lambda facts: any(fact["fact"] == "viewing" and not fact["agents"] for fact in facts)
    )


async def test_who_looks_at_another_workspaces_conversation_is_told_that_there_is_none(house: Server) -> None:
    vera = await house.vera()
    talk = (await vera.says("hello there"))["conversation"]
    stranger = await house.desk("stranger", workspaces=("velsoft",))
    for command in ("view", "typing"):
        fields = {"on": True} if command == "typing" else {}
        refused = await stranger.asks(command, conversation=talk, **fields)
        assert refused["error"]["code"] == "not_found"
    answer = await stranger.does("decline_offer", conversation=talk)
    assert not answer["declined"]


async def test_the_board_is_for_leads_and_shows_lines_people_and_what_was_missed_today(
    start: Start, tmp_path: Any
) -> None:
    server = await start(f"sqlite:///{tmp_path / 'board.db'}")
    accounts = server.running.house.accounts
    await accounts.add("lead@example.org", "Lead", "correct horse battery", role="lead", id="lead")
    aidan, lead, vera = await server.desk("aidan"), await server.desk("lead"), await server.vera()
    assert (await aidan.asks("board"))["error"]["code"] == "forbidden"
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    [queue] = (await lead.does("board"))["queues"]
    assert (queue["waiting"], queue["held"], queue["online"], queue["free"]) == (1, 0, 2, 2)
    assert queue["next"]["conversation"] == talk
    await aidan.takes_over(talk)
    board = await lead.does("board")
    assert (board["queues"][0]["waiting"], board["queues"][0]["held"]) == (0, 1)
    assert {one["id"]: one["holds"] for one in board["agents"]} == {"aidan": 1, "lead": 0}
    assert board["breaches"][0]["today"] == 0
    due = server.clock.now().replace(hour=18)
    for minute in range(1, 6):
        server.clock.move_to(server.clock.now().replace(hour=14, minute=minute))
        await aidan.does("presence")
    server.clock.move_to(due.replace(second=1))
    await aidan.does("presence")
    await server.moves_to(due.replace(second=1))
    [breaches] = (await lead.does("board"))["breaches"]
    assert (breaches["today"], breaches["reclassified"], breaches["is_all"]) == (1, 0, True)
    [missed] = breaches["latest"]
    assert (missed["conversation"], missed["holder_name"], missed["metric"]) == (
        talk,
        "Aidan",
        "first_response",
    )
    await server.moves_to(due.replace(day=10, hour=5))
    assert (await lead.does("board"))["breaches"][0]["today"] == 0
