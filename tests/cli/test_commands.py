"""The table of commands: each loads by itself, and none is needed by another."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from slabot.cli.main import COMMANDS, LazyGroup, slabot


def test_help_lists_the_commands_without_importing_them() -> None:
    code = (
        "import sys; from slabot.__main__ import main; sys.argv = ['slabot', '--help']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'aiohttp', 'sqlalchemy', 'pydantic', 'holidays'}\n"
        "sys.exit(len(heavy & {name.partition('.')[0] for name in sys.modules}))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 0
    assert "due" in result.stdout


@pytest.mark.parametrize(
    "name", [name for name, (place, _) in COMMANDS.items() if find_spec(place.partition(":")[0])]
)
def test_a_command_answers_for_help(name: str) -> None:
    result = CliRunner().invoke(slabot, [name, "--help"])
    assert result.exit_code == 0, result.output


def test_a_command_that_is_not_there_is_told_and_the_others_stay() -> None:
    result = CliRunner().invoke(slabot, ["levitate"])
    assert result.exit_code == 2
    assert "No such command 'levitate'" in result.output
    group = slabot
    assert isinstance(group, LazyGroup)
    assert "due" in group.list_commands(click.Context(group))


def test_a_host_pages_key_is_made_listed_without_its_secret_and_retired(tmp_path: Path) -> None:
    def runs(*words: str) -> Result:
        return CliRunner().invoke(slabot, ["keys", *words], env={"SLABOT_DATA": str(tmp_path)})

    added = runs("add", "velsoft", "--kid", "spring")
    assert added.exit_code == 0, added.output
    secret = added.output.splitlines()[1]
    assert len(secret) >= 40
    listed = runs("list", "velsoft").output
    assert "spring  HS256" in listed
    assert "in use" in listed
    assert secret not in listed
    assert runs("retire", "velsoft", "spring").exit_code == 0
    assert "retired" in runs("list", "velsoft").output
    for words, why in (
        (("retire", "velsoft", "spring"), "no key 'spring' in use"),
        (("add", "velsoft", "--kid", "spring"), "a key 'spring' already"),
        (("add", "velsoft", "--kid", "no spaces"), "letters, digits"),
        (("add", "nowhere"), "no workspace 'nowhere'"),
    ):
        refused = runs(*words)
        assert refused.exit_code == 1
        assert why in refused.output
    not_a_key = tmp_path / "key.pem"
    not_a_key.write_text("nothing")
    assert "expected an RSA public key" in runs("add", "velsoft", "--public-key", str(not_a_key)).output
