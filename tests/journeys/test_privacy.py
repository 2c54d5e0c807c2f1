"""Consent before the first word, the talk to take away, and everything personal gone on request while the proof stays."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from slabot.services.audit import audit
from tests.cast import PATIENCE
from tests.house import Server, Start, with_policy

SECRET = "my grandmother's maiden name is Wobblebottom"
WORKSPACE = "human-esources"


async def everything_stored(server: Server) -> str:
    """All that any table holds, as one text."""

    def read(connection: object) -> str:
        names = ("timeline", "conversations", "tickets", "receipts", "outbox", "clocks")
        return "\n".join(
            str([tuple(row) for row in connection.execute(text(f"SELECT * FROM {name}"))])  # type: ignore[attr-defined]
            for name in names
        )

    return await server.running.store.reader.run(read)


def bytes_kept(folder: Path) -> bytes:
    """Everything that lies in the data folder: database, its log, files."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


async def test_what_is_deleted_is_gone_from_the_bytes_of_database_and_log(
    start: Start, tmp_path: Path
) -> None:
    server = await start(f"sqlite:///{tmp_path / 'kept' / 'slabot.db'}")
    vera, stranger, aidan = await server.vera(), await server.vera(), await server.desk()
    # Short, and longer than a page of the file; in between others write, so that pages fill, split and are reused.
    long = f"{SECRET} again and again, " * 120
    for n in range(12):
        await stranger.says(f"how long does the LMS integration take? ({n})")
        talk = (await vera.says(f"{n}: nobody in my course can log in, {SECRET}"))["conversation"]
        await vera.says(f"{n}: {long}")
        await aidan.replies(talk, f"{n}: you said {SECRET}")
    assert b"Wobblebottom" in bytes_kept(tmp_path / "kept")

    await vera.does("erase")

    async with asyncio.timeout(PATIENCE):
        # In small letters, and without the first one that it shares with its neighbour, it stood in the search's index.
        while b"obblebottom" in bytes_kept(tmp_path / "kept").lower():
            await stranger.does("hello")  # Life goes on meanwhile.
    assert b"LMS integration" in bytes_kept(tmp_path / "kept"), "a stranger's talk stays"


async def test_a_visitor_has_everything_personal_erased_and_the_audit_stays_whole(
    start: Start, store_url: str
) -> None:
    server = await start(store_url)
    vera, stranger, aidan = await server.vera(), await server.vera(), await server.desk()
    theirs = (await stranger.says("how long does the LMS integration take?"))["conversation"]
    talk = (await vera.says(f"nobody in my course can log in, {SECRET}, vera@course.example"))["conversation"]
    number = (await vera.does("hello"))["tickets"][0]["number"]
    await aidan.replies(talk, f"Thank you. You said: {SECRET}")
    tab = await server.vera(token=vera.token)
    assert "Wobblebottom" in await everything_stored(server)
    before = len(await server.running.store.timelines.events(talk))
    aidan.heard.facts.clear()

    assert (await vera.does("erase"))["erased"] == 1

    left = await everything_stored(server)
    for personal in ("Wobblebottom", "vera@course.example", "can log in"):
        assert personal not in left
    assert "LMS integration" in left, "a stranger's talk is not theirs to erase"
    # Nothing is left that a guess could be tested against: no salt, and no receipt of what was said.
    events = await server.running.store.timelines.events(talk)
    assert len(events) == before + 2, "the end of the ticket, and the erasure itself"
    assert not any(event.content or (event.content is None and event.salt) for event in events)
    author = (await vera.does("hello"))["visitor"]
    for event in events:
        if "client_id" in event.data:
            used = await server.running.store.timelines.receipt(
                WORKSPACE, event.actor.id, event.data["client_id"]
            )
            assert used is None
    report = await audit(number, server.running.store.timelines, server.running.house.supports)
    assert report.findings == ()
    assert report.erased > 3

    # It is nobody's: not theirs, not a stranger's; the desk hears of it and can say nothing more in it.
    hello = await vera.does("hello")
    assert (hello["visitor"], hello["conversation"], hello["tickets"]) == (author, None, [])
    for command in ("resume", "transcript", "enter"):
        assert (await vera.asks(command, conversation=talk))["error"]["code"] == "not_found"
    await tab.heard.until(lambda facts: any(fact["fact"] == "signed_out" for fact in facts))
    row = await aidan.sees(lambda row: row["conversation"] == talk and row["status"] == "resolved")
    assert (row["name"], row["first_words"], row["last_words"]) == ("", "", "")
    shown = await aidan.does("open", conversation=talk)
    assert "Wobblebottom" not in str(shown)
    assert shown["visitor"]["email"] is None
    assert (await aidan.acts("note", talk, text="still here?"))["error"]["code"] == "erased"
    assert (await vera.does("erase"))["erased"] == 0
    again = await vera.says("hello again")
    assert again["conversation"] not in (talk, theirs)


