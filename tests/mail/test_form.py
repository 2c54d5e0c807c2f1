"""What a letter looks like: every occasion in four languages, as text and as HTML, with headers that thread."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slabot.domain.words import Language
from slabot.mail.address import BadMailSettings, mail_server, recipient, sender
from slabot.mail.form import message, words
from slabot.services.letters import Occasion
from slabot.services.mailer import Earlier, Letter, Undelivered

FROM = sender("Help <help@example.org>")
LANGUAGES: tuple[Language, ...] = ("en", "de", "es", "fr")
FORBIDDEN = re.compile(
    r"shortly|guarantee|in Kürze|garant|en breve|pronto nos|sous peu|bientôt|24/7", re.IGNORECASE
)

VALUES: dict[str, Any] = {
    "noun": "ticket",
    "number": "HES-7",
    "name": "Vera",
    "workspace": "Human eSources",
    "severity": "High priority",
    "deadlines": "We aim to have a person reply within four hours: by Mon 9 Mar, 14:00 Eastern.",
    "contacts": "If it is urgent: 1300 529 909.",
    "formal": "This chat does not count as the formal report.",
    "escalation": "",
    "text": "Please clear the cache.\n\nThen try again.",
    "agent": "Aidan",
    "metric": "first reply",
    "due": "Mon 9 Mar, 14:00 Eastern",
    "until": "Mon 9 Mar, 16:00 Eastern",
    "fact": "breached",
    "queue": "CustomerCare",
    "holder": None,
    "met": None,
    "is_past": True,
    "share": "75 %",
    "reclassified": False,
    "contact": "Ken, +61 1300 529 909",
    "provisional": True,
    "transcript": "Mon 9 Mar, 10:00 Eastern, you:\nnobody can log in",
}


def letter(occasion: str = "confirmation", language: Language = "en", **changes: Any) -> Letter:
    made = Letter(
        id="a1b2c3",
        thread="d4e5f6",
        occasion=occasion,
        language=language,
        to=("vera@example.org",),
        sender="Human eSources",
        values=VALUES,
        written_at=datetime(2026, 3, 9, 14, 0, tzinfo=UTC),
    )
    return replace(made, **changes)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("occasion", list(Occasion))
def test_every_occasion_is_written_in_every_language(occasion: Occasion, language: Language) -> None:
    said = words(letter(occasion.value, language))
    assert "HES-7" in said.subject
    assert "\n" not in said.subject
    for form in (said.text, said.html):
        assert "HES-7" in form or occasion is Occasion.REPLY
        assert not FORBIDDEN.search(form)
    assert f'lang="{language}"' in said.html


def test_a_confirmation_names_number_severity_deadlines_and_contacts() -> None:
    said = words(letter())
    for form in (said.text, said.html):
        for fact in ("HES-7", "High priority", "14:00 Eastern", "1300 529 909"):
            assert fact in form


def test_empty_facts_leave_no_empty_paragraphs() -> None:
    said = words(letter(values=VALUES | {"formal": "", "contacts": ""}))
    assert "<p></p>" not in re.sub(r'<p style="[^"]*">', "<p>", said.html)
    assert "\n\n\n" not in said.text


def test_markup_of_a_visitor_or_agent_is_shown_and_never_obeyed() -> None:
    nasty = "<script>alert(1)</script> {{ 7 * 7 }}"
    said = words(
        letter("reply", values=VALUES | {"text": nasty}, history=(Earlier("visitor", "Mon", nasty),))
    )
    assert "<script>" not in said.html
    assert said.html.count("&lt;script&gt;") == 2
    assert "{{ 7 * 7 }}" in said.text


def test_one_conversation_is_one_thread_and_every_letter_has_its_own_lasting_id() -> None:
    one, again, other = message(letter(), FROM), message(letter(), FROM), message(letter(id="zz"), FROM)
    assert one["Message-ID"] == again["Message-ID"] == "<a1b2c3@example.org>"
    assert other["Message-ID"] != one["Message-ID"]
    assert one["References"] == other["References"] == other["In-Reply-To"]


def test_answering_machines_stay_silent_to_a_bot_and_may_answer_a_person() -> None:
    assert message(letter(), FROM)["Auto-Submitted"] == "auto-generated"
    assert message(letter("reply", is_automatic=False), FROM)["Auto-Submitted"] is None


@given(st.text())
def test_no_name_can_add_a_header(name: str) -> None:
    mail = message(letter(sender=name, values=VALUES | {"workspace": name}), FROM)
    assert mail.as_bytes().count(b"Message-ID:") == 1
    assert set(mail.keys()) == set(message(letter(), FROM).keys())


@pytest.mark.parametrize(
    "to", ["", "vera", "vera@", "@example.org", "vera@example.org\nBcc: x@y.org", "a b@c.org"]
)
def test_what_is_no_address_is_refused_for_good(to: str) -> None:
    with pytest.raises(Undelivered) as refused:
        message(letter(to=(to,)), FROM)
    assert refused.value.for_good
    with pytest.raises(ValueError, match="no mail address"):
        recipient(to)


@pytest.mark.parametrize(
    ("url", "port", "is_tls"),
    [
        ("smtp://mail.example.org", 25, False),
        ("smtp://u:p@mail.example.org", 587, False),
        ("smtps://u:p%40ss@mail.example.org", 465, True),
        ("smtp://[::1]:2525", 2525, False),
    ],
)
def test_a_mail_server_is_named_by_a_url(url: str, port: int, is_tls: bool) -> None:
    server = mail_server(url)
    assert (server.port, server.is_tls) == (port, is_tls)


def test_a_password_crosses_no_network_in_the_clear() -> None:
    assert mail_server("smtp://u:p@mail.example.org").needs_starttls
    assert not mail_server("smtp://u:p@127.0.0.1").needs_starttls
    assert not mail_server("smtps://u:p@mail.example.org").needs_starttls


@pytest.mark.parametrize(
    "url", ["http://x", "mail.example.org", "smtp://", "smtp://h:port", "smtp://u:p/w@h"]
)
def test_a_wrong_mail_server_is_refused_in_words_without_its_password(url: str) -> None:
    with pytest.raises(BadMailSettings, match="SLABOT_SMTP_URL: expected smtp://") as refused:
        mail_server(url)
    assert "p/w" not in str(refused.value)


def test_a_missing_sender_is_refused_in_words() -> None:
    with pytest.raises(BadMailSettings, match="SLABOT_MAIL_FROM: expected a sender"):
        sender("")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_back_stands_in_text_and_html_with_its_end_and_without_one_nothing_does(
    language: Language,
) -> None:
    link = "https://support.example.org/talk/human-esources#abc.def.ghi"
    said = words(letter("reply", language, link=link, link_until="Mon 23 Mar, 10:00 Eastern"))
    assert f"\n{link}\n" in said.text
    assert f'href="{link}"' in said.html
    for form in (said.text, said.html):
        assert "Mon 23 Mar, 10:00 Eastern" in form
    bare = words(letter("reply", language))
    assert "href" not in bare.html
    assert "http" not in bare.text


def test_a_reply_in_markdown_is_html_in_the_one_part_and_as_written_in_the_other() -> None:
    said = words(
        letter(
            "reply",
            values=VALUES | {"text": "Try **this**:\n\n- one"},
            html="<p>Try <strong>this</strong>:</p>",
        )
    )
    assert "<p>Try <strong>this</strong>:</p>" in said.html
    assert "**this**" not in said.html
    assert "Aidan wrote" in said.html
    assert "Try **this**:\n\n- one" in said.text
