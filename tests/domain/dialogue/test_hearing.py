"""Hearing: what a message asks for, in four languages and misspelt, and what it must not be taken for."""

# ruff: noqa: E501 - several short cases stand on a line

from __future__ import annotations

from datetime import date

import pytest

from slabot.domain.dialogue.hearing import hear
from slabot.domain.dialogue.intent import Heard, Intent
from slabot.domain.dialogue.named_holidays import date_of, easter
from slabot.domain.dialogue.phrases import phrase_book
from slabot.domain.dialogue.secrets import has_check_digit, masked
from tests.dialogues.playing import workspace


def heard(text: str, name: str = "human-esources") -> Heard:
    return hear(text, None, workspace(name)[0].policy, phrase_book())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("who do I call?", Intent.CONTACTS), ("phone number?", Intent.CONTACTS), ("what's your email", Intent.CONTACTS),
        ("Wen kann ich anrufen?", Intent.CONTACTS), ("¿a quién llamo?", Intent.CONTACTS), ("qui puis-je appeler ?", Intent.CONTACTS),
        ("how soon will you answer?", Intent.DEADLINES), ("response time for a tier 2", Intent.DEADLINES),
        ("wie schnell antwortet ihr", Intent.DEADLINES), ("¿cuánto tardan en responder?", Intent.DEADLINES),
        ("dans quel délai répondez-vous ?", Intent.DEADLINES), ("any news on my ticket?", Intent.STATUS),
        ("wie ist der Stand meines Tickets", Intent.STATUS), ("¿cómo va mi caso?", Intent.STATUS), ("où en est mon ticket ?", Intent.STATUS),
        ("this is taking too long, who is above you?", Intent.ESCALATION), ("nobody has answered me for days", Intent.ESCALATION),
        ("das dauert mir zu lange", Intent.ESCALATION), ("nadie me responde", Intent.ESCALATION), ("je veux escalader", Intent.ESCALATION),
        ("it works now", Intent.SOLVED), ("you can close it", Intent.SOLVED), ("es geht wieder", Intent.SOLVED),
        ("ya funciona", Intent.SOLVED), ("ça marche maintenant", Intent.SOLVED), ("it's back", Intent.BACK_AGAIN),
        ("happening again", Intent.BACK_AGAIN), ("das Problem ist wieder da", Intent.BACK_AGAIN), ("ha vuelto el problema", Intent.BACK_AGAIN),
        ("le problème est revenu", Intent.BACK_AGAIN), ("could you add dark mode?", Intent.FEATURE),
        ("we need a custom report built", Intent.BESPOKE), ("your service is terrible", Intent.FEEDBACK),
        ("when is the next maintenance?", Intent.MAINTENANCE), ("are you a bot?", Intent.ABOUT_BOT),
    ],
)  # fmt: skip
def test_a_wish_is_heard(text: str, intent: Intent) -> None:
    assert intent in heard(text)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("it doesn't work now", Intent.SOLVED), ("when will it be fixed?", Intent.SOLVED), ("es geht nicht", Intent.SOLVED),
        ("the course is not open", Intent.HOURS), ("how long does the LMS integration take?", Intent.DEADLINES),
        ("the report is taking too long to load", Intent.ESCALATION), ("how do I open a ticket?", Intent.PERSON),
        ("everything is back to normal", Intent.BACK_AGAIN), ("price of an adjustment", Intent.ABUSE),
        ("is the platform available 24/7", Intent.HOURS), ("nobody can log in", Intent.NO), ("no access to my course", Intent.NO),
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_wish_is_not_heard(text: str, intent: Intent) -> None:
    assert intent not in heard(text)


def test_the_workspaces_name_asks_for_no_human() -> None:
    assert Intent.PERSON not in heard("what should I expect from Element Human support", "element-human")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("danke", "de"),
        ("hola", "es"),
        ("bonjour", "fr"),
        ("thanks", "en"),
        ("Niemand kommt rein", "de"),
        ("no puedo entrar", "es"),
    ],
)
def test_the_language_is_told_from_few_words(text: str, language: str) -> None:
    assert heard(text).language == language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my password is hunter2", "my password is ••••"),
        ("Passwort: Sommer2026!", "Passwort: ••••!"),
        ("mi contraseña es gato123 y no entro", "mi contraseña es •••• y no entro"),
        ("mot de passe: abc123", "mot de passe: ••••"),
        ("card 4111 1111 1111 1111 please", "card •••• 1111 please"),
        ("my password is wrong", "my password is wrong"),
        ("the password is case sensitive", "the password is case sensitive"),
        ("order 1234 5678 9012 3456", "order 1234 5678 9012 3456"),
        ("I forgot my password", "I forgot my password"),
    ],
)
def test_secrets_are_masked_and_nothing_else(text: str, expected: str) -> None:
    assert masked(text)[0] == expected


@pytest.mark.parametrize(
    ("digits", "holds"), [("4111111111111111", True), ("4111111111111112", False), ("0000000000000", False)]
)
def test_a_card_number_has_its_check_digit(digits: str, holds: bool) -> None:
    assert has_check_digit(digits) is holds


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("vera@example.com", "vera@example.com"),
        ("write to vera.v+x@uni.example.edu.", "vera.v+x@uni.example.edu"),
        ("@vera", None),
        ("a@b", None),
    ],
)
def test_an_address_is_found(text: str, email: str | None) -> None:
    assert heard(text).email == email


@pytest.mark.parametrize(
    ("text", "rating"), [("5", 5), ("4/5", 4), ("⭐⭐⭐", 3), ("6", None), ("5 students", None)]
)
def test_a_bare_number_is_a_rating(text: str, rating: int | None) -> None:
    assert heard(text).rating == rating


@pytest.mark.parametrize(
    ("holiday", "year", "day"),
    [
        ("memorial_day", 2026, date(2026, 5, 25)), ("thanksgiving", 2026, date(2026, 11, 26)), ("labor_day", 2026, date(2026, 9, 7)),
        ("victoria_day", 2026, date(2026, 5, 18)), ("good_friday", 2027, date(2027, 3, 26)), ("summer_bank_holiday", 2026, date(2026, 8, 31)),
    ],
)  # fmt: skip
def test_named_holidays_have_their_dates(holiday: str, year: int, day: date) -> None:
    assert date_of(holiday, year) == day


@pytest.mark.parametrize(
    ("year", "day"), [(1981, (4, 19)), (2025, (4, 20)), (2026, (4, 5)), (2038, (4, 25)), (2049, (4, 18))]
)
def test_easter_is_right_also_in_the_exceptions_of_the_rule(year: int, day: tuple[int, int]) -> None:
    assert (easter(year).month, easter(year).day) == day


def test_any_text_is_heard_without_an_error() -> None:
    for text in ("", " ", "?!", "\u200b", "a" * 9_000, "{}<>|/\\ ^$ ..", "١٢٣", "😀" * 50, "\ud83d"):
        assert heard(text).words >= 0
