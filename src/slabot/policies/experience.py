"""Reads what triage has learned from judged messages: the weights of marks, and the families of words."""

from __future__ import annotations

import gzip
import json
from base64 import b64decode
from functools import cache
from importlib.resources import files

from slabot.domain.triage.experience import Experience, packed
from slabot.domain.triage.verdict import Verdict

_FOLDER = files("slabot.policies") / "cues"
LEARNED = "experience.json.gz"
FAMILIES = "families.txt"


@cache
def packaged_experience() -> Experience:
    """What bench/learn_experience.py wrote; read once a process."""
    learned = json.loads(gzip.decompress((_FOLDER / LEARNED).read_bytes()))
    verdicts = [Verdict(name) for name in learned["verdicts"]]
    width = len(verdicts)
    rows = b64decode(learned["weights"])
    weights = {
        mark: packed(rows[at * width : (at + 1) * width])
        for at, mark in enumerate(learned["marks"].split("\n"))
    }
    return Experience(verdicts, weights, learned["bias"], learned["scale"], read_families(), learned["trust"])


@cache
def read_families() -> dict[str, int]:
    """Words by the number of their family, from 1: its line in the file."""
    lines = (_FOLDER / FAMILIES).read_text(encoding="utf-8").splitlines()
    return {word: number for number, line in enumerate(lines, start=1) for word in line.split()}
