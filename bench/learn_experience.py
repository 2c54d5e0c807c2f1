"""Learn triage's experience from judged messages: `.venv/bin/python bench/learn_experience.py`.

Reads `tests/data/triage/develop.jsonl` and `first_sight.csv` beside it, and writes the weights that the package ships,
`src/slabot/policies/cues/experience.json.gz`. The model is a multinomial logistic regression over the marks of
`slabot.domain.triage.experience`, fitted by AdaGrad in a fixed order, its weights rounded to a byte.

`first_sight.csv` counts what the rules said of messages when they first met them, before anybody had tuned the rules
to them (`said,doubt,true,count`): rules look better on messages they were written for, so how far they are to be
trusted cannot be learned from those. `--left-out BATCH …` learns without the messages whose id begins so, and
prints how well the words alone tell their verdict. Needs numpy (it comes
with the extra `semantic`).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slabot.domain.triage.assess import assess
from slabot.domain.triage.assessment import Assessment
from slabot.domain.triage.experience import ZERO, pair_marks, plain_words, text_marks, word_marks
from slabot.domain.triage.verdict import INCIDENTS, Verdict, verdict_of
from slabot.domain.words import tokenise
from slabot.policies.cues import load_cues
from slabot.policies.experience import FAMILIES, LEARNED, read_families
from slabot.policies.loader import load_workspace

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data" / "triage"
CUES = ROOT / "src" / "slabot" / "policies" / "cues"

_LEAST_MET = 3
_ROUNDS, _PACE, _DECAY = 8, 0.3, 1e-5
_SMOOTHING = 8.0
_DOUBTS = ("sure", "likely", "guess")

Row = Mapping[str, Any]
Floats = NDArray[np.float32]
Marked = tuple[NDArray[np.int64], Floats]


def main() -> None:
    """Learns from all sets and writes the data file, or from some and prints how the others fare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--left-out", nargs="+", default=[], help="ids beginning so are judged, not learned")
    options = parser.parse_args()
    rows = judged()
    verdicts = _true_verdicts(rows)
    if options.left_out:
        _judge_left_out(rows, verdicts, tuple(options.left_out))
        return
    learned = Learned(rows, verdicts)
    learned.write()
    print(f"{len(rows)} messages, {len(learned.marks)} marks, {(CUES / LEARNED).stat().st_size // 1000} kB")


