"""Builds the cues that triage looks up, from the packaged phrases and the workspace's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from ruamel.yaml import YAML

from slabot.domain.policy import Impact, Policy
from slabot.domain.triage.cues import Cues, Wording
from slabot.domain.triage.lexicon import Lexicon, Phrase, compile_phrase, compile_phrases
from slabot.domain.words import FUNCTION_WORDS, Language, Repairer, tokens
from slabot.policies.experience import packaged_experience
from slabot.policies.ordinary_words import ordinary_words

LANGUAGES: tuple[Language, ...] = get_args(Language)
# The endings by which a prefix phrase ("disappear*") becomes whole words that a misspelling can be mended to.
_ENDINGS: Mapping[Language, tuple[str, ...]] = {
    "en": ("", "s", "ed", "d", "ing", "e", "es", "ion", "ions"),
    "de": ("", "e", "en", "t", "te", "et", "er", "es", "st", "ung", "ungen"),
    "es": ("", "o", "a", "e", "os", "as", "an", "en", "ar", "er", "ir", "ado", "ada", "aron", "io", "ieron"),
    "fr": ("", "e", "s", "es", "ent", "er", "ee", "ees", "ons", "ait", "it", "ir", "u", "ue", "ues"),
}
_SHORTEST_BORROWED = 5
# Words that may stand for one another, listed once ("=person") and named in phrases ("no {person}").
_CLASS = "="
_CLASS_NAME = re.compile(r"\{(\w+)\}")


class UnknownCue(LookupError):
    """A policy's own phrases are filed under a cue that triage does not have."""

    def __init__(self, cue: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown cue {cue!r} under cues; expected one of {', '.join(sorted(known))}")
        self.cue = cue


def load_cues(policy: Policy, *, learned: bool = True) -> Cues:
    """The built-in cues together with the policy's own. Raises `UnknownCue`, or `BadPhrase` for a phrase.

    Without `learned` the rules alone decide, as when their verdicts are learned from.

    Somebody else's systems come from the policy's `out_of_scope`; a learning platform that is not listed
    there is the product itself.
    """
    own = [phrase for cue, lines in policy.cues.items() for phrase in _own_phrases(cue, lines)]
    added = Lexicon(own) if own else None
    own += [compile_phrase("platform", name) for name in _names_of(policy)]
    listed = [term for scope in policy.out_of_scope for term in scope.terms]
    own += [compile_phrase("third", term) for term in listed if tokens(term)]
    lms = "third" if any("lms" in tokens(term) for term in listed) else "platform"
    home: Language = next((known for known in LANGUAGES if known == policy.language), "en")
    return Cues(
        lexicons=_Lexicons(lms, own),
        repairers=_Repairers(),
        ordinary=_KnownWords(),
        vocabulary={language: _vocabulary(language) for language in LANGUAGES},
        language=home,
        grounds={signal: tuple(beginnings) for signal, beginnings in _packaged("grounds.yaml").items()},
        wordings=_wordings(),
        experience=packaged_experience() if learned else None,
        own=added,
    )


class _Lexicons(dict[Language, Lexicon]):
    """A lexicon a language, built when a message first needs it."""

    def __init__(self, lms: str, own: Sequence[Phrase]) -> None:
        super().__init__()
        self._lms = lms
        self._own = own

    def __missing__(self, language: Language) -> Lexicon:
        base = _lexicon(language, self._lms)
        built = self[language] = Lexicon(self._own, base) if self._own else base
        return built


@cache
def _lexicon(language: Language, lms: str) -> Lexicon:
    return Lexicon(_filed(phrase, lms) for phrase in _phrases_for(language))


def _names_of(policy: Policy) -> Iterable[str]:
    """What people call the product: its name, whole or by its first word, and the name run together."""
    words = tokens(policy.name)
    yield " ".join(words)
    if len(words) > 1:
        yield "".join(words)
        if len(words[0]) > len("element") - 1 and words[0] not in ("element", "human"):
            yield words[0]


def _own_phrases(cue: str, lines: Iterable[str]) -> Iterable[Phrase]:
    known = _written("en")
    if cue not in known:
        raise UnknownCue(cue, known)
    return [compile_phrase(cue, _with_classes(line, "en")) for line in lines]


def _filed(phrase: Phrase, lms: str) -> Phrase:
    return Phrase(lms, phrase.elements) if phrase.cue == "lms" else phrase


@cache
def _phrases_for(language: Language) -> tuple[Phrase, ...]:
    """The language's own phrases, and those of the others that cannot be mistaken for words of it."""
    found = list(_phrases(language))
    for other in LANGUAGES:
        if other != language:
            found += [phrase for phrase in _phrases(other) if _is_borrowed(phrase, other, language)]
    return tuple(found)


def _is_borrowed(phrase: Phrase, source: Language, into: Language) -> bool:
    small = FUNCTION_WORDS[into]
    if len(phrase.elements) > 1:
        return not all(element is None or element <= small for element in phrase.elements)
    shortest = 1 if source == "en" else _SHORTEST_BORROWED
    return all(
        len(word) >= shortest and word[0] != "*" and not _is_word_of(into, word) for word in phrase.words
    )


def _is_word_of(language: Language, word: str) -> bool:
    return word in FUNCTION_WORDS[language] or ordinary_words(language).has_everyday(word)


@cache
def _vocabulary(language: Language) -> frozenset[str]:
    return frozenset().union(*(phrase.words for phrase in _phrases(language)))


@cache
def _phrases(language: Language) -> tuple[Phrase, ...]:
    return tuple(compile_phrases(_written(language)))


@cache
def _written(language: Language) -> Mapping[str, Sequence[str]]:
    """Phrases by cue, with the words of a class in the place of its name."""
    return {
        cue: [_with_classes(phrase, language) for phrase in said]
        for cue, said in _filed_lines(language).items()
        if not cue.startswith(_CLASS)
    }


def _with_classes(phrase: str, language: Language) -> str:
    """ "no {person}" as "no nurse|trainee|…". An unknown name is left as it is, and the phrase matches nothing."""
    if "{" not in phrase:
        return phrase
    classes = _filed_lines(language)
    return _CLASS_NAME.sub(
        lambda found: "|".join(classes.get(_CLASS + found.group(1), (found.group(),))), phrase
    )


@cache
def _filed_lines(language: Language) -> Mapping[str, Sequence[str]]:
    """What the file lists under each key. It holds folded scalars only, so it is read a line at a time: 20 times faster."""
    lines: dict[str, list[str]] = {}
    cue = ""
    for line in _text(f"{language}.yaml").splitlines():
        if line.startswith("  "):
            lines[cue].append(line.strip())
        elif line and not line.startswith("#"):
            cue, _, rest = line.partition(":")
            lines[cue] = [rest.replace(">-", "").strip()]
    return {
        cue: [phrase.strip() for phrase in " ".join(said).split(",") if phrase.strip()]
        for cue, said in lines.items()
    }


class _KnownWords(dict[Language, frozenset[str]]):
    """Words that are no cue, however near they come to one; read when a message first needs them."""

    def __missing__(self, language: Language) -> frozenset[str]:
        words = self[language] = ordinary_words(language).known
        return words


class _Repairers(dict[Language, Repairer]):
    """What mends misspelt cue words, built when a message first needs it."""

    def __missing__(self, language: Language) -> Repairer:
        built = self[language] = _repairer(language)
        return built


@cache
def _repairer(language: Language) -> Repairer:
    """Every whole word of the language's own phrases and of the English ones, which mix into all.

    But no insult: a slip of the finger is not one.
    """
    words: dict[str, int] = {}
    for source in dict.fromkeys((language, LANGUAGES[0])):
        for phrase in _phrases(source):
            if phrase.cue == "abuse":
                continue
            for element in phrase.elements:
                for word in element or ():
                    if word.startswith("*"):
                        continue
                    if word.endswith("*"):
                        words.update(dict.fromkeys((word[:-1] + ending for ending in _ENDINGS[source]), 1))
                    else:
                        words[word] = 1
    return Repairer({word: 1 for word in words if word.isalpha()})


@cache
def _wordings() -> Mapping[str, Wording]:
    return {
        key: Wording(
            key,
            entry["text"],
            tuple(
                (option["criterion"], Impact(option["impact"]), option["labels"])
                for option in entry["options"]
            ),
        )
        for key, entry in _packaged("questions.yaml").items()
    }


@cache
def _packaged(name: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = YAML(typ="safe", pure=True).load(_text(name))
    return loaded


def _text(name: str) -> str:
    return (files("slabot.policies") / "cues" / name).read_text(encoding="utf-8")
