"""Queues, customers and origins over REST: shown first, checked, written whole, in force at once, recorded."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from copy import deepcopy
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.databases import PostgresServer
from tests.house import ROOT, Server, Start, starting
from tests.web.test_admin import asks

POLICY = "/workspaces/velsoft/policy"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Policy files of the test's own."""
    return Path(shutil.copytree(ROOT / "seeds", tmp_path / "policies"))


@pytest.fixture(params=["sqlite", "postgresql"])
async def server(
    request: pytest.FixtureRequest, tmp_path: Path, seeds: Path, postgres: PostgresServer
) -> AsyncIterator[Server]:
    url = f"sqlite:///{tmp_path / 'slabot.db'}" if request.param == "sqlite" else postgres.fresh_url()
    async with AsyncExitStack() as stack:
        yield await starting(stack, tmp_path)(url, only="velsoft", policies=seeds)


@pytest.fixture
async def here(start: Start, tmp_path: Path, seeds: Path) -> Server:
    """For what has nothing to do with the kind of database."""
    return await start(f"sqlite:///{tmp_path / 'slabot.db'}", only="velsoft", policies=seeds)


@pytest.fixture
async def everywhere(start: Start, tmp_path: Path, seeds: Path) -> Server:
    """All four workspaces."""
    return await start(f"sqlite:///{tmp_path / 'slabot.db'}", only=None, policies=seeds)


async def opened(server: Server, session: str) -> dict[str, Any]:
    _, sheet = await asks(server, session, "GET", POLICY)
    assert sheet["ok"], sheet
    return dict(sheet)


