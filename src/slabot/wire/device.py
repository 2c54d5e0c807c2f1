"""A browser and device as a widget may tell of them, after the visitor's yes."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from slabot.wire.texts import clean

_Fact = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=100)]


class DeviceFacts(BaseModel):
    """What is unknown stays empty or null; nothing here is a whole user agent string."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    browser: _Fact = ""
    version: _Fact = ""
    system: _Fact = ""
    screen: _Fact = ""
    """Width and height: `1920×1080`."""
    viewport: _Fact = ""
    """The window, likewise."""
    language: _Fact = ""
    zone: _Fact = ""
    page: Annotated[str, BeforeValidator(clean), StringConstraints(max_length=2_000)] = ""
    """Where on the host's site, as the host page gives it."""
    cookies_blocked: bool | None = None
    storage_blocked: bool | None = None
    third_party_blocked: bool | None = None
    """Cookies and storage of a page inside another one's frame."""
