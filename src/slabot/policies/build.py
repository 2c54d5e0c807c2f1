"""From a validated policy file to the domain's policy and the rules of its calendars."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from slabot.domain.attachment import MEGABYTE, Attaching
from slabot.domain.calendar.rules import CalendarRules, DatedException, Holiday
from slabot.domain.policy import (
    Bounds,
    Brand,
    Contact,
    EscalationStep,
    Level,
    LiveChat,
    MaintenanceWindow,
    Plan,
    Policy,
    Queue,
    Scope,
    Statement,
)
from slabot.domain.routing import RoutingRules
from slabot.domain.target import Metric, Source, Target, Unit
from slabot.policies.durations import duration_words
from slabot.policies.holidays import Days
from slabot.policies.hours import weekly_words
from slabot.policies.schema import (
    BoundsEntry,
    CalendarEntry,
    ContactEntry,
    LevelEntry,
    PlanEntry,
    PolicyEntry,
    TargetEntry,
)
from slabot.policies.schema.base import SourceEntry, Statements
from slabot.policies.schema.targets import OutsidePrimeEntry


def build_policy(entry: PolicyEntry, tree: Mapping[str, Any]) -> Policy:
    """The domain policy; `tree` is the plain file, whose content is the version."""
    build = _Build(entry)
    levels = tuple(build.levels())
    return Policy(
        workspace=entry.workspace,
        name=entry.name,
        ticket_prefix=entry.ticket.prefix,
        ticket_noun=entry.ticket.noun,
        language=entry.language,
        zone=entry.timezone,
        zone_words=entry.zone_words,
        support_calendar=entry.support_calendar,
        levels=levels,
        routing=RoutingRules(
            entry.routing.offer_for,
            entry.routing.hold,
            entry.routing.quiet_hold,
            entry.routing.last_agent_first,
        ),
        queues=tuple(Queue(key, q.name, q.calendar, q.routing) for key, q in entry.queues.items()),
        contacts=tuple(build.contact(key, contact) for key, contact in entry.contacts.items()),
        live_chat=LiveChat(
            entry.live_chat.calendar, entry.live_chat.words or "", entry.live_chat.bot_hours_words or ""
        ),
        brand=Brand(entry.brand.accent, entry.brand.corner, entry.brand.bot_name),
        aliases=dict(build.aliases()),
        plans=tuple(build.plan(key, plan, levels) for key, plan in entry.plans.items()),
        bounds=Bounds(entry.floor, entry.ceiling),
        kind_bounds={kind: _bounds(bounds) for kind, bounds in entry.kind_bounds.items()},
        question_level=entry.question_level,
        kind_levels=dict(entry.kind_levels),
        severity_rules=dict(entry.severity_rules),
        customer_contacts=dict(entry.customer_contacts.by_email_domain),
        customer_contact_fallback=entry.customer_contacts.fallback,
        reminders_calendar=entry.reminders_calendar,
        escalation_contact=entry.escalation.contact,
        escalation_words=entry.escalation.words,
        out_of_scope=tuple(
            Scope(scope.key, scope.terms, scope.instead, build.source(scope.source))
            for scope in entry.out_of_scope
        ),
        exclusions=build.statements(entry.exclusions),
        responsibilities_provider=build.statements(entry.responsibilities.provider),
        responsibilities_client=build.statements(entry.responsibilities.client),
        maintenance=tuple(
            MaintenanceWindow(window.starts, window.ends, window.announced_at, window.what)
            for window in entry.maintenance.windows
        ),
        maintenance_words=entry.maintenance.words or "",
        holiday_wording=entry.holiday_wording.words if entry.holiday_wording else "",
        typical_reply_words=entry.typical_reply.words if entry.typical_reply else "",
        next_response=None if entry.next_response == "none" else Metric.FIRST_RESPONSE,
        first_response_per_queue=entry.first_response_per_queue,
        third_party_pauses=entry.third_party_pauses,
        identity_required=entry.identity_required,
        attaching=Attaching(entry.files.types, entry.files.megabytes * MEGABYTE),
        consent_words=entry.consent or "",
        allowed_origins=entry.allowed_origins,
        supported_browsers=entry.supported_browsers,
        cues=dict(entry.cues),
        document=entry.document,
        sources=dict(build.sources()),
        version=content_hash(tree),
    )


def build_rules(key: str, entry: CalendarEntry, zone: str, zone_words: str, holidays: Days) -> CalendarRules:
    """The rules of one calendar with the holidays of its years; zone and words are the policy's own."""
    days: dict[Any, Holiday] = dict(holidays)
    return CalendarRules(
        key=key,
        zone=entry.timezone or zone,
        weekly=entry.hours,
        zone_words=entry.zone_words or zone_words,
        words=entry.words or weekly_words(entry.hours),
        holidays=days,
        exceptions=tuple(
            DatedException(
                first=each.day or each.first,  # type: ignore[arg-type]  # the schema asks for one of the two
                last=each.day or each.last,  # type: ignore[arg-type]
                name=each.name,
                hours=each.hours,
                wording=each.wording or "",
                contact_keys=each.contacts,
            )
            for each in entry.exceptions
        ),
    )


def content_hash(tree: Mapping[str, Any]) -> str:
    """A policy's version: the digest of its content, whatever its comments and line breaks."""
    canonical = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _bounds(entry: BoundsEntry) -> Bounds:
    return Bounds(entry.floor, entry.ceiling)


