"""`slabot agent`: who serves what is set from the command line and heard by the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slabot.cli.main import slabot


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("SLABOT_DATA", str(tmp_path))
    return CliRunner()


def told(say: CliRunner, *words: str) -> Result:
    return say.invoke(slabot, ["agent", *words])


def test_a_role_is_given_an_account_disabled_and_both_are_on_record(say: CliRunner) -> None:
    told(say, "add", "mia@example.org", "Mia", "--password", "correct horse")
    told(say, "change", "mia@example.org", "--role", "lead")
    assert "  lead  " in told(say, "list").output
    assert told(say, "change", "mia@example.org", "--disable").output == "Mia is disabled.\n"
    assert "Mia" not in told(say, "list").output
    log = say.invoke(slabot, ["admin", "log"]).output.splitlines()
    assert [line.split("  ")[2] for line in log] == ["agent.change", "agent.change", "agent.add"]
    assert 'from {"role":"agent"}  to {"role":"lead"}' in log[1]
    assert not any("horse" in line for line in log)


def test_an_agent_gets_queues_languages_and_a_capacity_and_keeps_what_is_not_named(say: CliRunner) -> None:
    added = told(
        say,
        "add",
        "mia@example.org",
        "Mia",
        "--password",
        "correct horse",
        "--queue",
        "velsoft/helpdesk",
        "--language",
        "fr",
    )
    assert added.exit_code == 0, added.output
    assert "serves velsoft/helpdesk, speaks fr, holds up to 12" in told(say, "list").output
    changed = told(say, "change", "mia@example.org", "--capacity", "3", "--every-language")
    assert "Mia serves velsoft/helpdesk, speaks any language, holds up to 3." in changed.output
    assert "Mia serves every queue" in told(say, "change", "mia@example.org", "--every-queue").output


def test_a_queue_or_an_agent_that_is_not_there_is_refused_with_those_that_are(say: CliRunner) -> None:
    refused = told(say, "add", "mia@example.org", "Mia", "--password", "correct horse", "--queue", "helpdsk")
    assert refused.exit_code == 1
    assert "no queue helpdsk; there are" in refused.output
    assert "velsoft/helpdesk" in refused.output
    assert told(say, "list").output == ""
    assert "no agent has the address vera@example.org" in told(say, "change", "vera@example.org").output


def test_an_agent_gets_another_address_that_is_free(say: CliRunner) -> None:
    for email, name in (("aidan@example.org", "Aidan"), ("lena@example.org", "Lena")):
        told(say, "add", email, name, "--password", "long enough")
    refused = told(say, "change", "aidan@example.org", "--email", "Lena@example.org")
    assert refused.exit_code == 1
    assert "another agent logs in with lena@example.org already" in refused.output
    assert (
        "expected an address as name@example.org"
        in told(say, "change", "aidan@example.org", "--email", "x").output
    )
    assert told(say, "change", "aidan@example.org", "--email", "aidan.b@example.org").exit_code == 0
    assert "no agent has the address" in told(say, "change", "aidan@example.org").output
    assert told(say, "change", "aidan.b@example.org").exit_code == 0
