"""What `slabot queue`, `customer` and `origin` share: a change of a policy file, checked, shown and written."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from slabot.services.arrangement import Arrangement
    from slabot.services.arranging import Arranging, PolicySheet
    from slabot.services.colleague import Colleague

T = TypeVar("T")

ACCEPT = click.option("--accept", is_flag=True, help="Write it although the check has doubts.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")


def sheet_of(workspace: str) -> PolicySheet:
    """The policy file as it is now. Raises click's exceptions, each in words for the person who called."""
    return _run(workspace, lambda arranging, terminal: arranging.sheet(terminal, workspace))


def change(
    workspace: str, alter: Callable[[Arrangement], Arrangement], *, accept: bool, dry_run: bool
) -> None:
    """Prints what changes, a sentence each. `alter` raises ValueError where it cannot be done."""

    async def changed(arranging: Arranging, terminal: Colleague) -> None:
        sheet = await arranging.sheet(terminal, workspace)
        wanted = alter(sheet.arrangement)
        proposal = await arranging.propose(terminal, workspace, sheet.digest, sheet.arrangement, wanted)
        for words in proposal.drawn.words:
            click.echo(words)
        doubts = proposal.drawn.doubts
        for doubt in doubts:
            click.echo(f"doubt: {doubt.words}", err=True)
        if dry_run:
            click.echo("Nothing was written.")
            return
        if doubts and not accept:
            raise ValueError("nothing was written; add --accept if it is meant so")
        accepted = frozenset(doubt.rule for doubt in doubts)
        await arranging.put_into_force(terminal, workspace, sheet.digest, wanted, accepted)
        click.echo(
            f"{sheet.file} is written. A running server follows by itself; open tickets keep their version."
        )

    _run(workspace, changed)


def _run(workspace: str, what: Callable[[Arranging, Colleague], Awaitable[T]]) -> T:
    from slabot.beside import arranging
    from slabot.config import BadSettings, load_config
    from slabot.policies import PolicyError
    from slabot.services.turn import StoreUnavailable
    from slabot.services.turns import Refused
    from slabot.store.database import BadAddress

    async def run() -> T:
        async with arranging(load_config(), workspace) as (rooms, terminal):
            return await what(rooms, terminal)

    try:
        return asyncio.run(run())
    except Refused as refused:
        raise click.ClickException(refused.message) from None
    except (ValueError, BadSettings, PolicyError, BadAddress, StoreUnavailable, OSError) as error:
        raise click.ClickException(str(error)) from None
