"""Search side by side: slabot, bm25s, SQLite FTS5, tantivy and plain rapidfuzz over the same labelled sets in one run.

    python bench/search.py SETS [--plot risk.png] [--no-semantic] [--scale N …] [--thousand]

SETS is a folder of folders, each with `articles.jsonl` and `queries.jsonl`. The peers come with
`pip install -r bench/requirements-search.txt`; one that is not installed is left out and said so. `--plot` writes the
risk–coverage curves as a PNG (matplotlib). `--scale 1000 100000` measures one query's CPU at so many made-up articles;
`--thousand` in one workspace of 1,000 real ones, of all sets together.
"""

from __future__ import annotations

import argparse
import gc
import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process

from slabot.domain.answers import Passage
from slabot.domain.article import Article
from slabot.domain.words import stem, tokens
from slabot.knowledge.articles import read_jsonl
from slabot.knowledge.encoder import Encoder, installed_encoder
from slabot.knowledge.entries import Entry, enter
from slabot.knowledge.evaluation import Query, read_queries
from slabot.knowledge.index import Index

if TYPE_CHECKING:
    from slabot.knowledge.encoder import Vectors

Ranker = Callable[[str], tuple[str | None, float]]  # the first slug, and how sure the method is of it


def slabot(articles: Sequence[Article], encoder: Encoder | None) -> Ranker:
    index = Index.calibrated([enter(article) for article in articles], encoder)

    def first(text: str) -> tuple[str | None, float]:
        ranked = index.ranked(text, 1)
        return ranked[0] if ranked else (None, 0.0)

    return first


def whole(article: Article) -> str:
    return " ".join([article.title, *(question.text for question in article.questions), article.body])


def sqlite_fts5(articles: Sequence[Article]) -> Ranker:
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE page USING fts5(title, body, tokenize='porter unicode61')")
    rows = [(article.title, whole(article)) for article in articles]
    table.executemany("INSERT INTO page VALUES (?, ?)", rows)

    def first(text: str) -> tuple[str | None, float]:
        words = " OR ".join(f'"{word}"' for word in dict.fromkeys(tokens(text)))
        if not words:
            return None, 0.0
        sql = "SELECT rowid, bm25(page, 3.0, 1.0) AS s FROM page WHERE page MATCH ? ORDER BY s LIMIT 1"
        row = table.execute(sql, (words,)).fetchone()
        return (articles[row[0] - 1].slug, -row[1]) if row else (None, 0.0)

    return first


def rapidfuzz_titles(articles: Sequence[Article]) -> Ranker:
    titles = [article.title for article in articles]

    def first(text: str) -> tuple[str | None, float]:
        best = process.extractOne(text, titles, scorer=fuzz.WRatio)
        return articles[best[2]].slug, best[1]

    return first


def bm25s_stems(articles: Sequence[Article]) -> Ranker:
    import bm25s  # type: ignore[import-not-found]

    searcher = bm25s.BM25()
    searcher.index([stem(tokens(whole(article))) for article in articles], show_progress=False)

    def first(text: str) -> tuple[str | None, float]:
        found, scores = searcher.retrieve([stem(tokens(text)) or ["-"]], k=1, show_progress=False)
        return articles[int(found[0][0])].slug, float(scores[0][0])

    return first


def tantivy_english(articles: Sequence[Article]) -> Ranker:
    import tantivy  # type: ignore[import-not-found]

    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("number", stored=True)
    schema.add_text_field("title", tokenizer_name="en_stem")
    schema.add_text_field("body", tokenizer_name="en_stem")
    index = tantivy.Index(schema.build())
    writer = index.writer()
    for number, article in enumerate(articles):
        writer.add_document(tantivy.Document(number=number, title=article.title, body=whole(article)))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def first(text: str) -> tuple[str | None, float]:
        query, _ = index.parse_query_lenient(" ".join(tokens(text)), ["title", "body"])
        hits = searcher.search(query, 1).hits
        if not hits:
            return None, 0.0
        score, place = hits[0]
        return articles[searcher.doc(place)["number"][0]].slug, float(score)

    return first


