"""Contacts and deadlines: what the document publishes, in its own words, with the exact time, and nothing invented."""

from __future__ import annotations

import pytest

from slabot.domain.dialogue.notices import (
    at_risk,
    handed_back,
    missed,
    resolved_by_agent,
    returned,
    severity_changed,
)
from slabot.domain.dialogue.plan import Moment
from slabot.domain.forecast import Risk
from slabot.domain.target import Metric
from slabot.domain.timeline import Actor, Happening, Kind
from tests.dialogues.playing import WORKSPACES, Dialogue

FRIDAY_EVENING = "2026-03-06T22:00:00Z"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "prosper-ex",
            "who do I call?",
            ["1300 529 909", "+44 207 097 1244", "+1914 202 4186", "+64 9889 1978"],
        ),
        ("prosper-ex", "who is my CSM?", ["given to you during onboarding"]),
        (
            "element-human",
            "who do I call?",
            ["support@elementhuman.com", "account manager", "No telephone number"],
        ),
        ("element-human", "privacy contact?", ["privacy@elementhuman.com"]),
        ("element-human", "who do I email about projects?", ["projects@elementhuman.com"]),
        ("velsoft", "who do I call?", ["support@velsoft.com", "prints no telephone number"]),
        ("human-esources", "what's your email?", ["leaves the address blank", "account page"]),
    ],
)
def test_contacts_are_the_published_ones(name: str, text: str, expected: list[str]) -> None:
    talk = Dialogue(name)
    talk.vera(text)
    assert talk.action == "contacts"
    for words in expected:
        assert words in talk.said


def test_a_country_follows_up_on_contacts() -> None:
    talk = Dialogue("prosper-ex")
    talk.vera("who do I call?", "and in the UK?")
    assert (talk.action, "+44 207 097 1244" in talk.said) == ("contacts", True)
    talk.vera("and from Germany?")
    assert "No number is published" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "this is taking too long, who is above you?",
        "das dauert zu lange, wer ist der Chef?",
        "I want to escalate",
    ],
)
def test_the_escalation_contact_is_never_refused_to_someone_with_an_open_ticket(text: str) -> None:
    talk = Dialogue("prosper-ex")
    talk.vera("nobody can log in", text)
    assert "Ken" in talk.said
    assert "+61 1300 529 909" in talk.said


@pytest.mark.parametrize("name", ["human-esources", "element-human", "velsoft"])
def test_where_no_escalation_contact_is_published_it_says_so_and_offers_a_person(name: str) -> None:
    talk = Dialogue(name)
    talk.vera("I want to escalate this to your boss")
    assert talk.action == "offer_handoff"
    assert "no escalation contact" in talk.said


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "human-esources",
            "how soon will you answer?",
            ["four hours", "Mon 9 Mar, 11:00 Eastern", "eight hours", "Mon 9 Mar, 15:00 Eastern"],
        ),
        (
            "element-human",
            "how long for a P2?",
            ["2 normal business hours", "Mon 9 Mar, 11:00 GMT", "12 normal business days"],
        ),
        (
            "element-human",
            "response time for priority 4",
            ["4 normal business days", "Future software release"],
        ),
        (
            "prosper-ex",
            "how long for a tier 2?",
            ["24 hours", "Sun 8 Mar, 09:00 Australian Eastern", "one to three business days"],
        ),
        (
            "velsoft",
            "how fast do you answer high priority cases?",
            ["4 hours", "Mon 9 Mar, 12:00 Halifax", "1 day"],
        ),
        ("velsoft", "what about low priority, how soon?", ["Medium Priority", "1 day", "3 days"]),
    ],
)
def test_a_deadline_is_given_in_the_documents_words_and_as_the_exact_time(
    name: str, text: str, expected: list[str]
) -> None:
    talk = Dialogue(name, FRIDAY_EVENING)
    talk.vera(text)
    assert talk.action == "status"
    for words in expected:
        assert words in talk.said


@pytest.mark.parametrize(
    ("name", "text", "contact"),
    [
        ("prosper-ex", "nobody can log in", "1300 529 909"),
        ("element-human", "nobody can log in", "account manager"),
        ("element-human", "I can see another company's results", "privacy@elementhuman.com"),
        ("prosper-ex", "there is a typo in the title", "Customer Success Manager"),
    ],
)
def test_every_offer_and_confirmation_names_whom_to_contact(name: str, text: str, contact: str) -> None:
    talk = Dialogue(name)
    talk.vera(text)
    assert contact in talk.said
    if talk.ticket is None:
        talk.vera("yes")
        assert contact in talk.said


@pytest.mark.parametrize("name", WORKSPACES)
def test_a_claimed_severity_is_answered_kindly_and_not_obeyed(name: str) -> None:
    talk = Dialogue(name)
    talk.vera("URGENT, priority 1: there is a typo in the title")
    assert "You called it" in talk.said
    talk.vera("yes")
    assert talk.ticket is not None
    assert talk.ticket[0] == talk.support.policy.lowest.key
    assert talk.conversation.ticket is not None
    assert talk.conversation.ticket.claimed_level == talk.support.policy.severities[0].key


@pytest.mark.parametrize("name", WORKSPACES)
def test_what_the_bot_says_by_itself_names_the_ticket(name: str) -> None:
    talk = Dialogue(name)
    talk.vera("nobody can log in")
    number = f"{talk.support.policy.ticket_prefix}1"
    ticket = talk.conversation.ticket
    assert ticket is not None
    clock = ticket.promise(talk.support).clocks[Metric.FIRST_RESPONSE]
    support, voice, moment = talk.support, talk.voice, Moment(talk.now, "")
    said = [
        returned(talk.conversation, support=support, voice=voice, moment=moment),
        at_risk(talk.conversation, clock, Risk.NOBODY_FREE, support=support, voice=voice, moment=moment),
        missed(talk.conversation, clock, support=support, voice=voice, moment=moment),
        handed_back(talk.conversation, support=support, voice=voice, moment=moment),
        severity_changed(
            talk.conversation, talk.support.policy.lowest.key, support=support, voice=voice, moment=moment
        ),
    ]
    for utterances in said:
        assert number in utterances[0].text
    talk.happened(Happening(Kind.RESOLVED, Actor.agent("aidan"), talk.now, {}))
    (asking,) = resolved_by_agent(talk.conversation, support=support, voice=voice, moment=moment)
    assert number in asking.text
    assert asking.asks == {"kind": "rating"}
