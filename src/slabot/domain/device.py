"""A visitor's browser and device: facts that the widget reads only after a yes, and the browsers a policy lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

BROWSERS = ("Chrome", "Edge", "Firefox", "Opera", "Safari", "Samsung Internet")
"""Names that the widget tells apart; a policy lists these and no others."""
_LISTED = re.compile(r"(?P<name>\D+?)(?:\s+(?P<since>\d{1,4}))?\s*\+?", re.IGNORECASE)

Device = Mapping[str, Any]
"""`browser`, `version`, `system`, `screen`, `viewport`, `language`, `zone`, `page` as text, empty where unknown;
`cookies_blocked`, `storage_blocked` and `third_party_blocked` as truths, None where the browser does not say."""


class Consent(StrEnum):
    """Whether the visitor lets the widget tell about their device; asked once in a conversation."""

    UNASKED = ""
    ASKED = "asked"
    ALLOWED = "allowed"
    DECLINED = "declined"


def listed_browser(entry: str) -> tuple[str, int] | None:
    """`Chrome 110` as name and first version that counts (0: every one); None for a browser nobody can tell."""
    match = _LISTED.fullmatch(entry.strip())
    if match is None:
        return None
    name = next((each for each in BROWSERS if each.lower() == match["name"].strip().lower()), None)
    return (name, int(match["since"] or 0)) if name is not None else None


def is_unsupported(device: Device, supported: Sequence[str]) -> bool:
    """Whether the policy lists browsers and this one is none of them; an unknown one is never called unsupported."""
    listed = [each for entry in supported if (each := listed_browser(entry)) is not None]
    if not listed or device.get("browser") not in BROWSERS:
        return False
    version = re.match(r"\d+", str(device.get("version") or ""))
    number = int(version.group()) if version else None
    return not any(
        name == device["browser"] and (number is None or number >= since) for name, since in listed
    )


def browser_named(device: Device) -> str:
    """`Safari 12.1`; empty where the widget could not tell."""
    return " ".join(part for part in (device.get("browser"), device.get("version")) if part)
