"""`slabot customer`: who looks after which customer (their CSM or account manager), changed in the policy file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from slabot.cli.arranging import ACCEPT, DRY_RUN, change, sheet_of

if TYPE_CHECKING:
    from slabot.services.arrangement import Arrangement

EXAMPLE = """\b
Example:
  slabot customer list prosper-ex
"""
DROP_EXAMPLE = """\b
Example:
  slabot customer set prosper-ex acme.com csm
  slabot customer drop prosper-ex acme.com
"""


@click.group(epilog=EXAMPLE)
def customer() -> None:
    """Who looks after which customer, in the policy file.

    A customer is known by the domain of their mail addresses; who looks after them is a contact of the policy.
    """


@customer.command("list", epilog="\b\nExample:\n  slabot customer list prosper-ex")
@click.argument("workspace", metavar="WS")
def listed(workspace: str) -> None:
    """The customers of WS and who looks after each; then everybody else."""
    sheet = sheet_of(workspace)
    for domain, contact in sheet.arrangement.customers.items():
        click.echo(f"{domain}  {contact}  {sheet.contacts.get(contact, '')}")
    fallback = sheet.arrangement.customers_else
    click.echo(
        f"everybody else  {fallback or 'nobody in particular'}  {sheet.contacts.get(fallback or '', '')}".rstrip()
    )


@customer.command("set", epilog="\b\nExample:\n  slabot customer set prosper-ex acme.com csm --dry-run")
@click.argument("workspace", metavar="WS")
@click.argument("domain")
@click.argument("contact")
@ACCEPT
@DRY_RUN
def keep(workspace: str, domain: str, contact: str, accept: bool, dry_run: bool) -> None:
    """Let the contact CONTACT look after the customer whose addresses end in DOMAIN."""
    from dataclasses import replace

    name = _domain(domain)

    def alter(now: Arrangement) -> Arrangement:
        return replace(now, customers={**now.customers, name: contact})

    change(workspace, alter, accept=accept, dry_run=dry_run)


@customer.command(
    "drop",
    epilog=DROP_EXAMPLE,
)
@click.argument("workspace", metavar="WS")
@click.argument("domain")
@ACCEPT
@DRY_RUN
def drop(workspace: str, domain: str, accept: bool, dry_run: bool) -> None:
    """From now on the customer with this DOMAIN is looked after as everybody else."""
    from dataclasses import replace

    name = _domain(domain)

    def alter(now: Arrangement) -> Arrangement:
        if name not in now.customers:
            there_are = ", ".join(now.customers) or "none"
            raise ValueError(f"{workspace} has no customer {name!r}; there are {there_are}")
        return replace(now, customers={each: who for each, who in now.customers.items() if each != name})

    change(workspace, alter, accept=accept, dry_run=dry_run)


@customer.command("else", epilog="\b\nExample:\n  slabot customer else prosper-ex csm --dry-run")
@click.argument("workspace", metavar="WS")
@click.argument("contact", required=False)
@ACCEPT
@DRY_RUN
def everybody_else(workspace: str, contact: str | None, accept: bool, dry_run: bool) -> None:
    """Let CONTACT look after everybody else; without CONTACT nobody in particular does."""
    from dataclasses import replace

    change(workspace, lambda now: replace(now, customers_else=contact), accept=accept, dry_run=dry_run)


def _domain(written: str) -> str:
    """As the policy reads it."""
    return written.removeprefix("@").lower()
