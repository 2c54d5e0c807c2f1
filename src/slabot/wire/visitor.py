"""The widget's side of the wire: what may be said on `/visitor`, as models that validate and document."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from slabot.wire.carrying import Carrying
from slabot.wire.command import Command
from slabot.wire.device import DeviceFacts
from slabot.wire.texts import ClientId, Id, Locale, Seq, Text, Words


class Connect(Command):
    """The `auth` of the connection."""

    workspace: Id
    token: str | None = Field(None, max_length=4_000)
    """The session's token from an earlier `hello`."""
    identity: str | None = Field(None, max_length=8_000)
    """The host page's signed token (JWT) that says who the visitor is."""
    attempt: ClientId | None = None
    """Made by the client for each such token: the same one again from the same page is no second use."""
    locale: Locale = "en"
    zone: str | None = Field(None, max_length=64)
    """The browser's IANA zone."""


class Hello(Command):
    """Who am I, and where were we? Answers token, conversation, conversations, tickets and head."""


class Enter(Command):
    """Another of the visitor's own conversations, whole; what is said next goes on there."""

    conversation: Id


class SignOut(Command):
    """The person logged out on the host page: this session is over, on every tab that has it."""


class Say(Carrying):
    """A message, with `files` that were taken in by REST. Without `conversation` the latest goes on, or one starts;
    `new` starts a fresh one."""

    client_id: ClientId
    conversation: Id | None = None
    new: bool = False
    consent: bool = False
    """The visitor agreed to the words that the workspace asks them to agree to."""
    page: Annotated[Text, Field(max_length=2_000)] = ""
    """Where on the host's site it was written."""


class Describe(Command):
    """Browser and device, once the visitor answered the bot's question with yes; a second telling changes nothing."""

    client_id: ClientId
    conversation: Id | None = None
    device: DeviceFacts


class Resume(Command):
    """Everything after `after_seq` of the conversation under way."""

    after_seq: Seq = 0
    conversation: Id | None = None


class Rate(Command):
    """A score from 1 to 5 for the conversation."""

    client_id: ClientId
    score: Annotated[int, Field(ge=1, le=5)]
    conversation: Id | None = None


class Transcript(Command):
    """The talk as plain text; with `mail` it goes to the visitor's known address instead, under `client_id`."""

    conversation: Id | None = None
    mail: bool = False
    client_id: ClientId | None = None


class Erase(Command):
    """Everything personal in all of the visitor's conversations goes for good; numbers and times of tickets stay."""


class Typing(Command):
    on: bool


class Seen(Command):
    """The visitor has read up to here. Also the widget's heartbeat: the answer carries the head."""

    seq: Seq


class Search(Command):
    """Articles as the visitor types."""

    text: Words


class ReadArticle(Command):
    """One article, whole."""

    slug: Id


class AskPromise(Command):
    """By when would a person reply, if asked now?"""


COMMANDS: dict[str, type[Command]] = {
    "hello": Hello,
    "enter": Enter,
    "sign_out": SignOut,
    "say": Say,
    "describe": Describe,
    "resume": Resume,
    "rate": Rate,
    "transcript": Transcript,
    "erase": Erase,
    "typing": Typing,
    "seen": Seen,
    "search": Search,
    "article": ReadArticle,
    "promise": AskPromise,
}

FACTS = {
    "happened": "Events a visitor may see, with the new head; a gap in `seq` means resume. Who asked gets them as the answer.",
    "typing": "A person is typing, or stopped.",
    "seen": "The person who holds the conversation has it on the screen up to this `seq`.",
    "signed_out": "The session is over, or its talks were erased: forget token and talk.",
}
