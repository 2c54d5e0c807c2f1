"""`slabot agent`: the people at the desk."""

from __future__ import annotations

import asyncio

import click

EXAMPLE = """\b
Example:
  slabot agent list
"""


@click.group(epilog=EXAMPLE)
def agent() -> None:
    """Add and list the people at the desk."""


@agent.command("add")
@click.argument("email")
@click.argument("name")
@click.option(
    "--role", type=click.Choice(["agent", "editor", "lead", "admin"]), default="agent", show_default=True
)
@click.option("--workspace", "workspaces", multiple=True, help="Repeat for several; without it, all of them.")
@click.password_option(help="Asked for when it is not given.")
def add(email: str, name: str, role: str, workspaces: tuple[str, ...], password: str) -> None:
    """Add NAME, who logs in with EMAIL."""
    from slabot.bootstrap import accounts
    from slabot.config import load_config

    async def run() -> str:
        async with accounts(load_config()) as (known, names):
            unknown = [workspace for workspace in workspaces if workspace not in names]
            if unknown:
                raise ValueError(f"no workspace {', '.join(unknown)}; there are {', '.join(names)}")
            return (await known.add(email, name, password, role=role, workspaces=workspaces)).id

    try:
        click.echo(f"Added {name} as {asyncio.run(run())}.")
    except ValueError as error:
        raise click.ClickException(str(error)) from None


@agent.command("list")
def listed() -> None:
    """Everybody who may log in."""
    from slabot.bootstrap import accounts
    from slabot.config import load_config

    async def run() -> None:
        async with accounts(load_config()) as (known, _):
            for colleague in await known.colleagues():
                where = ", ".join(sorted(colleague.workspaces))
                click.echo(f"{colleague.agent}  {colleague.name}  {colleague.role}  {where}")

    asyncio.run(run())
