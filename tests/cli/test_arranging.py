"""`slabot queue`, `customer` and `origin`: the policy file is changed, checked, kept and recorded, or left alone."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from slabot.cli.main import slabot

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = Path(shutil.copytree(ROOT / "seeds", tmp_path / "seeds"))
    monkeypatch.setenv("SLABOT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SLABOT_POLICIES", str(folder))
    return folder


def run(words: str) -> Result:
    return CliRunner().invoke(slabot, words.split())


def test_a_queue_is_added_changed_listed_and_dropped_and_the_file_is_as_before(seeds: Path) -> None:
    refused = run("queue add velsoft billing Billing --routing least_loaded")
    assert refused.exit_code == 1
    assert "queues.billing is new: name: “Billing”; routing: “least_loaded”." in refused.output
    assert "Nobody serves the queue billing yet" in refused.output
    assert "billing" not in (seeds / "velsoft.yaml").read_text()
    assert run("queue add velsoft billing Billing --routing least_loaded --accept").exit_code == 0
    assert "billing  Billing  least_loaded  the desk's hours  no level" in run("queue list velsoft").output
    assert run("queue change velsoft billing --calendar support --name Bills").exit_code == 0
    assert "billing  Bills  least_loaded  support  no level" in run("queue list velsoft").output
    assert run("queue drop velsoft billing").exit_code == 0
    assert (seeds / "velsoft.yaml").read_bytes() == (ROOT / "seeds" / "velsoft.yaml").read_bytes()
    log = run("admin log").output.splitlines()
    assert [line.split("  ")[1:4] for line in log] == [
        ["cli", f"queue.{verb}", "billing in velsoft"] for verb in ("drop", "change", "add")
    ]
    assert 'from {"name":"Billing","calendar":null}  to {"name":"Bills","calendar":"support"}' in log[1]


def test_customers_and_pages_are_kept_and_dropped(seeds: Path) -> None:
    assert run("customer set prosper-ex @ACME.com support").exit_code == 0
    assert run("customer else prosper-ex support").exit_code == 0
    listed = run("customer list prosper-ex").output
    assert listed == ("acme.com  support  Technical Support\neverybody else  support  Technical Support\n")
    assert run("customer drop prosper-ex acme.com").exit_code == 0
    assert run("customer else prosper-ex").exit_code == 0
    assert run("origin list prosper-ex").output == "Any page may.\n"
    assert run("origin add prosper-ex https://a.example").exit_code == 1
    assert run("origin add prosper-ex https://a.example --accept").exit_code == 0
    assert run("origin list prosper-ex").output == "https://a.example\n"
    assert "any page may embed" in run("origin drop prosper-ex https://a.example").output
    assert run("origin drop prosper-ex https://a.example --accept").exit_code == 0
    assert (seeds / "prosper-ex.yaml").read_bytes() == (ROOT / "seeds" / "prosper-ex.yaml").read_bytes()


def test_a_dry_run_says_what_would_change_and_writes_nothing(seeds: Path) -> None:
    said = run("queue change velsoft helpdesk --routing by_hand --dry-run")
    assert said.exit_code == 0
    assert said.output == (
        "queues.helpdesk.routing was “round_robin” and is “by_hand”.\nNothing was written.\n"
    )
    assert (seeds / "velsoft.yaml").read_bytes() == (ROOT / "seeds" / "velsoft.yaml").read_bytes()
    assert run("admin log").output == ""


@pytest.mark.parametrize("group", ["queue", "customer", "origin"])
def test_every_example_of_the_help_runs(group: str) -> None:
    commands = slabot.get_command(click.Context(slabot), group)
    assert isinstance(commands, click.Group)
    for command in (commands, *commands.commands.values()):
        examples = [line.strip() for line in (command.epilog or "").splitlines() if "slabot " in line]
        assert examples, command.name
        for example in examples:
            result = CliRunner().invoke(slabot, shlex.split(example)[1:])
            assert result.exit_code == 0, (example, result.output)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("queue list nowhere", "no workspace 'nowhere'"),
        ("queue add velsoft helpdesk Helpdesk", "has a queue 'helpdesk' already"),
        ("queue add velsoft 1st First", "Use letters, digits, hyphens and underscores"),
        ("queue change velsoft helpdesk --name=", "Error: Expected at least one entry"),
        ("queue change velsoft helpdesk --calendar nights", "Use one that is written here: support"),
        ("queue change velsoft helpdesk", "Nothing of it differs"),
        ("queue drop velsoft billing", "no queue 'billing'; there are helpdesk"),
        ("queue drop velsoft helpdesk", "referred to: high, medium"),
        ("customer set velsoft acme helpdesk", "what stands behind the @"),
        ("customer set velsoft acme.com nobody", "Use one that is written here: helpdesk"),
        ("customer drop velsoft acme.com", "no customer 'acme.com'; there are none"),
        ("origin add velsoft https://a.example/path", "Write scheme and host only"),
        ("origin drop velsoft https://a.example", "is not named for velsoft"),
    ],
)
def test_what_cannot_be_done_says_why_and_writes_nothing(seeds: Path, words: str, said: str) -> None:
    result = run(words)
    assert result.exit_code == 1
    assert said in result.output
    assert (seeds / "velsoft.yaml").read_bytes() == (ROOT / "seeds" / "velsoft.yaml").read_bytes()
