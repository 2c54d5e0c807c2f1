"""`slabot keys`: what host pages sign identities with; made, listed and retired beside a running server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from slabot.services.keyring import Keyring

T = TypeVar("T")

EXAMPLE = """\b
Example:
  slabot keys list velsoft
"""


@click.group(epilog=EXAMPLE)
def keys() -> None:
    """The keys that host pages sign their visitors' identities with.

    To change a key: add the new one, let the host page sign with it, then retire the old one.
    """


@keys.command("add")
@click.argument("workspace", metavar="WS")
@click.option("--kid", help="Its name, for the token's header; without it one is made.")
@click.option(
    "--public-key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An RSA public key in PEM: tokens are then signed with RS256. Without it a secret for HS256 is made.",
)
def add(workspace: str, kid: str | None, public_key: Path | None) -> None:
    """Add a key to WS. A secret that is made is printed this once."""
    pem = public_key.read_text(encoding="utf-8", errors="replace") if public_key is not None else None
    key = _run(workspace, lambda ring: ring.add(workspace, kid=kid, public_key=pem))
    click.echo(f"{key.kid}  {key.algorithm.value}")
    if pem is None:
        click.echo(f"{key.material}\nGive this secret to the host page's server; it is not shown again.")


@keys.command("list")
@click.argument("workspace", metavar="WS")
def listed(workspace: str) -> None:
    """The keys of WS, oldest first; never their secrets."""
    for key in _run(workspace, lambda ring: ring.of(workspace)):
        state = f"retired {key.retired_at:%Y-%m-%d %H:%M} UTC" if key.retired_at else "in use"
        click.echo(f"{key.kid}  {key.algorithm.value}  added {key.created_at:%Y-%m-%d %H:%M} UTC  {state}")


@keys.command("retire")
@click.argument("workspace", metavar="WS")
@click.argument("kid")
def retire(workspace: str, kid: str) -> None:
    """From now on nothing signed with KID is believed; who came in with it stays until their session ends."""
    _run(workspace, lambda ring: ring.retire(workspace, kid))
    click.echo(f"{kid} is retired.")


def _run(workspace: str, what: Callable[[Keyring], Awaitable[T]]) -> T:
    from slabot.beside import keyring
    from slabot.config import BadSettings, load_config
    from slabot.services.turn import StoreUnavailable
    from slabot.store.database import BadAddress

    async def run() -> T:
        async with keyring(load_config()) as (ring, names):
            if workspace not in names:
                raise ValueError(f"no workspace {workspace!r}; there are {', '.join(names)}")
            return await what(ring)

    try:
        return asyncio.run(run())
    except (ValueError, BadSettings, BadAddress, StoreUnavailable, OSError) as error:
        raise click.ClickException(str(error)) from None
