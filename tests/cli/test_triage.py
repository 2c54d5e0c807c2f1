"""`slabot triage`: JSON Lines in; kind, impact, severity and readable reasons out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from slabot.cli.main import slabot

ROOT = Path(__file__).parents[2]
SLABOT = Path(sys.executable).with_name("slabot")
KEYS = ["id", "kind", "impact", "severity", "claimed", "confidence", "reasons"]


def run(workspace: str, *lines: object, policies: Path = ROOT / "seeds") -> Result:
    """In this process; the test at the end starts the real command."""
    told = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n"
    return CliRunner().invoke(
        slabot, ["triage", workspace, "--policies", str(policies), "--kb", "kb"], input=told
    )


def answers(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_line_is_answered_in_order_under_its_own_id() -> None:
    told = answers(
        run("prosper-ex", {"id": "b", "text": "nobody can log in"}, {"id": 7, "text": "how do I send kudos?"})
    )
    assert [line["id"] for line in told] == ["b", 7]
    assert all(list(line) == KEYS for line in told)


def test_an_incident_names_its_level_and_the_clause_and_words_it_rests_on() -> None:
    [told] = answers(run("prosper-ex", {"id": 1, "text": "Nobody in our company can log in"}))
    assert (told["kind"], told["impact"], told["severity"], told["claimed"]) == (
        "incident",
        "critical",
        "T1",
        None,
    )
    assert 0 < told["confidence"] <= 1
    [reason] = told["reasons"]
    assert reason["clause"] == "4.1: Total platform downtime or inability to log in."
    assert "log in" in reason["because"]


def test_a_question_has_an_impact_and_no_severity() -> None:
    [told] = answers(run("element-human", {"id": 1, "text": "how do I invite a colleague"}))
    assert (told["kind"], told["impact"], told["severity"]) == ("question", "low", None)


def test_a_claim_is_told_apart_from_the_severity() -> None:
    [told] = answers(run("element-human", {"id": 1, "text": "this is a P1! the logo is blurry"}))
    assert (told["severity"], told["claimed"]) == ("P4", "P1")


@pytest.mark.parametrize("text", ["", "   ", "?!", "🙂", "\u0000", "a" * 20_000, "nobody " * 5_000])
def test_any_text_is_weighed(text: str) -> None:
    [told] = answers(run("velsoft", {"id": 1, "text": text}))
    assert told["impact"] in ("critical", "major", "minor", "low")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("no JSON at all", "line 2: expected one JSON object"),
        ("[1, 2]", "line 2: "),
        ({"id": 2}, "line 2: text: "),
        ({"text": "hello"}, "line 2: id: "),
        ({"id": 2, "text": None}, "line 2: text: "),
        ({"id": 2, "text": 5}, "line 2: text: "),
        ({"id": True, "text": "hello"}, "line 2: id"),
        ({"id": 2, "text": "hello", "context": []}, "line 2: context: "),
    ],
)
def test_a_bad_line_is_told_by_number_and_the_rest_go_on(line: object, complaint: str) -> None:
    result = run("velsoft", {"id": 1, "text": "hi"}, line, {"id": 3, "text": "the portal is slow"})
    assert result.exit_code == 2
    assert [json.loads(told)["id"] for told in result.stdout.splitlines()] == [1, 3]
    assert result.stderr.startswith(complaint)


def test_an_unknown_workspace_writes_nothing() -> None:
    result = run("acme", {"id": 1, "text": "hi"})
    assert (result.exit_code, result.stdout) == (3, "")
    assert "acme" in result.stderr


def test_a_policy_with_an_unknown_cue_writes_nothing(tmp_path: Path) -> None:
    for seed in (ROOT / "seeds").glob("velsoft*"):
        (tmp_path / seed.name).write_text(seed.read_text(encoding="utf-8"), encoding="utf-8")
    policy = tmp_path / "velsoft.yaml"
    policy.write_text(
        policy.read_text(encoding="utf-8") + "\ncues:\n  nonsense: [kaboom]\n", encoding="utf-8"
    )
    result = run("velsoft", {"id": 1, "text": "hi"}, policies=tmp_path)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "nonsense" in result.stderr


def test_a_line_is_answered_before_the_next_is_sent() -> None:
    command = [str(SLABOT), "triage", "velsoft", "--policies", str(ROOT / "seeds"), "--kb", str(ROOT / "kb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        assert started.stdin is not None
        assert started.stdout is not None
        for number in (1, 2):
            started.stdin.write(json.dumps({"id": number, "text": "the portal is down"}).encode() + b"\n")
            started.stdin.flush()
            assert json.loads(started.stdout.readline())["id"] == number
        started.stdin.close()
    assert started.returncode == 0
