"""How well and how fast triage weighs a labelled set: `.venv/bin/python bench/triage.py [FILE]`.

FILE holds JSON Lines `{id, workspace, text, language, kind, impact, severity, adversarial}`, and `claimed` where
that is labelled; without one the scored set of the tests is used. `--errors` lists what went wrong: use it on the
set for tuning only.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from slabot.domain.triage.assess import assess
from slabot.domain.triage.assessment import Assessment
from slabot.policies.cues import load_cues
from slabot.policies.loader import load_workspace

HERE = Path(__file__).resolve().parent.parent
SCORED = HERE / "tests" / "data" / "triage" / "scored.jsonl"
ROUNDS = 3
IMPACTS = ("critical", "major", "minor", "low")

_WARMING = (
    "The dashbaord is broken",
    "Das Dashboard ist kaputtt",
    "El panel no funcoina",
    "Le rapport ne marchee pas",
)

Row = Mapping[str, Any]


def main() -> None:
    """Weighs every message and prints counts, rates, the confusion matrix and the time a message."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=SCORED)
    parser.add_argument("--errors", action="store_true", help="list the messages that were weighed wrongly")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args()
    rows = [
        json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    weighed, seconds = weigh(rows)
    if options.json:
        print(json.dumps({**figures(weighed), "median milliseconds": 1000 * median(seconds)}))
        return
    console = Console(width=110)
    if options.errors:
        _list_errors(weighed)
    console.print(_rates(weighed))
    console.print(_confusion(weighed))
    for name, share in figures(weighed).items():
        console.print(f"{name}: {share:.1%}")
    milliseconds = sorted(1000 * spent for spent in seconds)
    console.print(
        f"CPU a message: mean {sum(milliseconds) / len(milliseconds):.2f} ms,"
        f" median {milliseconds[len(milliseconds) // 2]:.2f} ms,"
        f" p99 {milliseconds[int(len(milliseconds) * 0.99)]:.2f} ms"
    )


def weigh(
    rows: list[Row], policies: Path = HERE / "seeds"
) -> tuple[list[tuple[Row, Assessment]], list[float]]:
    """Every message with its assessment, and the CPU seconds each took, warm: the least of its rounds, for what else
    runs on the machine only adds."""
    support = {
        key: load_workspace(policies, key).policy for key in sorted({row["workspace"] for row in rows})
    }
    cues = {key: load_cues(policy) for key, policy in support.items()}
    for workspace, policy in support.items():
        for warming in _WARMING:
            assess(warming, policy, cues[workspace])
    seconds = [float("inf")] * len(rows)
    for _ in range(ROUNDS):
        weighed = []
        for at, row in enumerate(rows):
            start = time.process_time()
            found = assess(row["text"], support[row["workspace"]], cues[row["workspace"]])
            seconds[at] = min(seconds[at], time.process_time() - start)
            weighed.append((row, found))
    return weighed, seconds


def figures(weighed: list[tuple[Row, Assessment]]) -> dict[str, float]:
    """The rates that the product is held to, by name."""
    critical = [found for row, found in weighed if row["impact"] == "critical"]
    low = [found for row, found in weighed if row["impact"] == "low"]
    shares = {
        "critical called minor or low": _share(found.impact in ("minor", "low") for found in critical),
        "low called critical or major": _share(found.impact in ("critical", "major") for found in low),
        "kind right": _share(found.kind == row["kind"] for row, found in weighed),
        "impact right": _share(found.impact == row["impact"] for row, found in weighed),
    }
    if any("claimed" in row for row, _ in weighed):
        shares["claim right"] = _share(
            found.claimed == row["claimed"] for row, found in weighed if "claimed" in row
        )
    for field in ("workspace", "language"):
        for value in sorted({row[field] for row, _ in weighed}):
            shares[f"severity right, {value}"] = _share(
                found.severity == row["severity"] for row, found in weighed if row[field] == value
            )
    shares["severity right, adversarial"] = _share(
        found.severity == row["severity"] for row, found in weighed if row["adversarial"]
    )
    return shares


def _share(holds: Any) -> float:
    answers = list(holds)
    return sum(answers) / len(answers) if answers else 1.0


def _rates(weighed: list[tuple[Row, Assessment]]) -> Table:
    table = Table(
        "workspace", "messages", "severity right", "kind right", "impact right", title="By workspace"
    )
    for workspace in sorted({row["workspace"] for row, _ in weighed}):
        mine = [(row, found) for row, found in weighed if row["workspace"] == workspace]
        table.add_row(
            workspace,
            str(len(mine)),
            f"{_share(found.severity == row['severity'] for row, found in mine):.1%}",
            f"{_share(found.kind == row['kind'] for row, found in mine):.1%}",
            f"{_share(found.impact == row['impact'] for row, found in mine):.1%}",
        )
    return table


def _confusion(weighed: list[tuple[Row, Assessment]]) -> Table:
    counts = Counter((row["impact"], found.impact.value) for row, found in weighed)
    table = Table("labelled", *(f"called {impact}" for impact in IMPACTS), title="Impact")
    for labelled in IMPACTS:
        table.add_row(labelled, *(str(counts[labelled, called]) for called in IMPACTS))
    return table


def _list_errors(weighed: list[tuple[Row, Assessment]]) -> None:
    for row, found in weighed:
        if (found.kind, found.impact, found.severity) != (row["kind"], row["impact"], row["severity"]):
            called = f"{found.kind.value}/{found.impact.value}/{found.severity}"
            print(
                f"{row['id']} {row['kind']}/{row['impact']}/{row['severity']} called {called}: {row['text']}"
            )
            print(
                "     ", ", ".join(sorted(found.signals)), "|", " / ".join(r.because for r in found.reasons)
            )


if __name__ == "__main__":
    main()
