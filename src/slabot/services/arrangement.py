"""What of a policy an administrator arranges: queues, who looks after which customer, which pages may embed the widget.

How two arrangements differ, and how one person's changes go on top of another's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from slabot.domain.routing import Routing


@dataclass(frozen=True, slots=True)
class ArrangedQueue:
    key: str
    name: str
    routing: Routing = Routing.BY_HAND
    calendar: str | None = None
    """Whose hours it keeps; None: the support desk's."""

    @property
    def facts(self) -> dict[str, Any]:
        return {"name": self.name, "routing": self.routing.value, "calendar": self.calendar}


@dataclass(frozen=True, slots=True)
class Arrangement:
    queues: tuple[ArrangedQueue, ...]
    customers: Mapping[str, str] = field(default_factory=dict)
    """Domain of their mail addresses → key of a contact."""
    customers_else: str | None = None
    """The contact of all other customers; None: nobody in particular."""
    origins: tuple[str, ...] = ()
    """Empty: any page may embed the widget."""

    def queue(self, key: str) -> ArrangedQueue | None:
        return next((queue for queue in self.queues if queue.key == key), None)


@dataclass(frozen=True, slots=True)
class Act:
    """One change as the record tells it: `queue.add`, `customer.else`, `origin.drop` …"""

    what: str
    subject: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


def acts_between(was: Arrangement, now: Arrangement) -> tuple[Act, ...]:
    """What has to be done to turn one into the other."""
    return (*_of_queues(was, now), *_of_customers(was, now), *_of_origins(was, now))


def on_top(was: Arrangement, wanted: Arrangement, now: Arrangement) -> Arrangement:
    """What was changed from `was` to `wanted`, done to `now` instead; everything else stays as it is now."""
    queues = {queue.key: queue for queue in now.queues}
    for act in _of_queues(was, wanted):
        queue = wanted.queue(act.subject)
        if queue is None:
            queues.pop(act.subject, None)
        elif act.subject in queues:
            queues[act.subject] = _with_facts(queues[act.subject], act.after)
        else:
            queues[act.subject] = queue
    customers = dict(now.customers)
    for domain in (*was.customers, *wanted.customers):
        if was.customers.get(domain) != wanted.customers.get(domain):
            customers.pop(domain, None)
            if domain in wanted.customers:
                customers[domain] = wanted.customers[domain]
    dropped = set(was.origins) - set(wanted.origins)
    added = [each for each in wanted.origins if each not in (*was.origins, *now.origins)]
    return Arrangement(
        tuple(queues.values()),
        customers,
        now.customers_else if was.customers_else == wanted.customers_else else wanted.customers_else,
        (*(each for each in now.origins if each not in dropped), *added),
    )


def _with_facts(queue: ArrangedQueue, facts: Mapping[str, Any]) -> ArrangedQueue:
    told = {**queue.facts, **facts}
    return ArrangedQueue(queue.key, told["name"], Routing(told["routing"]), told["calendar"])


def _of_queues(was: Arrangement, now: Arrangement) -> Iterator[Act]:
    for queue in was.queues:
        if now.queue(queue.key) is None:
            yield Act("queue.drop", queue.key, before=queue.facts)
    for queue in now.queues:
        before = was.queue(queue.key)
        if before is None:
            yield Act("queue.add", queue.key, after=queue.facts)
        elif before != queue:
            changed = [fact for fact in queue.facts if before.facts[fact] != queue.facts[fact]]
            yield Act(
                "queue.change",
                queue.key,
                {fact: before.facts[fact] for fact in changed},
                {fact: queue.facts[fact] for fact in changed},
            )


def _of_customers(was: Arrangement, now: Arrangement) -> Iterator[Act]:
    for domain in (*was.customers, *(each for each in now.customers if each not in was.customers)):
        before, after = was.customers.get(domain), now.customers.get(domain)
        if before != after:
            verb = "add" if before is None else "drop" if after is None else "change"
            yield Act(f"customer.{verb}", domain, _contact(before), _contact(after))
    if was.customers_else != now.customers_else:
        subject = now.customers_else or was.customers_else or ""
        yield Act("customer.else", subject, _contact(was.customers_else), _contact(now.customers_else))


def _of_origins(was: Arrangement, now: Arrangement) -> Iterator[Act]:
    yield from (Act("origin.drop", each) for each in was.origins if each not in now.origins)
    yield from (Act("origin.add", each) for each in now.origins if each not in was.origins)


def _contact(key: str | None) -> dict[str, Any]:
    return {} if key is None else {"contact": key}