def altered(sheet: dict[str, Any], change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    wanted: dict[str, Any] = deepcopy(sheet["arrangement"])
    change(wanted)
    return wanted


async def proposed(
    server: Server, session: str, sheet: dict[str, Any], wanted: dict[str, Any]
) -> tuple[int, Any]:
    body = {"base": sheet["digest"], "was": sheet["arrangement"], "wanted": wanted}
    return await asks(server, session, "POST", f"{POLICY}/proposal", body)


async def put(
    server: Server, session: str, digest: str, wanted: dict[str, Any], *accepted: str
) -> tuple[int, Any]:
    body = {"base": digest, "wanted": wanted, "accepted": [*accepted]}
    return await asks(server, session, "PUT", POLICY, body)


async def test_a_change_is_shown_then_in_force_kept_and_recorded(server: Server, seeds: Path) -> None:
    ada = await server.session("ada", role="admin")
    file, before = seeds / "velsoft.yaml", (seeds / "velsoft.yaml").read_text()
    sheet = await opened(server, ada)
    assert (sheet["file"], sheet["locked"]) == ("velsoft.yaml", None)
    assert sheet["levels"] == {"helpdesk": ["high", "medium"]}

    def change(wanted: dict[str, Any]) -> None:
        wanted["queues"][0]["name"] = "First line"
        wanted["queues"].append({"key": "billing", "name": "Billing", "routing": "least_loaded"})
        wanted["customers"].append({"domain": "@Acme.com", "contact": "helpdesk"})
        wanted["origins"].append("https://learn.example.org")

    wanted = altered(sheet, change)
    status, proposal = await proposed(server, ada, sheet, wanted)
    assert status == 200, proposal
    assert [(act["what"], act["subject"]) for act in proposal["acts"]] == [
        ("queue.change", "helpdesk"),
        ("queue.add", "billing"),
        ("customer.add", "acme.com"),
        ("origin.add", "https://learn.example.org"),
    ]
    assert "queues.helpdesk.name was “Support Helpdesk” and is “First line”." in proposal["words"]
    assert "+    name: First line" in proposal["lines"]
    assert [doubt["rule"] for doubt in proposal["doubts"]] == ["origins_closed"]
    assert file.read_text() == before, "what is proposed is not written"

    status, answer = await put(server, ada, sheet["digest"], proposal["arrangement"])
    assert (status, answer["error"]["code"]) == (409, "doubts")
    assert file.read_text() == before
    status, answer = await put(server, ada, sheet["digest"], proposal["arrangement"], "origins_closed")
    assert status == 200, answer
    gone = [line for line in proposal["lines"] if line.startswith("-")]
    assert gone == ["-    name: Support Helpdesk"]
    assert file.read_text().count("\n") == before.count("\n") + 8

    policy = server.running.house.supports.current("velsoft").policy
    assert (policy.queue("helpdesk").name, policy.version) == ("First line", answer["version"])
    kept = await server.running.house.supports.versions("velsoft")
    assert answer["version"] in [version.version for version in kept]
    _, log = await asks(server, ada, "GET", "/log")
    done = [deed for deed in log["deeds"] if deed["workspace"] == "velsoft"]
    assert [deed["what"] for deed in reversed(done)] == [act["what"] for act in proposal["acts"]]
    assert {deed["name"] for deed in done} == {"Ada"}
    renamed = done[-1]
    assert (renamed["before"], renamed["after"]) == ({"name": "Support Helpdesk"}, {"name": "First line"})


async def test_an_origin_holds_from_the_next_connection_on(here: Server) -> None:
    ada = await here.session("ada", role="admin")

    async def may_embed(origin: str) -> bool:
        url = f"{here.url}/api/widget/velsoft"
        async with (
            aiohttp.ClientSession(headers={"Origin": origin}) as client,
            client.get(url) as answer,
        ):
            return answer.headers.get("Access-Control-Allow-Origin") == origin

    assert await may_embed("https://evil.example")
    sheet = await opened(here, ada)
    wanted = altered(sheet, lambda wanted: wanted["origins"].append("https://good.example"))
    await put(here, ada, sheet["digest"], wanted, "origins_closed")
    assert await may_embed("https://good.example")
    assert not await may_embed("https://evil.example")
    sheet = await opened(here, ada)
    wanted = altered(sheet, lambda wanted: wanted["origins"].clear())
    status, answer = await put(here, ada, sheet["digest"], wanted)
    assert (status, answer["error"]["code"]) == (409, "doubts"), "to open it to every page is to be meant"


async def test_a_ticket_that_is_open_keeps_its_policy_and_its_promises(here: Server) -> None:
    ada = await here.session("ada", role="admin")
    vera = await here.vera("velsoft")
    await vera.says("the course export fails for everybody")
    await vera.says("yes please, vera@example.org")
    (row,) = await here.running.store.timelines.inbox("velsoft", 10)
    sheet = await opened(here, ada)
    wanted = altered(sheet, lambda wanted: wanted["queues"][0].update(routing="by_hand", name="First line"))
    assert (await put(here, ada, sheet["digest"], wanted))[0] == 200
    assert await here.running.store.timelines.inbox_row(row.conversation) == row
    talk = await here.running.turns.conversation(row.conversation)
    assert talk is not None
    assert talk.ticket is not None
    support = await here.running.house.supports.of("velsoft", talk.ticket)
    assert support.policy.queue("helpdesk").name == "Support Helpdesk"


async def test_what_a_colleague_changed_meanwhile_is_shown_and_never_overwritten(
    here: Server, seeds: Path
) -> None:
    ada = await here.session("ada", role="admin")
    bo = await here.session("bo", role="admin")
    seen = await opened(here, ada)
    theirs = altered(seen, lambda wanted: wanted["queues"][0].update(routing="by_hand"))
    assert (await put(here, bo, seen["digest"], theirs))[0] == 200
    after_bo = (seeds / "velsoft.yaml").read_text()
    mine = altered(seen, lambda wanted: wanted["queues"][0].update(name="First line"))
    status, answer = await put(here, ada, seen["digest"], mine)
    assert (status, answer["error"]["code"]) == (409, "moved")
    assert (seeds / "velsoft.yaml").read_text() == after_bo
    _, proposal = await proposed(here, ada, seen, mine)
    assert proposal["meanwhile"]["name"] == "Bo"
    assert [act["after"] for act in proposal["meanwhile"]["acts"]] == [{"routing": "by_hand"}]
    assert [act["after"] for act in proposal["acts"]] == [{"name": "First line"}]
    status, _ = await put(here, ada, proposal["digest"], proposal["arrangement"])
    assert status == 200
    queue = here.running.house.supports.current("velsoft").policy.queue("helpdesk")
    assert (queue.name, queue.routing) == ("First line", "by_hand"), "both are there"


async def test_a_file_that_was_changed_on_disk_is_told_without_a_name(here: Server, seeds: Path) -> None:
    ada = await here.session("ada", role="admin")
    seen = await opened(here, ada)
    file = seeds / "velsoft.yaml"
    file.write_text(file.read_text().replace("routing: round_robin", "routing: by_hand"))
    mine = altered(seen, lambda wanted: wanted["queues"][0].update(name="First line"))
    assert (await put(here, ada, seen["digest"], mine))[1]["error"]["code"] == "moved"
    _, proposal = await proposed(here, ada, seen, mine)
    assert proposal["meanwhile"]["name"] == ""
    assert "routing: by_hand" in file.read_text()


async def test_of_two_who_put_something_into_force_at_once_one_is_told(here: Server) -> None:
    sessions = [await here.session(name, role="admin") for name in ("ada", "bo")]
    for round in range(5):
        sheet = await opened(here, sessions[0])
        wanted = [
            altered(sheet, lambda wanted, name=name: wanted["queues"][0].update(name=name))  # type: ignore[misc]
            for name in (f"Ada {round}", f"Bo {round}")
        ]
        answers = await asyncio.gather(
            *(put(here, *each) for each in zip(sessions, [sheet["digest"]] * 2, wanted, strict=True))
        )
        assert sorted(status for status, _ in answers) == [200, 409]
        _, log = await asks(here, sessions[0], "GET", "/log?noun=queue")
        assert len(log["deeds"]) == round + 1, "what was not done is not recorded"


WRONG: list[tuple[Callable[[dict[str, Any]], None], str, str]] = [
    (lambda wanted: wanted["queues"][0].update(name=""), "queues.helpdesk.name", "at least one entry"),
    (lambda wanted: wanted["queues"][0].update(calendar="nights"), "queues.helpdesk.calendar", "support"),
    (lambda wanted: wanted["queues"].append({"key": "1 b", "name": "B"}), "queues.1 b", "a letter first"),
    (lambda wanted: wanted["queues"].clear(), "queues.helpdesk", "high, medium"),
    (lambda wanted: wanted["customers"].append({"domain": "acme", "contact": "helpdesk"}), "customers.acme", "behind the @"),
    (lambda wanted: wanted["customers"].append({"domain": "a.com", "contact": "x"}), "customers.a.com", "helpdesk"),
    (lambda wanted: wanted.update(customers_else="x"), "customers_else", "helpdesk"),
    (lambda wanted: wanted["origins"].append("example.org"), "origins.example.org", "https://app.example.org"),
    (lambda wanted: wanted["queues"].append(wanted["queues"][0]), "queues.helpdesk", "twice"),
]  # fmt: skip


async def test_what_is_wrong_names_the_field_and_what_to_do_and_writes_nothing(
    here: Server, seeds: Path
) -> None:
    ada = await here.session("ada", role="admin")
    before = (seeds / "velsoft.yaml").read_bytes()
    sheet = await opened(here, ada)
    for change, field, words in WRONG:
        wanted = altered(sheet, change)
        for status, answer in (
            await proposed(here, ada, sheet, wanted),
            await put(here, ada, sheet["digest"], wanted),
        ):
            assert (status, answer["error"]["code"]) == (422, "invalid"), field
            assert words in answer["error"]["fields"][field]
    status, answer = await proposed(here, ada, sheet, sheet["arrangement"])
    assert (status, answer["error"]["code"]) == (409, "unchanged")
    assert (seeds / "velsoft.yaml").read_bytes() == before


async def test_a_queue_goes_only_when_nobody_and_nothing_refers_to_it(here: Server, seeds: Path) -> None:
    ada = await here.session("ada", role="admin")
    sheet = await opened(here, ada)
    wanted = altered(
        sheet,
        lambda wanted: wanted["queues"].append({"key": "billing", "name": "Billing", "calendar": "support"}),
    )
    assert (await put(here, ada, sheet["digest"], wanted))[0] == 200
    bill = {"email": "bill@example.org", "name": "Bill", "password": "long enough", "workspaces": ["velsoft"]}
    _, made = await asks(here, ada, "POST", "/agents", {**bill, "queues": ["velsoft/billing"]})
    with_it = await opened(here, ada)
    without = altered(with_it, lambda wanted: wanted["queues"].pop())
    status, answer = await put(here, ada, with_it["digest"], without)
    assert status == 422
    assert "Bill" in answer["error"]["fields"]["queues.billing"]
    await asks(here, ada, "PATCH", f"/agents/{made['id']}", {"queues": []})
    desk = await here.desk("aidan", ("velsoft",))
    vera = await here.vera("velsoft")
    await vera.says("the course export fails for everybody")
    said = await vera.says("yes please, vera@example.org")
    number = next(event["data"]["number"] for event in said["events"] if event["kind"] == "ticket_opened")
    (row,) = await here.running.store.timelines.inbox("velsoft", 10)
    await desk.acts("transfer", row.conversation, queue="billing")
    _, answer = await put(here, ada, with_it["digest"], without)
    assert number in answer["error"]["fields"]["queues.billing"]
    await desk.acts("transfer", row.conversation, queue="helpdesk")
    assert (await put(here, ada, with_it["digest"], without))[0] == 200
    assert (seeds / "velsoft.yaml").read_bytes() == (ROOT / "seeds" / "velsoft.yaml").read_bytes()


async def test_who_does_not_administrate_the_workspace_finds_nothing(everywhere: Server) -> None:
    ada = await everywhere.session("ada", role="admin")
    sheet = await opened(everywhere, ada)
    wanted = altered(sheet, lambda wanted: wanted["queues"][0].update(name="Mine"))
    others = [
        *[await everywhere.session(f"a-{role}", role=role) for role in ("agent", "editor", "lead")],
        await everywhere.session("eli", ("prosper-ex",), role="admin"),
    ]
    for session in others:
        assert (await asks(everywhere, session, "GET", POLICY))[0] == 404
        assert (await proposed(everywhere, session, sheet, wanted))[0] == 404
        assert (await put(everywhere, session, sheet["digest"], wanted))[0] == 404
    assert (await asks(everywhere, ada, "GET", "/workspaces/nowhere/policy"))[0] == 404


async def test_a_file_that_is_not_ours_to_write_is_read_and_says_so(here: Server, seeds: Path) -> None:
    ada = await here.session("ada", role="admin")
    file, elsewhere = seeds / "velsoft.yaml", seeds / "elsewhere.txt"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)
    sheet = await opened(here, ada)
    assert sheet["locked"] == "link"
    assert sheet["arrangement"]["queues"][0]["key"] == "helpdesk"
    wanted = altered(sheet, lambda wanted: wanted["queues"][0].update(name="Mine"))
    status, answer = await put(here, ada, sheet["digest"], wanted)
    assert (status, answer["error"]["code"]) == (409, "locked")
    assert "change the file that it points to" in answer["error"]["message"]
    assert file.is_symlink()


