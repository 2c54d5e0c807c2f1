"""Rules over contacts and words: blanks, hours the desk does not keep, words the bot never says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from slabot.domain.calendar.compiled import Calendar
from slabot.domain.calendar.zones import zone
from slabot.domain.clocks.lines import clock_time, moment
from slabot.policies.document import Where
from slabot.policies.lint.finding import Finding, Weight, finding
from slabot.policies.loader import PolicyFile
from slabot.policies.schema import ContactEntry

_NEVER_SAID = re.compile(r"guarantee|24\s*/\s*7", re.IGNORECASE)
_SPOKEN = {
    "formal_report",
    "unset_wording",
    "instead",
    "when",
    "response_words",
    "hours_words",
    "bot_hours_words",
}
_SPOKEN_AT = {
    ("escalation", "words"),
    ("live_chat", "words"),
    ("holiday_wording", "words"),
    ("maintenance", "words"),
}
LEAST_CONTRAST = 4.5
"""WCAG AA for text: white on the accent."""


def reach_findings(file: PolicyFile) -> Iterator[Finding]:
    """Unset contacts, contact hours outside the desk's, words the bot must not say, a pale accent."""
    desk = file.support.calendar()
    for key, contact in file.entry.contacts.items():
        where = ("contacts", key)
        users = _users(file, key)
        if contact.unset_wording is not None:
            what = f"{_missing(contact)} not set; the bot says: “{contact.unset_wording.rstrip('.')}”{users}"
            remedy = "Enter what your customers may be told, or keep the wording."
            yield finding(file, where, "unset_contact", what, remedy)
        elif users and not contact.is_set:
            what = f"no address, no number, and no `unset_wording`{users}"
            remedy = "Add one of them; whoever is sent there must know how."
            yield finding(file, where, "unset_contact", what, remedy, Weight.ERROR)
        if contact.calendar is not None and "bot" not in contact.roles:
            yield from _outside(file, where, file.support.calendar(contact.calendar), desk)
    for at, text in _spoken(file.document.tree, ()):
        if word := _NEVER_SAID.search(text):
            what = f"the bot would say “{word[0]}”"
            yield finding(file, at, "never_said", what, "Say what is kept: `we aim to`, or the hours.")
    contrast = _contrast_with_white(file.entry.brand.accent)
    if contrast < LEAST_CONTRAST:
        what = f"white on {file.entry.brand.accent} has a contrast of {contrast:.1f}; 4.5 is needed"
        yield finding(file, ("brand", "accent"), "pale_accent", what, "Choose a darker colour.")


def _missing(contact: ContactEntry) -> str:
    known = [name for name in ("email", "phone", "url") if getattr(contact, name)]
    known += ["phone"] if contact.phones and "phone" not in known else []
    return "something besides " + " and ".join(known) if known else "address and number"


def _users(file: PolicyFile, key: str) -> str:
    levels = {**file.entry.severities, **file.entry.request_types}
    users = [name for name, level in levels.items() if key in level.contacts]
    if file.entry.escalation.contact == key:
        users.append("escalation")
    return f" (named by {', '.join(users)})" if users else ""


def _outside(file: PolicyFile, where: Where, calendar: Calendar, desk: Calendar) -> Iterator[Finding]:
    at = datetime(file.today.year, file.today.month, file.today.day, tzinfo=UTC)
    last = at + timedelta(days=366)
    while (at := calendar.next_opening(at)) < last:
        closes = min(calendar.closes_at(at) or last, last)
        if desk.between(at, closes) < (closes - at).total_seconds():
            place = zone(calendar.zone)
            span = f"{moment(at, place)} to {clock_time(closes.astimezone(place))}"
            what = f"reachable {span}, when the desk is not open"
            remedy = "Keep it if that is so; otherwise mend one of the two calendars."
            yield finding(file, where, "outside_desk_hours", what, remedy)
            return
        at = closes


def _spoken(tree: Any, at: Where) -> Iterator[tuple[Where, str]]:
    """The texts that visitors read; quotes of the document are not ours to change."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _spoken(value, (*at, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _spoken(value, (*at, index))
    elif isinstance(tree, str) and at and (at[-1] in _SPOKEN or at[-2:] in _SPOKEN_AT):
        yield at, tree


def _contrast_with_white(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
