"""What the administration's REST takes and gives."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from slabot.domain.webhooks import Type
from slabot.wire.rest import Body

Role = Literal["agent", "editor", "lead", "admin"]
Speech = Literal["en", "de", "es", "fr"]
ADDRESS = r"^[^\s@]{1,64}@[^\s@]{1,189}$"
"""What somebody logs in with."""
Address = Annotated[str, Field(pattern=ADDRESS)]
Name = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]+$")]


class AddAgent(Body):
    """A person for the desk. Without workspaces, queues or languages: every one."""

    email: Address
    name: Name
    password: str = Field(min_length=1, max_length=1_000)
    role: Role = "agent"
    workspaces: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    languages: tuple[Speech, ...] = ()
    capacity: int = Field(12, ge=1, le=500)


class ChangeAgent(Body):
    """What is left out stays. A password or `disabled` ends every session of theirs."""

    email: Address | None = None
    name: Name | None = None
    role: Role | None = None
    workspaces: tuple[str, ...] | None = None
    queues: tuple[str, ...] | None = None
    languages: tuple[Speech, ...] | None = None
    capacity: int | None = Field(None, ge=1, le=500)
    disabled: bool | None = None
    password: str | None = Field(None, min_length=1, max_length=1_000)


class AddKey(Body):
    """A key to sign identities with: an RSA public key in PEM, or none for a secret that we make."""

    public_key: str | None = Field(None, max_length=10_000)


class AddWebhook(Body):
    """A receiver; without types it is told everything."""

    workspace: str = Field(max_length=64)
    url: str = Field(min_length=1, max_length=2_000)
    types: tuple[Type, ...] = ()


class Replay(Body):
    """One delivery again; without one, every message that was given up."""

    delivery: str | None = Field(None, max_length=64)


class SendAgain(Body):
    """One letter that was given up; without one, every such letter of the workspace."""

    letter: str | None = Field(None, max_length=64)


class Overview(BaseModel):
    """People, workspaces with their keys and what their policy file says, and receivers of webhooks."""

    ok: bool = True
    agents: list[dict[str, Any]]
    workspaces: list[dict[str, Any]]
    webhooks: list[dict[str, Any]]
    types: list[str]
    roles: list[str]
    sends_mail: bool


class Made(BaseModel):
    """`secret` is shown this once."""

    ok: bool = True
    id: str
    secret: str | None = None


class DeedList(BaseModel):
    """Who did what, newest first."""

    ok: bool = True
    deeds: list[dict[str, Any]]


class DeliveryList(BaseModel):
    ok: bool = True
    deliveries: list[dict[str, Any]]


class LetterList(BaseModel):
    """Never an address or a word of a letter."""

    ok: bool = True
    letters: list[dict[str, Any]]


class Replayed(BaseModel):
    ok: bool = True
    count: int