async def test_a_file_with_faults_on_disk_is_told_and_left_alone(here: Server, seeds: Path) -> None:
    ada = await here.session("ada", role="admin")
    (seeds / "velsoft.yaml").write_text("workspace: velsoft\n")
    status, answer = await asks(here, ada, "GET", POLICY)
    assert (status, answer["error"]["code"]) == (409, "policy_file")
    assert "velsoft.yaml has faults on disk" in answer["error"]["message"]
    assert str(seeds) not in answer["error"]["message"], "where the server keeps its files is its own affair"
    _, seen = await asks(here, ada, "GET", "")
    assert "helpdesk" in str(seen), "what is in force can still be read"


async def test_the_record_of_one_workspace_tells_nothing_of_people_elsewhere(everywhere: Server) -> None:
    ada = await everywhere.session("ada", role="admin")
    vic = await everywhere.session("vic", ("velsoft",), role="admin")
    for name, places in (("pia", ["prosper-ex"]), ("vin", ["velsoft"]), ("eve", [])):
        new = {"email": f"{name}@example.org", "name": name.title(), "password": "long enough"}
        await asks(everywhere, ada, "POST", "/agents", {**new, "workspaces": places})
    await asks(everywhere, ada, "POST", "/workspaces/prosper-ex/keys", {})
    _, log = await asks(everywhere, vic, "GET", "/log")
    assert {deed["subject"] for deed in log["deeds"]} == {"vin@example.org", "vic@example.org"}
    _, log = await asks(everywhere, ada, "GET", "/log?noun=agent")
    assert "pia@example.org" in {deed["subject"] for deed in log["deeds"]}
