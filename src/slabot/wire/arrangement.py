"""What changing a policy at the desk takes and gives: queues, customers, pages that may embed the widget."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from slabot.domain.routing import Routing
from slabot.wire.rest import Body
from slabot.wire.texts import clean

Short = Annotated[
    str,
    BeforeValidator(clean),
    StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\x00-\x1f]*$"),
]


class Queue(Body):
    """`calendar` null: the support desk's hours."""

    key: Short
    name: Short
    routing: Routing = Routing.BY_HAND
    calendar: Short | None = None


class Customer(Body):
    """Who looks after the customer whose addresses end in `domain`: the key of a contact."""

    domain: Short
    contact: Short


class Arrangement(Body):
    """All of it as it should be; `customers_else` null: nobody in particular; without `origins` any page may embed."""

    queues: list[Queue] = Field(max_length=500)
    customers: list[Customer] = Field(max_length=5_000)
    customers_else: Short | None = None
    origins: list[Short] = Field(max_length=500)


class Propose(Body):
    """`base` is the digest of the file that was shown, and `was` what it said."""

    base: str = Field(max_length=64)
    was: Arrangement
    wanted: Arrangement


class PutIntoForce(Body):
    """`accepted`: the rules of the doubts that were read."""

    base: str = Field(max_length=64)
    wanted: Arrangement
    accepted: list[str] = Field(default=[], max_length=100)


class PolicySheet(BaseModel):
    """`locked`: why the file cannot be written here (packaged, link or folder); null: it can."""

    ok: bool = True
    file: str
    digest: str
    arrangement: dict[str, Any]
    contacts: dict[str, str]
    calendars: list[str]
    levels: dict[str, list[str]]
    locked: str | None


class Proposal(BaseModel):
    """What would change, as the record will tell it, in sentences, and in the lines of the file.

    `meanwhile`: the file is no longer the one of `base`; `arrangement` and `digest` are then what goes on top of it.
    """

    ok: bool = True
    digest: str
    arrangement: dict[str, Any]
    acts: list[dict[str, Any]]
    doubts: list[dict[str, str]]
    words: list[str]
    lines: list[str]
    meanwhile: dict[str, Any] | None


class InForce(BaseModel):
    """The new version of the policy, and the digest of its file."""

    ok: bool = True
    version: str
