"""Who hears what: the rooms of both namespaces, joined from the session alone and never by a client's word."""

from __future__ import annotations

from slabot.domain.conversation import Conversation
from slabot.services.reception import Guest


def room_of(workspace: str, visitor: str) -> str:
    """All tabs of one visitor, whichever conversation they look at; in `/visitor`."""
    return f"visitor:{workspace}:{visitor}"


def talk_room(workspace: str, conversation: str) -> str:
    """Tabs that came by the link of a mail and hear of one conversation alone; in `/visitor`."""
    return f"talk:{workspace}:{conversation}"


def guests_room(guest: Guest) -> str:
    """Where a guest's tab listens."""
    if guest.only is not None:
        return talk_room(guest.workspace, guest.only)
    return room_of(guest.workspace, guest.visitor)


def visitors_rooms(conversation: Conversation) -> list[str]:
    """Everybody in the widget who may hear of it."""
    here = conversation.workspace
    return [room_of(here, conversation.visitor), talk_room(here, conversation.id)]


def agents_room(agent: str) -> str:
    """Every open desk of one agent; in `/desk`."""
    return f"agent:{agent}"


def desks_room(workspace: str) -> str:
    """Every desk that serves the workspace; in `/desk`."""
    return f"workspace:{workspace}"
