"""`slabot chat`: the real conversation service in the terminal, under a clock that only the steps move."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from slabot.cli.batch import for_workspace

if TYPE_CHECKING:
    from slabot.services.rehearsal import Rehearsal
    from slabot.wire.batch_chat import ChatStep

EXAMPLE = """\b
Example:
  echo '{"visitor": "are you open now?"}' \\
    | slabot chat velsoft --json --at 2026-03-09T15:00:00Z --agents 1
"""


@click.command(epilog=EXAMPLE)
@for_workspace
@click.option("--json", "as_json", is_flag=True, help="JSON Lines in and out, a step a line.")
@click.option("--at", "at", help="Instant at which the clock starts, with an offset; default now.")
@click.option("--agents", type=click.IntRange(0, 1000), default=0, show_default=True, help="People online.")
@click.option("--tz", "zone", help="The visitor's IANA time zone.")
def chat(
    workspace: str, as_json: bool, at: str | None, agents: int, zone: str | None, policies: Path, kb: Path
) -> None:
    """Talk to the bot of WORKSPACE; nothing is kept.

    With --json each line of standard input is one step: {visitor: text}, {agent: text}, {device: facts}, {event: agent_joins,
    visitor_leaves or visitor_returns}, {advance_minutes: n} or {advance_to: instant}. The answer is
    {replies, ticket, status} a line. Without it you chat, and Ctrl-D ends.
    """
    from slabot.cli.lines import BadFile
    from slabot.domain.calendar.zones import UnknownZone
    from slabot.domain.calendar.zones import zone as zone_of
    from slabot.policies import PolicyError
    from slabot.wire.batch_due import read_instant

    try:
        starts = datetime.now(UTC) if at is None else read_instant(at)
        if zone is not None:
            zone_of(zone)
    except (UnknownZone, ValueError) as error:
        raise click.BadParameter(str(error)) from None
    try:
        with asyncio.Runner() as runner, TemporaryDirectory(prefix="slabot-chat-") as folder:
            code = _play(runner, workspace, as_json, starts, agents, zone, policies, kb, Path(folder))
    except (PolicyError, OSError) as error:
        raise BadFile(str(error)) from None
    raise SystemExit(code)


def _play(
    runner: asyncio.Runner,
    workspace: str,
    as_json: bool,
    starts: datetime,
    agents: int,
    zone: str | None,
    policies: Path,
    kb: Path,
    folder: Path,
) -> int:
    from slabot.bootstrap import rehearsal
    from slabot.cli.lines import answer_lines
    from slabot.config import load_config, vectors_folder
    from slabot.wire.batch_chat import ChatStep

    config = load_config(
        {}, data=folder, cache=str(vectors_folder().parent), policies=str(policies), kb=str(kb)
    )
    opening = rehearsal(config, workspace, starts, agents=agents, zone=zone)
    scene = runner.run(opening.__aenter__())
    try:
        if as_json:
            return answer_lines(ChatStep, lambda step: runner.run(_stepped(scene, step)))
        return _talk(runner, scene)
    finally:
        runner.run(opening.__aexit__(None, None, None))


async def _stepped(scene: Rehearsal, step: ChatStep) -> dict[str, Any]:
    """Raises LineRefused for a step that cannot happen now."""
    from slabot.cli.lines import LineRefused
    from slabot.services.rehearsal import NothingSaidYet
    from slabot.services.turns import Refused

    try:
        if step.visitor is not None:
            return await scene.visitor_says(step.visitor)
        if step.agent is not None:
            return await scene.agent_says(step.agent)
        if step.device is not None:
            return await scene.visitor_describes(step.device.model_dump(exclude_defaults=True))
        if step.event is not None:
            return await {
                "agent_joins": scene.agent_joins,
                "visitor_leaves": scene.visitor_leaves,
                "visitor_returns": scene.visitor_returns,
            }[step.event]()
        if step.advance_to is not None:
            return await scene.advance_to(step.advance_to)
        return await scene.advance(step.advance_minutes or 0)
    except (NothingSaidYet, Refused) as error:
        raise LineRefused(str(error)) from None


def _talk(runner: asyncio.Runner, scene: Rehearsal) -> int:
    """A pleasant chat for a person: their line after the arrow, the bot's below it."""
    from rich.console import Console
    from rich.padding import Padding

    console = Console()
    console.print("[dim]Say something; Ctrl-D ends.[/dim]")
    while True:
        try:
            said = console.input("[bold]› [/bold]").strip()
        except (EOFError, KeyboardInterrupt):
            console.print()
            return 0
        if not said:
            continue
        answer = runner.run(scene.visitor_says(said))
        for reply in answer["replies"]:
            console.print(Padding(reply["text"], (0, 0, 1, 2)), markup=False, highlight=False)
        ticket = answer["ticket"]
        if ticket is not None:
            about = f"{ticket['number']} · {ticket['severity']} · {ticket['state']}"
            console.print(Padding(f"[dim]{about}[/dim]", (0, 0, 1, 2)))
