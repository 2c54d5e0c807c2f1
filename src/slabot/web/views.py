"""How events and rows look on the wire: what a visitor may see, and what a desk sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from slabot.domain.instants import written_finely
from slabot.domain.projection import InboxRow
from slabot.domain.timeline import VISITOR_SEES, Event, Kind
from slabot.services.offers import Offer
from slabot.services.saved_views import SavedView

PUBLIC_DATA: Mapping[Kind, tuple[str, ...]] = {
    Kind.TICKET_OPENED: ("number", "level"),
    Kind.SEVERITY_CHANGED: ("level",),
    Kind.RATED: ("score",),
    Kind.TIME_COMMITTED: ("until",),
    Kind.RELEASED: ("reason",),
    Kind.MERGED_INTO: ("conversation", "ticket"),
    Kind.MERGED_FROM: ("conversation", "ticket"),
}
"""Fields of `data` that leave the house; everything else stays with the desk."""


def visitor_event(event: Event, bot_name: str) -> dict[str, Any] | None:
    """None for what a visitor may not see."""
    if event.kind not in VISITOR_SEES:
        return None
    content = event.content or {}
    seen: dict[str, Any] = {"seq": event.seq, "at": written_finely(event.at), "kind": event.kind.value}
    seen["who"] = {"role": event.actor.role, "name": _name(event, bot_name)}
    if "text" in content and event.kind in (Kind.VISITOR_WROTE, Kind.BOT_WROTE, Kind.AGENT_WROTE):
        seen["text"] = content["text"]
        if "html" in content:
            seen["html"] = content["html"]
    for key in ("card", "choices", "files"):
        if key in content:
            seen[key] = content[key]
    for key in ("action", "article"):
        if key in event.data:
            seen[key] = event.data[key]
    if event.kind is Kind.VISITOR_WROTE:
        seen["client_id"] = event.data["client_id"]
    public = {key: event.data[key] for key in PUBLIC_DATA.get(event.kind, ()) if key in event.data}
    if public:
        seen["data"] = public
    return seen


def visitor_events(events: tuple[Event, ...], bot_name: str) -> list[dict[str, Any]]:
    return [seen for event in events if (seen := visitor_event(event, bot_name)) is not None]


def desk_event(event: Event, names: Mapping[str, str], bot_name: str) -> dict[str, Any]:
    """Everything, for the desk."""
    name = names.get(event.actor.id) or _name(event, bot_name)
    data = dict(event.data)
    if data.get("agent") is not None:
        data["agent_name"] = names.get(data["agent"], "")
    return {
        "seq": event.seq,
        "position": event.position,
        "conversation": event.conversation,
        "at": written_finely(event.at),
        "kind": event.kind.value,
        "who": {"role": event.actor.role, "id": event.actor.id, "name": name},
        "data": data,
        **(event.content or {}),
        "erased": event.content is None,
    }


def offer(offered: Offer) -> dict[str, Any]:
    return {
        "conversation": offered.conversation,
        "workspace": offered.workspace,
        "until": written_finely(offered.until),
        "knows_visitor": offered.knows_visitor,
    }


def saved(views: tuple[SavedView, ...]) -> dict[str, Any]:
    return {"saved_views": [asdict(view) for view in views]}


def row(inbox: InboxRow) -> dict[str, Any]:
    """The row as stored; instants as text."""
    return {
        key: written_finely(value) if isinstance(value, datetime) else value
        for key, value in inbox._asdict().items()
    }


def _name(event: Event, bot_name: str) -> str:
    said = str((event.content or {}).get("name", ""))
    match event.actor.role:
        case "watch" if event.kind is Kind.RELEASED:
            return said  # Whose hold ended, not who noticed.
        case "bot" | "watch":
            return bot_name
        case _:
            # A third party is named in the words of this fact, not who recorded it.
            return "" if event.kind is Kind.THIRD_PARTY_NAMED else said
