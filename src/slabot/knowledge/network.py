"""The encoder's network for one question: what a word piece says by itself is kept, and no weight is read twice.

A question has a dozen word pieces and the weights have megabytes, so its cost is what is read of them. The first two
layers see one piece at a time, so their products are kept by piece; the others are multiplied in tiles small enough
for the kernels that OpenBLAS has for small products, which read a weight where it stands instead of writing it out
in another order first; and layers with nothing between them are one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    _Piece = tuple[Vectors, Vectors, Vectors]
    _Said = dict[int, _Piece]

_WINDOWS: Final = ((2, 0), (3, 1), (5, 2))  # word pieces seen together, and how many of them come before
_WIDTH: Final = 256  # of what is seen through one window
_SMALL: Final = 1_000_000  # rows × columns × depth up to which OpenBLAS takes a product for small
_ROWS: Final = _SMALL // (_WIDTH * _WIDTH)
_GENERATION: Final = 2_048  # word pieces, 15 KB each; two generations are kept


class Network:
    """Computes what the package's own network computes, for one text, from the same weights."""

    def __init__(self, package: Any) -> None:
        self._package = package
        self._project = _tiles(package.proj_W)
        self._first = [[row[0] for row in _tiles(weight)] for weight in package.w1]
        self._second = [[row[0] for row in _tiles(weight)] for weight in package.w2]
        both = np.hstack([package.d0, package.p1])  # the two layers that read the sum over the pieces
        self._read = _across((package.ln_g[:, None] * package.cnn_W) @ both)
        self._read_bias: Vectors = (package.ln_b @ package.cnn_W + package.cnn_b) @ both
        self._halves: int = package.d0.shape[1]
        self._nearer, self._further = _across(package.d1), _across(package.d2)
        self._last = _across(np.vstack([package.p3, package.d3]))
        self._young: _Said = {}
        self._old: _Said = {}

    def vector(self, pieces: Sequence[int]) -> Vectors:
        """The unit vector of a text of these word pieces."""
        said = self._said(pieces)
        embedded, alone, given = (np.stack([said[piece][part] for piece in pieces]) for part in range(3))
        seen = [embedded]
        done = 0
        for number, (size, before) in enumerate(_WINDOWS):
            own = alone[:, number * _WIDTH : (number + 1) * _WIDTH]
            seen.append(self._seen(number, own, given[:, done : done + size * _WIDTH], before))
            done += size * _WIDTH
        return self._told(_even(np.concatenate(seen, axis=1), self._package.eps))

    def _seen(self, number: int, own: Vectors, given: Vectors, before: int) -> Vectors:
        """What one window sees around each piece, in two layers; beyond the text's ends is nothing."""
        package, weights = self._package, self._second[number]
        count = len(own)
        around = np.zeros((count + len(weights) - 1, _WIDTH), dtype=np.float32)
        inner = around[before : before + count]
        inner += package.b1[number]
        for place in range(len(weights)):
            start, end = max(before - place, 0), count - max(place - before, 0)
            if start < end:
                columns = given[:, place * _WIDTH : (place + 1) * _WIDTH]
                inner[start:end] += columns[start + place - before : end + place - before]
        np.maximum(inner, 0, out=inner)
        inner += own
        outer = _rows_of(package.b2[number], count)
        for place, tile in enumerate(weights):
            _add_product(outer, around[place : place + count], tile)
        np.maximum(outer, 0, out=outer)
        outer += inner
        return outer

    def _told(self, features: Vectors) -> Vectors:
        """What all pieces say together."""
        count = len(features)
        read = self._read @ features.sum(axis=0)
        read += count * self._read_bias
        read *= 1 / math.sqrt(count)
        nearer = read[self._halves :] + self._nearer @ np.maximum(read[: self._halves], 0)
        np.maximum(nearer, 0, out=nearer)
        further = np.maximum(self._further @ nearer, 0)
        told = np.tanh(self._last @ np.concatenate([nearer, further]))
        vector: Vectors = told / math.sqrt(max(float(told @ told), self._package.eps))
        return vector

    def _embedded(self, pieces: Sequence[int]) -> Vectors:
        package = self._package
        places = np.array(pieces, dtype=np.int64)
        chunks = places % len(package.scale)
        rows: Vectors = package.table[places] * package.scale[chunks, None]
        rows += package.lo[chunks, None]
        return rows

    def _said(self, pieces: Sequence[int]) -> _Said:
        """For every piece what it is, what it says by itself, and what that gives to the windows it stands in.

        Kept are those that were asked for since the last two times that as many new ones came as make a
        generation. Two threads may be here at once: what one forgets, the other has in hand or works out again.
        """
        young, old = self._young, self._old
        said: _Said = {}
        new = []
        for piece in dict.fromkeys(pieces):
            if (known := young.get(piece) or old.get(piece)) is None:
                new.append(piece)
            else:
                said[piece] = young[piece] = known
        if new:
            found = dict(zip(new, self._work_out(new), strict=True))
            said |= found
            young |= found
        if len(young) >= _GENERATION:
            self._old, self._young = young, {}
        return said

    def _work_out(self, pieces: Sequence[int]) -> Iterator[_Piece]:
        package, embedded = self._package, self._embedded(pieces)
        alone = _rows_of(package.proj_b, len(pieces))
        for depth, row in enumerate(self._project):
            for column, tile in enumerate(row):
                into = alone[:, column * _WIDTH : (column + 1) * _WIDTH]
                _add_product(into, embedded[:, depth * _WIDTH : (depth + 1) * _WIDTH], tile)
        _even(alone, package.eps)
        alone *= package.ln_g_all
        alone += package.ln_b_all
        given = np.zeros((len(pieces), _WIDTH * sum(size for size, _ in _WINDOWS)), dtype=np.float32)
        done = 0
        for number, tiles in enumerate(self._first):
            own = alone[:, number * _WIDTH : (number + 1) * _WIDTH]
            for tile in tiles:
                _add_product(given[:, done : done + _WIDTH], own, tile)
                done += _WIDTH
        for rows in zip(embedded, alone, given, strict=True):
            own, by_itself, to_others = (row.copy() for row in rows)  # one kept row must not keep the others
            yield own, by_itself, to_others


def _add_product(into: Vectors, rows: Vectors, tile: Vectors) -> None:
    """Add `rows @ tile`, so many rows at a time that the product counts as small."""
    for at in range(0, len(rows), _ROWS):
        into[at : at + _ROWS] += rows[at : at + _ROWS] @ tile


def _rows_of(row: Vectors, count: int) -> Vectors:
    rows = np.empty((count, len(row)), dtype=np.float32)
    rows[:] = row
    return rows


def _tiles(matrix: Vectors) -> list[list[Vectors]]:
    """The matrix cut into squares, row by row."""
    depth, columns = matrix.shape
    return [
        [
            np.ascontiguousarray(matrix[row : row + _WIDTH, column : column + _WIDTH])
            for column in range(0, columns, _WIDTH)
        ]
        for row in range(0, depth, _WIDTH)
    ]


def _across(matrix: Vectors) -> Vectors:
    """For a single row: its product with a matrix reads this one from front to back."""
    return np.ascontiguousarray(matrix.T)


def _even(rows: Vectors, eps: float) -> Vectors:
    """Every row with a mean of 0 and a spread of 1, in place."""
    rows -= rows.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.einsum("ij,ij->i", rows, rows) / rows.shape[1] + eps)
    rows /= spread[:, None]
    return rows
