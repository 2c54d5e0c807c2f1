"""`slabot settings`: every setting with its default, its value here and what it does."""

from __future__ import annotations

import os

import click

EXAMPLE = """\b
Example:
  slabot settings
"""


@click.command(epilog=EXAMPLE)
@click.option("--markdown", is_flag=True, help="As the table that the documentation holds.")
def settings(markdown: bool) -> None:
    """Every setting: an environment variable, its default, its value here, and what it does."""
    from slabot.config import SETTINGS

    if markdown:
        click.echo("| Setting | Default | Meaning |\n|---|---|---|")
        for setting in SETTINGS:
            default = f"`{setting.default}`" if setting.default else "empty"
            click.echo(f"| `{setting.name}` | {default} | {setting.meaning} |")
        return
    for setting in SETTINGS:
        here = os.environ.get(setting.name)
        value = (
            f"{here} (default {setting.default or 'empty'})"
            if here is not None
            else setting.default or "empty"
        )
        click.echo(f"{setting.name} = {value}\n    {setting.meaning}")
