"""`slabot origin`: which pages may embed a workspace's widget, changed in its policy file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from slabot.cli.arranging import ACCEPT, DRY_RUN, change, sheet_of

if TYPE_CHECKING:
    from slabot.services.arrangement import Arrangement

EXAMPLE = """\b
Example:
  slabot origin list velsoft
"""


@click.group(epilog=EXAMPLE)
def origin() -> None:
    """Which pages may embed the widget, in the policy file.

    Without any, every page may. A change holds from the next connection on.
    """


@origin.command("list", epilog="\b\nExample:\n  slabot origin list velsoft")
@click.argument("workspace", metavar="WS")
def listed(workspace: str) -> None:
    """The pages that may embed the widget of WS."""
    origins = sheet_of(workspace).arrangement.origins
    click.echo("\n".join(origins) or "Any page may.")


@origin.command(
    "add", epilog="\b\nExample:\n  slabot origin add velsoft https://learn.example.org --accept --dry-run"
)
@click.argument("workspace", metavar="WS")
@click.argument("page", metavar="ORIGIN")
@ACCEPT
@DRY_RUN
def add(workspace: str, page: str, accept: bool, dry_run: bool) -> None:
    """Let the pages of ORIGIN (scheme and host) embed the widget of WS."""
    from dataclasses import replace

    def alter(now: Arrangement) -> Arrangement:
        if page in now.origins:
            raise ValueError(f"{page} may embed {workspace} already")
        return replace(now, origins=(*now.origins, page))

    change(workspace, alter, accept=accept, dry_run=dry_run)


@origin.command(
    "drop",
    epilog="\b\nExample:\n  slabot origin add velsoft https://learn.example.org --accept"
    "\n  slabot origin drop velsoft https://learn.example.org --accept",
)
@click.argument("workspace", metavar="WS")
@click.argument("page", metavar="ORIGIN")
@ACCEPT
@DRY_RUN
def drop(workspace: str, page: str, accept: bool, dry_run: bool) -> None:
    """From now on the pages of ORIGIN may not embed the widget of WS; if it was the last one, every page may."""
    from dataclasses import replace

    def alter(now: Arrangement) -> Arrangement:
        if page not in now.origins:
            there_are = ", ".join(now.origins) or "none"
            raise ValueError(f"{page} is not named for {workspace}; there are {there_are}")
        return replace(now, origins=tuple(each for each in now.origins if each != page))

    change(workspace, alter, accept=accept, dry_run=dry_run)
