"""What the bot knows of each workspace's way of speaking: its cues, its voice, and the phrases of four languages."""

from __future__ import annotations

from pathlib import Path

import structlog

from slabot.domain.dialogue.phrases import phrase_book
from slabot.policies.cues import load_cues
from slabot.policies.in_force import PoliciesInForce
from slabot.policies.problems import PolicyError
from slabot.policies.voice import load_voice
from slabot.services.bot import Wits

log = structlog.get_logger(__name__)


class WitsFiles:
    """Satisfies `services.bot.WitsOf`; a voice file that a change broke leaves the last good one speaking."""

    def __init__(self, directory: Path, policies: PoliciesInForce) -> None:
        """Raises PolicyError for a voice file with faults."""
        self._directory = directory
        self._policies = policies
        self._phrases = phrase_book()
        self._wits = {name: self._load(name) for name in policies.workspaces()}

    def __call__(self, workspace: str) -> Wits:
        return self._wits[workspace]

    def reload(self, workspace: str) -> None:
        try:
            self._wits[workspace] = self._load(workspace)
        except PolicyError as error:
            for problem in error.problems:
                log.error("voice_refused", problem=str(problem))

    def _load(self, workspace: str) -> Wits:
        policy = self._policies.current(workspace).policy
        return Wits(load_cues(policy), self._phrases, load_voice(self._directory, policy))