def methods(semantic: bool, kept: Path) -> dict[str, Callable[[Sequence[Article]], Ranker]]:
    """The methods that are installed."""
    found: dict[str, Callable[[Sequence[Article]], Ranker]] = {"slabot": lambda pages: slabot(pages, None)}
    encoder = installed_encoder(kept) if semantic else None
    if encoder is not None:
        found["slabot + meaning"] = lambda pages: slabot(pages, encoder)
    found |= {"SQLite FTS5": sqlite_fts5, "rapidfuzz WRatio": rapidfuzz_titles}
    for name, module, method in (("bm25s", "bm25s", bm25s_stems), ("tantivy", "tantivy", tantivy_english)):
        if find_spec(module):
            found[name] = method
        else:
            print(f"left out: {name} is not installed (bench/requirements-search.txt)")
    return found


def run(ranker: Ranker, queries: Sequence[Query]) -> tuple[float, float, list[tuple[float, bool]]]:
    """recall@1 over answerable queries, median CPU in ms, and (sureness, right) of every query."""
    judged, costs = [], []
    for query in queries:
        before = time.process_time_ns()
        slug, sure = ranker(query.text)
        costs.append((time.process_time_ns() - before) / 1e6)
        judged.append((sure, slug in query.slugs, bool(query.slugs)))
    answerable = [right for _, right, has in judged if has]
    return sum(answerable) / len(answerable), median(costs), [(sure, right) for sure, right, _ in judged]


def draw(curves: dict[str, dict[str, list[tuple[float, bool]]]], path: Path) -> None:
    """Risk (share of wrong answers) against coverage (share answered), the surest first."""
    import matplotlib  # type: ignore[import-not-found]

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, len(curves), figsize=(4 * len(curves), 3.6), sharey=True, squeeze=False)
    for axis, (name, by_method) in zip(axes[0], curves.items(), strict=True):
        for method, judged in by_method.items():
            wrong, risks = 0, []
            for at, (_, right) in enumerate(sorted(judged, key=lambda one: -one[0]), start=1):
                wrong += not right
                risks.append(wrong / at)
            axis.plot([at / len(risks) for at in range(1, len(risks) + 1)], risks, label=method)
        axis.set_title(name)
        axis.set_xlabel("answered")
    axes[0][0].set_ylabel("wrong among answered")
    axes[0][-1].legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(path, dpi=120)


class MadeUp:
    """Vectors drawn by chance for made-up articles, the real ones for questions: a query costs the same."""

    def __init__(self, encoder: Encoder) -> None:
        self.name = "made-up"
        self._encoder = encoder

    def ready(self) -> None:
        self._encoder.ready()

    def encode(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        drawn = np.random.default_rng(len(texts)).standard_normal((len(texts), 512), dtype=np.float32)
        drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
        return drawn

    def encode_question(self, text: str) -> Vectors:
        return self._encoder.encode_question(text)


def scale(sizes: Sequence[int], encoder: Encoder | None) -> None:
    """One query's CPU as the articles grow, the sizes taking turns; words have the frequencies of a language (Zipf)."""
    chance = random.Random(7)
    words = [
        "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(4, 10))) for _ in range(30_000)
    ]
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))

    def text(length: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=length))

    made = MadeUp(encoder) if encoder is not None else None
    entries: list[Entry] = []
    finds: dict[int, Callable[[str], object]] = {}
    for size in sizes:
        while len(entries) < size:
            page = Article(str(len(entries)), text(6), (), (Passage("", text(40), ""),))
            entries.append(enter(page))
        finds[size] = Index(entries, made).find
    gc.freeze()  # as a server does
    costs: dict[int, list[float]] = {size: [] for size in sizes}
    for question in [text(8) for _ in range(300)]:
        for size, find in finds.items():
            before = time.process_time_ns()
            find(question)
            costs[size].append((time.process_time_ns() - before) / 1e6)
    for size in sizes:
        cost, ratio = median(costs[size]), median(costs[size]) / median(costs[sizes[0]])
        print(f"{size:>8,} articles: {cost:.3f} ms CPU a query, {ratio:.2f} times {sizes[0]:,}")


