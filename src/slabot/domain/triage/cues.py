"""The compiled cues of a workspace: how people say things in four languages, ready to be looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from slabot.domain.policy import Impact
from slabot.domain.triage.experience import Experience
from slabot.domain.triage.lexicon import Lexicon
from slabot.domain.words import Language, Repairer


@dataclass(frozen=True, slots=True)
class Wording:
    """How a separating question is asked, per language, and its buttons: (criterion, impact, labels)."""

    key: str
    text: Mapping[str, str]
    options: tuple[tuple[str, Impact, Mapping[str, str]], ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """Everything `assess` looks up. One lexicon per language: its own phrases and what mixes in from others."""

    lexicons: Mapping[Language, Lexicon]
    repairers: Mapping[Language, Repairer]
    ordinary: Mapping[Language, frozenset[str]]
    """Words that are no misspelt cue, however close they come to one ("list" is not "lost")."""
    vocabulary: Mapping[Language, frozenset[str]]
    """The words of each language's own phrases: they tell the language of a line without small words."""
    language: Language
    """The workspace's own, taken when a text does not tell."""
    grounds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By signal: word beginnings by which the policy's clauses that speak of it are recognised."""
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    experience: Experience | None = None
    """What judged messages suggest; without it the rules alone decide."""
    own: Lexicon | None = None
    """The phrases that the workspace added to the built-in ones."""
