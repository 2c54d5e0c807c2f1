"""`slabot webhook`: receivers of signed webhooks; added, given new secrets, paused, replayed beside a running server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import click

from slabot.domain.webhooks import Type
from slabot.services.deeds import CLI

if TYPE_CHECKING:
    from slabot.services.webhooks import Delivery, Endpoint, Webhooks

T = TypeVar("T")

EXAMPLE = """\b
Example:
  slabot webhook list
"""
TYPES = [type.value for type in Type]
FATES = ["waiting", "sent", "dead"]


@click.group(epilog=EXAMPLE)
def webhook() -> None:
    """Who is told of tickets and messages by signed webhooks. A running server notices a change within 30 seconds."""


@webhook.command("add")
@click.argument("workspace", metavar="WS")
@click.argument("url")
@click.option("--type", "types", multiple=True, type=click.Choice(TYPES), help="Repeat; without it, all.")
def add(workspace: str, url: str, types: tuple[str, ...]) -> None:
    """Tell URL what happens in WS from now on. The secret is printed this once."""
    wanted = tuple(map(Type, types))
    added = _run(lambda hooks: hooks.add(CLI, workspace, url, wanted), workspace)
    click.echo(f"{added.id}\n{added.secret}\nGive this secret to the receiver; it is not shown again.")


@webhook.command("list")
def listed() -> None:
    """Every receiver; never their secrets."""
    for endpoint in _run(lambda hooks: hooks.all()):
        click.echo(_line(endpoint))


@webhook.command("rotate")
@click.argument("id")
def rotate(id: str) -> None:
    """Give ID a new secret, printed this once; for a day messages are signed with the old one as well."""
    rotated = _run(lambda hooks: hooks.rotate(CLI, id))
    click.echo(
        f"{rotated.secret}\nThe old secret signs as well until {rotated.old_secret_until:%Y-%m-%d %H:%M} UTC."
    )


@webhook.command("pause")
@click.argument("id")
def pause(id: str) -> None:
    """Send nothing to ID; what happens meanwhile goes out once it is resumed."""
    _run(lambda hooks: hooks.pause(CLI, id))
    click.echo(f"{id} is paused.")


@webhook.command("resume")
@click.argument("id")
def resume(id: str) -> None:
    """Send to ID again, from where it stopped."""
    _run(lambda hooks: hooks.resume(CLI, id))
    click.echo(f"{id} is resumed.")


@webhook.command("drop")
@click.argument("id")
def drop(id: str) -> None:
    """Forget ID with everything that waits for it."""
    _run(lambda hooks: hooks.drop(CLI, id))
    click.echo(f"{id} is dropped.")


@webhook.command("deliveries")
@click.argument("id")
@click.option("--state", type=click.Choice(FATES), help="Only these.")
def deliveries(id: str, state: str | None) -> None:
    """The latest messages for ID, newest first, each with what became of it."""
    from slabot.services.outbox import Fate

    fate = Fate(state) if state is not None else None
    for delivery in _run(lambda hooks: hooks.deliveries(id, fate)):
        click.echo(_outcome(delivery))


@webhook.command("replay")
@click.argument("id")
@click.argument("delivery", required=False)
def replay(id: str, delivery: str | None) -> None:
    """Send DELIVERY to ID again under its own webhook-id; without one, every message that was given up."""
    count = _run(lambda hooks: hooks.replay(CLI, id, delivery))
    click.echo(f"{count} will be sent again.")


def _line(endpoint: Endpoint) -> str:
    wants = ", ".join(endpoint.types) or "everything"
    state = f"off: {endpoint.why_disabled}" if endpoint.disabled_at else "on"
    return f"{endpoint.id}  {endpoint.workspace}  {endpoint.url}  {wants}  {state}"


def _outcome(delivery: Delivery) -> str:
    tries = f"{delivery.tries} {'try' if delivery.tries == 1 else 'tries'}"
    said = f"  {delivery.error}" if delivery.error else ""
    upcoming = f"  next {delivery.next_try_at:%Y-%m-%d %H:%M:%S} UTC" if delivery.next_try_at else ""
    at = f"{delivery.at:%Y-%m-%d %H:%M:%S} UTC"
    return f"{delivery.id}  {delivery.type}  {at}  {delivery.fate}  {tries}{said}{upcoming}"


def _run(what: Callable[[Webhooks], Awaitable[T]], workspace: str | None = None) -> T:
    from slabot import beside
    from slabot.config import BadSettings, load_config
    from slabot.services.turn import StoreUnavailable
    from slabot.services.webhooks import NoSuchEndpoint
    from slabot.store.database import BadAddress

    async def run() -> T:
        async with beside.webhooks(load_config()) as (hooks, names):
            if workspace is not None and workspace not in names:
                raise ValueError(f"no workspace {workspace!r}; there are {', '.join(names)}")
            return await what(hooks)

    try:
        return asyncio.run(run())
    except (ValueError, NoSuchEndpoint, BadSettings, BadAddress, StoreUnavailable, OSError) as error:
        raise click.ClickException(str(error)) from None