async def test_erasing_frees_the_agents_hands(start: Start, store_url: str) -> None:
    server = await start(store_url)
    aidan = await server.desk()
    for _ in range(15):
        vera = await server.vera()
        talk = (await vera.says("nobody in my course can log in"))["conversation"]
        assert (await aidan.takes_over(talk))["ok"]
        await vera.does("erase")


async def test_an_erased_talk_survives_a_restart_as_erased(start: Start, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/slabot.db"
    server = await start(url)
    vera = await server.vera()
    talk = (await vera.says(f"nobody in my course can log in, {SECRET}"))["conversation"]
    await vera.does("erase")
    await server.stack.aclose()
    again = await start(url)
    back = await again.vera(token=vera.token)
    assert (await back.asks("enter", conversation=talk))["error"]["code"] == "not_found"
    assert (await back.does("hello"))["conversations"] == []


async def test_a_transcript_says_who_said_what_and_when(house: Server) -> None:
    vera, aidan, stranger = await house.vera(), await house.desk(), await house.vera()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    await aidan.acts("note", talk, text="for the desk's eyes")
    await aidan.replies(talk, "I am looking into it.")
    written = (await vera.does("transcript"))["text"]
    assert "you:\nnobody in my course can log in" in written
    assert "Aidan:\nI am looking into it." in written
    assert "Mon 9 Mar, 10:00" in written
    assert "desk's eyes" not in written
    assert (await stranger.asks("transcript", conversation=talk))["error"]["code"] == "not_found"


async def test_a_transcript_goes_by_mail_to_the_known_address_alone_and_once(
    start: Start, tmp_path: Path
) -> None:
    server = await start(f"sqlite:///{tmp_path}/slabot.db")
    vera = await server.vera()
    await vera.says("how long does the LMS integration take?")
    asked = {"mail": True, "client_id": vera.client_id()}
    assert (await vera.asks("transcript", **asked))["error"]["code"] == "no_email"
    await vera.says("nobody in my course can log in, write to vera@course.example")
    assert (await vera.does("transcript", **asked))["mailed"] is True
    await vera.does("transcript", **asked)
    assert (await everything_stored(server)).count("transcript_asked") == 1
    assert (await everything_stored(server)).count('"occasion":"transcript"') == 1


@pytest.fixture
async def asking(start: Start, tmp_path: Path) -> Server:
    """Human eSources asks for consent before the first message."""
    policies = with_policy(tmp_path, WORKSPACE, "consent: We keep what you write for a year.")
    return await start(f"sqlite:///{tmp_path}/slabot.db", policies=policies)


async def test_nothing_is_stored_before_the_visitor_agreed_and_then_it_is_on_record(asking: Server) -> None:
    vera = await asking.vera()
    refused = await vera.asks("say", client_id="before-consent", text="are you open now?")
    assert (refused["error"]["code"], refused["error"]["message"]) == (
        "consent",
        "We keep what you write for a year.",
    )
    assert "open now" not in await everything_stored(asking)
    said = await vera.does("say", client_id="before-consent", text="are you open now?", consent=True)
    [started, *_] = await asking.running.store.timelines.events(said["conversation"])
    assert len(started.data["consent"]) == 64
    await vera.says("and tomorrow?")
