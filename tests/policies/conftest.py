"""The four seeds, and a small policy that tests change one line of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from slabot.policies import PolicyFile, read_policy

SEEDS = Path(__file__).parents[2] / "seeds"
TODAY = date(2026, 3, 9)

SMALL = """\
workspace: small
name: Small
document: small.txt
timezone: Europe/London
zone_words: London
ticket: {prefix: SM-}
support_calendar: desk
calendars:
  desk:
    hours: Mon–Fri 09:00–17:00
    holidays: {country: GB, subdivisions: [ENG]}
live_chat: {}
queues:
  support: {name: Support}
contacts:
  support: {name: Support, email: help@example.org}
severities:
  high:
    name: High
    queue: support
    impacts: [critical, major]
    source: 3
    first_response: 2 business hours
    resolution: 1–3 business days
  low:
    name: Low
    queue: support
    impacts: [minor, low]
    source: 4
    first_response: 1 business day
    resolution: {text: Future software release}
escalation: {words: The document names nobody.}
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the small policy with lines replaced: `write({"old": "new"})`."""

    def written(changes: dict[str, str] | None = None, name: str = "small") -> Path:
        text = SMALL.replace("workspace: small", f"workspace: {name}")
        for old, new in (changes or {}).items():
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the small policy"
            text = text.replace(old, new)
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, "utf-8")
        return path

    return written


@pytest.fixture
def seeds() -> Path:
    return SEEDS


@pytest.fixture(scope="session")
def seed_files() -> dict[str, PolicyFile]:
    names = ("human-esources", "element-human", "prosper-ex", "velsoft")
    return {name: read_policy(SEEDS / f"{name}.yaml", TODAY) for name in names}
