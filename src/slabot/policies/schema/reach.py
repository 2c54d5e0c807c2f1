"""The `queues`, `contacts`, `live_chat` and `escalation` sections: who can be reached, how and when."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from slabot.policies.problems import Misread
from slabot.policies.schema.base import Entry, Flag, Key, Source, Text, Texts


def _email(value: Any) -> Any:
    if value is not None and not re.fullmatch(r"[^@\s\[\]]+@[^@\s\[\]]+\.[^@\s\[\]]+", str(value)):
        remedy = "Write the address, or leave `email` out and say in `unset_wording` where people find it."
        raise Misread("a mail address", f"{value!r}", remedy)
    return value


def _phone(value: Any) -> Any:
    if value is not None and not re.fullmatch(r"\+?[\d ()./-]{3,30}", str(value)):
        remedy = "Write the digits as published, or leave the number out and add `unset_wording`."
        raise Misread("a telephone number", f"{value!r}", remedy)
    return value


def _country(value: Any) -> Any:
    if not re.fullmatch(r"[A-Z]{2}", str(value)):
        raise Misread("a country's two capital letters", f"{value!r}", "Write `AU`, `GB`, `US` …")
    return value


def _url(value: Any) -> Any:
    if value is not None and not re.fullmatch(r"https?://[^\s]+\.[^\s]+", str(value)):
        remedy = "Write it with https://, or leave `url` out and add `unset_wording`."
        raise Misread("a web address", f"{value!r}", remedy)
    return value


Phone = Annotated[str, BeforeValidator(_phone)]
Country = Annotated[str, BeforeValidator(_country)]


class QueueEntry(Entry):
    """The team a ticket waits for."""

    name: Text
    calendar: Key | None = None
    routing: Text = "by_hand"
    source: Source | None = None


class ContactEntry(Entry):
    """A published way to reach somebody. What the document leaves blank is left out, never filled."""

    name: Text
    roles: Texts = ()
    email: Annotated[str | None, BeforeValidator(_email)] = None
    phone: Phone | None = None
    phones: dict[Country, Phone] = Field(default_factory=dict)
    person: Text | None = None
    url: Annotated[str | None, BeforeValidator(_url)] = None
    calendar: Key | None = None
    hours_words: Text | None = None
    response_words: Text | None = None
    when: Text | None = None
    unset_wording: Text | None = None
    only_after_unresolved: Flag = False
    source: Source | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> ContactEntry:
        if not (self.email or self.phone or self.phones or self.url or self.unset_wording or self.when):
            remedy = "Add `email`, `phone`, `url`, or `unset_wording` with where people find it."
            raise Misread("a way to reach this contact", "none", remedy)
        return self

    @property
    def is_set(self) -> bool:
        """Whether an address, a number or a page is known."""
        return bool(self.email or self.phone or self.phones or self.url)


class LiveChatEntry(Entry):
    """Whether people answer the chat; without `calendar` the bot alone does."""

    calendar: Key | None = None
    words: Text | None = None
    bot_hours_words: Text | None = None
    source: Source | None = None


def _domain(value: Any) -> Any:
    name = str(value).removeprefix("@").lower()
    if not re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}", name):
        remedy = "Write what stands behind the @ of their addresses: `acme.com`."
        raise Misread("the domain of mail addresses", f"{value!r}", remedy)
    return name


Domain = Annotated[str, BeforeValidator(_domain)]


class CustomerContactsEntry(Entry):
    """Who looks after which customer: their CSM or account manager."""

    by_email_domain: dict[Domain, Key] = Field(default_factory=dict)
    fallback: Key | None = None
    source: Source | None = None


class EscalationEntry(Entry):
    """What an unhappy visitor is told; without `contact` the document publishes none."""

    contact: Key | None = None
    words: Text
    source: Source | None = None
