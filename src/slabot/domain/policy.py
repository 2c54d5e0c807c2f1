"""What a workspace promises: severities, targets, queues, contacts and the words of its document.

A policy is an immutable version. It is built by `slabot.policies` from a file that reads like the
document it comes from; a ticket keeps the version it was opened under.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from slabot.domain.attachment import Attaching
from slabot.domain.routing import Routing, RoutingRules
from slabot.domain.target import Metric, Source, Target


class Impact(StrEnum):
    """The generic scale that every policy maps to its own levels."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Level:
    """A severity of the policy, or a request type that stands beside the severities."""

    key: str
    name: str
    """As the document and a visitor say it: "Priority 2", "Tier 1", "high priority"."""
    rank: int
    """0 is the most severe; request types rank behind every severity."""
    queue: str
    targets: Mapping[Metric, Target]
    impacts: tuple[Impact, ...] = ()
    is_request: bool = False
    definition: str = ""
    """The document's definition, quoted to explain an assessment."""
    examples: tuple[Source, ...] = ()
    """Clauses of the definition that an assessment can rest on, each with its quote."""
    source: Source | None = None
    contact_keys: tuple[str, ...] = ()
    """Contacts named in every offer and confirmation of this level."""
    formal_channels: tuple[str, ...] = ()
    """Channels that count as a formal report; empty: the chat counts."""
    formal_report_words: str = ""
    """What the visitor must do where the chat does not count, in the document's sense."""
    acknowledged_by: str | None = None
    """"confirmation": the ticket number meets the acknowledgement; "agent"; None: no such target."""
    reminders_at_night: bool = False
    escalation: tuple[EscalationStep, ...] = ()

    @property
    def needs_formal_report(self) -> bool:
        return bool(self.formal_channels)


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """Who is told, and when: at a share of the budget or at the breach of a metric."""

    metric: Metric
    at_share: float
    """1.0 is the due instant itself."""
    tell: str
    """`assigned_agent`, `queue_lead`, or a contact's key."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which severities an assessment may end; each the key or another name of a severity."""

    floor: str | None = None
    """Never less severe than this."""
    ceiling: str | None = None
    """Never more severe than this."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a customer's contract promises otherwise than the policy does for everybody."""

    key: str
    name: str
    levels: Mapping[str, Level] = field(default_factory=dict)
    """By key, whole, the levels of which a target differs."""
    bounds: Bounds = Bounds()
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """The team a ticket waits for."""

    key: str
    name: str
    calendar: str | None = None
    routing: Routing = Routing.BY_HAND


