"""`slabot webhook` beside a server or without one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slabot.cli.webhook import webhook


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLABOT_DATA", str(tmp_path))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(webhook, arguments)


def test_a_receiver_s_secret_is_shown_when_it_is_made_and_never_again() -> None:
    id, secret, *_ = run(
        "add", "velsoft", "https://crm.example.org/hooks", "--type", "ticket.opened"
    ).output.split()
    assert secret.startswith("whsec_")
    listed = run("list").output
    assert f"{id}  velsoft  https://crm.example.org/hooks  ticket.opened  on" in listed
    assert secret not in listed
    rotated = run("rotate", id).output.split()[0]
    assert rotated.startswith("whsec_")
    assert rotated != secret


def test_a_receiver_is_paused_resumed_and_dropped() -> None:
    id = run("add", "velsoft", "https://crm.example.org/hooks").output.split()[0]
    run("pause", id)
    assert "everything  off: paused by hand" in run("list").output
    run("resume", id)
    assert "everything  on" in run("list").output
    assert run("deliveries", id).output == ""
    assert run("replay", id).output == "0 will be sent again.\n"
    run("drop", id)
    assert run("list").output == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "nowhere", "https://crm.example.org/"), "no workspace 'nowhere'; there are"),
        (
            ("add", "velsoft", "http://crm.example.org/"),
            "expected an address as https://crm.example.org/hooks",
        ),
        (("add", "velsoft", "https://192.168.1.9/"), "SLABOT_WEBHOOKS_PRIVATE"),
        (("rotate", "wh_none"), "no webhook 'wh_none'; `slabot webhook list` shows them"),
        (("replay", "wh_none"), "no webhook 'wh_none'"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert said in result.output
