"""`slabot due`: every due instant of a ticket from its policy and what happened to it, explained."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slabot.cli.batch import for_workspace

if TYPE_CHECKING:
    from slabot.domain.support import Support
    from slabot.wire.batch_due import DueLine

EXAMPLE = """\b
Example:
  echo '{"id": 1, "severity": "high", "opened_at": "2026-03-06T17:00:00-05:00", "events": []}' \\
    | slabot due human-esources
"""


@click.command(epilog=EXAMPLE)
@for_workspace
@click.option("--plan", help="The plan of the customer whose tickets these are; default: as for everybody.")
def due(workspace: str, policies: Path, kb: Path, plan: str | None) -> None:  # noqa: ARG001 (all batch commands take both folders)
    """When each ticket of WORKSPACE is due, and why.

    Reads one JSON object a line from standard input, {id, severity, opened_at, events: [{type, at}]}, and
    writes {id, acknowledge, first_response, next_response, resolution, resolution_text, why} a line. Instants
    carry an offset on input and are UTC on output. A line that cannot be answered is told on standard error:
    exit 2. An unknown workspace or a bad policy file: exit 3.
    """
    from slabot.cli.lines import BadFile, answer_lines
    from slabot.domain.policy import UnknownPlan
    from slabot.policies.loader import load_workspace
    from slabot.policies.problems import PolicyError
    from slabot.wire.batch_due import DueLine

    try:
        support = load_workspace(policies, workspace)
    except (PolicyError, OSError) as error:
        raise BadFile(str(error)) from None
    if plan is not None:
        try:
            support.policy.plan(plan)
        except UnknownPlan as error:
            raise click.BadParameter(str(error), param_hint="--plan") from None
    desk = Desk(support, lambda day: load_workspace(policies, workspace, today=day), plan)
    raise SystemExit(answer_lines(DueLine, desk.answer))


class Desk:
    """Answers lines; calendars for years far from today are compiled when a line needs them."""

    def __init__(self, support: Support, around: Callable[[date], Support], plan: str | None = None) -> None:
        self._support = support
        self._plan = plan
        self._around = around
        self._by_year: dict[int, Support] = {}

    def answer(self, line: DueLine) -> dict[str, Any]:
        """Raises `LineRefused` for a severity, an order of events or a year that has no answer."""
        from slabot.cli.lines import LineRefused
        from slabot.domain.calendar.errors import BeyondHorizon, NeverOpens
        from slabot.domain.clocks.facts import ContradictoryFacts
        from slabot.domain.policy import UnknownLevel
        from slabot.policies.problems import PolicyError

        try:
            try:
                return answered(line, self._support, self._plan)
            except BeyondHorizon:
                return answered(line, self._around_year(line.opened_at.year), self._plan)
        except (UnknownLevel, ContradictoryFacts, BeyondHorizon, NeverOpens, PolicyError) as error:
            raise LineRefused(str(error)) from None

    def _around_year(self, year: int) -> Support:
        if year not in self._by_year:
            # The loader reaches two years back and some ahead; a year too early or too late has no calendar.
            if not 1900 <= year <= 2200:
                from slabot.cli.lines import LineRefused

                raise LineRefused(f"opened_at: the year {year} has no calendar; expected 1900 to 2200")
            self._by_year[year] = self._around(date(year, 1, 1))
        return self._by_year[year]


def answered(line: DueLine, support: Support, plan: str | None = None) -> dict[str, Any]:
    """The answer to one line, its keys in the order in which they are written."""
    from slabot.domain.clocks.explain import explain, text
    from slabot.domain.clocks.facts import Fact, FactKind
    from slabot.domain.clocks.promise import promise
    from slabot.domain.instants import written_if_any
    from slabot.domain.target import Metric
    from slabot.wire.batch_due import SeverityChanged

    facts = [
        Fact(FactKind(event.type), event.at, event.severity if isinstance(event, SeverityChanged) else None)
        for event in line.events
    ]
    owed = promise(support.policy, line.severity, line.opened_at, facts, support.calendars, plan)
    why = []
    for metric in Metric:
        clock = owed.clocks[metric]
        calendar = support.calendar(clock.target.calendar if clock.target else None)
        why.append(f"{metric.value}: {text(explain(clock, calendar, first_response=owed.first_response))}")
    return {
        "id": line.id,
        **{metric.value: written_if_any(owed.due(metric)) for metric in Metric},
        "resolution_text": owed.resolution_text,
        "why": why,
    }
