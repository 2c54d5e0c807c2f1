"""`slabot policy` tells a support manager what is wrong, what a deadline rests on, and what changed."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slabot.cli.policy import policy

Write = Callable[..., Path]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(policy, list(arguments))


def test_warnings_alone_pass(seeds: Path) -> None:
    result = run("check", "--policies", str(seeds))
    assert result.exit_code == 0
    assert result.output.endswith("0 errors, 22 warnings in 4 files.\n")
    assert f"{seeds / 'velsoft.yaml'}:" in result.output


def test_errors_fail_with_their_places(write: Write) -> None:
    path = write({"timezone: Europe/London": "timezone: GMT", "impacts: [minor, low]": "impacts: [low]"})
    result = run("check", "--policies", str(path.parent))
    assert result.exit_code == 1
    assert f"{path}:4:11: error file: expected an IANA zone" in result.output
    assert result.output.endswith("2 errors, 0 warnings in 1 file.\n")


def test_an_unknown_workspace_is_refused(write: Write, tmp_path: Path) -> None:
    directory = str(write().parent)
    for arguments in (
        ["check", "nope"],
        ["explain", "nope", "--severity", "high"],
        ["diff", "small", "nope"],
    ):
        result = run(*arguments, "--policies", directory)
        assert result.exit_code == 3
        assert "nope" in result.output
    (tmp_path / "empty").mkdir()
    assert run("check", "--policies", str(tmp_path / "empty")).exit_code == 3


def test_an_explanation_draws_the_week_and_adds_up(seeds: Path) -> None:
    result = run(
        "explain",
        "human-esources",
        "--severity",
        "high",
        "--at",
        "2026-07-02T17:00:00-04:00",
        "--policies",
        str(seeds),
    )
    assert result.exit_code == 0
    rows = {line[:10]: line[11:] for line in result.output.splitlines() if line[3:4] == " "}
    assert rows["Thu  2 Jul"].startswith("·" * 18 + "█" * 16 + "●" + "█" * 3 + "·" * 10)
    assert rows["Fri  3 Jul"].startswith("·" * 48)
    assert rows["Mon  6 Jul"].startswith("·" * 18 + "█" * 4 + "R" + "█" * 15)
    assert "due  Mon 6 Jul 2026 11:00 Eastern" in result.output
    assert "Independence Day (observed)" in result.output


@pytest.mark.parametrize(
    ("severity", "at", "words"),
    [
        ("P1", "2026-07-02T17:00:00-04:00", "high, normal"),
        ("high", "2026-07-02T17:00:00", "has no offset"),
        ("high", "yesterday", "expected an instant"),
        ("high", "1800-01-01T00:00:00Z", "outside calendar"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(
    seeds: Path, severity: str, at: str, words: str
) -> None:
    result = run("explain", "human-esources", "--severity", severity, "--at", at, "--policies", str(seeds))
    assert result.exit_code == 2
    assert words in " ".join(result.output.split())


def test_a_difference_is_told_and_counts(write: Write, seeds: Path) -> None:
    old = write()
    new = write(
        {"workspace: other": "workspace: other", "2 business hours": "3 business hours"}, name="other"
    )
    result = run("diff", str(old), str(new))
    assert result.exit_code == 1
    assert "high first response was 2 business hours and is 3 business hours: later." in result.output
    same = run("diff", "velsoft", "velsoft", "--policies", str(seeds))
    assert (same.exit_code, same.output) == (0, "Nothing changed.\n")


@pytest.mark.parametrize("command", ["check", "explain", "diff"])
def test_the_example_of_each_help_runs(command: str, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(seeds.parent)
    help_text = run(command, "--help").output
    example = next(line for line in help_text.splitlines() if line.strip().startswith("slabot policy"))
    assert run(*shlex.split(example)[2:]).exit_code == 0