class _Build:
    def __init__(self, entry: PolicyEntry) -> None:
        self.entry = entry

    def source(self, entry: SourceEntry | None) -> Source | None:
        if entry is None:
            return None
        return Source(
            entry.document or self.entry.document, entry.line, entry.clause or "", entry.quote or ""
        )

    def statements(self, entries: Statements) -> tuple[Statement, ...]:
        return tuple(Statement(each.text, self.source(each.source)) for each in entries)

    def levels(self) -> Iterator[Level]:
        rank = 0
        for section, is_request in ((self.entry.severities, False), (self.entry.request_types, True)):
            for key, entry in section.items():
                if entry.alias_of is None:
                    yield self.level(key, entry, rank, is_request)
                    rank += 1

    def level(self, key: str, entry: LevelEntry, rank: int, is_request: bool) -> Level:
        acknowledged_by = entry.acknowledged_by or self.entry.defaults.acknowledged_by
        return Level(
            key=key,
            name=entry.name or key,
            rank=rank,
            queue=entry.queue or "",
            targets={metric: self.target(target, entry.source) for metric, target in entry.targets.items()},
            impacts=entry.impacts,
            is_request=is_request,
            definition=entry.definition or "",
            examples=tuple(source for source in map(self.source, entry.examples) if source),
            source=self.source(entry.source),
            contact_keys=entry.contacts,
            formal_channels=entry.formal_channels,
            formal_report_words=entry.formal_report or "",
            acknowledged_by=acknowledged_by if entry.acknowledge else None,
            reminders_at_night=entry.reminders_at_night,
            escalation=tuple(EscalationStep(step.metric, step.at, step.tell) for step in entry.escalation),
        )

    def plan(self, key: str, entry: PlanEntry, levels: tuple[Level, ...]) -> Plan:
        name = entry.name or f"plan {key}"
        planned: dict[str, Level] = {}
        for level in levels:
            if (own := entry.levels.get(level.key)) is not None:
                source = own.source or entry.source
                targets = {
                    metric: self.target(target, source, name) for metric, target in own.targets.items()
                }
                planned[level.key] = replace(level, targets={**level.targets, **targets})
        return Plan(key, name, planned, Bounds(entry.floor, entry.ceiling), self.source(entry.source))

    def target(self, entry: TargetEntry, section: SourceEntry | None, applies: str = "") -> Target:
        """`section` is the source of the level or plan, for a target without one of its own."""
        defaults, within = self.entry.defaults, entry.within
        source = self.source(entry.source) or self.source(section) or Source(self.entry.document)
        target = Target(
            unit=within.unit if within else Unit.WORDS,
            most=within.most if within else None,
            words=entry.words or entry.text or (duration_words(within) if within else ""),
            source=source,
            least=within.least if within else None,
            calendar=entry.calendar,
            prime=entry.prime,
            applies=applies,
            business_day=entry.business_day or defaults.business_day,
            pausable=defaults.pausable if entry.pausable is None else entry.pausable,
            continuous_effort=bool(entry.continuous_effort),
            around_the_clock_after_first_response=entry.is_around_the_clock,
            contractual=defaults.contractual if entry.contractual is None else entry.contractual,
            warn_at_share=defaults.warn_at if entry.warn_at is None else entry.warn_at,
            warn_before=defaults.warn_before if entry.warn_before is None else entry.warn_before,
        )
        if entry.outside_prime is None:
            return target
        return replace(target, outside_prime=self.outside_prime(entry.outside_prime, target))

    def outside_prime(self, entry: OutsidePrimeEntry, prime: Target) -> Target:
        """The target of a clock that starts outside prime time: as within, but for what is written."""
        return replace(
            prime,
            unit=entry.within.unit,
            most=entry.within.most,
            least=entry.within.least,
            words=entry.words or duration_words(entry.within),
            calendar=entry.calendar or prime.calendar,
            source=self.source(entry.source) or prime.source,
            applies=f"{prime.applies}, outside prime time" if prime.applies else "outside prime time",
        )

    def contact(self, key: str, entry: ContactEntry) -> Contact:
        phones = dict(entry.phones)
        if entry.phone is not None:
            phones = {"": entry.phone, **phones}
        return Contact(
            key=key,
            name=entry.name,
            roles=entry.roles,
            email=entry.email,
            phones=phones,
            person=entry.person,
            url=entry.url,
            calendar=entry.calendar,
            hours_words=entry.hours_words or "",
            response_words=entry.response_words or "",
            when=entry.when or "",
            unset_wording=entry.unset_wording or "",
            only_after_unresolved=entry.only_after_unresolved,
            source=self.source(entry.source),
        )

    def aliases(self) -> Iterator[tuple[str, str]]:
        for section in (self.entry.severities, self.entry.request_types):
            for key, level in section.items():
                if level.alias_of is not None:
                    yield key.lower(), level.alias_of
                yield from ((name.lower(), key) for name in level.also_called)

    def sources(self) -> Iterator[tuple[str, Source]]:
        entry = self.entry
        named: dict[str, SourceEntry | None] = {
            "policy": entry.source,
            "ticket": entry.ticket.source,
            "brand": entry.brand.source,
            "live_chat": entry.live_chat.source,
            "routing": entry.routing.source,
            "customer_contacts": entry.customer_contacts.source,
            "escalation": entry.escalation.source,
            "maintenance": entry.maintenance.source,
            "holiday_wording": entry.holiday_wording.source if entry.holiday_wording else None,
            "typical_reply": entry.typical_reply.source if entry.typical_reply else None,
        }
        for key, calendar in entry.calendars.items():
            named[f"calendars.{key}"] = calendar.source
            named[f"calendars.{key}.holidays"] = calendar.holidays.source if calendar.holidays else None
        named |= {f"queues.{key}": queue.source for key, queue in entry.queues.items()}
        aliases = {
            f"severities.{key}": level.source for key, level in entry.severities.items() if level.alias_of
        }
        for place, written in (named | aliases).items():
            source = self.source(written)
            if source is not None:
                yield place, source
