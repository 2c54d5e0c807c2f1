"""`slabot kb import` and `slabot kb export`: articles from elsewhere, and all articles as Markdown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from slabot.cli.lines import BadFile

if TYPE_CHECKING:
    from slabot.services.imports import Arrivals, Progress

T = TypeVar("T")

_FOLDER = click.Path(path_type=Path)
_KB = click.option("--kb", "directory", type=_FOLDER, help="A folder per workspace.  [default: SLABOT_KB]")

BY = "cli"
"""Whose drafts they are."""

FATES = {
    "draft": "draft",
    "publish": "file",
    "exists": "left: an article or draft of this name is there",
    "not_public": "left: was not public there",
}


@click.command(
    "import",
    epilog="\b\nExample:\n  slabot kb import velsoft export.zip --dry-run\n  slabot kb import velsoft ../old-site",
)
@click.argument("workspace")
@click.argument("source", type=_FOLDER)
@click.option(
    "--dry-run", is_flag=True, help="List what would come and what could not be read; keep nothing."
)
@click.option(
    "--publish", is_flag=True, help="Write article files at once instead of drafts for the workshop."
)
@_KB
def import_(workspace: str, source: Path, dry_run: bool, publish: bool, directory: Path | None) -> None:
    """Bring articles from SOURCE into WORKSPACE: a folder, a .zip or a file.

    Read are Markdown, HTML, and the JSON of Zendesk's and Chatwoot's help centres, with the pictures beside them.
    They come as drafts, which an editor reads and publishes in the workshop. An article that exists is left as it
    is. All come or none; exit 1 if a file could not be read, 3 if nothing could.
    """
    from slabot import beside
    from slabot.config import load_config
    from slabot.knowledge.imports.parcel import read_source
    from slabot.knowledge.imports.reading import read_parcel

    config = load_config(kb=str(directory)) if directory else load_config()

    async def run(progress: Progress) -> Arrivals:
        parcel = await asyncio.to_thread(read_source, source)
        haul = await asyncio.to_thread(read_parcel, parcel, workspace, progress)
        async with beside.moving(config) as (imports, _):
            if dry_run:
                return await imports.look(workspace, haul, publish=publish, progress=progress)
            return await imports.bring(workspace, haul, BY, publish=publish, progress=progress)

    arrivals = _with_bar(run)
    for one in arrivals.arrivals:
        click.echo(f"{one.article.slug}  ← {one.article.source}  {FATES[one.fate]}")
        for remark in one.remarks:
            click.echo(f"    {remark}")
    for unread in arrivals.unread:
        click.echo(f"not read: {unread.source}: {unread.why}")
    kind = "files" if publish else "drafts"
    said = f"would come as {kind}" if dry_run else f"came as {kind}"
    left = len(arrivals.arrivals) - arrivals.coming
    click.echo(
        f"{arrivals.coming} {said}, {left} left as they are, {len(arrivals.unread)} not read", err=True
    )
    if arrivals.unread:
        raise SystemExit(1)


@click.command("export", epilog="\b\nExample:\n  slabot kb export velsoft velsoft.zip")
@click.argument("workspace")
@click.argument("to", type=_FOLDER)
@_KB
def export(workspace: str, to: Path, directory: Path | None) -> None:
    """Write every article of WORKSPACE as Markdown, with its files and drafts, into a folder or a .zip.

    Drafts lie in `_drafts`, which is not published.
    """
    from slabot import beside
    from slabot.config import load_config
    from slabot.knowledge.exports import laid_out

    config = load_config(kb=str(directory)) if directory else load_config()

    async def run() -> int:
        async with beside.moving(config) as (_, exports):
            entries = await exports.everything(workspace)
            return await asyncio.to_thread(laid_out, entries, to)

    click.echo(f"{to}: {_run(run())} files", err=True)


def _with_bar(work: Callable[[Progress], Coroutine[None, None, T]]) -> T:
    """A bar on standard error while somebody looks at it; without a terminal there is none."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("Articles", total=None)
        return _run(work(lambda done, of: bar.update(task, completed=done, total=of)))


def _run(work: Coroutine[None, None, T]) -> T:
    from slabot.services.imports import BadParcel
    from slabot.services.workshop_ports import UnusableFile

    try:
        return asyncio.run(work)
    except (BadParcel, UnusableFile, OSError) as error:
        raise BadFile(str(error)) from None