def thousand(sets: Path, encoder: Encoder | None) -> None:
    """One query's CPU in one workspace: the articles of all sets, filled up to 1,000 with passages as articles.

    A fifth of half a is asked first (a server has heard questions before), then a tenth of half b, words and
    meaning in turn.
    """
    pages, questions = [], []
    for folder in sorted(path for path in sets.iterdir() if (path / "articles.jsonl").is_file()):
        pages += read_jsonl(folder / "articles.jsonl")
        questions += read_queries(folder / "queries.jsonl")
    cut = [(page, passage) for page in pages for passage in page.passages[1:]]
    for number, (page, passage) in enumerate(cut[: 1_000 - len(pages)]):
        pages.append(Article(f"passage-{number}", f"{page.title} {passage.heading}", (), (passage,)))
    random.Random(7).shuffle(questions)
    entries = [enter(page) for page in pages]
    indices = {"by words": Index.calibrated(entries)}
    if encoder is not None:
        encoder.ready()
        indices["with meaning"] = Index.calibrated(entries, encoder)
    heard = [query.text for query in questions if query.half == "a"][::5]
    asked = [query.text for query in questions if query.half == "b"][::10]
    for text in heard:
        for index in indices.values():
            index.find(text)
    gc.freeze()
    costs: dict[str, list[float]] = {name: [] for name in indices}
    for text in asked:
        for name, index in indices.items():
            before = time.process_time_ns()
            index.find(text)
            costs[name].append((time.process_time_ns() - before) / 1e6)
    print(f"{len(pages):,} articles, {len(asked)} questions after {len(heard)} others, ms CPU a question:")
    for name, cost in costs.items():
        print(f"{name:<14} median {median(cost):.2f}, mean {mean(cost):.2f}")


def main() -> None:
    arguments: Any = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    arguments.add_argument("sets", type=Path, nargs="?")
    arguments.add_argument("--plot", type=Path)
    arguments.add_argument("--no-semantic", action="store_true")
    arguments.add_argument("--vectors", type=Path, default=Path.home() / ".cache" / "slabot" / "vectors")
    arguments.add_argument("--half", choices=["a", "b"])
    arguments.add_argument("--scale", type=int, nargs="+", metavar="ARTICLES")
    arguments.add_argument("--thousand", action="store_true")
    given = arguments.parse_args()
    if given.scale:
        scale(given.scale, None if given.no_semantic else installed_encoder(given.vectors))
    if given.sets is None:
        return
    if given.thousand:
        thousand(given.sets, None if given.no_semantic else installed_encoder(given.vectors))
        return
    curves: dict[str, dict[str, list[tuple[float, bool]]]] = {}
    table: dict[str, list[tuple[float, float]]] = {}
    for folder in sorted(path for path in given.sets.iterdir() if (path / "articles.jsonl").is_file()):
        articles = read_jsonl(folder / "articles.jsonl")
        queries = [q for q in read_queries(folder / "queries.jsonl") if given.half in (None, q.half)]
        for name, build in methods(not given.no_semantic, given.vectors).items():
            recall, cost, judged = run(build(articles), queries)
            table.setdefault(name, []).append((recall, cost))
            curves.setdefault(folder.name, {})[name] = judged
    print(f"{'recall@1 (median CPU ms)':<22}", *(f"{name:>16}" for name in curves), f"{'mean':>8}")
    for name, row in table.items():
        cells = (f"{recall:>8.3f} ({cost:>5.2f})" for recall, cost in row)
        print(f"{name:<24}", *cells, f"{sum(recall for recall, _ in row) / len(row):>8.3f}")
    if given.plot is not None:
        draw(curves, given.plot)


if __name__ == "__main__":
    main()
