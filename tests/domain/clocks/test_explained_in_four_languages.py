"""An explanation has whole sentences in every language, filled alike, and no English word is left over."""

from __future__ import annotations

import re
from datetime import datetime
from string import Formatter

import pytest

from slabot.domain.clocks.clock import Clock
from slabot.domain.clocks.explain import explain
from slabot.domain.clocks.lines import text
from slabot.domain.clocks.promise import promise
from slabot.domain.clocks.wording import SENTENCES
from slabot.domain.words import Language
from tests.dialogues.playing import WORKSPACES, workspace

FOREIGN: tuple[Language, ...] = ("de", "es", "fr")
ENGLISH_WORDS = re.compile(
    r"\b(the|of|and|from|due|closed|open|day|days|hour|hours|business|elapsed|target|paused|since|until|"
    r"holiday|outside|same|time|starts|nothing|words|Mon|Tue|Wed|Thu|Fri|Sat|Sun|March|May)\b"
)


def _filled_places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", FOREIGN)
def test_every_sentence_is_there_with_the_same_places(language: Language) -> None:
    english, theirs = SENTENCES["en"], SENTENCES[language]
    assert theirs.keys() == english.keys()
    for key, sentence in english.items():
        assert _filled_places(theirs[key]) == _filled_places(sentence), key


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("name", WORKSPACES)
@pytest.mark.parametrize("at", ["2026-03-06T22:00:00Z", "2026-12-24T15:00:00Z", "2026-10-30T20:00:00Z"])
def test_no_english_word_is_left_but_what_the_document_says_itself(
    name: str, language: Language, at: str
) -> None:
    support, _, _ = workspace(name)
    for level in support.policy.levels:
        owed = promise(support.policy, level.key, datetime.fromisoformat(at), (), support.calendars)
        for clock in owed.clocks.values():
            said = _without_quotes(_explained(clock, name, language))
            assert not ENGLISH_WORDS.search(said), said


def _explained(clock: Clock, name: str, language: Language) -> str:
    support, _, _ = workspace(name)
    calendar = support.calendar(clock.target.calendar if clock.target else None)
    lines = text(explain(clock, calendar, cited=False, language=language))
    # Names are the document's own: of levels, holidays and what a target applies to, and of the zone.
    names = [clock.level.name, clock.target.applies if clock.target else "", calendar.zone_words]
    for own in names:
        lines = lines.replace(own, "") if own else lines
    return re.sub(r"(Feiertag|festivo|jour férié ?): [^·]*", "", lines)


def _without_quotes(said: str) -> str:
    return re.sub(r"„[^“]*“|«[^»]*»", "", said)
