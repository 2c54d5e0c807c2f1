"""Nothing that a person can set, run or call is missing from the documents."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from slabot.cli.main import COMMANDS
from slabot.cli.settings import settings
from slabot.config import SETTINGS
from slabot.domain.timeline import Kind
from slabot.domain.webhooks import MEANINGS, Type

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def between(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert found, f"README.md has no part between <!-- {name} --> and <!-- /{name} -->"
    return found[1].strip()


def test_the_readme_has_every_setting_with_its_default_and_meaning() -> None:
    printed = CliRunner().invoke(settings, ["--markdown"]).output.strip()
    assert between("settings") == printed, "paste what `slabot settings --markdown` prints"
    assert len(SETTINGS) == printed.count("\n") - 1


def test_the_readme_has_every_command_in_its_own_words() -> None:
    there = [name for name, (place, _) in COMMANDS.items() if find_spec(place.partition(":")[0])]
    rows = [f"| `slabot {name}` | {COMMANDS[name][1]} |" for name in there]
    assert between("commands") == "\n".join(["| Command | What it does |", "|---|---|", *rows])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_document_links_to_a_file_that_is_not_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert missing == []


def test_every_kind_of_event_is_in_the_documents() -> None:
    told = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert [kind.value for kind in Kind if f"`{kind.value}`" not in told] == []


def test_the_embedding_page_shows_the_types_that_are_served() -> None:
    types = (ROOT / "static" / "widget" / "slabot.d.ts").read_text(encoding="utf-8")
    assert types in (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")


def test_every_webhook_is_in_the_documents_with_when_it_is_sent() -> None:
    told = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
    assert [type for type in Type if f"| `{type.value}` | {MEANINGS[type]} |" not in told] == []
