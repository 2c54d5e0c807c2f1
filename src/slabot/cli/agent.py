"""`slabot agent`: the people at the desk."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection

import click

DEFAULT_CAPACITY = 12

QUEUES = click.option(
    "--queue",
    "queues",
    multiple=True,
    help="Repeat for several; QUEUE or WORKSPACE/QUEUE. Without it, every queue.",
)
LANGUAGES = click.option(
    "--language",
    "languages",
    multiple=True,
    type=click.Choice(["en", "de", "es", "fr"]),
    help="Repeat for several. Without it, any.",
)
CAPACITY = click.IntRange(1, 500)

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
@QUEUES
@LANGUAGES
@click.option(
    "--capacity", type=CAPACITY, default=12, show_default=True, help="Conversations held at a time."
)
@click.password_option(help="Asked for when it is not given.")
def add(
    email: str,
    name: str,
    role: str,
    workspaces: tuple[str, ...],
    queues: tuple[str, ...],
    languages: tuple[str, ...],
    capacity: int,
    password: str,
) -> None:
    """Add NAME, who logs in with EMAIL."""
    from slabot.beside import accounts
    from slabot.config import load_config

    async def run() -> str:
        async with accounts(load_config()) as (known, names):
            unknown = [workspace for workspace in workspaces if workspace not in names]
            if unknown:
                raise ValueError(f"no workspace {', '.join(unknown)}; there are {', '.join(names)}")
            added = await known.add(
                email,
                name,
                password,
                role=role,
                workspaces=workspaces,
                queues=_known_queues(queues),
                languages=languages,
                capacity=capacity,
            )
            return added.id

    try:
        click.echo(f"Added {name} as {asyncio.run(run())}.")
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def _an_address(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    from slabot.wire.admin import ADDRESS

    if given is not None and not re.fullmatch(ADDRESS, given):
        raise click.BadParameter(f"expected an address as name@example.org, got {given!r}.")
    return given


@agent.command("change")
@click.argument("email")
@QUEUES
@LANGUAGES
@click.option(
    "--email",
    "new_email",
    callback=_an_address,
    help="They log in with it from now on; nobody else may have it.",
)
@click.option("--name", help="What visitors and colleagues read from now on.")
@click.option("--capacity", type=CAPACITY, help="Conversations held at a time.")
@click.option("--role", type=click.Choice(["agent", "editor", "lead", "admin"]), help="What they may do.")
@click.option(
    "--disable/--enable", "is_disabled", default=None, help="Disabling ends every session of theirs."
)
@click.option("--new-password", is_flag=True, help="Ask for another password; ends every session of theirs.")
@click.option("--every-queue", is_flag=True, help="Serve every queue again.")
@click.option("--every-language", is_flag=True, help="Be asked whatever the visitor speaks again.")
def change(
    email: str,
    queues: tuple[str, ...],
    languages: tuple[str, ...],
    new_email: str | None,
    name: str | None,
    capacity: int | None,
    role: str | None,
    is_disabled: bool | None,
    new_password: bool,
    every_queue: bool,
    every_language: bool,
) -> None:
    """Change who EMAIL is, may do, serves and may hold; what is not named stays. Open desks hear of it within a minute."""
    from slabot.beside import accounts
    from slabot.config import load_config

    password = click.prompt("Password", hide_input=True, confirmation_prompt=True) if new_password else None

    async def run() -> str:
        async with accounts(load_config()) as (known, _):
            changed = await known.change(
                email,
                new_email=new_email,
                name=name,
                queues=_known_queues(queues) if queues or every_queue else None,
                languages=languages if languages or every_language else None,
                capacity=capacity,
                role=role,
                is_disabled=is_disabled,
                password=password,
            )
            if changed.disabled_at is not None:
                return f"{changed.name} is disabled."
            return f"{changed.name} {_skills(changed.queues, changed.languages, changed.capacity)}."

    try:
        click.echo(asyncio.run(run()))
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def _known_queues(queues: tuple[str, ...]) -> tuple[str, ...]:
    """Raises ValueError, naming the queues there are."""
    from slabot.config import load_config
    from slabot.policies.in_force import PoliciesInForce

    if not queues:
        return ()
    policies = PoliciesInForce(load_config().policies_folder)
    known = [
        f"{name}/{queue.key}"
        for name in policies.workspaces()
        for queue in policies.current(name).policy.queues
    ]
    unknown = [
        queue
        for queue in queues
        if queue not in known and all(not one.endswith(f"/{queue}") for one in known)
    ]
    if unknown:
        raise ValueError(f"no queue {', '.join(unknown)}; there are {', '.join(known)}")
    return queues


def _skills(queues: Collection[str], languages: Collection[str], capacity: int) -> str:
    serves = ", ".join(sorted(queues)) or "every queue"
    speaks = ", ".join(sorted(languages)) or "any language"
    return f"serves {serves}, speaks {speaks}, holds up to {capacity}"


@agent.command("list")
def listed() -> None:
    """Everybody who may log in."""
    from slabot.beside import accounts
    from slabot.config import load_config

    async def run() -> None:
        async with accounts(load_config()) as (known, _):
            for colleague in await known.colleagues():
                where = ", ".join(sorted(colleague.workspaces))
                can = _skills(colleague.queues, colleague.languages, colleague.capacity)
                click.echo(f"{colleague.agent}  {colleague.name}  {colleague.role}  {where}  {can}")

    asyncio.run(run())
