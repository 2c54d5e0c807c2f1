"""The `queues`, `contacts`, `live_chat` and `escalation` sections: who can be reached, how and when."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from slabot.domain.routing import Routing, RoutingRules
from slabot.policies.durations import read_lead_time
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


def _routing(value: Any) -> Any:
    if value not in list(Routing):
        raise Misread(f"one of {', '.join(Routing)}", f"{value!r}", "Choose one of them.")
    return Routing(value)


class QueueEntry(Entry):
    """The team a ticket waits for."""

    name: Text
    calendar: Key | None = None
    routing: Annotated[Routing, BeforeValidator(_routing)] = Routing.BY_HAND
    source: Source | None = None


def _open_time(value: Any) -> Any:
    """Minutes or hours while the queue is open, also written as business time."""
    return read_lead_time(str(value).replace("business ", ""))


OpenTime = Annotated[timedelta, BeforeValidator(_open_time)]


def _moment(value: Any) -> Any:
    match = re.fullmatch(r"(\d+)\s*(?:seconds?|secs?|s)", str(value))
    span = timedelta(seconds=int(match[1])) if match else read_lead_time(str(value))
    if not timedelta(seconds=5) <= span <= timedelta(hours=1):
        raise Misread("between 5 seconds and an hour", f"{value!r}", "Write `60 seconds`.")
    return span


Moment = Annotated[timedelta, BeforeValidator(_moment)]


_RULES = RoutingRules()


class RoutingEntry(Entry):
    """How tickets find their agents, in every queue of the workspace."""

    offer_for: Moment = _RULES.offer_for
    hold: OpenTime = _RULES.hold
    quiet_hold: OpenTime = _RULES.quiet_hold
    last_agent_first: Flag = True
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
