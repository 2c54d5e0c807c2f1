"""A whole policy file."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from slabot.domain.device import BROWSERS, listed_browser
from slabot.domain.target import BusinessDay
from slabot.policies.problems import Misread
from slabot.policies.schema.base import (
    Entry,
    Flag,
    Instant,
    Key,
    Share,
    Source,
    Statements,
    Text,
    Texts,
    as_list,
)
from slabot.policies.schema.calendars import Calendar, Zone
from slabot.policies.schema.levels import LevelEntry
from slabot.policies.schema.plans import BoundsEntry, PlanEntry
from slabot.policies.schema.reach import (
    ContactEntry,
    CustomerContactsEntry,
    EscalationEntry,
    LiveChatEntry,
    QueueEntry,
    RoutingEntry,
)
from slabot.policies.schema.targets import LeadTime


def _colour(value: Any) -> Any:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", str(value)):
        raise Misread("a colour", f"{value!r}", 'Write it as "#1a4f8b", in quotes.')
    return value


def _prefix(value: Any) -> Any:
    if not re.fullmatch(r"[A-Z][A-Z0-9]{0,7}-", str(value)):
        raise Misread("capital letters and a hyphen", f"{value!r}", "Write `HES-`.")
    return value


def _origin(value: Any) -> Any:
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d+)?", str(value)):
        raise Misread("an origin", f"{value!r}", "Write scheme and host only: `https://app.example.org`.")
    return value


def _browser(value: Any) -> Any:
    if listed_browser(str(value)) is None:
        remedy = f"Write one of {', '.join(BROWSERS)}, with the first version that counts: `Chrome 110`."
        raise Misread("a browser", f"{value!r}", remedy)
    return value


def _language(value: Any) -> Any:
    if not re.fullmatch(r"[a-z]{2}", str(value)):
        raise Misread("a language's two letters", f"{value!r}", "Write `en`, `de`, `es` or `fr`.")
    return value


class TicketEntry(Entry):
    """How a ticket is numbered and called."""

    prefix: Annotated[str, BeforeValidator(_prefix)]
    noun: Text = "ticket"
    source: Source | None = None


class BrandEntry(Entry):
    """How the widget looks on its host page."""

    accent: Annotated[str, BeforeValidator(_colour)] = "#3b5bdb"
    corner: Literal["bottom-right", "bottom-left", "top-right", "top-left"] = "bottom-right"
    bot_name: Text = "Bot"
    source: Source | None = None


class DefaultsEntry(Entry):
    """What every target keeps that does not say otherwise."""

    contractual: Flag = False
    business_day: BusinessDay = BusinessDay.SAME_TIME
    pausable: Flag = True
    warn_at: Share = 0.75
    warn_before: LeadTime | None = None
    acknowledged_by: Literal["confirmation", "agent"] | None = None


class WordsEntry(Entry):
    """Words that may be said, with their place."""

    words: Text
    source: Source | None = None


def _words(value: Any) -> Any:
    return {"words": value} if isinstance(value, str) else value


Words = Annotated[WordsEntry, BeforeValidator(_words)]


class ScopeEntry(Entry):
    """Somebody else's system, the words it is known by, and whom to ask instead."""

    key: Key
    terms: Texts
    instead: Text
    source: Source | None = None


class ResponsibilitiesEntry(Entry):
    """What each party has taken on."""

    provider: Statements = ()
    client: Statements = ()


class WindowEntry(Entry):
    """An announced downtime."""

    starts: Instant
    ends: Instant
    announced_at: Instant | None = None
    what: Text = "Planned maintenance"

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> WindowEntry:
        if self.ends <= self.starts:
            raise Misread("an end after the start", f"{self.starts} to {self.ends}", "Mend one of the two.")
        return self


class MaintenanceEntry(Entry):
    """What is promised about downtime, and the windows that were announced."""

    words: Text | None = None
    windows: tuple[WindowEntry, ...] = ()
    source: Source | None = None


class FilesEntry(Entry):
    """What visitors and agents may send along with a message; an empty list of types: nothing."""

    types: tuple[Literal["image", "pdf", "text"], ...] = ("image", "pdf", "text")
    megabytes: Annotated[int, Field(ge=1, le=50)] = 10


class PolicyEntry(Entry):
    """The file of one workspace."""

    workspace: Key
    name: Text
    document: Text
    """The document that a `source` without one refers to."""
    language: Annotated[str, BeforeValidator(_language)] = "en"
    timezone: Zone
    zone_words: Text
    ticket: TicketEntry
    brand: BrandEntry = BrandEntry()
    defaults: DefaultsEntry = DefaultsEntry()
    calendars: dict[Key, Calendar] = Field(min_length=1)
    support_calendar: Key
    live_chat: LiveChatEntry
    queues: dict[Key, QueueEntry] = Field(min_length=1)
    routing: RoutingEntry = RoutingEntry()
    contacts: dict[Key, ContactEntry] = Field(default_factory=dict)
    severities: dict[Key, LevelEntry] = Field(min_length=1)
    request_types: dict[Key, LevelEntry] = Field(default_factory=dict)
    plans: dict[Key, PlanEntry] = Field(default_factory=dict)
    floor: Text | None = None
    ceiling: Text | None = None
    kind_bounds: dict[Key, BoundsEntry] = Field(default_factory=dict)
    published_levels: Annotated[int | None, Field(ge=1)] = None
    """How many severities the document says there are."""
    question_level: Key | None = None
    kind_levels: dict[Key, Key] = Field(default_factory=dict)
    severity_rules: dict[Key, Key] = Field(default_factory=dict)
    next_response: Literal["first_response", "none"] = "first_response"
    first_response_per_queue: Flag = False
    third_party_pauses: Flag = False
    reminders_calendar: Key | None = None
    customer_contacts: CustomerContactsEntry = CustomerContactsEntry()
    escalation: EscalationEntry
    out_of_scope: tuple[ScopeEntry, ...] = ()
    exclusions: Statements = ()
    responsibilities: ResponsibilitiesEntry = ResponsibilitiesEntry()
    maintenance: MaintenanceEntry = MaintenanceEntry()
    holiday_wording: Words | None = None
    typical_reply: Words | None = None
    identity_required: Flag = False
    consent: Text | None = None
    files: FilesEntry = FilesEntry()
    allowed_origins: tuple[Annotated[str, BeforeValidator(_origin)], ...] = ()
    supported_browsers: Annotated[
        tuple[Annotated[Text, BeforeValidator(_browser)], ...], BeforeValidator(as_list)
    ] = ()
    cues: dict[Key, Texts] = Field(default_factory=dict)
    source: Source | None = None
