"""`slabot kb import` and `slabot kb export`, as an operator runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from slabot.cli.kb import kb

PAGE = "# Where do I park?\n\nBehind the house.\n"


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SLABOT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SLABOT_KB", str(tmp_path / "kb"))
    (tmp_path / "kb" / "velsoft").mkdir(parents=True)
    site = tmp_path / "site"
    site.mkdir()
    (site / "parking.md").write_text(PAGE, encoding="utf-8")
    return tmp_path / "kb" / "velsoft"


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(kb, arguments)
    return done.exit_code, done.output


def test_a_dry_run_lists_and_keeps_nothing_and_drafts_come_once(articles: Path, tmp_path: Path) -> None:
    site = str(tmp_path / "site")
    status, said = run("import", "velsoft", site, "--dry-run")
    assert (status, said.splitlines()) == (
        0,
        ["parking  ← parking.md  draft", "1 would come as drafts, 0 left as they are, 0 not read"],
    )
    assert "1 came as drafts" in run("import", "velsoft", site)[1]
    assert "0 came as drafts, 1 left as they are" in run("import", "velsoft", site)[1]
    assert list(articles.glob("*.md")) == []


def test_published_at_once_they_are_files_that_come_out_again(articles: Path, tmp_path: Path) -> None:
    assert run("import", "velsoft", str(tmp_path / "site"), "--publish")[0] == 0
    text = (articles / "parking.md").read_text(encoding="utf-8")
    assert (
        text == "---\ntitle: Where do I park?\nquestions:\n  - Where do I park?\n---\n\nBehind the house.\n"
    )
    assert run("export", "velsoft", str(tmp_path / "out"))[0] == 0
    assert (tmp_path / "out" / "parking.md").read_text(encoding="utf-8") == text
    status, said = run("export", "velsoft", str(tmp_path / "out"))
    assert status == 3
    assert "expected a new name or an empty folder" in said


@pytest.mark.parametrize(
    ("workspace", "source", "said"),
    [("nowhere", "site", "expected a folder of articles"), ("velsoft", "missing", "found nothing")],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    articles: Path, tmp_path: Path, workspace: str, source: str, said: str
) -> None:
    status, told = run("import", workspace, str(tmp_path / source))
    assert status == 3
    assert said in told


def test_a_file_that_cannot_be_read_is_named_and_fails_the_command(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "site" / "torn.md").write_bytes(b"\xff\xfe")
    status, said = run("import", "velsoft", str(tmp_path / "site"))
    assert status == 1
    assert "not read: torn.md: is not UTF-8 (line 1)" in said
    assert "1 came as drafts" in said
