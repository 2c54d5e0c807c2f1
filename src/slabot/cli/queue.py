"""`slabot queue`: the teams that tickets of a workspace wait for, changed in its policy file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from slabot.cli.arranging import ACCEPT, DRY_RUN, change, sheet_of
from slabot.domain.routing import Routing

if TYPE_CHECKING:
    from slabot.services.arrangement import ArrangedQueue, Arrangement

EXAMPLE = """\b
Example:
  slabot queue list velsoft
"""
DROP_EXAMPLE = """\b
Example:
  slabot queue add velsoft billing Billing --accept
  slabot queue drop velsoft billing
"""
ROUTING = click.Choice([routing.value for routing in Routing])


@click.group(epilog=EXAMPLE)
def queue() -> None:
    """The queues of a workspace, in its policy file.

    A change is checked as `slabot policy check` does, kept as a new version, and recorded (`slabot admin log`).
    """


@queue.command("list", epilog="\b\nExample:\n  slabot queue list velsoft")
@click.argument("workspace", metavar="WS")
def listed(workspace: str) -> None:
    """The queues of WS: key, name, how they are offered, whose hours they keep, and whose tickets wait in them."""
    sheet = sheet_of(workspace)
    for each in sheet.arrangement.queues:
        levels = ", ".join(sheet.levels.get(each.key, ())) or "no level"
        hours = each.calendar or "the desk's hours"
        click.echo(f"{each.key}  {each.name}  {each.routing.value}  {hours}  {levels}")


@queue.command(
    "add",
    epilog='\b\nExample:\n  slabot queue add velsoft billing "Billing" --routing by_hand --accept --dry-run',
)
@click.argument("workspace", metavar="WS")
@click.argument("key")
@click.argument("name")
@click.option(
    "--routing", type=ROUTING, default=Routing.BY_HAND.value, show_default=True, help="How it is offered."
)
@click.option("--calendar", help="Whose hours it keeps; default: the support desk's.")
@ACCEPT
@DRY_RUN
def add(
    workspace: str, key: str, name: str, routing: str, calendar: str | None, accept: bool, dry_run: bool
) -> None:
    """Add the queue KEY, called NAME, to WS. Levels are given to it in the policy file, people at the desk."""
    from dataclasses import replace

    from slabot.services.arrangement import ArrangedQueue

    def alter(now: Arrangement) -> Arrangement:
        if now.queue(key) is not None:
            raise ValueError(f"{workspace} has a queue {key!r} already; `slabot queue change` changes it")
        return replace(now, queues=(*now.queues, ArrangedQueue(key, name, Routing(routing), calendar)))

    change(workspace, alter, accept=accept, dry_run=dry_run)


@queue.command(
    "change", epilog='\b\nExample:\n  slabot queue change velsoft helpdesk --name "First line" --dry-run'
)
@click.argument("workspace", metavar="WS")
@click.argument("key")
@click.option("--name", help="What people call it.")
@click.option("--routing", type=ROUTING, help="How it is offered.")
@click.option("--calendar", help="Whose hours it keeps; empty: the support desk's.")
@ACCEPT
@DRY_RUN
def changed(
    workspace: str,
    key: str,
    name: str | None,
    routing: str | None,
    calendar: str | None,
    accept: bool,
    dry_run: bool,
) -> None:
    """Change the queue KEY of WS; what is not named stays. Its key stays: people and tickets refer to it."""
    from dataclasses import replace

    def alter(now: Arrangement) -> Arrangement:
        before = _known(now, workspace, key)
        after = replace(
            before,
            name=before.name if name is None else name,
            routing=before.routing if routing is None else Routing(routing),
            calendar=before.calendar if calendar is None else calendar or None,
        )
        return replace(now, queues=tuple(after if each is before else each for each in now.queues))

    change(workspace, alter, accept=accept, dry_run=dry_run)


@queue.command(
    "drop",
    epilog=DROP_EXAMPLE,
)
@click.argument("workspace", metavar="WS")
@click.argument("key")
@ACCEPT
@DRY_RUN
def drop(workspace: str, key: str, accept: bool, dry_run: bool) -> None:
    """Take the queue KEY out of WS. Refused while a level, somebody or an open ticket refers to it."""
    from dataclasses import replace

    def alter(now: Arrangement) -> Arrangement:
        gone = _known(now, workspace, key)
        return replace(now, queues=tuple(each for each in now.queues if each is not gone))

    change(workspace, alter, accept=accept, dry_run=dry_run)


def _known(now: Arrangement, workspace: str, key: str) -> ArrangedQueue:
    """Raises ValueError."""
    found = now.queue(key)
    if found is None:
        there_are = ", ".join(each.key for each in now.queues)
        raise ValueError(f"{workspace} has no queue {key!r}; there are {there_are}")
    return found
