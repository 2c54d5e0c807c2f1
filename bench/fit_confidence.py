"""Learn the numbers of `slabot.knowledge.learned`, each development set left out once to see what carries over.

    python bench/fit_confidence.py SETS [--semantic] [--half a]

SETS is a folder of folders, each with `articles.jsonl` and `queries.jsonl`. Every query is asked with its right
article there and with it passed over; the model is a logistic regression of "the first article is right" with an
intercept for each set, which is thrown away: a workspace's own self-check takes its place. For every set left out it
prints what would be answered, how precisely, and how many wrong answers come when the right article is missing; then
the numbers fitted on all sets, as `learned.py` has them. Needs numpy (it comes with the extra `semantic`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from slabot.knowledge.articles import read_jsonl
from slabot.knowledge.confidence import Trust
from slabot.knowledge.encoder import Encoder, installed_encoder
from slabot.knowledge.entries import enter
from slabot.knowledge.evaluation import read_queries
from slabot.knowledge.evidence import features
from slabot.knowledge.index import Index
from slabot.knowledge.learned import WEIGHTS
from slabot.knowledge.selfcheck import without_their_own
from slabot.knowledge.sightings import Looked

Floats = NDArray[np.float64]
_RIDGE = 1e-3
# How much more a query without its right article counts: the bar stands high, where these decide.
_WITHOUT = {False: 2.0, True: 8.0}


class Observed:
    """One set: features with the right article there, with it passed over, and of the self-check's wrong firsts."""

    def __init__(self, folder: Path, half: str | None, encoder: Encoder | None) -> None:
        self.name = folder.name
        entries = [enter(article) for article in read_jsonl(folder / "articles.jsonl")]
        queries = [q for q in read_queries(folder / "queries.jsonl") if half in (None, q.half)]
        index = Index(entries, encoder)
        self.semantic = index.semantic
        slugs = [entry.article.slug for entry in entries]
        full, without, right = [], [], []
        for query in queries:
            looked = index.sights.look(query.text)
            full.append(self._row(index, looked))
            ranked = index.weigh(looked).ranked
            right.append(bool(ranked) and slugs[ranked[0][1].number] in query.slugs)
            if query.slugs:
                looked.sightings[:] = [
                    one for one in looked.sightings if slugs[one.number] not in query.slugs
                ]
                without.append(self._row(index, looked))
        self.answerable = np.array([bool(query.slugs) for query in queries])
        self.right = np.array(right)
        self.full, self.without = np.vstack(full), np.vstack(without)
        self.probes = np.vstack([self._row(index, looked) for looked in without_their_own(index)])

    def _row(self, index: Index, looked: Looked) -> Floats:
        ranked = index.weigh(looked).ranked
        if not ranked:
            return np.zeros(len(WEIGHTS[self.semantic]))
        given = features(ranked, looked.clues, self.semantic)
        return np.array([given[name] for name in WEIGHTS[self.semantic]])


def logistic(given: Floats, right: Floats, share: Floats) -> tuple[Floats, float]:
    """Weights and intercept of a logistic regression by Newton's method; `share` is what each row counts."""
    share = share / share.sum()
    mean, spread = given.mean(axis=0), given.std(axis=0) + 1e-6
    scaled = np.hstack([(given - mean) / spread, np.ones((len(given), 1))])
    ridge = np.eye(scaled.shape[1]) * _RIDGE
    ridge[-1, -1] = 0
    weights = np.zeros(scaled.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (share * (chance - right)) + ridge @ weights
        curve = (scaled * (share * chance * (1 - chance))[:, None]).T @ scaled + ridge
        weights -= np.linalg.solve(curve, slope)
    plain = weights[:-1] / spread
    return plain, float(weights[-1] - (plain * mean).sum())


def fit(sets: list[Observed]) -> tuple[Floats, float]:
    """Weights and intercept; every set counts the same."""
    rows, rights, shares = [], [], []
    for at, one in enumerate(sets):
        own = np.eye(len(sets))[at][1:]  # the intercept of the set, thrown away below
        blocks = (
            (one.full, one.right, 1.0),
            (one.without, np.zeros(len(one.without)), _WITHOUT[one.semantic]),
        )
        for block, right, counts in blocks:
            rows.append(np.hstack([block, np.tile(own, (len(block), 1))]))
            rights.append(right.astype(float))
            shares.append(np.full(len(block), counts / len(block)))
    weights, intercept = logistic(np.vstack(rows), np.concatenate(rights), np.concatenate(shares))
    return weights[: sets[0].full.shape[1]], intercept


def bar_of(one: Observed, weights: Floats, intercept: float) -> float:
    return Trust.checked(one.semantic, sorted((one.probes @ weights + intercept).tolist())).bar


def tell(one: Observed, weights: Floats, intercept: float, how: str) -> None:
    bar = bar_of(one, weights, intercept)
    over = one.full @ weights + intercept >= bar
    answered = over & one.answerable
    precision = one.right[answered].mean() if answered.any() else 1.0
    false = (one.without @ weights + intercept >= bar).mean()
    line = f"{one.name:<16} {how}: answered {answered.sum() / one.answerable.sum():.3f} right {precision:.3f}"
    line += f" without its article {false:.3f}"
    if not one.answerable.all():
        line += f" out of scope {over[~one.answerable].mean():.3f}"
    print(line)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("sets", type=Path)
    arguments.add_argument("--semantic", action="store_true")
    arguments.add_argument("--half", choices=["a", "b"])
    arguments.add_argument("--vectors", type=Path, default=Path.home() / ".cache" / "slabot" / "vectors")
    given = arguments.parse_args()
    encoder = installed_encoder(given.vectors) if given.semantic else None
    folders = sorted(path for path in given.sets.iterdir() if (path / "articles.jsonl").is_file())
    observed = [Observed(folder, given.half, encoder) for folder in folders]
    for left_out in observed:
        tell(left_out, *fit([one for one in observed if one is not left_out]), "left out")
    weights, intercept = fit(observed)
    for one in observed:
        tell(one, weights, intercept, "fitted on")
    print("WEIGHTS")
    for name, weight in zip(WEIGHTS[given.semantic], weights, strict=True):
        print(f'        "{name}": {weight:.3f},')
    bars = [bar_of(one, weights, intercept) for one in observed]
    print(f"INTERCEPT {intercept:.3f}")
    print(f"BAR {np.mean(bars):.3f} LOWEST_BAR {min(bars):.3f}")
    above = [one.full @ weights + intercept - bar for one, bar in zip(observed, bars, strict=True)]
    shares = [np.full(len(one), 1 / len(one)) for one in above]
    rights = np.concatenate([one.right for one in observed]).astype(float)
    slope, offset = logistic(np.concatenate(above)[:, None], rights, np.concatenate(shares))
    print(f"CALIBRATION {slope[0]:.3f}, {offset:.3f}")


if __name__ == "__main__":
    main()