@dataclass(frozen=True, slots=True)
class Contact:
    """A published way to reach somebody, with its own hours; unset values are worded, never invented."""

    key: str
    name: str
    roles: tuple[str, ...] = ()
    """What people call it: "csm", "account manager", "coo", "privacy"."""
    email: str | None = None
    phones: Mapping[str, str] = field(default_factory=dict)
    """Country code ("AU") → digits exactly as published; "" is the number without a country."""
    person: str | None = None
    url: str | None = None
    calendar: str | None = None
    """None: hours not published; otherwise a calendar's key."""
    hours_words: str = ""
    response_words: str = ""
    when: str = ""
    """What it is for, in the document's sense."""
    unset_wording: str = ""
    """Where the visitor finds what the document leaves blank."""
    only_after_unresolved: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class MaintenanceWindow:
    """Planned downtime that was announced; inside it a report informs instead of opening the top tier."""

    starts: datetime
    ends: datetime
    announced_at: datetime | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Somebody else's system: what the document says it cannot support, and whom to ask instead."""

    key: str
    terms: tuple[str, ...]
    instead: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the policy that is neither target nor contact: exclusions, duties of a party."""

    text: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class LiveChat:
    """Whether people answer the chat, and when; without hours the bot alone answers at all times."""

    calendar: str | None
    words: str = ""
    bot_hours_words: str = ""
    """What may be said of the bot ("Elliebot answers 24 hours, 7 days a week"); empty: say nothing."""


@dataclass(frozen=True, slots=True)
class Brand:
    """How the widget of a workspace looks on its host page."""

    accent: str = "#3b5bdb"
    corner: str = "bottom-right"
    bot_name: str = "Bot"


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything one workspace promises, at one version."""

    workspace: str
    name: str
    ticket_prefix: str
    ticket_noun: str
    """What the visitor reads: "ticket", at Velsoft "case"."""
    language: str
    zone: str
    """IANA name; the zone in which due instants are shown beside the visitor's."""
    zone_words: str
    """The zone by the document's name: "Eastern", "Atlantic (Halifax)"."""
    support_calendar: str
    levels: tuple[Level, ...]
    """Severities, most severe first, then request types."""
    queues: tuple[Queue, ...]
    contacts: tuple[Contact, ...]
    live_chat: LiveChat
    brand: Brand = Brand()
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Other names of a level, lower case: {"low": "medium"}."""
    plans: tuple[Plan, ...] = ()
    bounds: Bounds = Bounds()
    kind_bounds: Mapping[str, Bounds] = field(default_factory=dict)
    """Bounds of the severity by kind of message: {"incident": Bounds(floor="P3")}."""
    question_level: str | None = None
    """The level of a plain question once a ticket is opened for it."""
    kind_levels: Mapping[str, str] = field(default_factory=dict)
    """Level by kind of message: {"privacy": "privacy", "bespoke": "bespoke"}."""
    severity_rules: Mapping[str, str] = field(default_factory=dict)
    """Level by cue, before the impact map: {"data_exposed": "P2", "whole_service_down": "P1"}."""
    customer_contacts: Mapping[str, str] = field(default_factory=dict)
    """A contact's key by the domain of the customer's mail address, lower case."""
    customer_contact_fallback: str | None = None
    """The contact of customers who are not listed."""
    reminders_calendar: str | None = None
    """When agents and contacts are reminded; None: each in their own hours."""
    escalation_contact: str | None = None
    escalation_words: str = ""
    out_of_scope: tuple[Scope, ...] = ()
    exclusions: tuple[Statement, ...] = ()
    responsibilities_provider: tuple[Statement, ...] = ()
    responsibilities_client: tuple[Statement, ...] = ()
    maintenance: tuple[MaintenanceWindow, ...] = ()
    maintenance_words: str = ""
    holiday_wording: str = ""
    """Said whenever a holiday is named: Velsoft's "alternative arrangements"."""
    typical_reply_words: str = ""
    """May be quoted as typical ("within a couple hours"); it is no due time."""
    next_response: Metric | None = Metric.FIRST_RESPONSE
    """Whose target the next response uses; None: a next response is not promised."""
    first_response_per_queue: bool = False
    """A handoff to another queue starts a first response of its own."""
    third_party_pauses: bool = False
    """Whether a pausable resolution stands still while a third party is the cause."""
    routing: RoutingRules = field(default_factory=RoutingRules)
    identity_required: bool = False
    attaching: Attaching = field(default_factory=Attaching)
    """Which files visitors and agents may send."""
    consent_words: str = ""
    """What a visitor agrees to before their first message; empty: nothing is asked."""
    allowed_origins: tuple[str, ...] = ()
    supported_browsers: tuple[str, ...] = ()
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The workspace's own triage cues, added to the built-in ones."""
    document: str = ""
    """The document that a source without one refers to."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Where the sections without a source field of their own come from, by their place in the file:
    "calendars.support", "live_chat", "escalation", "typical_reply"."""
    version: str = ""
    """Content hash; set by whoever builds the policy."""

    @property
    def severities(self) -> tuple[Level, ...]:
        return tuple(level for level in self.levels if not level.is_request)

    @property
    def request_types(self) -> tuple[Level, ...]:
        return tuple(level for level in self.levels if level.is_request)

    @property
    def lowest(self) -> Level:
        return self.severities[-1]

    def level(self, key: str, plan: str | None = None) -> Level:
        """The level of this key or alias, with the targets of the customer's plan.

        Raises `UnknownLevel` or `UnknownPlan`, which name the ones there are.
        """
        wanted = self.aliases.get(key.lower(), key)
        for level in self.levels:
            if level.key.lower() == wanted.lower():
                return level if plan is None else self.plan(plan).levels.get(level.key, level)
        raise UnknownLevel(key, tuple(level.key for level in self.levels))

    def plan(self, key: str) -> Plan:
        """Raises `UnknownPlan`."""
        for plan in self.plans:
            if plan.key == key:
                return plan
        raise UnknownPlan(key, tuple(plan.key for plan in self.plans))

    def known_plan(self, key: str | None) -> str | None:
        """The plan if this version has it: a host page may name one that it has no more, or not yet."""
        return key if any(plan.key == key for plan in self.plans) else None

    def bounded(self, level: Level, plan: str | None = None, kind: str | None = None) -> Level:
        """The severity as floors and ceilings leave it; the plan has the last word, before it the kind of message.

        A request type is left as it is. Asked wherever a severity is assessed, never where an agent decides.
        """
        if not level.is_request:
            every = [self.bounds, self.kind_bounds.get(kind or "", Bounds())]
            if plan is not None:
                every.append(self.plan(plan).bounds)
            for bounds in every:
                if bounds.floor is not None:
                    level = min(level, self.level(bounds.floor), key=lambda each: each.rank)
                if bounds.ceiling is not None:
                    level = max(level, self.level(bounds.ceiling), key=lambda each: each.rank)
        return self.level(level.key, plan)

    def customer_contact(self, email: str | None) -> Contact | None:
        """Who looks after the customer with this mail address: by its domain or one above it, else the fallback."""
        domain = (email or "").rpartition("@")[2].strip().rstrip(".").lower()
        while domain:
            if domain in self.customer_contacts:
                return self.contact(self.customer_contacts[domain])
            domain = domain.partition(".")[2]
        return self.contact(self.customer_contact_fallback) if self.customer_contact_fallback else None

    def contacts_for(self, email: str | None) -> tuple[Contact, ...]:
        """Those that a customer with this address may be told: of the people who look after one, theirs alone."""
        own = self.customer_contact(email)
        others = {*self.customer_contacts.values(), self.customer_contact_fallback}
        return tuple(each for each in self.contacts if each == own or each.key not in others)

    def contact_for(self, key: str, email: str | None) -> Contact:
        """The contact of this key; where it stands for whoever looks after a customer, this customer's own."""
        own = self.customer_contact(email) if key == self.customer_contact_fallback else None
        return own or self.contact(key)

    def contact(self, key: str) -> Contact:
        return next(contact for contact in self.contacts if contact.key == key)

    def queue(self, key: str) -> Queue:
        return next(queue for queue in self.queues if queue.key == key)


class UnknownLevel(LookupError):
    """A severity or request type that the policy does not have."""

    def __init__(self, key: str, known: tuple[str, ...]) -> None:
        super().__init__(f"unknown severity {key!r}; this policy has {', '.join(known)}")
        self.key = key
        self.known = known


class UnknownPlan(LookupError):
    """A plan that the policy does not have."""

    def __init__(self, key: str, known: tuple[str, ...]) -> None:
        super().__init__(f"unknown plan {key!r}; this policy has {', '.join(known) or 'none'}")
        self.key = key
        self.known = known
