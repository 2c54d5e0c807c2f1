"""Who hears what: the rooms of both namespaces, joined from the session alone and never by a client's word."""

from __future__ import annotations

from slabot.domain.conversation import Conversation


def room_of(workspace: str, visitor: str) -> str:
    """All tabs of one visitor, whichever conversation they look at; in `/visitor`."""
    return f"visitor:{workspace}:{visitor}"


def visitors_room(conversation: Conversation) -> str:
    return room_of(conversation.workspace, conversation.visitor)


def agents_room(agent: str) -> str:
    """Every open desk of one agent; in `/desk`."""
    return f"agent:{agent}"


def desks_room(workspace: str) -> str:
    """Every desk that serves the workspace; in `/desk`."""
    return f"workspace:{workspace}"
