"""`slabot policy`: check, explain and compare the files that promises come from."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slabot.cli.policy_archive import SHORTEST, impact, kept_policy, publish

if TYPE_CHECKING:
    from slabot.policies import PolicyFile

POLICIES = click.option(
    "--policies",
    type=click.Path(path_type=Path),
    default=Path("seeds"),
    show_default=True,
    help="Folder of the policy files.",
)


@click.group()
def policy() -> None:
    """Check, explain, compare and keep support policies."""


policy.add_command(publish)
policy.add_command(impact)


@policy.command(epilog="\b\nExample:\n  slabot policy check velsoft")
@click.argument("workspaces", nargs=-1, metavar="[WS]…")
@POLICIES
def check(workspaces: tuple[str, ...], policies: Path) -> None:
    """Lint the policy files of the workspaces named, or of all.

    Every finding is one line, file:line:column, with what to do about it. Exit code 0 with warnings alone,
    1 with an error, 3 for an unknown workspace.
    """
    from slabot.policies import PolicyError, UnknownWorkspace, read_policy
    from slabot.policies import workspaces as known_workspaces
    from slabot.policies.lint import Weight, lint

    known = known_workspaces(policies)
    for workspace in workspaces or ("",) * (not known):
        if workspace not in known:
            click.echo(str(UnknownWorkspace(policies, workspace or "…", known)), err=True)
            raise SystemExit(3)
    errors = warnings = 0
    for workspace in workspaces or known:
        path = policies / f"{workspace}.yaml"
        try:
            findings = lint(read_policy(path, workspace=workspace))
        except PolicyError as error:
            for problem in error.problems:
                place, _, told = str(problem).partition(": ")
                click.echo(f"{place}: error file: {told}")
            errors += len(error.problems)
            continue
        for found in findings:
            click.echo(str(found))
        errors += sum(found.weight is Weight.ERROR for found in findings)
        warnings += sum(found.weight is Weight.WARNING for found in findings)
    files = _count(len(workspaces or known), "file")
    click.echo(f"{_count(errors, 'error')}, {_count(warnings, 'warning')} in {files}.")
    raise SystemExit(1 if errors else 0)


@policy.command(
    epilog="\b\nExample:\n  slabot policy explain velsoft --severity high --at 2026-03-06T16:00:00-04:00"
)
@click.argument("workspace", metavar="WS")
@click.option("--severity", required=True, help="A severity or request type of the policy.")
@click.option("--at", "at_text", metavar="T", help="When the ticket opens, with its offset; default: now.")
@click.option("--plan", help="The customer's plan; default: as for everybody.")
@POLICIES
def explain(workspace: str, severity: str, at_text: str | None, plan: str | None, policies: Path) -> None:
    """Draw the week of WS from T on, and break down each deadline of a ticket opened then."""
    from rich.console import Console

    from slabot.cli.lines import BadFile
    from slabot.cli.week_strip import week_strip
    from slabot.domain.calendar.errors import BeyondHorizon
    from slabot.domain.clocks.explain import explain as explained
    from slabot.domain.clocks.explain import explain_open, text
    from slabot.domain.clocks.promise import promise
    from slabot.domain.policy import UnknownLevel, UnknownPlan
    from slabot.domain.target import Metric
    from slabot.policies import PolicyError, load_workspace

    at = _instant(at_text)
    try:
        support = load_workspace(policies, workspace)
    except (PolicyError, OSError) as error:
        raise BadFile(str(error)) from None
    try:
        owed = promise(support.policy, severity, at, (), support.calendars, plan)
        desk = support.calendar()
        letters = {Metric.ACKNOWLEDGE: "A", Metric.FIRST_RESPONSE: "R", Metric.RESOLUTION: "S"}
        dues = {letter: owed.due(metric) for metric, letter in letters.items()}
        marks = {letter: instant for letter, instant in dues.items() if instant is not None}
        strip = week_strip(desk, at, {**marks, "●": at})
        opening = text(explain_open(desk, at))
    except UnknownLevel as error:
        raise click.BadParameter(str(error), param_hint="--severity") from None
    except UnknownPlan as error:
        raise click.BadParameter(str(error), param_hint="--plan") from None
    except BeyondHorizon as error:
        raise click.BadParameter(str(error), param_hint="--at") from None
    console = Console(highlight=False, soft_wrap=True)
    level = support.policy.level(severity)
    console.print(f"{support.policy.name} · {level.name} · {desk.words} ({desk.zone})", markup=False)
    console.print(opening, markup=False)
    console.print(strip)
    console.print("● opened  A acknowledge  R first response  S resolution  █ open  · closed", style="dim")
    for metric in Metric:
        clock = owed.clocks[metric]
        lines = explained(clock, support.calendar(clock.target.calendar if clock.target else None))
        console.print(f"\n{metric.value.replace('_', ' ')}", style="bold")
        for line in lines:
            console.print(f"  {line.label}  {line.detail}", markup=False)
    tables = ", ".join(f"{name} {release}" for name, release in desk.made_with.items())
    console.print(f"\nCalendars compiled with {tables}.", style="dim")


@policy.command(epilog="\b\nExample:\n  slabot policy diff seeds/velsoft.yaml seeds/velsoft.yaml")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@POLICIES
def diff(old: str, new: str, policies: Path) -> None:
    """Say in words what changed from A to B, each a policy file, a workspace or a kept version.

    A kept version is named by the first six or more characters that `slabot policy publish` shows.

    Exit code 0 where nothing changed, 1 where something did, 3 where a file cannot be used.
    """
    from slabot.policies.difference import differences

    changes = differences(_file(old, policies), _file(new, policies))
    for change in changes:
        click.echo(change)
    if not changes:
        click.echo("Nothing changed.")
    raise SystemExit(1 if changes else 0)


def _file(named: str, policies: Path) -> PolicyFile:
    from slabot.cli.lines import BadFile
    from slabot.policies import PolicyError, read_policy

    path = Path(named)
    path = path if path.suffix else policies / f"{named}.yaml"
    if not path.exists() and re.fullmatch(rf"[0-9a-f]{{{SHORTEST},64}}", named):
        return kept_policy(named, policies)
    try:
        return read_policy(path)
    except PolicyError as error:
        raise BadFile(str(error)) from None


def _instant(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    expected = "expected an instant with its offset, such as 2026-03-06T16:00:00-04:00"
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r}; {expected}", param_hint="--at") from None
    if at.tzinfo is None:
        raise click.BadParameter(f"{text!r} has no offset; {expected}", param_hint="--at")
    return at


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
