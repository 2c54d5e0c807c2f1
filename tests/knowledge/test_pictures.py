"""Pictures and files beside the articles: what of them a visitor sees, and what is kept under which name."""

from __future__ import annotations

from pathlib import Path

import pytest

from slabot.knowledge.articles import parse_article
from slabot.knowledge.enclosures import EnclosureFolder
from slabot.knowledge.markdown import message_html

FRONT = "---\ntitle: Menus\n---\n\n"


def shown(body: str, file: str = "velsoft/menus.md") -> tuple[str, list[str]]:
    reading = parse_article(FRONT + body, "menus", file)
    assert reading.article is not None
    return reading.article.html, [problem.what for problem in reading.problems]


def test_an_own_picture_with_words_is_shown_from_the_server() -> None:
    html, problems = shown("![The open menu](files/menu-3f2a91bc04de.png)")
    assert 'src="/kb/velsoft/files/menu-3f2a91bc04de.png"' in html
    assert 'alt="The open menu"' in html
    assert problems == []


def test_an_article_in_a_folder_below_shows_the_workspaces_pictures() -> None:
    html, _ = shown("![The open menu](../files/menu.png)", "velsoft/more/menus.md")
    assert 'src="/kb/velsoft/files/menu.png"' in html


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/a.png",
        "//elsewhere.example/a.png",
        "files/../secret.png",
        "data:image/png;base64,AA",
    ],
)
def test_a_picture_from_elsewhere_leaves_its_words_and_a_complaint(target: str) -> None:
    html, problems = shown(f"Look: ![the menu]({target})")
    assert "<img" not in html
    assert "the menu" in html
    assert "is not shown" in problems[0]


def test_a_picture_without_words_is_not_shown_and_the_editor_is_told_its_line() -> None:
    reading = parse_article(f"{FRONT}One.\n\n![](files/menu.png)", "menus", "velsoft/menus.md")
    assert reading.article is not None
    assert "<img" not in reading.article.html
    assert [(problem.line, "say what it shows" in problem.what) for problem in reading.problems] == [
        (7, True)
    ]


def test_a_link_to_an_own_file_leads_to_the_server() -> None:
    html, _ = shown("Take [the list](files/list.pdf).")
    assert 'href="/kb/velsoft/files/list.pdf"' in html


def test_a_message_shows_no_picture() -> None:
    assert "<img" not in (message_html("![x](files/menu.png) **and** ![y](/kb/velsoft/files/menu.png)") or "")


@pytest.fixture
def folder(tmp_path: Path) -> EnclosureFolder:
    (tmp_path / "velsoft").mkdir()
    return EnclosureFolder(tmp_path)


def test_a_file_is_kept_once_under_a_name_that_git_and_people_can_read(folder: EnclosureFolder) -> None:
    first = folder.keep("velsoft", "Set-up  Page.PNG", b"bytes")
    assert first.startswith("set-up-page-")
    assert first.endswith(".png")
    assert folder.keep("velsoft", first, b"bytes") == first, "an export that comes back keeps its names"
    assert folder.keep("velsoft", first, b"others") != first, "no picture is overwritten by another"
    assert folder.names("velsoft") == {first, folder.keep("velsoft", first, b"others")}


@pytest.mark.parametrize(
    ("workspace", "name"), [("velsoft", "../list.pdf"), ("..", "list.pdf"), ("velsoft", "x.svg")]
)
def test_only_plain_files_of_known_kinds_are_handed_out(
    folder: EnclosureFolder, tmp_path: Path, workspace: str, name: str
) -> None:
    files = tmp_path / "velsoft" / "files"
    files.mkdir()
    for place in (files / "x.svg", tmp_path / "velsoft" / "list.pdf", files / "list.pdf"):
        place.write_bytes(b"%PDF-")
    (files / "linked.pdf").symlink_to(tmp_path / "velsoft" / "list.pdf")
    assert folder.read("velsoft", "list.pdf") == b"%PDF-"
    assert folder.read("velsoft", "linked.pdf") is None
    assert folder.read(workspace, name) is None
