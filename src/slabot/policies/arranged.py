"""A policy file seen as what administrators arrange, and the tree that another arrangement makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from slabot.policies.document import Where, at_path
from slabot.policies.loader import PolicyFile
from slabot.policies.schema import PolicyEntry
from slabot.services.arrangement import ArrangedQueue, Arrangement

_MAP: Final = "by_email_domain"


def arrangement_of(entry: PolicyEntry) -> Arrangement:
    return Arrangement(
        tuple(
            ArrangedQueue(key, queue.name, queue.routing, queue.calendar)
            for key, queue in entry.queues.items()
        ),
        dict(entry.customer_contacts.by_email_domain),
        entry.customer_contacts.fallback,
        entry.allowed_origins,
    )


def arranged(file: PolicyFile, wanted: Arrangement) -> dict[str, Any]:
    """The file's tree with this arrangement; what says the same as before keeps its spelling."""
    tree = deepcopy(file.document.tree)
    was = arrangement_of(file.entry)
    tree["queues"] = {queue.key: _queue(tree, was, queue) for queue in wanted.queues}
    _set(tree, "customer_contacts", _customers(tree.get("customer_contacts") or {}, was, wanted))
    if wanted.origins != was.origins:
        _set(tree, "allowed_origins", list(wanted.origins))
    return tree


def field_of(where: Where, tree: Mapping[str, Any]) -> str:
    """How a form calls the field that stands at this place of the file."""
    match where:
        case ("queues", *rest):
            return ".".join(("queues", *map(str, rest)))
        case ("customer_contacts", "fallback"):
            return "customers_else"
        case ("customer_contacts", "by_email_domain", domain):
            return f"customers.{domain}"
        case ("allowed_origins", int()):
            return f"origins.{at_path(tree, where)}"
        case _:
            return ".".join(map(str, where)) or "policy"


def _queue(tree: Mapping[str, Any], was: Arrangement, wanted: ArrangedQueue) -> dict[str, Any]:
    before = was.queue(wanted.key)
    if before is None:
        written: dict[str, Any] = {"name": wanted.name}
        before = ArrangedQueue(wanted.key, wanted.name)
    else:
        written = tree["queues"][wanted.key]
    if wanted.name != before.name:
        written["name"] = wanted.name
    if wanted.routing is not before.routing:
        written["routing"] = wanted.routing.value
    if wanted.calendar != before.calendar:
        _set(written, "calendar", wanted.calendar)
    return written


def _customers(section: dict[str, Any], was: Arrangement, wanted: Arrangement) -> dict[str, Any]:
    if dict(was.customers) != dict(wanted.customers):
        spelled = {_domain(key): key for key in section.get(_MAP) or {}}
        pairs = {spelled.get(domain, domain): contact for domain, contact in wanted.customers.items()}
        _set(section, _MAP, pairs)
    if wanted.customers_else != was.customers_else:
        _set(section, "fallback", wanted.customers_else)
    return section


def _domain(written: str) -> str:
    """As the schema reads it."""
    return written.removeprefix("@").lower()


def _set(section: dict[str, Any], key: str, value: Any) -> None:
    """Nothing to say: the key goes."""
    if value:
        section[key] = value
    else:
        section.pop(key, None)
