"""Measuring: how often the right article comes first, is answered, is asked about, and what it costs."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slabot.domain.answers import Verdict
from slabot.domain.article import Article
from slabot.knowledge.articles import NotReadable
from slabot.knowledge.encoder import Encoder
from slabot.knowledge.entries import enter
from slabot.knowledge.index import Index

_RANKED = 10
_SHOWN = 3
_WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Query:
    """A question with the articles that answer it; no slugs: nothing there does."""

    id: str
    text: str
    slugs: frozenset[str]

    @property
    def half(self) -> str:
        """`a` or `b`, by a hash of the id, so that both halves stay the same for everybody."""
        return "ab"[hashlib.sha256(self.id.encode()).digest()[0] & 1]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one query got. `rank` counts from 1, None if no right article was among the first ten."""

    id: str
    action: Verdict
    candidates: tuple[tuple[str, float], ...]
    rank: int | None
    answerable: bool
    cpu_ms: float

    @property
    def right(self) -> bool:
        """The right article came first; where nothing answers: it was not answered."""
        return self.rank == 1 if self.answerable else self.action is not Verdict.ANSWER

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "action": {"answer": "answer", "ask": "clarify", "nothing": "offer_handoff"}[self.action],
            "candidates": [{"slug": slug, "score": round(score, 4)} for slug, score in self.candidates],
            "right": self.right,
        }


def read_queries(path: Path) -> list[Query]:
    """Lines of `{id, text, slugs}`; raises NotReadable naming the line."""
    queries = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            slugs = entry["slugs"]
            if not isinstance(slugs, list):
                raise TypeError("slugs should be a list, empty if nothing answers")
            queries.append(Query(str(entry["id"]), str(entry["text"]), frozenset(map(str, slugs))))
        except (ValueError, KeyError, TypeError) as error:
            raise NotReadable(
                f"{path.name} line {number}: expected {{id, text, slugs}}, {error!r}"
            ) from error
    return queries


def measure(
    articles: Sequence[Article],
    queries: Iterable[Query],
    encoder: Encoder | None,
    without_answer: bool = False,
) -> Iterator[Outcome]:
    """Ask every query. `without_answer` takes the right articles out for each, and builds the index anew."""
    entries = [enter(article) for article in articles]
    asked = list(queries)
    whole = Index.calibrated(entries, encoder)
    if not without_answer:
        yield from _ask(whole, asked)
        return
    same: dict[frozenset[str], list[int]] = {}
    for at, query in enumerate(asked):
        same.setdefault(query.slugs, []).append(at)
    found: dict[int, Outcome] = {}
    for slugs, places in same.items():
        left = [entry for entry in entries if entry.article.slug not in slugs]
        gone = [Query(asked[at].id, asked[at].text, frozenset()) for at in places]
        index = Index(left, encoder)
        index.trust = whole.trust  # what a workspace may be trusted with does not hang on one article
        found.update(zip(places, _ask(index, gone), strict=True))
    yield from (found[at] for at in range(len(asked)))


def _ask(index: Index, queries: Sequence[Query]) -> Iterator[Outcome]:
    for query in queries[:_WARM_UP]:
        index.find(query.text)
    for query in queries:
        before = time.process_time_ns()
        verdict = index.find(query.text).verdict
        spent = (time.process_time_ns() - before) / 1e6
        ranked = index.ranked(query.text, _RANKED)
        places = (at for at, (slug, _) in enumerate(ranked, start=1) if slug in query.slugs)
        yield Outcome(query.id, verdict, ranked[:_SHOWN], next(places, None), bool(query.slugs), spent)


def report(outcomes: Sequence[Outcome]) -> dict[str, float | int | None]:
    """The figures over all outcomes; None where there was nothing to count."""
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    others = [outcome for outcome in outcomes if not outcome.answerable]
    answered = [outcome for outcome in answerable if outcome.action is Verdict.ANSWER]
    costs = sorted(outcome.cpu_ms for outcome in outcomes)
    within_three = [outcome for outcome in answerable if outcome.rank and outcome.rank <= _SHOWN]
    return {
        "queries": len(outcomes),
        "recall@1": _share(answerable, sum(outcome.rank == 1 for outcome in answerable)),
        "recall@3": _share(answerable, len(within_three)),
        "mrr@10": _share(answerable, sum(1 / outcome.rank for outcome in answerable if outcome.rank)),
        "answered": _share(answerable, len(answered)),
        "answer_precision": _share(answered, sum(outcome.rank == 1 for outcome in answered)),
        "asked": _share(answerable, sum(outcome.action is Verdict.ASK for outcome in answerable)),
        "false_answers": _share(others, sum(outcome.action is Verdict.ANSWER for outcome in others)),
        "p50_ms": _percentile(costs, 50),
        "p99_ms": _percentile(costs, 99),
    }


def _share(of: Sequence[Outcome], count: float) -> float | None:
    return round(count / len(of), 4) if of else None


def _percentile(ordered: Sequence[float], percent: int) -> float | None:
    return round(ordered[min(len(ordered) * percent // 100, len(ordered) - 1)], 3) if ordered else None
