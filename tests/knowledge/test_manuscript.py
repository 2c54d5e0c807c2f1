"""A form changes the fields it shows and nothing else of an article's file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slabot.knowledge.articles import parse_article
from slabot.knowledge.manuscript import read_fields, with_fields
from slabot.services.workshop_ports import Fields

FILE = """---
# Edith: agreed with legal
title: Opening hours
questions:
  # the way students ask
  - when are you open
  - "are you there: now?"

tags: [hours, desk]   # keep short
source:
  - handbook.txt:12
# last line of comment
---

## When

Mon to Fri.
"""


def test_fields_that_say_the_same_leave_the_file_untouched() -> None:
    assert with_fields(FILE, read_fields(FILE)) == FILE


def test_every_demo_article_goes_through_the_form_untouched() -> None:
    files = sorted(Path("kb").rglob("*.md"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert with_fields(text, read_fields(text)) == text, file


def test_a_changed_title_changes_its_line_alone() -> None:
    written = with_fields(FILE, replace(read_fields(FILE), title="Opening hours: all year"))
    assert written == FILE.replace("title: Opening hours", "title: 'Opening hours: all year'")


def test_changed_questions_keep_comments_and_keys_around_them() -> None:
    written = with_fields(FILE, replace(read_fields(FILE), questions=("when do you open", "9:00")))
    assert read_fields(written).questions == ("when do you open", "9:00")
    assert "# Edith: agreed with legal\n" in written
    assert "tags: [hours, desk]   # keep short\n" in written
    assert "source:\n  - handbook.txt:12\n# last line of comment\n---" in written


def test_a_new_key_comes_last_and_an_emptied_one_goes() -> None:
    written = with_fields(FILE, replace(read_fields(FILE), tags=(), review_by=date(2027, 1, 31)))
    assert "tags" not in written
    assert "review_by: 2027-01-31\n---\n" in written


def test_windows_line_ends_stay() -> None:
    written = with_fields(FILE.replace("\n", "\r\n"), replace(read_fields(FILE), title="Hours"))
    assert written == FILE.replace("title: Opening hours", "title: Hours").replace("\n", "\r\n")


def test_a_file_without_front_matter_gets_one() -> None:
    written = with_fields("Just words.", Fields(title="Words", body="Just words."))
    assert written == "---\ntitle: Words\n---\n\nJust words.\n"


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40).map(
    lambda text: " ".join(text.split())
)


@settings(max_examples=50)
@given(
    title=_WORDS.filter(bool),
    questions=st.lists(_WORDS.filter(bool), max_size=4),
    tags=st.lists(_WORDS.filter(bool), max_size=3),
    owner=_WORDS,
)
def test_whatever_is_typed_into_the_form_comes_back(
    title: str, questions: list[str], tags: list[str], owner: str
) -> None:
    typed = Fields(title, "Text.", tuple(questions), tuple(tags), owner=owner)
    for before in ("", FILE):
        written = with_fields(before, typed)
        reading = parse_article(written, slug="hours", file="ws/hours.md")
        assert reading.article is not None, (written, reading.problems)
        assert read_fields(written) == replace(typed, body="Text.\n")


@pytest.mark.parametrize("broken", ["---\ntitle: [\n---\nText.\n", "---\n- a\n---\nText.\n"])
def test_a_broken_front_matter_can_be_read_and_its_text_is_not_lost(broken: str) -> None:
    assert read_fields(broken).body == "Text.\n"
