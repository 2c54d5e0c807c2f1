"""The voice: complete in four languages, strict about its places, and free of words that no clock backs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import slabot.mail
from slabot.domain.dialogue.voice import places
from slabot.policies.problems import PolicyError
from slabot.policies.voice import LANGUAGES, default_sentences, load_voice
from tests.dialogues.playing import SEEDS, WORKSPACES, Dialogue, workspace

FORBIDDEN = re.compile(
    r"guarant|garantier|garanti[rz]|garantía|shortly|in kürze|en breve|sous peu|connecting you|right away|immediately|"
    r"24/7|as soon as possible|schnellstmöglich|lo antes posible|dès que possible",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_exists_in_every_language(language: str) -> None:
    wanted = {key for key in default_sentences()["en"] if not key.startswith("holiday.")}
    assert wanted <= set(default_sentences()[language])  # type: ignore[index]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_every_place_that_the_english_sentence_fills(language: str) -> None:
    english = default_sentences()["en"]
    for key, wording in default_sentences()[language].items():  # type: ignore[index]
        assert places(wording) == places(english[key]), key


ENGLISH_WORDS = re.compile(
    r"\b(the|and|your|you|we|this|that|with|have|has|from|of|is|are|were|not|for|by|within|until)\b",
    re.IGNORECASE,
)
MAILS = Path(slabot.mail.__file__).parent / "templates"


@pytest.mark.parametrize("name", WORKSPACES)
@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_no_sentence_of_another_language_has_an_english_word_in_it(name: str, language: str) -> None:
    for key, wording in workspace(name)[2].sentences[language].items():  # type: ignore[index]
        said = re.sub(r"\{\w+\}|„[^“]*“|«[^»]*»|\S+@\S+", "", wording)
        if not key.startswith("holiday."):
            assert not ENGLISH_WORDS.search(said), key


@pytest.mark.parametrize(
    "template",
    sorted(path for path in MAILS.glob("??/*.txt") if path.parent.name != "en"),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_no_mail_in_another_language_has_an_english_word_in_it(template: Path) -> None:
    said = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert said.strip()
    assert not ENGLISH_WORDS.search(said)


@pytest.mark.parametrize("name", WORKSPACES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_says_a_forbidden_word(name: str, language: str) -> None:
    for key, wording in workspace(name)[2].sentences[language].items():  # type: ignore[index]
        assert not FORBIDDEN.search(wording), key


@pytest.mark.parametrize("name", WORKSPACES)
@pytest.mark.parametrize(
    "text",
    [
        "are you open 24/7?", "can you guarantee a fix by tomorrow?", "nobody can log in", "who do I call?",
        "how soon will you answer?", "agent please", "I want to escalate", "delete my data", "hi", "thanks",
        "are you open on Canada Day?", "garantiert ihr das?", "¿lo garantizan?", "vous garantissez le délai ?",
    ],
)  # fmt: skip
def test_no_reply_says_a_forbidden_word(name: str, text: str) -> None:
    talk = Dialogue(name)
    talk.vera(text)
    assert talk.said
    assert not FORBIDDEN.search(talk.said)
    assert "{" not in talk.said
    assert "[email" not in talk.said


def test_an_unknown_name_in_braces_is_told_with_its_line(tmp_path: Path) -> None:
    policy = workspace("velsoft")[0].policy
    (tmp_path / "velsoft.voice.yaml").write_text(
        'en:\n  thanks: "At once, {visitor}."\n  thx: "Hi"\nit:\n  thanks: Prego\n'
    )
    with pytest.raises(PolicyError) as caught:
        load_voice(tmp_path, policy)
    told = [(problem.line, problem.came) for problem in caught.value.problems]
    assert told == [(2, "{visitor}"), (3, "'thx'"), (4, "'it'")]


def test_a_workspace_overrides_single_sentences_and_keeps_the_others(tmp_path: Path) -> None:
    policy = workspace("velsoft")[0].policy
    (tmp_path / "velsoft.voice.yaml").write_text('de:\n  thanks: "Bitte sehr."\n')
    voice = load_voice(tmp_path, policy)
    assert voice.say("thanks", "de") == "Bitte sehr."
    assert voice.say("thanks", "en") == default_sentences()["en"]["thanks"]


@pytest.mark.parametrize("name", WORKSPACES)
def test_the_shipped_voices_load(name: str) -> None:
    assert load_voice(SEEDS, workspace(name)[0].policy).say("thanks", "fr")
