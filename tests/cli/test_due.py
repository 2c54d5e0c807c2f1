"""`slabot due`: JSON Lines in, due instants and their reasons out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from slabot.cli.main import slabot

ROOT = Path(__file__).parents[2]
SLABOT = Path(sys.executable).with_name("slabot")
KEYS = ["id", "acknowledge", "first_response", "next_response", "resolution", "resolution_text", "why"]


def run(workspace: str, *lines: object, policies: Path = ROOT / "seeds") -> Result:
    """In this process; the tests at the end start the real command."""
    told = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n"
    return CliRunner().invoke(
        slabot, ["due", workspace, "--policies", str(policies), "--kb", "kb"], input=told
    )


def ticket(severity: str, opened_at: str, *events: tuple[str, ...], name: object = 1) -> dict[str, Any]:
    listed = [dict(zip(("type", "at", "severity"), event, strict=False)) for event in events]
    return {"id": name, "severity": severity, "opened_at": opened_at, "events": listed}


def answers(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_line_is_answered_in_order_under_its_own_id() -> None:
    told = answers(
        run(
            "human-esources",
            ticket("high", "2026-03-06T17:00:00-05:00", name="Vera"),
            "",
            ticket("normal", "2026-07-02T17:00:00-04:00", name=7),
            ticket("high", "2026-07-02T21:00:00Z", name=1.5),
        )
    )
    assert [each["id"] for each in told] == ["Vera", 7, 1.5]
    assert [list(each) for each in told] == [KEYS] * 3
    # Fri 6 Mar 17:00 + 4 h; Thu 2 Jul 17:00 + 8 h and + 4 h over the observed holiday.
    assert [each["first_response"] for each in told] == [
        "2026-03-09T15:00:00Z",
        "2026-07-06T19:00:00Z",
        "2026-07-06T15:00:00Z",
    ]


def test_a_document_without_a_resolution_owes_none() -> None:
    (told,) = answers(run("human-esources", ticket("high", "2026-03-06T17:00:00-05:00")))
    assert (told["acknowledge"], told["resolution"], told["resolution_text"]) == (None, None, None)


def test_words_stand_where_the_document_gives_no_time() -> None:
    (told,) = answers(run("element-human", ticket("P4", "2026-03-06T17:00:00Z")))
    assert (told["resolution"], told["resolution_text"]) == (None, "Future software release")


def test_every_kind_of_promise_of_the_four_documents() -> None:
    (p1,) = answers(run("element-human", ticket("P1", "2026-03-27T17:00:00Z")))
    # London's clocks change on Sunday 29 March.
    assert (p1["first_response"], p1["resolution"]) == ("2026-03-30T09:00:00Z", "2026-03-30T11:00:00Z")
    (t1, t3) = answers(
        run("prosper-ex", ticket("T1", "2026-04-02T05:00:00Z"), ticket("T3", "2026-04-02T05:00:00Z"))
    )
    assert (t1["acknowledge"], t1["first_response"]) == ("2026-04-03T05:00:00Z", "2026-04-03T05:00:00Z")
    # 16:00 in Sydney. Good Friday and Easter Monday are free everywhere, and the clocks change between.
    assert t1["resolution"] == "2026-04-09T06:00:00Z"
    assert (t3["first_response"], t3["resolution"]) == ("2026-04-09T06:00:00Z", "2026-04-15T06:00:00Z")
    (high, low) = answers(
        run(
            "velsoft", ticket("high", "2026-06-30T16:00:00-03:00"), ticket("low", "2026-06-30T16:00:00-03:00")
        )
    )
    # Canada Day is free in Nova Scotia.
    assert (high["acknowledge"], high["first_response"]) == ("2026-07-02T12:30:00Z", "2026-07-02T14:30:00Z")
    assert high["resolution"] == "2026-07-02T19:00:00Z"
    assert (low["first_response"], low["resolution"]) == ("2026-07-02T19:00:00Z", "2026-07-06T19:00:00Z")


def test_a_request_type_stands_for_the_severity() -> None:
    (told,) = answers(run("element-human", ticket("privacy", "2026-03-06T17:00:00Z")))
    assert (told["first_response"], told["resolution"]) == ("2026-03-10T17:00:00Z", None)


def test_events_move_what_is_owed() -> None:
    (told,) = answers(
        run(
            "velsoft",
            ticket(
                "medium",
                "2026-03-09T09:00:00-03:00",
                ("resume", "2026-03-09T14:00:00-03:00"),
                ("agent_response", "2026-03-09T10:00:00-03:00"),
                ("pause", "2026-03-09T10:00:00-03:00"),
                ("pause", "2026-03-09T10:00:00-03:00"),
                ("customer_reply", "2026-03-09T14:00:00-03:00"),
                ("severity_changed", "2026-03-09T15:00:00-03:00", "high"),
            ),
        )
    )
    assert told["first_response"] == "2026-03-10T12:00:00Z"
    # Four hours from the reply at 14:00: two and a half on Monday, the rest on Tuesday.
    assert told["next_response"] == "2026-03-10T12:30:00Z"
    # One business day from Monday 09:00, moved by four paused hours.
    assert told["resolution"] == "2026-03-10T16:00:00Z"


def test_every_answer_says_why() -> None:
    (told,) = answers(run("velsoft", ticket("high", "2026-03-06T16:00:00-04:00")))
    assert len(told["why"]) == 4
    assert "Fri 16:00–16:30 30 min · Sat, Sun closed · Mon 08:00–11:30 3 h 30 · total 4 h" in told["why"][1]


def test_tickets_of_customers_with_a_plan_are_told_by_it(tmp_path: Path) -> None:
    plan = "plans: {gold: {severities: {high: {first_response: 1 business hour}}}}\n"
    policy = (ROOT / "seeds" / "velsoft.yaml").read_text("utf-8") + plan
    (tmp_path / "velsoft.yaml").write_text(policy, "utf-8")
    asked = json.dumps(ticket("high", "2026-03-06T16:00:00-04:00"))
    usual, gold, unknown = (
        CliRunner().invoke(slabot, ["due", "velsoft", "--policies", str(tmp_path), *chosen], input=asked)
        for chosen in ([], ["--plan", "gold"], ["--plan", "silver"])
    )
    assert json.loads(usual.stdout)["first_response"] == "2026-03-09T14:30:00Z"
    assert json.loads(gold.stdout)["first_response"] == "2026-03-09T11:30:00Z"
    assert unknown.exit_code == 2
    assert "this policy has gold" in " ".join(unknown.stderr.split())


def test_a_year_far_away_has_its_own_holidays() -> None:
    (told,) = answers(run("human-esources", ticket("high", "2041-07-03T18:00:00-04:00")))
    assert told["first_response"] == "2041-07-05T16:00:00Z"


BAD_LINES = [
    ("[1", "expected one JSON object"),
    ("[]", ""),
    ('"text"', ""),
    (ticket("P9", "2026-03-06T17:00:00Z"), "unknown severity 'P9'; this policy has P1, P2"),
    (ticket("P1", "2026-03-06T17:00:00"), "opened_at: expected an instant with an offset"),
    (ticket("P1", "2026-03-06"), "opened_at: expected an instant with an offset"),
    ({**ticket("P1", "2026-03-06T17:00:00Z"), "opened_at": 1772816400}, "opened_at: expected"),
    ({**ticket("P1", "2026-03-06T17:00:00Z"), "id": True}, "id"),
    ({**ticket("P1", "2026-03-06T17:00:00Z"), "colour": "red"}, "colour: "),
    (ticket("P1", "2026-03-06T17:00:00Z", ("exploded", "2026-03-06T18:00:00Z")), "events.0"),
    (ticket("P1", "2026-03-06T17:00:00Z", ("severity_changed", "2026-03-06T18:00:00Z")), "severity"),
    (ticket("P1", "2026-03-06T17:00:00Z", ("pause", "2026-03-06T18:00:00Z", "P2")), "events.0"),
    (ticket("P1", "2026-03-06T17:00:00Z", ("pause", "2026-03-06T16:00:00Z")), "before opened_at"),
    (ticket("P1", "2026-03-06T17:00:00Z", ("resume", "2026-03-06T18:00:00Z")), "without pause"),
    (ticket("P1", "2026-03-06T17:00:00Z", ("reopened", "2026-03-06T18:00:00Z")), "without solved"),
    (ticket("P1", "0001-01-01T00:00:00+14:00"), "opened_at"),
    (ticket("P1", "9000-01-01T00:00:00Z"), "opened_at: the year 9000"),
]


def test_a_bad_line_is_told_by_its_number_and_the_rest_go_on() -> None:
    good = [ticket("P1", "2026-03-06T17:00:00Z", name=number) for number in range(len(BAD_LINES))]
    result = run(
        "element-human",
        *(line for (bad, _), each in zip(BAD_LINES, good, strict=True) for line in (bad, each)),
    )
    assert result.exit_code == 2
    assert [json.loads(each)["id"] for each in result.stdout.splitlines()] == list(range(len(BAD_LINES)))
    complaints = result.stderr.splitlines()
    assert len(complaints) == len(BAD_LINES)
    for number, ((_, said), complaint) in enumerate(zip(BAD_LINES, complaints, strict=True)):
        assert complaint.startswith(f"line {2 * number + 1}: ")
        assert said in complaint


def test_an_unknown_workspace_writes_nothing_and_names_the_known_ones() -> None:
    result = run("nowhere", ticket("P1", "2026-03-06T17:00:00Z"))
    assert (result.exit_code, result.stdout) == (3, "")
    assert "velsoft" in result.stderr


def test_a_bad_policy_file_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "velsoft.yaml").write_text("workspace: velsoft\nhours: [\n")
    result = run("velsoft", ticket("high", "2026-03-06T17:00:00Z"), policies=tmp_path)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "velsoft.yaml:" in result.stderr


def test_each_answer_is_written_before_the_next_line_is_read() -> None:
    with subprocess.Popen(
        [SLABOT, "due", "velsoft"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for name in ("first", "second"):
            process.stdin.write(json.dumps(ticket("high", "2026-03-06T17:00:00Z", name=name)) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        process.stdin.close()
        assert process.wait(30) == 0


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    line = json.dumps(ticket("high", "2026-03-06T17:00:00Z"))
    with subprocess.Popen(
        [SLABOT, "due", "velsoft"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(line + "\n")
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(line + "\n")
        process.stdin.close()
        assert process.stderr.read() == ""
        process.wait(30)


def test_the_example_in_the_help_runs() -> None:
    shown = subprocess.run(
        [SLABOT, "due", "--help"], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    )
    example = shown.stdout.partition("Example:")[2]
    path = {**os.environ, "PATH": f"{SLABOT.parent}{os.pathsep}{os.environ['PATH']}"}
    result = subprocess.run(
        ["/bin/sh", "-c", example], capture_output=True, text=True, check=True, cwd=ROOT, env=path, timeout=60
    )
    assert json.loads(result.stdout)["first_response"] == "2026-03-09T15:00:00Z"
