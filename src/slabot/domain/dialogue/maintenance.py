"""Planned maintenance: announced windows are told, and downtime inside one is no incident."""

from __future__ import annotations

from datetime import timedelta

from slabot.domain.dialogue.plan import Action, Utterance
from slabot.domain.dialogue.turn import Speaker, Turn
from slabot.domain.policy import MaintenanceWindow

ANNOUNCED_AHEAD = timedelta(hours=24)
"""Planned maintenance is announced this long before it starts (document 003, 2.3)."""


def window_now(speaker: Speaker) -> MaintenanceWindow | None:
    """The window that is running."""
    return next((each for each in speaker.policy.maintenance if each.starts <= speaker.now < each.ends), None)


def window_soon(speaker: Speaker) -> MaintenanceWindow | None:
    """The first one that starts within a day."""
    coming = [
        each
        for each in speaker.policy.maintenance
        if speaker.now < each.starts <= speaker.now + ANNOUNCED_AHEAD
    ]
    return min(coming, key=lambda each: each.starts, default=None)


def window_line(speaker: Speaker, window: MaintenanceWindow) -> str:
    """A window in one sentence: under way until when, or from when to when."""
    what = window.what or speaker.policy.name
    ends = speaker.time(window.ends)
    if window.starts <= speaker.now:
        return speaker.say("maintenance.now", what=what, time=ends)
    return speaker.say("maintenance.soon", what=what, starts=speaker.time(window.starts), ends=ends)


def window_known(speaker: Speaker) -> bool:
    """Whether a window is running or announced."""
    return any(each.ends > speaker.now for each in speaker.policy.maintenance)


def about_maintenance(turn: Turn) -> Utterance:
    """What is running or announced, or that nothing is, and what the policy says of it."""
    running = window_now(turn)
    ahead = sorted(
        (each for each in turn.policy.maintenance if each.starts > turn.now), key=lambda each: each.starts
    )
    words = turn.voice.policy_words("maintenance_words", turn.language, turn.policy.maintenance_words)
    parts = []
    if running is not None:
        parts.append(window_line(turn, running))
    parts += [window_line(turn, window) for window in ahead[:1]]
    if not running and not ahead:
        parts.append(turn.say("maintenance.none"))
    parts.append(words)
    return Utterance(" ".join(part for part in parts if part), Action.STATUS)
