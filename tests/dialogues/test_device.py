"""Which browser and device: asked once, told only after a yes, and nobody's business after a no."""

from __future__ import annotations

from dataclasses import replace

import pytest

from slabot.domain.device import Consent, is_unsupported, listed_browser
from slabot.domain.dialogue.device import described
from slabot.domain.dialogue.plan import Asking, Staffing
from slabot.domain.timeline import Kind
from tests.dialogues.playing import WORKSPACES, Dialogue

BLANK = "the page of my module stays blank in my browser since this morning"
OLD_SAFARI = {"browser": "Safari", "version": "12.1", "system": "macOS", "screen": "1440×900"}
WORDS = {
    "en": (BLANK, "yes", "May the chat add which browser"),
    "de": ("seit heute bleibt die Seite im Browser leer, wenn ich den Kurs öffne", "ja", "Darf der Chat"),
    "es": ("desde hoy la página queda en blanco en el navegador cuando abro mi curso", "sí", "¿Puede el chat"),
    "fr": ("depuis ce matin la page reste blanche dans le navigateur quand j'ouvre mon cours", "oui", "Le chat peut-il"),
}  # fmt: skip


def asked(talk: Dialogue) -> bool:
    """Whether the last thing said asks for the device."""
    return (talk.conversation.asks or {}).get("kind") == Asking.DEVICE.value


@pytest.mark.parametrize("name", WORKSPACES)
@pytest.mark.parametrize("language", WORDS)
def test_trouble_with_a_page_is_asked_about_once_the_address_is_settled(name: str, language: str) -> None:
    trouble, yes, question = WORDS[language]
    talk = Dialogue(name, locale=language)
    talk.vera(trouble)
    if talk.ticket is None:
        assert question not in talk.said
        talk.vera(yes)
    assert not asked(talk)
    talk.vera("vera@example.org")
    assert question in talk.said
    assert asked(talk)
    talk.vera(yes)
    assert talk.plans[-1].shares_device is True
    assert talk.conversation.device_consent is Consent.ALLOWED


@pytest.mark.parametrize("answer", ["no", "No, leave it out", "nein", "rather not"])
def test_after_a_no_nobody_asks_again_and_nothing_may_be_told(answer: str) -> None:
    talk = Dialogue("human-esources", email="vera@example.org")
    talk.vera(BLANK, "yes")
    assert asked(talk)
    talk.vera(answer)
    assert talk.conversation.device_consent is Consent.DECLINED
    talk.vera("now the page is blank in Chrome too", "it's solved", "the page is blank again", "yes")
    assert sum("May the chat add" in said.text for said in talk.conversation.said) == 1


def test_a_message_about_something_else_is_no_answer_and_the_question_is_not_repeated() -> None:
    talk = Dialogue("human-esources", email="vera@example.org")
    talk.vera(BLANK, "yes", "are you open tomorrow?")
    assert talk.action == "hours"
    assert talk.plans[-1].shares_device is None
    talk.vera("yes")
    assert talk.plans[-1].shares_device is None
    talk.vera("Yes, add it")
    assert talk.conversation.device_consent is Consent.ALLOWED


def test_an_address_that_comes_first_leaves_the_question_standing() -> None:
    talk = Dialogue("velsoft", staffing=Staffing(1, 1))
    talk.vera(BLANK, "yes", "vera@example.org")
    assert asked(talk)
    assert [choice.says for choice in talk.plans[-1].utterances[-1].choices] == [
        "Yes, add it",
        "No, leave it out",
    ]
    talk.vera("yes")
    assert talk.conversation.device_consent is Consent.ALLOWED


def test_the_buttons_still_answer_when_a_person_has_joined_and_the_bot_stays_silent() -> None:
    talk = Dialogue("velsoft", staffing=Staffing(1, 1), at="2026-03-10T15:00:00Z")
    talk.vera(BLANK, "yes")
    assert asked(talk)
    talk.aidan(Kind.CLAIMED)
    talk.vera("Yes, add it")
    assert talk.conversation.device_consent is Consent.ALLOWED
    assert talk.actions == []


def test_an_outage_of_everybody_is_not_asked_for_browsers() -> None:
    talk = Dialogue("human-esources", email="vera@example.org")
    talk.vera("nobody in the whole campus can log in, the page is blank for everyone")
    assert talk.ticket is not None
    assert not asked(talk)


def test_the_visitor_sees_what_was_noted_and_that_a_browser_is_not_among_those_listed() -> None:
    talk = Dialogue("human-esources", email="vera@example.org")
    talk.vera(BLANK, "yes", "yes")
    (plain,) = described(
        talk.conversation, OLD_SAFARI, support=talk.support, voice=talk.voice, moment=talk.moment
    )
    assert "Safari 12.1, macOS, screen 1440×900" in plain.text
    assert "not among" not in plain.text
    listing = replace(talk.support.policy, supported_browsers=("Chrome", "Safari 15"))
    support = replace(talk.support, policy=listing)
    (named,) = described(talk.conversation, OLD_SAFARI, support=support, voice=talk.voice, moment=talk.moment)
    assert "Safari 12.1 is not among the browsers listed for this: Chrome and Safari 15" in named.text


@pytest.mark.parametrize(
    ("device", "listed", "unsupported"),
    [
        ({"browser": "Chrome", "version": "126"}, ("Chrome 110",), False),
        ({"browser": "Chrome", "version": "109.2"}, ("Chrome 110",), True),
        ({"browser": "Chrome", "version": "110"}, ("chrome 110+",), False),
        ({"browser": "Chrome"}, ("Chrome 110",), False),
        ({"browser": "Opera", "version": "1"}, ("Chrome 110", "Firefox"), True),
        ({"browser": "Samsung Internet", "version": "25"}, ("Samsung Internet 20",), False),
        ({"browser": "", "version": ""}, ("Chrome 110",), False),
        ({"browser": "Opera", "version": "1"}, (), False),
    ],
)
def test_a_browser_is_called_unsupported_only_where_that_is_certain(
    device: dict[str, str], listed: tuple[str, ...], unsupported: bool
) -> None:
    assert is_unsupported(device, listed) is unsupported


def test_a_browser_that_nobody_can_tell_cannot_be_listed() -> None:
    assert listed_browser("Netscape 4") is None
    assert listed_browser("Chrome latest") is None


def test_erasing_takes_the_device_along() -> None:
    talk = Dialogue("velsoft")
    talk.vera(BLANK)
    talk.conversation = talk.conversation.altered(device=OLD_SAFARI)
    talk.aidan(Kind.ERASED)
    assert talk.conversation.device is None