def judged() -> list[Row]:
    """The messages to learn from, with their labels."""
    lines = (DATA / "develop.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


class Learned:
    """Weights a mark and verdict, fitted to these messages."""

    def __init__(self, rows: Sequence[Row], verdicts: Sequence[Verdict]) -> None:
        families = read_families() if (CUES / FAMILIES).is_file() else {}
        seen = [_marks(row["text"], families) for row in rows]
        met = Counter(mark for marks in seen for mark in set(marks))
        self.marks = sorted(mark for mark, times in met.items() if times >= _LEAST_MET)
        self._families = families
        self._place = {mark: at for at, mark in enumerate(self.marks)}
        self._verdicts = list(Verdict)
        self.weights, self.bias = self._fitted(
            [self._marked(marks) for marks in seen], [self._verdicts.index(verdict) for verdict in verdicts]
        )

    def verdict(self, text: str) -> Verdict:
        """What the words alone suggest."""
        at, worth = self._marked(_marks(text, self._families))
        return self._verdicts[int((worth @ self.weights[at] + self.bias).argmax())]

    def write(self) -> None:
        """The data file; the same weights always give the same bytes."""
        scale = float(np.quantile(np.abs(self.weights), 0.9999)) / (ZERO - 1)
        bytes_ = np.clip(np.rint(self.weights / scale) + ZERO, 0, 255).astype(np.uint8)
        telling = (bytes_ != ZERO).any(axis=1)
        learned = {
            "verdicts": [verdict.value for verdict in self._verdicts],
            "scale": scale,
            "bias": [round(float(each), 4) for each in self.bias],
            "trust": _trust(self._verdicts),
            "marks": "\n".join(mark for mark, kept in zip(self.marks, telling, strict=True) if kept),
            "weights": b64encode(bytes_[telling].tobytes()).decode(),
        }
        packed = json.dumps(learned, ensure_ascii=False).encode()
        (CUES / LEARNED).write_bytes(gzip.compress(packed, compresslevel=9, mtime=0))

    def _marked(self, marks: Sequence[str]) -> Marked:
        counts = Counter(self._place[mark] for mark in marks if mark in self._place)
        total = math.sqrt(max(1, sum(counts.values())))
        at = np.fromiter(counts.keys(), np.int64, len(counts))
        return at, np.fromiter(counts.values(), np.float32, len(counts)) / np.float32(total)

    def _fitted(self, seen: Sequence[Marked], true: Sequence[int]) -> tuple[Floats, Floats]:
        weights = np.zeros((len(self.marks), len(self._verdicts)), np.float32)
        steps = np.full_like(weights, 1e-2)
        bias = np.zeros(len(self._verdicts), np.float32)
        order = np.random.default_rng(0)
        for _ in range(_ROUNDS):
            for number in order.permutation(len(seen)):
                at, worth = seen[number]
                here = weights[at]
                scores = worth @ here + bias
                missed = np.exp(scores - scores.max())
                missed /= missed.sum()
                missed[true[number]] -= 1
                slope = worth[:, None] * missed[None, :] + _DECAY * here
                walked = steps[at] + slope * slope
                steps[at] = walked
                weights[at] = here - _PACE * slope / np.sqrt(walked)
                bias -= np.float32(0.02) * missed
        return weights, bias


def _marks(text: str, families: Mapping[str, int]) -> list[str]:
    words = plain_words([token.word for token in tokenise(text)])
    marks = [mark for word in words for mark in word_marks(word, families)]
    return [*marks, *pair_marks(words, [families.get(word) for word in words]), *text_marks(text)]


def _assessed(rows: Sequence[Row]) -> list[Assessment]:
    keys = sorted({row["workspace"] for row in rows})
    policies = {key: load_workspace(ROOT / "seeds", key).policy for key in keys}
    cues = {key: load_cues(policy, learned=False) for key, policy in policies.items()}
    return [assess(row["text"], policies[row["workspace"]], cues[row["workspace"]]) for row in rows]


def _true_verdicts(rows: Sequence[Row]) -> list[Verdict]:
    """The labels' verdict; what they leave open (lost or exposed, say) as the rules alone read it."""
    return [_true_verdict(row, found) for row, found in zip(rows, _assessed(rows), strict=True)]


def _true_verdict(row: Row, found: Assessment) -> Verdict:
    said = verdict_of(found)
    if row["kind"] == "request":
        if row["severity"] == "bespoke":
            return Verdict.BESPOKE
        return said if said in (Verdict.WISH, Verdict.ASKED) else Verdict.ASKED
    if row["kind"] != "incident":
        return Verdict(row["kind"])
    alike = said in INCIDENTS and INCIDENTS[said].impact == row["impact"]
    workspace, severity = row["workspace"], row["severity"]
    if row["impact"] == "critical":
        if severity == "P1":
            return Verdict.DOWN
        if alike and not (workspace == "element-human" and said is Verdict.DOWN):
            return said
        return Verdict.STOPPED if workspace == "element-human" else Verdict.DOWN
    if row["impact"] == "major":
        if severity in ("P3", "medium"):
            return Verdict.PARTIAL
        if severity in ("P2", "high") and workspace in ("element-human", "velsoft"):
            return Verdict.FAULT
        return said if alike else Verdict.FAULT
    return Verdict.MINOR if row["impact"] == "minor" else Verdict.COSMETIC


def _trust(verdicts: Sequence[Verdict]) -> dict[str, list[float]]:
    """By what the rules said and how sure they were: the logarithm of how often that is said of each verdict."""
    with (DATA / "first_sight.csv").open(encoding="utf-8", newline="") as file:
        counted = {
            (line["said"], line["doubt"], line["true"]): int(line["count"]) for line in csv.DictReader(file)
        }
    of_true = Counter[str]()
    of_said = Counter[tuple[str, str]]()
    for (said, doubt, true), count in counted.items():
        of_true[true] += count
        of_said[said, doubt] += count
    whole = sum(of_true.values())
    trust = {}
    for said in verdicts:
        for doubt in _DOUBTS:
            usual = (of_said[said, doubt] + 0.5) / (whole + 20)
            trust[f"{said.value} {doubt}"] = [
                round(
                    math.log(
                        (counted.get((said, doubt, true), 0) + _SMOOTHING * usual)
                        / (of_true[true] + _SMOOTHING)
                    ),
                    3,
                )
                for true in verdicts
            ]
    return trust


def _judge_left_out(rows: Sequence[Row], verdicts: Sequence[Verdict], left_out: tuple[str, ...]) -> None:
    kept = [at for at, row in enumerate(rows) if not row["id"].startswith(left_out)]
    learned = Learned([rows[at] for at in kept], [verdicts[at] for at in kept])
    asked = [at for at in range(len(rows)) if at not in set(kept)]
    right = sum(learned.verdict(rows[at]["text"]) is verdicts[at] for at in asked)
    print(
        f"{len(asked)} messages left out, verdict right {right / max(1, len(asked)):.1%} by the words alone"
    )


if __name__ == "__main__":
    main()
