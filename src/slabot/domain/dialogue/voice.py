"""The bot's wording: sentences with named places to fill, per language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from slabot.domain.words import Language

_FORMATTER = Formatter()


@dataclass(frozen=True, slots=True)
class Voice:
    """Complete in English; another language falls back to English sentence by sentence."""

    sentences: Mapping[Language, Mapping[str, str]]

    def say(self, key: str, language: Language, **values: object) -> str:
        """The sentence of this key, filled. Raises KeyError for a key or place that there is not."""
        wording = self.sentences.get(language, {}).get(key)
        if wording is None:
            wording = self.sentences["en"][key]
        return wording.format_map(values)

    def policy_words(self, key: str, language: Language, written: str) -> str:
        """The policy's own words, or the workspace's rendering of them in this language."""
        return self.sentences.get(language, {}).get(key, written)


def places(wording: str) -> set[str]:
    """The names in braces. Raises ValueError where braces do not close or hold more than a name."""
    found: set[str] = set()
    for _, name, spec, conversion in _FORMATTER.parse(wording):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(f"{{{name}}} is no plain name in braces")
        found.add(name)
    return found
