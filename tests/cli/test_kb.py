"""`slabot kb check` and `slabot kb eval`: what Edith's CI reads, and what it stops at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from slabot.cli.main import slabot
from slabot.knowledge.weights import PINNED

ROOT = Path(__file__).parents[2]
PAGES = [
    ("refunds", "Refunds", ["how do I get a refund", "I want my money back"], "Write to billing."),
    ("password", "Reset your password", ["I forgot my password", "new password"], "Use the link."),
    ("invoices", "Invoices", ["where is my invoice", "download a bill"], "Below your account."),
    ("sound", "Sound is too quiet", ["I hear nothing", "louder speakers"], "Turn the volume up."),
    ("export", "Export your report", ["how to export a report", "save as spreadsheet"], "Open the menu."),
]
ASKED = [
    ("1", "please refund my purchase", ["refunds"]),
    ("2", "forgot password", ["password"]),
    ("3", "where do i find an invoice", ["invoices"]),
    ("4", "my speakers are quiet", ["sound"]),
    ("5", "export the report to a spreadsheet", ["export"]),
    ("6", "do you sell bananas", []),
]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    lines = (dict(zip(("slug", "title", "questions", "body"), page, strict=True)) for page in PAGES)
    return written(tmp_path / "articles.jsonl", list(lines))


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    lines = (dict(zip(("id", "text", "slugs"), asked, strict=True)) for asked in ASKED)
    return written(tmp_path / "queries.jsonl", list(lines))


def written(path: Path, lines: Sequence[object]) -> Path:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


def run(command: str, *arguments: object) -> Result:
    return CliRunner().invoke(slabot, ["kb", command, "--no-semantic", *map(str, arguments)])


def measured(articles: Path, queries: Path, *more: object) -> dict[str, Any]:
    result = run("eval", "--kb", articles, "--queries", queries, *more)
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def shelved(root: Path, **files: str) -> Path:
    (root / "acme").mkdir(parents=True)
    for name, text in files.items():
        (root / "acme" / f"{name}.md").write_text(text, encoding="utf-8")
    return root


GOOD = "---\ntitle: Refunds\nquestions: [how do I get a refund]\n---\nWrite to billing.\n"


def test_our_own_articles_pass_the_check() -> None:
    result = run("check", "--kb", ROOT / "kb", "--today", "2026-01-01")
    assert result.exit_code == 0, result.output
    assert "0 errors" in result.stderr


def test_a_finding_names_file_and_line_and_fails_the_check(tmp_path: Path) -> None:
    result = run("check", "--kb", shelved(tmp_path / "kb", refunds=f"{GOOD}\nSee [more](gone.md).\n"))
    assert result.exit_code == 1
    assert result.stdout.startswith("acme/refunds.md:7: error: link to 'gone.md'")


def test_a_warning_fails_the_check_only_when_asked_to(tmp_path: Path) -> None:
    kb = shelved(tmp_path / "kb", refunds=GOOD.replace("questions:", "review_by: 2025-01-01\nquestions:"))
    gentle, strict = (run("check", "--kb", kb, "--today", "2026-01-01", *more) for more in ([], ["--strict"]))
    assert gentle.stdout == strict.stdout
    assert gentle.stdout.startswith("acme/refunds.md:3: warning: was to be reviewed by 2025-01-01")
    assert (gentle.exit_code, strict.exit_code) == (0, 1)


@pytest.mark.parametrize("command", ["check", "eval"])
def test_a_folder_that_is_not_there_is_told_by_its_name(tmp_path: Path, command: str, queries: Path) -> None:
    more = ["--queries", queries] if command == "eval" else []
    result = run(command, "--kb", tmp_path / "nowhere", *more)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "nowhere: expected a folder" in result.stderr


def test_an_evaluation_reports_every_figure_as_one_object(articles: Path, queries: Path) -> None:
    told = measured(articles, queries)
    assert list(told) == [
        "queries", "recall@1", "recall@3", "mrr@10", "answered", "answer_precision", "asked", "false_answers",
        "p50_ms", "p99_ms",
    ]  # fmt: skip
    assert (told["queries"], told["recall@1"], told["false_answers"]) == (6, 1.0, 0.0)


def test_halves_are_the_same_for_everybody_and_make_the_whole(articles: Path, queries: Path) -> None:
    halves = [measured(articles, queries, "--half", half)["queries"] for half in "ab"]
    assert halves == [measured(articles, queries, "--half", half)["queries"] for half in "ab"]
    assert sum(halves) == len(ASKED)


def test_without_its_answer_a_query_counts_as_answered_falsely(articles: Path, queries: Path) -> None:
    told = measured(articles, queries, "--without-answer")
    assert (told["recall@1"], told["answered"]) == (None, None)
    assert told["false_answers"] == 0.0
    # Two articles that say the same: with one of them gone the other still answers.
    same = [("a", "Refunds", ["how do I get a refund"], ""), ("b", "Refunds", ["how do I get a refund"], "")]
    pages = [
        dict(zip(("slug", "title", "questions", "body"), page, strict=True)) for page in (*same, *PAGES[1:])
    ]
    written(articles, pages)
    written(queries, [{"id": "1", "text": "how do I get a refund", "slugs": ["a"]}])
    assert measured(articles, queries, "--without-answer")["false_answers"] == 1.0


def test_the_same_seed_makes_the_same_slips(articles: Path, queries: Path, tmp_path: Path) -> None:
    def outcomes(name: str, *more: object) -> str:
        measured(articles, queries, "--out", tmp_path / name, *more)
        return (tmp_path / name).read_text(encoding="utf-8")

    slipped = outcomes("one", "--typos", 1, "--seed", 3)
    assert slipped == outcomes("two", "--typos", 1, "--seed", 3)
    assert slipped != outcomes("three", "--typos", 1, "--seed", 4)


def test_each_outcome_is_written_on_a_line_of_its_own(articles: Path, queries: Path, tmp_path: Path) -> None:
    measured(articles, queries, "--out", tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == [asked[0] for asked in ASKED]
    assert all(list(line) == ["id", "action", "candidates", "right"] for line in lines)
    assert lines[1]["candidates"][0]["slug"] == "password"
    assert lines[1]["right"] is True


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "queries.jsonl line 2: expected {id, text, slugs}"),
        ('{"id": 1, "text": "x"}', "queries.jsonl line 2: expected {id, text, slugs}"),
        ('{"id": 1, "text": "x", "slugs": "refunds"}', "slugs should be a list"),
    ],
)
def test_a_line_that_is_no_query_is_refused_with_its_number(
    articles: Path, queries: Path, line: str, says: str
) -> None:
    queries.write_text('{"id": 1, "text": "x", "slugs": []}\n' + line, encoding="utf-8")
    result = run("eval", "--kb", articles, "--queries", queries)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert says in result.stderr


def test_slugs_that_are_no_articles_are_warned_of(articles: Path, queries: Path) -> None:
    written(queries, [{"id": 1, "text": "refund", "slugs": ["refund"]}])
    result = run("eval", "--kb", articles, "--queries", queries)
    assert result.exit_code == 0
    assert "warning: 1 slugs of the queries are no articles: refund" in result.stderr


def test_weights_that_were_not_measured_are_refused_before_anything_is_asked(
    articles: Path, queries: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PINNED, "sp.model", "0" * 64)
    asked = ["--kb", str(articles), "--queries", str(queries)]
    result = CliRunner().invoke(slabot, ["kb", "eval", "--semantic", *asked])
    assert (result.exit_code, result.stdout) == (3, "")
    assert "sp.model: expected SHA-256 0000000000000000…" in result.stderr
    assert "pip install" in result.stderr
