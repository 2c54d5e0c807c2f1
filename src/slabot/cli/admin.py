"""`slabot admin`: the record of administrative acts."""

from __future__ import annotations

import asyncio

import click
import orjson

EXAMPLE = """\b
Example:
  slabot admin log --limit 20
"""


@click.group(epilog=EXAMPLE)
def admin() -> None:
    """Who changed people, policies, keys, webhooks and canned replies."""


@admin.command("log")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="The newest so many."
)
def log(limit: int) -> None:
    """Every act, newest first: when, who (an agent, or cli), what, on what, and how it was before and after."""
    from slabot import beside
    from slabot.config import BadSettings, load_config
    from slabot.services.turn import StoreUnavailable
    from slabot.store.database import BadAddress

    async def run() -> None:
        async with beside.deeds(load_config()) as (deeds, names):
            for deed in await deeds.latest(limit):
                who = names.get(deed.by, deed.by)
                where = f" in {deed.workspace}" if deed.workspace else ""
                click.echo(
                    f"{deed.at:%Y-%m-%d %H:%M:%S} UTC  {who}  {deed.what}  {deed.subject}{where}"
                    f"{_facts('from', deed.before)}{_facts('to', deed.after)}"
                )

    try:
        asyncio.run(run())
    except (BadSettings, BadAddress, StoreUnavailable, OSError) as error:
        raise click.ClickException(str(error)) from None


def _facts(word: str, facts: object) -> str:
    return f"  {word} {orjson.dumps(facts).decode()}" if facts else ""
