"""Vera asks, the library answers, Edith changes an article and it follows."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import numpy as np
import pytest

from slabot.domain.answers import Verdict
from slabot.knowledge.articles import NotReadable
from slabot.knowledge.confidence import Trust
from slabot.knowledge.library import Library

if TYPE_CHECKING:
    from slabot.knowledge.encoder import Vectors

PAGES = {
    "refunds": (
        "Refunds",
        ["how do I get a refund", "money back"],
        "Write to billing. Refunds take two weeks.",
    ),
    "password": (
        "Reset your password",
        ["I forgot my password", "password reset"],
        "Use the link below the form.",
    ),
    "phone": (
        "Telephone numbers",
        ["what is your phone number"],
        "## Australia\n1300.\n\n## United Kingdom\n+44 20.",
    ),
    "hours": ("Holidays", ["are you closed on holidays"], "We are closed on Memorial Day."),
}


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    (tmp_path / "acme").mkdir()
    for slug in PAGES:
        write(tmp_path, slug, *PAGES[slug])
    return tmp_path


def write(kb: Path, slug: str, title: str, questions: list[str], body: str) -> None:
    listed = "".join(f"  - {question}\n" for question in questions)
    text = f"---\ntitle: {title}\nquestions:\n{listed}---\n{body}\n"
    (kb / "acme" / f"{slug}.md").write_text(text, encoding="utf-8")


def test_a_misspelt_question_finds_its_article(kb: Path) -> None:
    found = Library(kb).find("acme", "i forgto my pasword")
    assert found.candidates[0].slug == "password"
    assert "password" in found.searched_for


def test_nothing_is_named_for_what_no_article_is_about(kb: Path) -> None:
    assert Library(kb).find("acme", "do you sell bananas").verdict is Verdict.NOTHING


def test_a_follow_up_is_understood_with_the_turn_before(kb: Path) -> None:
    library = Library(kb)
    found = library.find("acme", "and in the United Kingdom?", ["what is your phone number"])
    assert found.candidates[0].slug == "phone"
    assert found.candidates[0].passage.heading == "United Kingdom"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "😀😀",
        "x" * 100_000,
        "word " * 20_000,
        "مرحبا كيف",
        "<b>refund</b>",
        "'; DROP TABLE x;--",
        "\0",
        "\ud800",
    ],
)
def test_no_question_is_an_error(kb: Path, text: str) -> None:
    library = Library(kb)
    found = library.find("acme", text)
    assert len(found.candidates) <= 3
    assert library.find("acme", text, [text, text]).verdict in Verdict


def test_what_fits_beside_the_first_is_told_as_a_share_of_it(kb: Path) -> None:
    write(kb, "receipts", "Receipts of refunds", ["receipt of a refund"], "Below your account.")
    found = Library(kb).find("acme", "how do I get a refund")
    shares = [candidate.closeness for candidate in found.candidates]
    assert found.candidates[0].slug == "refunds"
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1.0
    assert 0 < shares[1] < 1


def test_an_unknown_workspace_finds_nothing_and_a_missing_folder_is_told(kb: Path) -> None:
    assert Library(kb).find("nobody", "refund").candidates == ()
    with pytest.raises(NotReadable, match="expected a folder"):
        Library(kb / "nowhere")


def test_a_broken_article_is_reported_and_its_last_good_version_answers(kb: Path) -> None:
    library = Library(kb)
    (kb / "acme" / "refunds.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    library.refresh()
    assert [problem.file for problem in library.problems] == ["acme/refunds.md"]
    assert library.find("acme", "how do I get a refund").candidates[0].slug == "refunds"
    (kb / "acme" / "refunds.md").unlink()
    library.refresh()
    assert library.problems == ()
    assert library.article("acme", "refunds") is None


def test_a_refresh_without_a_change_rebuilds_nothing(kb: Path) -> None:
    library = Library(kb)
    before = library.index("acme")
    assert library.refresh() == ()
    assert library.index("acme") is before


class Held:
    """An encoder that is held up at the self-check's questions until it is let go."""

    name = "held"

    def __init__(self) -> None:
        self.asked, self.let_go = Event(), Event()

    def ready(self) -> None:
        pass

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not any("Reset your password. Use the link" in text for text in texts):
            self.asked.set()
            assert self.let_go.wait(60)
        return np.stack([self.encode_question(text) for text in texts])

    def encode_question(self, text: str) -> Vectors:
        vector = np.random.default_rng(len(text)).standard_normal(512, dtype=np.float32)
        return vector / np.linalg.norm(vector)


async def test_a_change_does_not_wait_for_the_check_of_the_one_before(kb: Path) -> None:
    library, encoder, stop = Library(kb), Held(), asyncio.Event()
    learning = asyncio.create_task(asyncio.to_thread(library.understand, encoder))
    watching = asyncio.create_task(library.watch(stop))
    try:
        async with asyncio.timeout(60):
            assert await asyncio.to_thread(encoder.asked.wait, 30)
            number = 0
            while library.article("acme", "invoices") is None:  # the watch may not yet stand at the first
                number += 1
                write(kb, "invoices", "Invoices", [f"where is my invoice {number}"], "Below your account.")
                await asyncio.sleep(0.05)
            searched = library.index("acme")
            assert searched is not None
            assert "invoices" in [entry.article.slug for entry in searched.sights.entries]
            assert not learning.done()
    finally:
        encoder.let_go.set()
        await learning
        stop.set()
        await watching
    index = library.index("acme")
    assert index is not None
    assert index.trust != Trust.learned(True)


async def test_a_saved_article_is_searchable_within_a_second(kb: Path) -> None:
    library = Library(kb)
    stop = asyncio.Event()
    watching = asyncio.create_task(library.watch(stop))
    try:
        async with asyncio.timeout(20):
            attempt = 0
            # The watch may not yet stand when the first file is written, so writing is repeated until it is seen.
            while library.article("acme", "invoices") is None:
                attempt += 1
                write(kb, "invoices", "Invoices", [f"where is my invoice {attempt}"], "Below your account.")
                for _ in range(20):
                    await asyncio.sleep(0.05)
                    if library.article("acme", "invoices"):
                        break
        assert library.find("acme", "where is my invoice").candidates[0].slug == "invoices"
    finally:
        stop.set()
        await watching
