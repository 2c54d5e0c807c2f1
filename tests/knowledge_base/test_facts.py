"""Every fact of the documents that a visitor could ask about is told by an article or computed."""

from __future__ import annotations

import pytest

from tests.knowledge_base.fact_table import FACTS, HOW_MANY, Aside, Computed, Told
from tests.knowledge_base.shelf import Shelf

SUMMARIES = {
    "element-human": {"priority-levels"},
    "velsoft": {"how-support-works"},
}
"""Articles which sum up facts that others tell one by one."""

TOLD = [
    pytest.param(workspace, where, id=f"{workspace}-{number:02}-{where.slug}")
    for workspace, facts in FACTS.items()
    for number, places in facts.items()
    for where in places
    if isinstance(where, Told)
]


@pytest.mark.parametrize("workspace", FACTS)
def test_no_fact_of_a_document_is_forgotten(workspace: str) -> None:
    assert sorted(FACTS[workspace]) == list(range(1, HOW_MANY[workspace] + 1))
    assert all(FACTS[workspace].values())


@pytest.mark.parametrize(("workspace", "where"), TOLD)
def test_the_article_says_what_the_document_says(shelf: Shelf, workspace: str, where: Told) -> None:
    assert where.slug in shelf[workspace], f"kb/{workspace}/{where.slug}.md is missing"
    body = shelf[workspace][where.slug].body.casefold()
    assert where.words, "a fact is recognised by words of the article"
    missing = [words for words in where.words if words.casefold() not in body]
    assert not missing, f"kb/{workspace}/{where.slug}.md no longer says {missing}"


@pytest.mark.parametrize("workspace", FACTS)
def test_no_article_tells_what_no_document_says(shelf: Shelf, workspace: str) -> None:
    places = [where for facts in FACTS[workspace].values() for where in facts]
    founded = {where.slug for where in places if isinstance(where, Told)} | SUMMARIES.get(workspace, set())
    assert set(shelf[workspace]) == founded


@pytest.mark.parametrize("workspace", FACTS)
def test_what_no_article_tells_has_a_reason(workspace: str) -> None:
    for places in FACTS[workspace].values():
        for where in places:
            if isinstance(where, Computed):
                assert where.what
            elif isinstance(where, Aside):
                assert where.why.startswith(("absence: ", "page furniture: "))
