"""`slabot canned`: the saved texts that agents put into replies, and the acts that go along with them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

import click

from slabot.domain.canned import VARIABLES, CannedReply, Then, faults
from slabot.services.deeds import CLI

EXAMPLE = """\b
Example:
  slabot canned list velsoft
"""

Answer = TypeVar("Answer")


@click.group(epilog=EXAMPLE)
def canned() -> None:
    """Keep the canned replies of a workspace."""


@canned.command("list")
@click.argument("workspace")
def listed(workspace: str) -> None:
    """Every canned reply of WORKSPACE, and what it does beside its words."""
    from slabot import beside
    from slabot.config import load_config

    async def run() -> tuple[CannedReply, ...]:
        async with beside.canned(load_config()) as (replies, policies):
            policies.current(workspace)
            return await replies.of(workspace)

    for reply in _run(run()):
        click.echo(f"{reply.key}  {reply.title}")
        for line in (*reply.text.splitlines(), *_acts(reply)):
            click.echo(f"    {line}")


@canned.command("keep")
@click.argument("workspace")
@click.argument("key")
@click.argument("title")
@click.option("--text", default="", help=f"May hold {', '.join(f'{{{name}}}' for name in VARIABLES)}.")
@click.option("--level", help="Sets the severity; needs --reason.")
@click.option("--reason", default="", help="Why the severity changes.")
@click.option("--tag", "tags", multiple=True, help="Repeat for several.")
@click.option("--then", type=click.Choice(["wait", "resolve"]), help="What comes after the reply.")
@click.option("--wait-reason", default="", help="What the ticket waits for.")
@click.option("--code", default="", help="How it ended.")
def keep(
    workspace: str,
    key: str,
    title: str,
    text: str,
    level: str | None,
    reason: str,
    tags: tuple[str, ...],
    then: Then | None,
    wait_reason: str,
    code: str,
) -> None:
    """Keep a canned reply of WORKSPACE under KEY, in place of an earlier one."""
    from slabot import beside
    from slabot.config import load_config
    from slabot.services.clock import SystemClock

    async def run() -> None:
        reply = CannedReply(workspace, key, title, text, level, reason, tags, then or "", wait_reason, code)
        async with beside.canned(load_config()) as (replies, policies):
            wrong = faults(reply, policies.current(workspace))
            if wrong:
                raise ValueError(" ".join(wrong))
            await replies.keep(reply, CLI, SystemClock().now())

    _run(run())
    click.echo(f"Kept {key}.")


@canned.command("drop")
@click.argument("workspace")
@click.argument("key")
def drop(workspace: str, key: str) -> None:
    """Forget the canned reply KEY of WORKSPACE."""
    from slabot import beside
    from slabot.config import load_config
    from slabot.services.clock import SystemClock

    async def run() -> None:
        async with beside.canned(load_config()) as (replies, policies):
            policies.current(workspace)
            if not await replies.drop(workspace, key, CLI, SystemClock().now()):
                raise ValueError(f"there is no canned reply {key!r} in {workspace}")

    _run(run())
    click.echo(f"Dropped {key}.")


def _acts(reply: CannedReply) -> list[str]:
    acts = []
    if reply.level:
        acts.append(f"→ severity {reply.level}: {reply.reason}")
    if reply.tags:
        acts.append(f"→ tags {', '.join(reply.tags)}")
    if reply.then == "wait":
        acts.append(f"→ waits on the visitor: {reply.wait_reason}")
    if reply.then == "resolve":
        acts.append(f"→ resolves: {reply.code}")
    return acts


def _run(work: Coroutine[None, None, Answer]) -> Answer:
    """Runs it; what is wrong becomes a sentence for the person at the terminal."""
    from slabot.services.supports import UnknownWorkspace

    try:
        return asyncio.run(work)
    except (UnknownWorkspace, ValueError) as error:
        raise click.ClickException(str(error)) from None
