"""Nearness of meaning: how near a question is to what each article says, held against what others say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from slabot.knowledge.encoder import Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_SHRINK: Final = 1.0  # how much of the plain scatter is mixed in; flat from 0.3 to 3 on the development sets
_SHRINK_LEADS: Final = 64  # and more where there are few leads
_MOST_STRANGERS: Final = 2_000  # titles and questions that every article is held against
_SPREAD: Final = 0.12  # of strangers' likeness, where there are too few to tell; counts as much as this many
_STRANGERS: Final = 10
_AT_ONCE: Final = 4_096  # articles
_NEAR_CENTRES: Final = 48  # articles whose every lead is looked at: those whose middle is nearest


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
        lengths = np.array([len(one) for one in leads], dtype=np.int64)
        starts: NDArray[np.int64] = np.cumsum(lengths) - lengths
        self._spans = [
            slice(start, start + n) for start, n in zip(starts.tolist(), map(len, leads), strict=True)
        ]
        self._mean: Vectors = plain.mean(axis=0)
        press = _pressing(plain, starts, lengths)
        self._press_across = np.ascontiguousarray(press.T)  # read row by row for a question
        self._plain = plain
        self._leads = _unit((plain - self._mean) @ press)
        self._centres = _unit(np.add.reduceat(self._leads, starts, axis=0))
        self._plain_centres = _unit(np.add.reduceat(plain, starts, axis=0))
        self._tightness: list[float] = _tightness(self._leads, starts, lengths).tolist()
        probes = np.concatenate([start + np.arange(n) for start, n in zip(starts, asked, strict=True)])
        probes = probes[:: len(probes) // _MOST_STRANGERS + 1]
        owners = np.repeat(np.arange(len(leads)), lengths)[probes]
        self._centre_strangers = _strangers(self._leads[probes], owners, self._centres)
        self._plain_strangers = _strangers(plain[probes], owners, self._plain_centres)

    def expect(self, texts: Sequence[str]) -> None:
        """Articles' own words that are about to be asked."""
        if texts:
            self._encoder.encode(texts)

    def near(self, text: str, named: Collection[int], most: int) -> dict[int, Near]:
        """How near a question is to the `most` articles it is nearest to, and to those `named` already.

        Only where the middle of an article is near are its leads looked at: all of them are megabytes to read.
        """
        import numpy as np

        vector = self._encoder.encode_question(text)
        pressed = _unit((self._press_across @ (vector - self._mean))[None])[0]
        centres: Vectors = self._centres @ pressed
        numbers = sorted({*named, *_largest(centres, _NEAR_CENTRES)})
        leads, firsts = self._held_against(self._leads, numbers, pressed)
        fits = np.maximum.reduceat(leads, firsts) + centres[numbers]
        chosen = {numbers[place] for place in _largest(fits, most)}.union(named)
        looked_at = [number for number in numbers if number in chosen]
        plain = np.maximum.reduceat(*self._held_against(self._plain, looked_at, vector)).tolist()
        plain_centres = (self._plain_centres[looked_at] @ vector).tolist()
        near_centres, near_leads = centres[numbers].tolist(), leads.tolist()
        found: dict[int, Near] = {}
        for number, first, centre in zip(numbers, firsts, near_centres, strict=True):
            if number in chosen:
                at, span = len(found), self._spans[number]
                found[number] = Near(
                    leads=tuple(near_leads[first : first + span.stop - span.start]),
                    plain=plain[at],
                    centre=centre,
                    centre_above=self._centre_strangers.above(number, centre),
                    plain_above=self._plain_strangers.above(number, plain_centres[at]),
                    tightness=self._tightness[number],
                )
        return found

    def _held_against(
        self, leads: Vectors, numbers: Sequence[int], vector: Vectors
    ) -> tuple[Vectors, list[int]]:
        """The likeness of these articles' leads, one article after the other, and where each one's begin."""
        import numpy as np

        spans = [self._spans[number] for number in numbers]
        firsts = list(accumulate((span.stop - span.start for span in spans[:-1]), initial=0))
        return np.concatenate([leads[span] for span in spans]) @ vector, firsts


class Near(NamedTuple):
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

    means: list[float] = []
    spreads: list[float] = []
    for start in range(0, len(centres), _AT_ONCE):  # a hundred thousand at once would be gigabytes
        some = centres[start : start + _AT_ONCE]
        like = (probes @ some.T).astype(np.float64)
        strange = owners[:, None] != np.arange(start, start + len(some))[None]
        count = np.maximum(strange.sum(axis=0), 1)
        mean = (like * strange).sum(axis=0) / count
        scatter = (((like - mean) ** 2) * strange).sum(axis=0) / count
        means += mean.tolist()
        spreads += np.sqrt((scatter * count + _STRANGERS * _SPREAD**2) / (count + _STRANGERS)).tolist()
    return _Strangers(means, spreads)


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


def _largest(values: Vectors, most: int) -> list[int]:
    """The places of the largest values, in no order."""
    if len(values) <= most:
        return list(range(len(values)))
    places: list[int] = values.argpartition(-most)[-most:].tolist()
    return places
