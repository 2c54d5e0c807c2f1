"""Learn the weights of `slabot.knowledge.learned`, each development set left out once to see what carries over.

    python bench/fit_confidence.py SETS [--semantic] [--half a]

SETS is a folder of folders, each with `articles.jsonl` and `queries.jsonl`. Every query is asked with its right
article there and with it taken out; the model is a logistic regression of "the first article is right" with an
intercept for each set, which is thrown away: a workspace's own self-check takes its place. For every set left out it
prints what would be answered, how precisely, and how many wrong answers come when the right article is missing.
Needs numpy (it comes with the extra `semantic`).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slabot.knowledge.articles import read_jsonl
from slabot.knowledge.confidence import Trust
from slabot.knowledge.entries import enter
from slabot.knowledge.evaluation import Query, read_queries
from slabot.knowledge.evidence import features
from slabot.knowledge.index import Index
from slabot.knowledge.meaning import installed_encoder
from slabot.knowledge.selfcheck import probes

Floats = NDArray[np.float64]
_RIDGE = 1e-3


class Observed:
    """One set: features with the right article there, with it taken out, and of the self-check's wrong firsts."""

    def __init__(self, folder: Path, half: str | None, encoder: Any) -> None:
        self.name = folder.name
        entries = [enter(article) for article in read_jsonl(folder / "articles.jsonl")]
        queries = [q for q in read_queries(folder / "queries.jsonl") if half in (None, q.half)]
        index = Index(entries, encoder)
        self.answerable: list[bool] = []
        self.right: list[bool] = []
        self.full = self._ask(index, [query.text for query in queries])
        for query in queries:
            ranked = index.ranked(query.text, 1)
            self.right.append(bool(ranked) and ranked[0][0] in query.slugs)
            self.answerable.append(bool(query.slugs))
        groups: dict[frozenset[str], list[Query]] = {}
        for query in queries:
            groups.setdefault(query.slugs, []).append(query)
        self.without = np.vstack(
            [
                self._ask(
                    Index([entry for entry in entries if entry.article.slug not in slugs], encoder),
                    [query.text for query in group],
                )
                for slugs, group in groups.items()
                if slugs
            ]
        )
        self.probes = np.vstack([self._one(index, text, number) for number, text in probes(entries)])

    def _ask(self, index: Index, texts: list[str]) -> Floats:
        return np.vstack([self._one(index, text) for text in texts])

    def _one(self, index: Index, text: str, without: int | None = None) -> Floats:
        looked = index.sights.look(text)
        looked.sightings[:] = [sighting for sighting in looked.sightings if sighting.number != without]
        ranked = index.weigh(looked).ranked
        if not ranked:
            return np.zeros(len(_names(index.semantic)))
        return np.array(list(features(ranked, index.semantic).values()))


def _names(semantic: bool) -> list[str]:
    from slabot.knowledge import learned

    return list(learned.WEIGHTS[semantic])


def fit(sets: list[Observed]) -> tuple[Floats, float]:
    """Weights and intercept by Newton's method; every set counts the same."""
    rows, rights, shares = [], [], []
    for at, one in enumerate(sets):
        own = np.eye(len(sets))[at][1:]  # the intercept of the set, thrown away below
        for block, right in ((one.full, np.array(one.right)), (one.without, np.zeros(len(one.without)))):
            rows.append(np.hstack([block, np.tile(own, (len(block), 1))]))
            rights.append(right.astype(float))
            shares.append(np.full(len(block), 1 / len(block)))
    given, right, share = np.vstack(rows), np.concatenate(rights), np.concatenate(shares)
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
    count = sets[0].full.shape[1]
    return plain[:count], float(weights[-1] - (plain * mean).sum())


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
        weights, intercept = fit([one for one in observed if one is not left_out])
        wrong = sorted((left_out.probes @ weights + intercept).tolist())
        bar = Trust.checked(given.semantic, wrong).bar
        answered = (left_out.full @ weights + intercept >= bar) & np.array(left_out.answerable)
        right = np.array(left_out.right)[answered]
        false = (left_out.without @ weights + intercept >= bar).mean()
        share = answered.sum() / max(sum(left_out.answerable), 1)
        precision = right.mean() if right.size else 1.0
        print(f"{left_out.name:<16} left out: answered {share:.3f} right {precision:.3f} without {false:.3f}")
    weights, intercept = fit(observed)
    for name, weight in zip(_names(given.semantic), weights, strict=True):
        print(f'        "{name}": {weight:.3f},')
    print(f"intercept {intercept:.3f}")


if __name__ == "__main__":
    main()
