"""Short lines for the widget: its header, what to do where nothing is published, and numbers by country."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from slabot.domain.dialogue.contacts import none_published
from slabot.domain.dialogue.hours import desk_calendar, header_line
from slabot.domain.dialogue.maintenance import window_line, window_now, window_soon
from slabot.domain.dialogue.turn import Speaker
from slabot.domain.policy import MaintenanceWindow
from slabot.domain.words import Language
from tests.dialogues.playing import Dialogue


def speaker(name: str, at: str, zone: str | None = None, language: Language = "en") -> Speaker:
    talk = Dialogue(name, at, zone=zone)
    return Speaker(talk.conversation, talk.support, talk.voice, talk.moment, language)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Closed, opens Mon 9 Mar, 09:00 Eastern · 14:00 your time"),
        ("de", "Geschlossen, öffnet Mo 9. März, 09:00 Eastern · 14:00 Ihrer Zeit"),
        ("es", "Cerrado, abre el lun 9 mar, 09:00 Eastern · 14:00 en su hora"),
        ("fr", "Fermé, ouvre le lun 9 mars, 09:00 Eastern · 14:00 chez vous"),
    ],
)
def test_the_header_names_the_next_opening_on_both_clocks(language: Language, line: str) -> None:
    at_the_weekend = speaker("human-esources", "2026-03-07T12:00:00Z", "Europe/Berlin", language)
    assert header_line(at_the_weekend, desk_calendar(at_the_weekend)) == line


@pytest.mark.parametrize(
    ("at", "zone", "line"),
    [
        ("2026-03-10T14:00:00Z", "America/Halifax", "People are here until 16:30 Halifax"),
        ("2026-03-10T14:00:00Z", None, "People are here until 16:30 Halifax"),
        ("2026-03-10T14:00:00Z", "Europe/Berlin", "People are here until 16:30 Halifax · 20:30 your time"),
        # Where it is not today any more, the day is said; where it is tomorrow already, that is today.
        (
            "2026-03-10T14:00:00Z",
            "Asia/Tokyo",
            "People are here until 16:30 Halifax · Wed 11 Mar, 04:30 your time",
        ),
        ("2026-03-10T15:30:00Z", "Asia/Tokyo", "People are here until 16:30 Halifax · 04:30 your time"),
    ],
)
def test_the_header_of_an_open_desk_names_its_close_and_the_day_only_where_it_is_another(
    at: str, zone: str | None, line: str
) -> None:
    in_hours = speaker("velsoft", at, zone)
    assert header_line(in_hours, desk_calendar(in_hours)) == line


@pytest.mark.parametrize("name", ["element-human", "prosper-ex", "velsoft"])
def test_where_a_contact_is_published_nothing_else_is_said(name: str) -> None:
    assert none_published(speaker(name, "2026-03-10T14:00:00Z")) == ""


def test_without_any_published_contact_the_chat_itself_is_named() -> None:
    said = none_published(speaker("human-esources", "2026-03-10T14:00:00Z"))
    assert "Write in this chat" in said
    assert "@" not in said


@pytest.mark.parametrize(
    ("asked", "country", "number"),
    [
        ("which number do I call in London?", "the United Kingdom", "+44 207 097 1244"),
        ("Wen rufe ich in Neuseeland an?", "Neuseeland", "+64 9889 1978"),
        ("¿a quién llamo en Estados Unidos?", "Estados Unidos", "+1914 202 4186"),
    ],
)
def test_a_number_is_given_under_the_name_of_its_country(asked: str, country: str, number: str) -> None:
    talk = Dialogue("prosper-ex")
    talk.vera(asked)
    assert talk.action == "contacts"
    assert country in talk.said
    assert number in talk.said


@pytest.mark.parametrize("name", ["human-esources", "element-human", "prosper-ex", "velsoft"])
def test_the_greeting_names_bot_and_workspace_once(name: str) -> None:
    talk = Dialogue(name)
    talk.vera("hello")
    assert talk.said.count(talk.support.policy.name) == 1


def test_an_address_tells_no_language() -> None:
    talk = Dialogue("velsoft")
    talk.vera("the export is broken for my whole team", "aidan@client.ca")
    assert "We write to aidan@client.ca" in talk.said


def test_ok_thanks_after_an_answer_closes_nothing() -> None:
    talk = Dialogue("velsoft")
    talk.vera("agent pls", "ok thanks")
    assert talk.conversation.open_ticket is not None


@pytest.mark.parametrize(
    ("at", "is_running", "is_announced"),
    [
        ("2026-03-08T09:59:00Z", False, False),
        ("2026-03-08T10:00:00Z", False, True),
        ("2026-03-09T10:00:00Z", True, False),
        ("2026-03-09T12:00:00Z", False, False),
    ],
)
def test_maintenance_is_announced_from_a_day_before_and_told_while_it_lasts(
    at: str, is_running: bool, is_announced: bool
) -> None:
    plain = speaker("prosper-ex", at)
    window = MaintenanceWindow(
        datetime(2026, 3, 9, 10, tzinfo=UTC), datetime(2026, 3, 9, 12, tzinfo=UTC), what="database"
    )
    support = replace(plain.support, policy=replace(plain.policy, maintenance=(window,)))
    told = replace(plain, support=support)
    assert (window_now(told) is not None, window_soon(told) is not None) == (is_running, is_announced)
    if is_running or is_announced:
        assert "database" in window_line(told, window)
