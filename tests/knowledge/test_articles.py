"""Edith's files: what is read, what is refused with its line, and what never gets out as HTML."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from slabot.knowledge.articles import LARGEST_BYTES, parse_article, read_article

GOOD = "---\ntitle: Refunds\nquestions:\n  - how do I get a refund\n---\nWrite to us.\n\n## How long\nTwo weeks.\n"


def test_an_article_is_cut_into_passages_by_heading() -> None:
    article = parse_article(GOOD, "refunds", "refunds.md").article
    assert article is not None
    assert [(passage.heading, passage.text) for passage in article.passages] == [
        ("", "Write to us."),
        ("How long", "Two weeks."),
    ]
    assert [(question.text, question.line) for question in article.questions] == [
        ("how do I get a refund", 4)
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("no front matter", 1, "no front matter"),
        ("---\ntitle: x\n", 1, "never closed"),
        ("---\ntitle: x\nquestions: [a\n---\n", 3, "not YAML"),
        ("---\nquestions: [a]\n---\n", 1, "title is missing"),
        ("---\ntitle: [a]\n---\n", 2, "one line of text"),
        ("---\n- a\n---\n", 1, "keys and values"),
    ],
)
def test_a_broken_article_is_refused_with_the_line_that_breaks_it(text: str, line: int, says: str) -> None:
    reading = parse_article(text, "x", "x.md")
    assert reading.article is None
    problem = next(problem for problem in reading.problems if problem.fatal)
    assert problem.line == line
    assert says in problem.what


def test_a_small_mistake_is_told_and_the_article_still_answers() -> None:
    reading = parse_article("---\ntitle: x\ntags: billing\ntagz: 1\nreview_by: soon\n---\nhi\n", "x", "x.md")
    assert reading.article is not None
    assert [problem.line for problem in sorted(reading.problems)] == [3, 4, 5]


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<svg onload=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://example.org/x.svg)",
        "<img src=x onerror=alert(1)>",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='https://example.org' onclick='x()'>x</a>",
    ],
)
def test_no_markup_of_an_article_can_run(evil: str) -> None:
    article = parse_article(f"---\ntitle: x\n---\nBefore {evil} after\n", "x", "x.md").article
    assert article is not None
    html = article.html + "".join(passage.html for passage in article.passages)
    for tag in ("<script", "<svg", "<img", 'href="javascript', 'href="data', "<a href='"):
        assert tag not in html


def test_files_that_are_no_articles_are_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "latin.md").write_bytes(b"---\ntitle: x\n---\nGr\xfc\xdfe\n")
    (tmp_path / "nul.md").write_bytes(b"---\ntitle: x\n---\na\0b\n")
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "out.md").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe.md")
    with (tmp_path / "huge.md").open("wb") as huge:
        huge.truncate(LARGEST_BYTES + 1)
    said = {name: read_article(tmp_path / f"{name}.md", tmp_path) for name in
            ("latin", "nul", "loop", "gone", "out", "pipe", "huge")}  # fmt: skip
    assert all(reading.article is None for reading in said.values())
    assert said["latin"].problems[0].line == 4
    assert said["nul"].problems[0].line == 4
    assert "outside" in said["out"].problems[0].what
    assert "regular" in said["pipe"].problems[0].what
    assert "Split it" in said["huge"].problems[0].what
    assert "cannot be read" in said["loop"].problems[0].what
