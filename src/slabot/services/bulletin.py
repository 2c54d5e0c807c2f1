"""What was committed, told to whoever listens in this process: sockets, the watch, the waiting line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from slabot.domain.conversation import Conversation
from slabot.domain.projection import InboxRow
from slabot.domain.timeline import Event
from slabot.services.turn import Signature

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """One committed turn: its events, the conversation after them and its row in the inbox."""

    conversation: Conversation
    events: tuple[Event, ...]
    row: InboxRow
    command: Signature | None = None
    """What led to it; whoever sent it gets the events as their answer. None: the house did it by itself."""


Listener = Callable[[News], None]


class Bulletin:
    """Listeners run in order of joining and must not wait; one that fails is logged and stops nobody.

    News are hints: whoever misses one catches up by `seq` or `position`.
    """

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def join(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def tell(self, news: News) -> None:
        for listener in self._listeners:
            try:
                listener(news)
            except Exception:
                log.exception("listener_failed", conversation=news.conversation.id)
