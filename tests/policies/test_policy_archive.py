"""`slabot policy publish`, `diff` of kept versions, and `impact`: what was promised stays what it was."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slabot.cli.policy import policy

Write = Callable[..., Path]


@pytest.fixture
def seeds_here(write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of policies, and a data folder that does not exist yet."""
    monkeypatch.setenv("SLABOT_DATA", str(tmp_path / "data"))
    folder = write().parent
    monkeypatch.setenv("SLABOT_POLICIES", str(folder))
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(policy, list(arguments))


def published() -> tuple[str, str]:
    """The version that is shown, and what is said of it."""
    result = run("publish", "small")
    assert result.exit_code == 0, result.output
    workspace, version, said = result.output.split(" ", 2)
    assert workspace == "small"
    return version, said


@pytest.mark.usefixtures("seeds_here")
def test_a_version_is_kept_once_and_shown() -> None:
    version, said = published()
    assert len(version) == 12
    assert said == "is kept now.\n"
    assert published() == (version, "was kept before.\n")


def test_another_content_is_another_version_and_comments_are_none(seeds_here: Path) -> None:
    first, _ = published()
    path = seeds_here / "small.yaml"
    path.write_text("# to be reviewed\n" + path.read_text("utf-8"), "utf-8")
    assert published() == (first, "was kept before.\n")
    path.write_text(path.read_text("utf-8").replace("2 business hours", "3 business hours"), "utf-8")
    second, said = published()
    assert (second != first, said) == (True, "is kept now.\n")


def test_kept_versions_are_compared_in_words(seeds_here: Path) -> None:
    first, _ = published()
    path = seeds_here / "small.yaml"
    path.write_text(path.read_text("utf-8").replace("2 business hours", "3 business hours"), "utf-8")
    second, _ = published()
    for old, new in ((first, second), (first[:6], "small"), (first, str(path))):
        result = run("diff", old, new, "--policies", str(seeds_here))
        assert result.exit_code == 1
        assert result.output == "high first response was 2 business hours and is 3 business hours: later.\n"
    assert run("diff", second, "small", "--policies", str(seeds_here)).output == "Nothing changed.\n"


def test_an_unknown_version_names_those_that_are_kept(seeds_here: Path) -> None:
    version, _ = published()
    result = run("diff", "0" * 12, "small", "--policies", str(seeds_here))
    assert result.exit_code == 3
    assert f"expected one of: small {version}" in result.output


def test_an_error_of_the_check_keeps_nothing(seeds_here: Path) -> None:
    path = seeds_here / "small.yaml"
    sound = path.read_text("utf-8")
    faulty = sound.replace("2 business hours", "2 business hours\n    acknowledge: 3 business hours")
    path.write_text(faulty, "utf-8")
    result = run("publish")
    assert result.exit_code == 1
    assert "error later_than_next_metric" in result.output
    path.write_text(sound.replace("timezone: Europe/London", "timezone: GMT"), "utf-8")
    assert run("publish").exit_code == 3
    path.write_text(sound, "utf-8")
    assert published()[1] == "is kept now.\n"


@pytest.mark.usefixtures("seeds_here")
def test_an_unknown_workspace_is_refused() -> None:
    for command in ("publish", "impact"):
        result = run(command, "nope")
        assert result.exit_code == 3
        assert "Choose one of: small." in result.output


@pytest.mark.usefixtures("seeds_here")
def test_without_open_tickets_nothing_would_have_moved() -> None:
    result = run("impact")
    assert result.exit_code == 0
    assert result.output.startswith(
        "None of the promises on 0 open tickets would be due at another time by holidays"
    )


def test_an_explanation_shows_the_plan_and_the_tables_it_was_compiled_with(seeds_here: Path) -> None:
    path = seeds_here / "small.yaml"
    text = path.read_text("utf-8")
    plan = "plans: {gold: {severities: {high: {first_response: 1 business hour}}}}\n"
    path.write_text(text + plan, "utf-8")
    asked = (
        "explain",
        "small",
        "--severity",
        "high",
        "--at",
        "2026-03-09T10:00:00Z",
        "--policies",
        str(seeds_here),
    )
    assert "due  Mon 9 Mar 2026 12:00 London" in run(*asked).output
    told = run(*asked, "--plan", "gold").output
    assert "due  Mon 9 Mar 2026 11:00 London" in told
    assert re.search(r"Calendars compiled with holidays [\d.]+, tzdata [\d.]+\.", told)
    assert "this policy has gold" in run(*asked, "--plan", "silver").output
