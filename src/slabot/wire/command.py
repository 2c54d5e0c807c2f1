"""What every command has in common: strict fields, and the answer that always comes."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from slabot.wire.texts import ClientId, Id


class Command(BaseModel):
    """Unknown fields are errors: a typo must not be silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Act(Command):
    """What every verb of an agent on a conversation carries."""

    conversation: Id
    client_id: ClientId


class Fault(BaseModel):
    """`code` is for programs, `message` for people, `fields` says where."""

    code: str
    message: str
    fields: dict[str, Any] | None = None


class Failure(BaseModel):
    ok: Literal[False] = False
    error: Fault


class Success(BaseModel):
    """The fields beside `ok` are each command's own."""

    model_config = ConfigDict(extra="allow")

    ok: Literal[True] = True
