"""The bot's wording from files: the packaged sentences of four languages, and a workspace's own over them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import get_args

from slabot.domain.dialogue.voice import Voice, places
from slabot.domain.policy import Policy
from slabot.domain.words import Language
from slabot.policies.document import Document, parse_document, read_document
from slabot.policies.problems import PolicyError, Problem

LANGUAGES: tuple[Language, ...] = get_args(Language)


def load_voice(directory: Path, policy: Policy) -> Voice:
    """The packaged voice with what `<workspace>.voice.yaml` overrides, if there is such a file.

    Raises `PolicyError` with every fault: unknown languages, sentences and names in braces.
    """
    path = directory / f"{policy.workspace}.voice.yaml"
    packaged = default_sentences()
    if not path.exists():
        return Voice(packaged)
    return Voice(_overridden(read_document(path), packaged, policy))


@cache
def default_sentences() -> Mapping[Language, Mapping[str, str]]:
    """The packaged sentences; a language may leave out what English has."""
    sentences: dict[Language, Mapping[str, str]] = {}
    for language in LANGUAGES:
        name = f"default.{language}.yaml"
        document = parse_document((files(__package__) / "voices" / name).read_text(encoding="utf-8"), name)
        known = sentences.get("en", {})
        sentences[language] = _read(document, (), document.tree, known or None, document.problems)
        if document.problems:
            raise PolicyError(document.problems)
    return sentences


def own_words(policy: Policy) -> frozenset[str]:
    """Keys under which a workspace may render its policy's own words in another language."""
    return frozenset(
        {
            "escalation", "holiday_wording", "bot_hours", "maintenance_words", "first_line.page",
            *(f"unset.{contact.key}" for contact in policy.contacts),
            *(f"contact.{contact.key}" for contact in policy.contacts),
            *(f"level.{level.key}" for level in policy.levels),
            *(f"formal_report.{level.key}" for level in policy.levels),
            *(f"scope.{scope.key}" for scope in policy.out_of_scope),
        }
    )  # fmt: skip


def _overridden(
    document: Document, packaged: Mapping[Language, Mapping[str, str]], policy: Policy
) -> dict[Language, Mapping[str, str]]:
    problems = list(document.problems)
    known = {**packaged["en"], **dict.fromkeys(own_words(policy), "")}
    sentences: dict[Language, Mapping[str, str]] = dict(packaged)
    for key, tree in document.tree.items():
        language = next((each for each in LANGUAGES if each == key), None)
        if language is None:
            remedy = f"Use one of: {', '.join(LANGUAGES)}."
            problems.append(document.problem((key,), "a language", repr(key), remedy, of_key=True))
        elif not isinstance(tree, dict):
            remedy = f"Put sentences under {key}, as `thanks: …`."
            problems.append(document.problem((key,), "sentences", repr(tree), remedy))
        else:
            sentences[language] = {**packaged[language], **_read(document, (key,), tree, known, problems)}
    if problems:
        raise PolicyError(problems)
    return sentences


def _read(
    document: Document,
    at: tuple[str, ...],
    tree: Mapping[str, object],
    known: Mapping[str, str] | None,
    problems: list[Problem],
) -> dict[str, str]:
    sentences: dict[str, str] = {}
    for key, wording in tree.items():
        where = (*at, key)
        if not isinstance(wording, str) or not wording.strip():
            problems.append(
                document.problem(where, "a sentence", repr(wording), "Write the words, or drop the key.")
            )
            continue
        if known is not None and key not in known:
            remedy = "Use a key of the packaged default.en.yaml."
            problems.append(
                document.problem(where, "a sentence the bot says", repr(key), remedy, of_key=True)
            )
            continue
        try:
            used = places(wording)
        except ValueError as error:
            problems.append(
                document.problem(where, "names in braces", str(error), "Write {number}, or {{ for a brace.")
            )
            continue
        allowed = used if known is None else places(known[key])
        if unknown := used - allowed:
            there_are = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "none"
            came = ", ".join(f"{{{name}}}" for name in sorted(unknown))
            problems.append(
                document.problem(where, "names the bot fills in", came, f"This sentence has {there_are}.")
            )
            continue
        sentences[key] = wording
    return sentences
