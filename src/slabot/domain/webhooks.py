"""What other systems are told of a conversation: which facts, and what is said of each. Pure.

A change that could break a reader raises `VERSION`; a new key alone does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from slabot.domain.conversation import Conversation
from slabot.domain.instants import written, written_if_any
from slabot.domain.support import Support
from slabot.domain.target import Metric
from slabot.domain.ticket import MERGED, Ticket
from slabot.domain.timeline import Actor, Event, Kind

VERSION = 1


class Type(StrEnum):
    """What a receiver can ask for."""

    TICKET_OPENED = "ticket.opened"
    TICKET_ASSIGNED = "ticket.assigned"
    TICKET_BREACHED = "ticket.breached"
    TICKET_RESOLVED = "ticket.resolved"
    MESSAGE_ADDED = "message.added"


MEANINGS: Mapping[Type, str] = {
    Type.TICKET_OPENED: "A handoff opened a ticket.",
    Type.TICKET_ASSIGNED: "An agent claimed a ticket, let it go or passed it on, or lost it by being gone too long.",
    Type.TICKET_BREACHED: "A clock of a ticket is past its due instant.",
    Type.TICKET_RESOLVED: "A ticket was resolved; with `code` `merged` it goes on in another one, `merged_into`.",
    Type.MESSAGE_ADDED: "Visitor, bot or agent said something in public. Notes stay at the desk.",
}

_ASSIGNS = (Kind.CLAIMED, Kind.RELEASED, Kind.TRANSFERRED)
_SAYS = (Kind.VISITOR_WROTE, Kind.BOT_WROTE, Kind.AGENT_WROTE)
_OF_TICKET: Mapping[Kind, Type] = {
    Kind.TICKET_OPENED: Type.TICKET_OPENED,
    **dict.fromkeys(_ASSIGNS, Type.TICKET_ASSIGNED),
    Kind.BREACHED: Type.TICKET_BREACHED,
    Kind.RESOLVED: Type.TICKET_RESOLVED,
    Kind.MERGED_INTO: Type.TICKET_RESOLVED,
}
TOLD = frozenset({*_OF_TICKET, *_SAYS})
"""Kinds of events that somebody outside may hear of."""


def type_of(event: Event) -> Type | None:
    """None for what stays in the house."""
    return Type.MESSAGE_ADDED if event.kind in _SAYS else _OF_TICKET.get(event.kind)


def payload(
    event: Event, then: Conversation, support: Support, names: Mapping[str, str]
) -> dict[str, Any] | None:
    """The whole body. `then` is the conversation as it was after the event, so that every try says the same.

    None: the fact is about no ticket, or stays in the house. `names` of agents by id.
    """
    told = type_of(event)
    if told is None or (then.ticket is None and told is not Type.MESSAGE_ADDED):
        return None
    data: dict[str, Any] = {
        "workspace": then.workspace,
        "conversation": then.id,
        "seq": event.seq,
        "position": event.position,
        "ticket": _ticket(then.ticket, then, support, names) if then.ticket is not None else None,
    }
    match told:
        case Type.TICKET_ASSIGNED:
            data |= {"because": event.kind.value, "by": _person(event.actor, names)}
        case Type.TICKET_BREACHED:
            data |= {
                "metric": event.data["metric"],
                "due": event.data.get("due"),
                "late_by_reclassification": bool(event.data.get("late_by_reclassification")),
            }
        case Type.TICKET_RESOLVED:
            data |= {"code": event.data.get("code", ""), "by": _person(event.actor, names)}
            if event.kind is Kind.MERGED_INTO:
                goes_on = {"conversation": event.data["conversation"], "number": event.data["ticket"]}
                data |= {"code": MERGED, "merged_into": goes_on}
        case Type.MESSAGE_ADDED:
            data["message"] = _message(event, names)
    return {"type": told.value, "version": VERSION, "timestamp": written(event.at), "data": data}


def _ticket(ticket: Ticket, then: Conversation, support: Support, names: Mapping[str, str]) -> dict[str, Any]:
    promise = ticket.promise(support)
    holder = Actor.agent(then.holder) if then.holder is not None else None
    return {
        "number": ticket.number,
        "severity": ticket.level,
        "severity_name": support.policy.level(ticket.level).name,
        "queue": ticket.queue,
        "state": ticket.state.value,
        "holder": _person(holder, names) if holder is not None else None,
        "opened_at": written(ticket.opened_at),
        "resolved_at": written_if_any(ticket.resolved_at),
        "is_provisional": ticket.is_provisional,
        **{metric.value: written_if_any(promise.due(metric)) for metric in Metric},
    }


def _message(event: Event, names: Mapping[str, str]) -> dict[str, Any]:
    content = event.content or {}
    return {
        "by": _person(event.actor, names),
        "text": content.get("text"),
        "files": [{"name": each.get("name", "")} for each in content.get("files", ())],
        "erased": event.content is None,
    }


def _person(actor: Actor, names: Mapping[str, str]) -> dict[str, Any]:
    """A visitor's id stays in the house: it is who they are to us."""
    is_agent = actor.role == "agent"
    return {
        "role": actor.role,
        "id": actor.id if is_agent else None,
        "name": names.get(actor.id, "") if is_agent else "",
    }
