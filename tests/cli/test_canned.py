"""`slabot canned`, as an operator runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from slabot.cli.canned import canned


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLABOT_DATA", str(tmp_path))


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(canned, arguments)
    return done.exit_code, done.output


def test_a_reply_is_kept_listed_with_what_it_does_and_dropped() -> None:
    kept = ("keep", "velsoft", "restart", "After a restart", "--text", "Hello {visitor_name|there}.")
    assert run(*kept, "--tag", "lms", "--then", "resolve", "--code", "solved") == (0, "Kept restart.\n")
    status, listed = run("list", "velsoft")
    assert status == 0
    assert listed.splitlines() == [
        "restart  After a restart",
        "    Hello {visitor_name|there}.",
        "    → tags lms",
        "    → resolves: solved",
    ]
    assert run("drop", "velsoft", "restart") == (0, "Dropped restart.\n")
    assert run("list", "velsoft") == (0, "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("keep", "velsoft", "Not A Key", "Title", "--text", "Hello."), "small letters"),
        (("keep", "velsoft", "key", "Title", "--text", "Dear {nobody}"), "{nobody}"),
        (("keep", "nowhere", "key", "Title", "--text", "Hello."), "nowhere"),
        (("list", "nowhere"), "nowhere"),
        (("drop", "velsoft", "missing"), "missing"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_and_nothing_is_kept(arguments: tuple[str, ...], told: str) -> None:
    status, said = run(*arguments)
    assert status == 1
    assert told in said
    assert "Traceback" not in said
    assert run("list", "velsoft") == (0, "")
