"""What a ticket's audit proves: a real journey has no differences, and whatever is tampered with is found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import text

from slabot.services.audit import NoSuchTicket, Report, audit
from tests.house import Server, Start


async def a_ticket(server: Server) -> tuple[str, str]:
    """A ticket with a long life; its number and conversation."""
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    await aidan.takes_over(talk)
    await aidan.replies(talk, "Which course is it?")
    assert (await aidan.acts("wait", talk, reason="name of the course"))["ok"]
    server.clock.move_to(server.clock.now() + timedelta(hours=1))
    await vera.says("it is Biology 101, write to vera@example.org")
    assert (await aidan.acts("change_severity", talk, level="normal", reason="one course"))["ok"]
    await aidan.replies(talk, "It works again.")
    assert (await aidan.acts("resolve", talk, code="fixed"))["ok"]
    await vera.does("rate", client_id=vera.client_id(), score=5)
    await vera.says("it's back, nobody can log in")
    await server.moves_to(server.clock.now() + timedelta(hours=12))
    row = await server.running.house.timelines.inbox_row(talk)
    assert row is not None
    assert row.ticket is not None
    return row.ticket, talk


async def audited(server: Server, number: str) -> Report:
    house = server.running.house
    return await audit(number, house.timelines, house.supports)


async def tampered(server: Server, *statements: str, **values: object) -> None:
    """By somebody with the database's password, past every rule of ours."""

    def change(connection: object) -> None:
        for statement in statements:
            connection.execute(text(statement), values)  # type: ignore[attr-defined]

    await server.running.store.writer.execute(change)


async def test_the_ticket_of_a_real_journey_has_no_differences(start: Start, store_url: str) -> None:
    server = await start(store_url)
    number, _ = await a_ticket(server)
    report = await audited(server, number)
    assert report.findings == ()
    assert report.events > 15
    assert report.explanations


CHANGES: Sequence[tuple[str, tuple[str, ...], str]] = (
    (
        "an event's facts",
        ("UPDATE timeline SET data = '{}' WHERE conversation = :talk AND seq = 2",),
        "chain",
    ),
    (
        "an event's time",
        ("UPDATE timeline SET at = at - 60000000 WHERE conversation = :talk AND seq = 4",),
        "chain",
    ),
    ("who did it", ("UPDATE timeline SET actor = 'bot' WHERE conversation = :talk AND seq = 2",), "chain"),
    (
        "a text",
        ('UPDATE timeline SET content = \'{"text": "hello"}\' WHERE conversation = :talk AND seq = 2',),
        "chain",
    ),
    ("an event in the middle", ("DELETE FROM timeline WHERE conversation = :talk AND seq = 5",), "chain"),
    (
        "the last event",
        (
            "DELETE FROM timeline WHERE conversation = :talk AND seq ="
            " (SELECT seq FROM conversations WHERE conversation = :talk)",
        ),
        "inbox",
    ),
    (
        "the order",
        (
            "UPDATE timeline SET seq = 900 WHERE conversation = :talk AND seq = 4",
            "UPDATE timeline SET seq = 4 WHERE conversation = :talk AND seq = 5",
            "UPDATE timeline SET seq = 5 WHERE conversation = :talk AND seq = 900",
        ),
        "chain",
    ),
    ("the ticket's severity", ("UPDATE tickets SET level = 'high' WHERE conversation = :talk",), "ticket"),
    (
        "a promise",
        ("UPDATE tickets SET first_response = first_response + 1 WHERE conversation = :talk",),
        "ticket",
    ),
    ("who holds it", ("UPDATE conversations SET holder = 'lena' WHERE conversation = :talk",), "inbox"),
    ("when it is due", ("UPDATE conversations SET next_due = 1 WHERE conversation = :talk",), "inbox"),
    (
        "a clock",
        ("UPDATE clocks SET due = due + 1 WHERE conversation = :talk AND metric = 'next_response'",),
        "clock",
    ),
    ("all clocks", ("DELETE FROM clocks WHERE conversation = :talk",), "clock"),
)


async def test_whatever_is_changed_in_the_database_is_found(start: Start, store_url: str) -> None:
    server = await start(store_url)
    for what, statements, place in CHANGES:
        number, talk = await a_ticket(server)
        await tampered(server, *statements, talk=talk)
        report = await audited(server, number)
        assert report.findings, what
        assert any(finding.place.startswith(place) for finding in report.findings), (what, report.findings)


async def test_erased_words_are_no_difference(start: Start, store_url: str) -> None:
    server = await start(store_url)
    number, talk = await a_ticket(server)
    await tampered(
        server,
        "UPDATE timeline SET content = NULL, salt = NULL WHERE conversation = :talk AND kind = 'note_written'",
        "UPDATE timeline SET content = NULL, salt = NULL WHERE conversation = :talk AND kind = 'agent_wrote'",
        talk=talk,
    )
    report = await audited(server, number)
    assert not [finding for finding in report.findings if finding.place == "chain"]
    assert report.erased == 2


async def test_the_audit_of_no_ticket_says_so(house: Server) -> None:
    with pytest.raises(NoSuchTicket, match="HES-999999"):
        await audited(house, "HES-999999")


async def test_an_earlier_ticket_of_a_talk_is_proved_by_itself(start: Start, store_url: str) -> None:
    server = await start(store_url)
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    await aidan.takes_over(talk)
    assert (await aidan.acts("resolve", talk, code="fixed"))["ok"]
    server.clock.move_to(server.clock.now() + timedelta(days=30))
    await vera.says("a person please, I have another question about my certificate")
    await vera.says("yes")
    opened = await aidan.does("open", conversation=talk)
    assert opened["ticket"]["number"] == "HES-2"

    first, second = await audited(server, "HES-1"), await audited(server, "HES-2")
    assert (first.findings, second.findings) == ((), ())
    said = {number: str(report.explanations) for number, report in (("HES-1", first), ("HES-2", second))}
    assert "4 h" in said["HES-1"]
    assert "8 h" in said["HES-2"]
    await tampered(server, "UPDATE tickets SET resolution = 1, level = 'normal' WHERE number = 'HES-1'")
    assert {finding.place for finding in (await audited(server, "HES-1")).findings} >= {"ticket HES-1: level"}
