"""A policy file is changed as a person would change it: what is not meant stays byte for byte, however it is written."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slabot.policies import rewriting
from slabot.policies.document import parse_document
from slabot.policies.rewriting import Unwritable

ROOT = Path(__file__).parents[2]
SEEDS = ("element-human", "human-esources", "prosper-ex", "velsoft")
COMMENTED = """\
# Who waits where.
a:
  k:
    n: 'x'   # why
    # inside k


  # about m
  m: {n: "y", r: by_hand}   # short
b:
- p
- q # the second
# about c
c: >-
  folded
  words

d: [p, q]
"""


def rewritten(text: str, wanted: dict[str, Any]) -> str:
    return rewriting.rewritten(text, tree_of(text.removeprefix("\ufeff")), wanted)


def text_of(workspace: str) -> str:
    return (ROOT / "seeds" / f"{workspace}.yaml").read_bytes().decode()


def tree_of(text: str) -> dict[str, Any]:
    return parse_document(text, "").tree


@pytest.mark.parametrize("workspace", SEEDS)
def test_what_changes_nothing_writes_nothing(workspace: str) -> None:
    text = text_of(workspace)
    assert rewritten(text, tree_of(text)) == text


@pytest.mark.parametrize("workspace", SEEDS)
def test_what_is_added_and_taken_back_leaves_the_file_byte_for_byte(workspace: str) -> None:
    text = text_of(workspace)
    wanted = tree_of(text)
    wanted["queues"]["night-shift"] = {"name": "Nachtschicht: #1 'für' alle", "routing": "least_loaded"}
    wanted["allowed_origins"] = ["https://a.example", "https://b.example:8443"]
    wanted["customer_contacts"] = {"by_email_domain": {"acme.com": "x"}, "fallback": "y"}
    longer = rewritten(text, wanted)
    assert tree_of(longer) == wanted
    lines = longer.splitlines()
    assert [line for line in text.splitlines() if line not in lines] == []
    assert len(lines) == len(text.splitlines()) + 10
    assert rewritten(longer, tree_of(text)) == text


@pytest.mark.parametrize("workspace", SEEDS)
def test_a_changed_word_changes_its_line_alone(workspace: str) -> None:
    text = text_of(workspace)
    wanted = tree_of(text)
    key, queue = next(iter(wanted["queues"].items()))
    queue["name"] = "First line"
    was, now = text.splitlines(keepends=True), rewritten(text, wanted).splitlines(keepends=True)
    assert len(was) == len(now)
    changed = [(before, after) for before, after in zip(was, now, strict=True) if before != after]
    assert [after for _, after in changed] == ["    name: First line\n"]
    assert key in text


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({"a": {"k": {"n": "it's"}}}, {"    n: 'x'   # why": "    n: 'it''s'   # why"}),
        (
            {"a": {"m": {"n": "true"}}},
            {'  m: {n: "y", r: by_hand}   # short': '  m: {n: "true", r: by_hand}   # short'},
        ),
        ({"a": {"m": {"s": "4"}}}, {"  m: {n": "  m: {n: \"y\", r: by_hand, s: '4'}   # short"}),
        ({"c": "plain"}, {"c: >-": "c: plain"}),
        ({"d": ["q", "r"]}, {"d: [p, q]": "d: [q, r]"}),
        ({"d": ["r"]}, {"d: [p, q]": "d: [r]"}),
        ({"b": ["q", "r"]}, {"- p": None, "- q # the second": "- q # the second\n- r"}),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_comments_quotes_brackets_and_line_ends_stay_as_their_author_likes_them(
    change: dict[str, Any], lines: dict[str, str | None], ending: str
) -> None:
    text = COMMENTED.replace("\n", ending)
    wanted = _with(tree_of(text), change)
    expected = []
    for line in COMMENTED.splitlines():
        found = next((now for was, now in lines.items() if line.startswith(was)), line)
        if "c" in change and line in ("  folded", "  words"):
            continue
        if found is not None:
            expected.append(found)
    assert rewritten(text, wanted) == ("\n".join(expected) + "\n").replace("\n", ending)


def test_an_entry_goes_with_the_comments_inside_it_and_leaves_those_beside_it() -> None:
    wanted = tree_of(COMMENTED)
    del wanted["a"]["k"]
    assert rewritten(COMMENTED, wanted).startswith("# Who waits where.\na:\n\n\n  # about m\n  m: {n")


def test_a_file_without_a_last_line_end_and_with_a_mark_at_its_head_keeps_both() -> None:
    text = "\ufeffa: 1\nb:\n  c: 2"
    written = rewritten(text, {"a": "1", "b": {"c": "2", "d": "x"}})
    assert written == "\ufeffa: 1\nb:\n  c: 2\n  d: x"


def test_what_finds_no_safe_place_is_refused() -> None:
    with pytest.raises(Unwritable, match="by hand only"):
        rewritten("? a\n: b: 1\nc: 1\n", {"a": {"b": "1", "d": "2"}, "c": "1", "e": "\x07"})


WORDS = (
    st.text(
        alphabet=st.characters(
            blacklist_categories=("Cc", "Cs"), blacklist_characters="\u2028\u2029\ufeff\ufffe\uffff"
        ),
        min_size=1,
        max_size=30,
    )
    .map(str.strip)
    .filter(bool)
)
KEYS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?", fullmatch=True)


@settings(max_examples=20, deadline=None)
@given(
    workspace=st.sampled_from(SEEDS),
    names=st.dictionaries(KEYS, WORDS, min_size=1, max_size=4),
    origins=st.lists(WORDS, unique=True, max_size=4),
    customers=st.dictionaries(KEYS, KEYS, max_size=4),
    seed=st.randoms(use_true_random=False),
)
def test_whatever_is_arranged_is_what_the_file_then_says_and_nothing_else_moves(
    workspace: str, names: dict[str, str], origins: list[str], customers: dict[str, str], seed: Any
) -> None:
    text = text_of(workspace)
    wanted = tree_of(text)
    for queue in list(wanted["queues"]):
        if seed.random() < 0.3:
            del wanted["queues"][queue]
    wanted["queues"] |= {key: {"name": name} for key, name in names.items()}
    if origins:
        wanted["allowed_origins"] = origins
    if customers:
        wanted["customer_contacts"] = {"by_email_domain": customers}
    written = rewritten(text, wanted)
    assert tree_of(written) == wanted
    start, end = text.index("queues:\n"), text.index("contacts:\n")
    assert written.startswith(text[: start + len("queues:\n")])
    assert text[end:] in written


def _with(tree: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    merged = deepcopy(tree)
    for key, value in change.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _with(merged[key], value) if both else value
    return merged
