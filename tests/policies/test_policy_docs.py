"""What a support manager can write is in the page that teaches it, and its example is a policy."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from slabot.policies import read_policy
from slabot.policies.lint import lint
from slabot.policies.schema import base, calendars, levels, policy, reach

PAGE = Path(__file__).parents[2] / "docs" / "policies.md"
SECTIONS = sorted(
    {
        entry
        for module in (base, calendars, levels, policy, reach)
        for entry in vars(module).values()
        if isinstance(entry, type) and issubclass(entry, BaseModel) and entry not in (BaseModel, base.Entry)
    },
    key=lambda entry: entry.__name__,
)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.__name__)
def test_every_key_is_documented(section: type[BaseModel]) -> None:
    prose = re.sub(r"```.*?```", "", PAGE.read_text("utf-8"), flags=re.DOTALL)
    words = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", prose))))
    assert set(section.model_fields) <= words


def test_every_rule_of_the_linter_is_documented() -> None:
    lint_modules = (PAGE.parents[1] / "src" / "slabot" / "policies" / "lint").glob("*.py")
    source = "\n".join(module.read_text("utf-8") for module in lint_modules)
    rules = set(re.findall(r'finding\(\s*file,\s*[^"]*?"([a-z_]+)"', source))
    assert len(rules) >= 12
    page = PAGE.read_text("utf-8")
    assert {rule for rule in rules if f"`{rule}`" not in page} == set()


def test_the_example_is_a_policy_without_a_finding(tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert example is not None
    (tmp_path / "small.yaml").write_text(example[1], "utf-8")
    assert lint(read_policy(tmp_path / "small.yaml", date(2026, 3, 9))) == ()
