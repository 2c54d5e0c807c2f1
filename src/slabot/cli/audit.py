"""`slabot audit`: a ticket's promises recomputed from what was kept, with the differences."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from slabot.services.audit import Report

EXAMPLE = """\b
Example:
  slabot audit HES-1
"""


@click.command(epilog=EXAMPLE)
@click.argument("ticket")
def audit(ticket: str) -> None:
    """Recompute every state and due instant of TICKET from its timeline, its policy version and its calendars.

    Checks the chain and prints the differences (none) with the explanation. Exit 1 when something differs.
    """
    from slabot.config import BadSettings
    from slabot.policies import PolicyError
    from slabot.services.audit import NoSuchTicket
    from slabot.services.turn import StoreUnavailable
    from slabot.store.database import BadAddress

    try:
        report = asyncio.run(_audited(ticket))
    except (NoSuchTicket, BadSettings, PolicyError, BadAddress, StoreUnavailable, OSError) as error:
        raise click.ClickException(str(error)) from None
    _print(report)
    raise SystemExit(1 if report.findings else 0)


async def _audited(number: str) -> Report:
    from slabot.beside import archived
    from slabot.config import load_config
    from slabot.services.audit import audit as recompute

    async with archived(load_config()) as (timelines, supports):
        return await recompute(number, timelines, supports)


def _print(report: Report) -> None:
    click.echo(f"{report.number}  conversation {report.conversation}  policy {report.policy_version[:12]}")
    erased = f", {report.erased} erased" if report.erased else ""
    click.echo(f"{report.events} events{erased}")
    for metric, lines in report.explanations.items():
        click.echo(f"\n{metric.value.replace('_', ' ')}")
        for line in lines:
            click.echo(f"  {line.label:<22} {line.detail}")
    if report.beside:
        click.echo()
    for sentence in report.beside:
        click.echo(sentence)
    click.echo()
    for finding in report.findings:
        click.echo(
            f"DIFFERS {finding.place}: stored {finding.stored or '—'}, recomputed {finding.recomputed}"
        )
    if not report.findings:
        click.echo("Chain whole, no differences.")
