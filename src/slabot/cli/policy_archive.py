"""`slabot policy publish` and `impact`: versions that are kept for good, and promises that newer tables would move."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from slabot.policies import PolicyFile
    from slabot.services.impact import Impact, Moved
    from slabot.services.supports import KeptVersion, Supports
    from slabot.services.turn import Timelines

T = TypeVar("T")

SHOWN = 12
"""Characters of a version that are printed."""
SHORTEST = 6
"""Characters of a version that name it."""

POLICIES = click.option(
    "--policies",
    type=click.Path(path_type=Path),
    help="Folder of the policy files.  [default: SLABOT_POLICIES]",
)


@click.command(epilog="\b\nExample:\n  slabot policy publish velsoft")
@click.argument("workspaces", nargs=-1, metavar="[WS]…")
@POLICIES
def publish(workspaces: tuple[str, ...], policies: Path | None) -> None:
    """Keep the policies as they are now for good, and show their versions.

    Of the workspaces named, or of all. Nothing is kept if the check finds an error in one of them: exit 1. An
    unknown workspace: exit 3. A running server follows the files by itself; nothing comes into force by this.
    """
    from slabot.policies.lint import Weight, lint

    faults = []
    for path in _paths(workspaces, policies):
        faults += [str(each) for each in lint(_read(path)) if each.weight is Weight.ERROR]
    for fault in faults:
        click.echo(fault)
    if faults:
        raise SystemExit(1)

    async def kept(_: Timelines, supports: Supports) -> list[str]:
        lines = []
        for workspace in workspaces or supports.workspaces():
            version = supports.current(workspace).policy.version
            before = {each.version for each in await supports.versions(workspace)}
            await supports.keep_current(workspace)
            news = "was kept before" if version in before else "is kept now"
            lines.append(f"{workspace} {version[:SHOWN]} {news}.")
        return lines

    for line in _with_archive(kept, policies):
        click.echo(line)


@click.command(epilog="\b\nExample:\n  slabot policy impact")
@click.argument("workspaces", nargs=-1, metavar="[WS]…")
@POLICIES
def impact(workspaces: tuple[str, ...], policies: Path | None) -> None:
    """Show which open promises newer holiday or zone tables would have moved. Nothing moves.

    Every unmet clock of the open tickets is computed once with the calendars kept for it, and once with
    calendars compiled today from the same version of the policy. Exit code 1 where a ticket cannot be compared.
    """
    from slabot.policies import package_versions
    from slabot.services.impact import impact as compared

    _paths(workspaces, policies)

    async def found(timelines: Timelines, supports: Supports) -> Impact:
        return await compared(timelines, supports, workspaces or supports.workspaces())

    result = _with_archive(found, policies)
    tables = ", ".join(f"{name} {release}" for name, release in package_versions().items())
    for moved in result.moved:
        click.echo(_told(moved))
    for reason in result.unread:
        click.echo(f"not compared: {reason}", err=True)
    count = f"{len(result.moved)} of the promises" if result.moved else "None of the promises"
    tickets = f"{result.tickets} open ticket" + ("" if result.tickets == 1 else "s")
    click.echo(f"{count} on {tickets} would be due at another time by {tables}. Nothing was moved.")
    raise SystemExit(1 if result.unread else 0)


def kept_policy(named: str, policies: Path) -> PolicyFile:
    """The kept version whose digest begins with these characters. Raises `BadFile`."""
    from slabot.cli.lines import BadFile
    from slabot.policies import PolicyError, read_policy_text

    async def found(_: Timelines, supports: Supports) -> tuple[list[KeptVersion], list[str]]:
        every = [each for workspace in supports.workspaces() for each in await supports.versions(workspace)]
        fitting = [each for each in every if each.version.startswith(named)]
        return fitting or every, [await supports.source_of(each) for each in fitting]

    kept, sources = _with_archive(found, policies)
    if len(sources) != 1:
        shown = ", ".join(f"{each.workspace} {each.version[:SHOWN]}" for each in kept) or "none"
        told = f"{len(sources)} kept versions begin" if sources else "no kept version begins"
        raise BadFile(f"{told} with {named!r}; expected one of: {shown}")
    try:
        return read_policy_text(sources[0], f"{kept[0].workspace}@{kept[0].version[:SHOWN]}")
    except PolicyError as error:
        raise BadFile(str(error)) from None


def _told(moved: Moved) -> str:
    from slabot.domain.instants import written

    days = ", ".join(f"{day:%a %Y-%m-%d}" for day in moved.days[:4])
    more = f" and {len(moved.days) - 4} more" if len(moved.days) > 4 else ""
    because = f" (other hours on {days}{more})" if days else ""
    metric = moved.metric.value.replace("_", " ")
    return (
        f"{moved.number} {metric}: promised {written(moved.kept)}, "
        f"by today's tables {written(moved.today)}{because}"
    )


def _paths(workspaces: tuple[str, ...], policies: Path | None) -> list[Path]:
    """The files of these workspaces, or of all. Raises `BadFile` for one that there is not."""
    from slabot.cli.lines import BadFile
    from slabot.config import load_config
    from slabot.policies import UnknownWorkspace
    from slabot.policies import workspaces as known_workspaces

    folder = policies or load_config().policies_folder
    known = known_workspaces(folder)
    for workspace in workspaces or ("…",) * (not known):
        if workspace not in known:
            raise BadFile(str(UnknownWorkspace(folder, workspace, known)))
    return [folder / f"{workspace}.yaml" for workspace in workspaces or known]


def _read(path: Path) -> PolicyFile:
    from slabot.cli.lines import BadFile
    from slabot.policies import PolicyError, read_policy

    try:
        return read_policy(path, workspace=path.stem)
    except PolicyError as error:
        raise BadFile(str(error)) from None


def _with_archive(ask: Callable[[Timelines, Supports], Awaitable[T]], policies: Path | None) -> T:
    """Raises click's exceptions, each in words for the person who called."""
    from slabot.beside import archived
    from slabot.config import BadSettings, load_config
    from slabot.policies import PolicyError
    from slabot.services.supports import MissingVersion
    from slabot.services.turn import StoreUnavailable
    from slabot.store.database import BadAddress

    async def asked() -> T:
        config = load_config(policies=str(policies)) if policies else load_config()
        config.data.mkdir(parents=True, exist_ok=True)
        async with archived(config) as (timelines, supports):
            return await ask(timelines, supports)

    try:
        return asyncio.run(asked())
    except (BadSettings, PolicyError, BadAddress, StoreUnavailable, MissingVersion, OSError) as error:
        raise click.ClickException(str(error)) from None
