"""Administration over REST: for administrators; for everybody else there is nothing there. Every act is recorded."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.house import Server, logged_in

ASKED: list[tuple[str, str, dict[str, Any] | None]] = [
    ("GET", "", None),
    ("GET", "/log", None),
    ("POST", "/agents", {"email": "new@example.org", "name": "New", "password": "long enough"}),
    ("PATCH", "/agents/aidan", {"role": "admin"}),
    ("POST", "/workspaces/velsoft/keys", {}),
    ("DELETE", "/workspaces/velsoft/keys/one", None),
    ("POST", "/webhooks", {"workspace": "velsoft", "url": "https://crm.example.org/"}),
    ("POST", "/webhooks/wh_1/acts/rotate", None),
    ("GET", "/webhooks/wh_1/deliveries", None),
    ("POST", "/webhooks/wh_1/replay", {}),
    ("GET", "/workspaces/velsoft/mail", None),
    ("POST", "/workspaces/velsoft/mail/replay", {}),
]


async def asks(
    server: Server, session: str | None, method: str, path: str, body: dict[str, Any] | None = None
) -> tuple[int, Any]:
    cookies = {"slabot_session": session} if session else {}
    async with (
        aiohttp.ClientSession(cookies=cookies) as client,
        client.request(method, f"{server.url}/api/admin{path}", json=body) as answer,
    ):
        return answer.status, await answer.json()


@pytest.mark.parametrize("role", ["agent", "editor", "lead"])
async def test_who_is_no_administrator_is_told_what_somebody_is_told_of_nothing(
    server: Server, role: str
) -> None:
    session = await server.session(f"a-{role}", role=role)
    admin = await server.session("ada", role="admin")
    nowhere = await asks(server, admin, "PATCH", "/agents/nobody", {"role": "admin"})
    assert nowhere[0] == 404
    for method, path, body in ASKED:
        assert await asks(server, session, method, path, body) == nowhere, path
        assert (await asks(server, None, method, path, body))[0] == 401


async def test_an_administrator_of_one_workspace_reaches_no_other(server: Server) -> None:
    ada = await server.session("ada", role="admin")
    vic = await server.session("vic", ("velsoft",), role="admin")
    _, elsewhere = await asks(
        server, ada, "POST", "/webhooks", {"workspace": "prosper-ex", "url": "https://crm.example.org/"}
    )
    _, seen = await asks(server, vic, "GET", "")
    assert {each["workspace"] for each in seen["workspaces"]} == {"velsoft"}
    assert elsewhere["id"] not in [each["id"] for each in seen["webhooks"]]
    assert "ada@example.org" not in [each["email"] for each in seen["agents"]]
    for method, path, body in (
        ("POST", f"/webhooks/{elsewhere['id']}/acts/drop", None),
        ("POST", "/workspaces/prosper-ex/keys", {}),
        ("GET", "/workspaces/prosper-ex/mail", None),
        ("POST", "/workspaces/prosper-ex/mail/replay", {}),
        ("PATCH", "/agents/ada", {"role": "agent"}),
        ("PATCH", "/agents/vic", {"workspaces": []}),
        ("POST", "/agents", {"email": "all@example.org", "name": "All", "password": "long enough"}),
    ):
        assert (await asks(server, vic, method, path, body))[0] == 404, path
    _, log = await asks(server, vic, "GET", "/log")
    assert not any(deed["workspace"] == "prosper-ex" for deed in log["deeds"])


async def test_a_person_gets_another_address_and_stays_logged_in(server: Server) -> None:
    ada = await server.session("ada", role="admin")
    old, new = (f"{name}-{server.url[-5:]}@example.org" for name in ("ivy", "ivy.new"))
    _, made = await asks(
        server,
        ada,
        "POST",
        "/agents",
        {"email": old, "name": "Ivy", "password": "long enough", "role": "admin"},
    )
    ivy, path = await logged_in(server.url, old, "long enough"), f"/agents/{made['id']}"
    for wrong in ("ivy", "ivy@", "i vy@example.org"):
        assert (await asks(server, ada, "PATCH", path, {"email": wrong}))[0] == 422
    status, answer = await asks(server, ada, "PATCH", path, {"email": "ADA@example.org", "name": "Nobody"})
    assert (status, answer["error"]["fields"]) == (422, {"email": "taken"})
    assert (await asks(server, ada, "PATCH", path, {"email": new.upper(), "name": "Ivy"}))[0] == 200
    assert (await asks(server, ivy, "GET", ""))[0] == 200, "the session goes on"
    await logged_in(server.url, new, "long enough")
    with pytest.raises(AssertionError):
        await logged_in(server.url, old, "long enough")
    _, seen = await asks(server, ada, "GET", "")
    assert [(one["email"], one["name"]) for one in seen["agents"] if one["id"] == made["id"]] == [
        (new, "Ivy")
    ]
    _, log = await asks(server, ada, "GET", "/log")
    deed = next(deed for deed in log["deeds"] if deed["subject"] == old)
    assert (deed["name"], deed["what"]) == ("Ada", "agent.change")
    assert (deed["before"], deed["after"]) == ({"email": old}, {"email": new})


async def test_a_person_is_added_changed_and_shut_out_at_once(server: Server) -> None:
    ada = await server.session("ada", role="admin")
    email = f"mia-{len(server.url)}-{server.url[-3:]}@example.org"
    new = {"email": email, "name": "Mia", "password": "long enough", "workspaces": ["velsoft"]}
    _, made = await asks(server, ada, "POST", "/agents", new)
    mia = await logged_in(server.url, email, "long enough")
    assert (await asks(server, mia, "GET", ""))[0] == 404
    path = f"/agents/{made['id']}"
    named = {"role": "admin", "languages": ["de"], "name": "Mia Berg"}
    assert (await asks(server, ada, "PATCH", path, named))[0] == 200
    assert (await asks(server, mia, "GET", ""))[0] == 200, "what they may do follows at once"
    assert (await asks(server, ada, "PATCH", path, {"disabled": True}))[0] == 200
    assert (await asks(server, mia, "GET", ""))[0] == 401
    assert (await asks(server, ada, "PATCH", path, {"disabled": False, "password": "another one"}))[0] == 200
    assert (await asks(server, mia, "GET", ""))[0] == 401, "an ended session stays ended"
    await logged_in(server.url, email, "another one")
    _, seen = await asks(server, ada, "GET", "")
    assert next(one["name"] for one in seen["agents"] if one["id"] == made["id"]) == "Mia Berg"
    _, log = await asks(server, ada, "GET", "/log")
    changes = [deed for deed in log["deeds"] if deed["subject"] == email]
    assert [deed["what"] for deed in changes] == ["agent.change", "agent.change", "agent.change", "agent.add"]
    assert {deed["name"] for deed in changes} == {"Ada"}
    role = changes[2]
    assert (role["before"], role["after"]) == (
        {"name": "Mia", "role": "agent", "languages": []},
        {"name": "Mia Berg", "role": "admin", "languages": ["de"]},
    )
    assert changes[0]["after"]["password"] == "changed"
    for secret in ("long enough", "another one", "argon2"):
        assert secret not in str(log)


async def test_nobody_takes_their_own_administration_away(server: Server) -> None:
    ada = await server.session("ada", role="admin")
    for change in ({"role": "agent"}, {"disabled": True}):
        status, answer = await asks(server, ada, "PATCH", "/agents/ada", change)
        assert (status, answer["error"]["code"]) == (422, "invalid")
    status, answer = await asks(server, ada, "PATCH", "/agents/ada", {"workspaces": ["velsoft"]})
    assert status == 422
    assert answer["error"]["fields"] == {"workspaces": "your own"}
    assert "prosper-ex" in answer["error"]["message"], "it names what would be out of reach"
    assert (await asks(server, ada, "PATCH", "/agents/ada", {"workspaces": [], "capacity": 500}))[0] == 200


async def test_of_two_administrators_who_shut_each_other_out_at_once_one_stays(server: Server) -> None:
    await server.session("ada", role="admin")
    for round in range(5):
        pair = [f"rival-{round}-{side}" for side in "ab"]
        sessions = [await server.session(name, role="admin") for name in pair]
        answers = await asyncio.gather(
            *(
                asks(server, session, "PATCH", f"/agents/{other}", {"disabled": True})
                for session, other in zip(sessions, reversed(pair), strict=True)
            )
        )
        assert sorted(status for status, _ in answers) in ([200, 401], [200, 404])
        accounts = [await server.running.house.accounts.colleague(name) for name in pair]
        assert len([account for account in accounts if account is not None]) == 1


async def test_secrets_of_keys_and_webhooks_are_shown_once_and_recorded_never(server: Server) -> None:
    ada = await server.session("ada", role="admin")
    _, key = await asks(server, ada, "POST", "/workspaces/velsoft/keys", {})
    hook_for = {"workspace": "velsoft", "url": "https://crm.example.org/", "types": ["ticket.opened"]}
    _, hook = await asks(server, ada, "POST", "/webhooks", hook_for)
    _, rotated = await asks(server, ada, "POST", f"/webhooks/{hook['id']}/acts/rotate")
    assert rotated["secret"] not in (None, hook["secret"])
    assert (await asks(server, ada, "DELETE", f"/workspaces/velsoft/keys/{key['id']}"))[0] == 200
    assert (await asks(server, ada, "DELETE", f"/workspaces/velsoft/keys/{key['id']}"))[0] == 404
    assert (await asks(server, ada, "POST", f"/webhooks/{hook['id']}/replay", {}))[1]["count"] == 0
    for act in ("pause", "resume", "drop"):
        assert (await asks(server, ada, "POST", f"/webhooks/{hook['id']}/acts/{act}"))[0] == 200
    _, seen = await asks(server, ada, "GET", "")
    _, log = await asks(server, ada, "GET", "/log")
    for secret in (key["secret"], hook["secret"], rotated["secret"]):
        assert secret not in str(seen)
        assert secret not in str(log)
    of_hook = [deed["what"] for deed in log["deeds"] if deed["subject"] == hook["id"]]
    assert of_hook == [f"webhook.{act}" for act in ("drop", "resume", "pause", "rotate", "add")]
    assert [deed["what"] for deed in log["deeds"] if deed["subject"] == key["id"]] == [
        "key.retire",
        "key.add",
    ]


async def test_what_cannot_be_done_says_why_and_changes_nothing(server: Server) -> None:
    ada = await server.session("ada", role="admin")
    short = {"email": "bo@example.org", "name": "Bo", "password": "short"}
    status, answer = await asks(server, ada, "POST", "/agents", short)
    assert (status, answer["error"]["message"]) == (422, "expected a password of at least 8 characters.")
    assert answer["error"]["fields"] == {"password": "too short"}
    taken = {"email": "ADA@example.org", "name": "Bo", "password": "long enough"}
    status, answer = await asks(server, ada, "POST", "/agents", taken)
    assert (status, answer["error"]["fields"]) == (422, {"email": "taken"})
    lost = {"email": "bo@example.org", "name": "Bo", "password": "long enough", "queues": ["velsoft/help"]}
    status, answer = await asks(server, ada, "POST", "/agents", lost)
    assert (status, answer["error"]["fields"]) == (422, {"queues": "unknown"})
    assert "velsoft/helpdesk" in answer["error"]["message"], "it names the queues there are"
    _, seen = await asks(server, ada, "GET", "")
    assert "bo@example.org" not in [each["email"] for each in seen["agents"]]
    inside = {"workspace": "velsoft", "url": "https://10.0.0.1/"}
    status, answer = await asks(server, ada, "POST", "/webhooks", inside)
    assert status == 422
    assert "10.0.0.1 is not a public address" in answer["error"]["message"]
    assert (await asks(server, ada, "GET", "/log?before=yesterday"))[0] == 422


async def test_a_queue_says_who_serves_it(server: Server) -> None:
    ada = await server.session("ada", role="admin")
    new = {"email": f"quinn-{server.url[-5:]}@example.org", "name": "Quinn", "password": "long enough"}
    await asks(server, ada, "POST", "/agents", {**new, "queues": ["element-human/privacy"]})
    _, seen = await asks(server, ada, "GET", "")
    queues = {
        f"{each['workspace']}/{queue['key']}": queue["served_by"]
        for each in seen["workspaces"]
        for queue in each["queues"]
    }
    assert [queue for queue, people in queues.items() if "Quinn" in people] == ["element-human/privacy"]
    assert "Ada" in queues["velsoft/helpdesk"], "who names no queue serves every one"


async def test_mail_that_was_given_up_is_sent_again_and_the_act_is_kept(server: Server) -> None:
    ada = await server.session("ada", role="admin")
    vera = await server.vera("velsoft")
    await vera.says("the course export fails for everybody")
    opened = await vera.says("yes please, vera@example.org")
    number = next(event["data"]["number"] for event in opened["events"] if event["kind"] == "ticket_opened")
    mail = "/workspaces/velsoft/mail"
    _, waiting = await asks(server, ada, "GET", f"{mail}?state=waiting")
    letter = next(each for each in waiting["letters"] if each["ticket"] == number)
    assert letter["occasion"] == "confirmation"
    assert "vera@example.org" not in str(waiting), "an address stays with the conversation"
    assert (await asks(server, ada, "POST", f"{mail}/replay", {"letter": letter["id"]}))[0] == 404
    now = server.clock.now()
    await server.running.store.outbox.failed(letter["id"], now, "550 no such mailbox", for_good=True)
    _, dead = await asks(server, ada, "GET", f"{mail}?state=dead")
    assert [each["error"] for each in dead["letters"] if each["id"] == letter["id"]] == [
        "550 no such mailbox"
    ]
    assert (await asks(server, ada, "POST", f"{mail}/replay", {"letter": letter["id"]}))[1]["count"] == 1
    _, again = await asks(server, ada, "GET", f"{mail}?state=waiting")
    assert (letter["id"], 0) in [(each["id"], each["tries"]) for each in again["letters"]]
    await server.running.store.outbox.failed(letter["id"], now, "550 no such mailbox", for_good=True)
    assert (await asks(server, ada, "POST", f"{mail}/replay", {}))[1]["count"] == 1
    _, log = await asks(server, ada, "GET", "/log?noun=mail")
    assert [deed["subject"] for deed in log["deeds"]] == ["every dead one", letter["id"]]
    assert {deed["workspace"] for deed in log["deeds"]} == {"velsoft"}
    assert (await asks(server, ada, "GET", f"{mail}?state=lost"))[0] == 422


async def test_the_log_is_filtered_by_who_what_and_letters(server: Server) -> None:
    ada = await server.session("ada", role="admin")
    leo = await server.session("leo-of-logs", role="admin")
    _, made = await asks(server, leo, "POST", "/workspaces/velsoft/keys", {})
    await asks(server, ada, "DELETE", f"/workspaces/velsoft/keys/{made['id']}")

    async def found(query: str) -> list[tuple[str, str]]:
        _, log = await asks(server, ada, "GET", f"/log?{query}")
        return [(deed["name"], deed["what"]) for deed in log["deeds"]]

    assert await found("by=leo-of-logs") == [("Leo-Of-Logs", "key.add")]
    assert await found(f"words={made['id'].upper()}") == [("Ada", "key.retire"), ("Leo-Of-Logs", "key.add")]
    assert await found(f"words={made['id']}&by=ada") == [("Ada", "key.retire")]
    assert await found(f"words={made['id']}&noun=webhook") == []
    assert {what.partition(".")[0] for _, what in await found("noun=key")} == {"key"}
    assert await found("words=%25_") == [], "letters are letters, not patterns"
    assert {name for name, _ in await found("by=cli")} == {"cli"}
