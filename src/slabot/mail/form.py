"""A letter's form: subject, text and HTML from templates, and the headers that keep a conversation together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from slabot.mail.address import recipient
from slabot.services.mailer import Letter, Undelivered

_TEMPLATES = Environment(
    loader=PackageLoader("slabot.mail"),
    undefined=StrictUndefined,
    autoescape=lambda name: name is not None and name.endswith(".html"),
    trim_blocks=True,
    lstrip_blocks=True,
)

_IN_HTML = "\0"
"""The paragraph in whose place a text's own HTML goes; no person's words hold it."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says, before it becomes a mail."""

    subject: str
    text: str
    html: str


def words(letter: Letter) -> Words:
    """A template gives the subject in its first line and paragraphs after it, the same for text and HTML.

    Raises jinja2's UndefinedError where a template names what the letter does not have.
    """
    subject, paragraphs = _paragraphs(letter, letter.values)
    frame = {"letter": letter, "subject": subject, "paragraphs": paragraphs}
    frame["signs"] = _TEMPLATES.get_template(f"{letter.language}/signs.txt").module
    text = _TEMPLATES.get_template("letter.txt").render(frame)
    if letter.html is not None:
        frame["paragraphs"] = _paragraphs(letter, {**letter.values, "text": _IN_HTML})[1]
    frame["in_html"] = _IN_HTML
    return Words(subject, text, _TEMPLATES.get_template("letter.html").render(frame))


def _paragraphs(letter: Letter, values: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The subject, and what stands below it."""
    template = _TEMPLATES.get_template(f"{letter.language}/{letter.occasion}.txt")
    subject, _, body = template.render(values).strip().partition("\n")
    return _one_line(subject), [part for part in re.split(r"\n\s*\n", body.strip()) if part.strip()]


def message(letter: Letter, sender: Address) -> EmailMessage:
    """The mail as it travels; every try of one letter bears the same Message-ID. Raises Undelivered."""
    said = words(letter)
    mail = EmailMessage(policy=SMTP)
    try:
        mail["To"] = [recipient(to) for to in letter.to]
    except ValueError:
        raise Undelivered("the address is no mail address", for_good=True) from None
    mail["From"] = Address(_one_line(letter.sender) or sender.display_name, sender.username, sender.domain)
    mail["Subject"] = said.subject
    mail["Date"] = letter.written_at
    mail["Message-ID"] = f"<{letter.id}@{sender.domain}>"
    root = f"<{letter.thread}.conversation@{sender.domain}>"
    mail["In-Reply-To"] = root
    mail["References"] = root
    if letter.is_automatic:
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(said.text, cte="quoted-printable")
    mail.add_alternative(said.html, subtype="html", cte="quoted-printable")
    return mail


def _one_line(text: str) -> str:
    """A header has one line, whatever somebody called themselves."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
