"""The cues that triage looks up: the packaged ones and a workspace's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from slabot.domain.policy import Impact
from slabot.domain.triage.assess import assess
from slabot.policies.cues import LANGUAGES, UnknownCue, _filed_lines, _text, _written, load_cues
from slabot.policies.loader import load_workspace

POLICY = load_workspace(Path(__file__).resolve().parents[2] / "seeds", "prosper-ex").policy


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_mean_what_yaml_says_they_mean(language: str) -> None:
    said = YAML(typ="safe", pure=True).load(_text(f"{language}.yaml"))
    read = _filed_lines(language)
    assert read.keys() == said.keys()
    for cue, phrases in read.items():
        assert list(phrases) == [" ".join(one.split()) for one in str(said[cue]).split(",") if one.strip()]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_files_its_phrases_under_the_cues_of_the_first(language: str) -> None:
    assert _written(language).keys() <= _written("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_that_a_phrase_names_is_listed(language: str) -> None:
    assert not [phrase for phrases in _written(language).values() for phrase in phrases if "{" in phrase]


def test_a_workspace_adds_its_own_phrases() -> None:
    text = "the pulse wall turned purple for everyone"
    own = replace(POLICY, cues={"dead_service": ("turned purple",)})
    assert assess(text, POLICY, load_cues(POLICY, learned=False)).impact is not Impact.CRITICAL
    assert assess(text, own, load_cues(own)).impact is Impact.CRITICAL


def test_a_cue_that_triage_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(UnknownCue, match=r"unknown cue 'purple'.*expected one of.*security"):
        load_cues(replace(POLICY, cues={"purple": ("turned purple",)}))


def test_a_phrase_of_a_workspace_may_name_a_class_of_words() -> None:
    own = load_cues(replace(POLICY, cues={"dead_service": ("not one {person} sees the wall",)}))
    assert assess("not one nurse sees the wall", POLICY, own).impact is Impact.CRITICAL
