"""What Edith's CI says about her articles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from slabot.knowledge.check import check
from slabot.knowledge.library import Library

HEAD = "---\ntitle: {title}\nquestions:\n  - {question}\n{more}---\n"


def test_each_fault_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    body = "See [a](gone.md), [b](two.md) and [c](ftp://x).\n\n##Loose\n\n## \n\n#### Deep\ntext\n"
    one = HEAD.format(title="One", question="same question", more="review_by: 2020-01-01\n") + body
    (folder / "one.md").write_text(one, encoding="utf-8")
    two = HEAD.format(title="One", question="same question", more="") + "Other text.\n"
    (folder / "two.md").write_text(two, encoding="utf-8")
    (folder / "bad.md").write_text("nothing", encoding="utf-8")
    found = [str(finding) for finding in check(Library(tmp_path), date(2026, 1, 1))]
    for start in (
        "acme/bad.md:1: error: no front matter",
        "acme/one.md:5: warning: was to be reviewed",
        "acme/one.md:7: error: link to 'gone.md'",
        "acme/one.md:7: error: link to 'ftp://x'",
        "acme/one.md:9: error: '##Loose' is no heading",
        "acme/one.md:11: error: heading without a word",
        "acme/one.md:13: warning: heading jumps",
        "acme/two.md:2: error: has the same title",
        "acme/two.md:4: error: has the same question",
        "acme/two.md:4: error: the question 'same question' finds 'one' first",
    ):
        assert any(line.startswith(start) for line in found), (start, found)
    assert not any("two.md'" in line for line in found if "link" in line)
