"""What an agent says of a promise, over the real sockets: a new time, somebody else's fault, whose contract it is."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from slabot.services.audit import audit
from tests.cast import Agent, Fact
from tests.house import ROOT, Server, Start

PLANS = """
third_party_pauses: true
plans:
  gold:
    name: Gold plan
    source: {document: gold.txt, line: 4}
    severities:
      high:
        first_response: 1 business hour
"""


async def held(server: Server) -> tuple[Agent, str]:
    """Aidan holds Vera's high ticket, unanswered; due after four open hours."""
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    await aidan.takes_over(talk)
    return aidan, talk


async def ticket_of(aidan: Agent, talk: str) -> Fact:
    opened = await aidan.does("open", conversation=talk)
    ticket: Fact = opened["ticket"]
    return ticket


def first_response(ticket: Fact) -> Fact:
    return next(clock for clock in ticket["clocks"] if clock["metric"] == "first_response")


async def test_a_new_time_is_told_to_the_visitor_and_the_promise_stays(start: Start, store_url: str) -> None:
    server = await start(store_url)
    vera = await server.vera()
    aidan = await server.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    await aidan.takes_over(talk)
    promised = first_response(await ticket_of(aidan, talk))["due"]
    until = server.clock.now() + timedelta(hours=6)

    assert (await aidan.acts("commit_to_time", talk, until=until.isoformat()))["ok"]

    committed = await vera.hears(lambda event: event["kind"] == "time_committed")
    assert committed["data"]["until"] == f"{until:%Y-%m-%dT%H:%M:%SZ}"
    assert (await vera.hears(lambda event: "aims at" in event.get("text", "")))["who"]["role"] == "bot"
    ticket = await ticket_of(aidan, talk)
    assert ticket["committed_until"] == f"{until:%Y-%m-%dT%H:%M:%S}.000Z"
    assert first_response(ticket)["due"] == promised

    await server.moves_to(until - timedelta(minutes=1))
    assert first_response(await ticket_of(aidan, talk))["state"] == "breached", "its miss is still counted"


async def test_a_time_that_has_passed_is_no_commitment(start: Start, store_url: str) -> None:
    server = await start(store_url)
    aidan, talk = await held(server)
    past = server.clock.now() - timedelta(minutes=1)
    refused = await aidan.acts("commit_to_time", talk, until=past.isoformat())
    assert refused["error"]["code"] == "invalid"
    assert "still to come" in refused["error"]["message"]
    nameless = await aidan.acts("commit_to_time", talk, until="2026-03-09T18:00:00")
    assert nameless["error"]["code"] == "invalid", "without an offset nobody knows which instant it is"


@pytest.mark.parametrize("says_so", [False, True])
async def test_a_third_party_is_recorded_and_stops_a_clock_only_where_the_policy_says_so(
    start: Start, store_url: str, tmp_path: Path, *, says_so: bool
) -> None:
    workspace = "velsoft"
    server = await start(
        store_url, only=workspace, policies=policies(tmp_path, workspace) if says_so else None
    )
    vera, aidan = await server.vera(workspace=workspace), await server.desk()
    talk = (await vera.says("nobody in our company can log in"))["conversation"]
    await aidan.takes_over(talk)

    assert (await aidan.acts("name_third_party", talk, name="Azure"))["ok"]
    ticket = await ticket_of(aidan, talk)
    assert (ticket["third_party"]["name"], ticket["third_party"]["pauses"]) == ("Azure", says_so)
    resolution = next(clock for clock in ticket["clocks"] if clock["metric"] == "resolution")
    assert resolution["state"] == ("paused" if says_so else "running")
    assert first_response(ticket)["state"] == "running", "an answer is owed whoever is to blame"

    before = resolution["due"]
    server.clock.move_to(server.clock.now() + timedelta(minutes=30))
    assert (await aidan.acts("clear_third_party", talk))["ok"]
    ticket = await ticket_of(aidan, talk)
    assert ticket["third_party"] is None
    after = next(clock for clock in ticket["clocks"] if clock["metric"] == "resolution")["due"]
    assert (after != before) is says_so

    house = server.running.house
    report = await audit(ticket["number"], house.timelines, house.supports)
    assert report.findings == ()
    assert any("third party Azure" in sentence for sentence in report.beside)


async def test_an_agent_says_whose_contract_it_is_and_its_times_hold(
    start: Start, store_url: str, tmp_path: Path
) -> None:
    server = await start(store_url, policies=policies(tmp_path, "human-esources"))
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    await aidan.takes_over(talk)
    opened = await aidan.does("open", conversation=talk)
    assert opened["plans"] == [{"key": "gold", "name": "Gold plan"}]
    opened_at = server.clock.now()

    assert (await aidan.acts("set_plan", talk, plan="silver"))["error"]["code"] == "invalid"
    server.clock.move_to(opened_at + timedelta(minutes=20))
    assert (await aidan.acts("set_plan", talk, plan="gold"))["ok"]

    ticket = await ticket_of(aidan, talk)
    assert ticket["plan"] == "gold"
    assert first_response(ticket)["due"] == f"{opened_at + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}.000Z"
    told = await vera.hears(lambda event: "contract" in event.get("text", ""))
    assert "11:00" in told["text"], "the hour of the contract, counted from the start of the ticket"
    assert (await aidan.acts("set_plan", talk))["ok"]
    due = first_response(await ticket_of(aidan, talk))["due"]
    assert due == f"{opened_at + timedelta(hours=4):%Y-%m-%dT%H:%M:%S}.000Z"
    house = server.running.house
    assert (await audit(ticket["number"], house.timelines, house.supports)).findings == ()


async def test_a_ticket_is_opened_under_the_plan_its_visitor_has(
    start: Start, store_url: str, tmp_path: Path
) -> None:
    server = await start(store_url, policies=policies(tmp_path, "human-esources"))
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says("how long does the LMS integration take?"))["conversation"]
    assert (await aidan.acts("set_plan", talk, plan="gold"))["ok"]
    answer = await vera.says("nobody in my course can log in")
    confirmed = next(event for event in answer["events"] if "HES-1" in event.get("text", ""))
    ticket = await ticket_of(aidan, talk)
    assert ticket["plan"] == "gold"
    assert (
        first_response(ticket)["due"] == f"{server.clock.now() + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}.000Z"
    )
    assert "11:00" in confirmed["text"]
    house = server.running.house
    assert (await audit("HES-1", house.timelines, house.supports)).findings == ()


def policies(folder: Path, workspace: str) -> Path:
    seeds = folder / "policies"
    seeds.mkdir()
    for path in (ROOT / "seeds").glob(f"{workspace}*.yaml"):
        shutil.copy(path, seeds)
    with (seeds / f"{workspace}.yaml").open("a", encoding="utf-8") as policy:
        policy.write(PLANS)
    return seeds
