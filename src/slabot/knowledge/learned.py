"""Numbers learned on development sets by bench/fit_confidence.py, which prints them, and how they were obtained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Tail:
    """Where the bar stands among the evidence for wrong firsts.

    From the level that the share `above` of them reaches, one e-th is left after each `pace`; the bar stands
    where `share` is left: less than the 4 % aimed at, because visitors' words come closer to wrong articles
    than the articles' own do. The learned pace counts as much as `weight` firsts that were seen.
    """

    above: float
    share: float
    pace: float
    weight: int


# Logistic regression of "the first article is right" on `evidence.features`, over five development sets, each
# query asked with and without its right article, an intercept for each set besides (sets differ in how sure a
# match is; that part is left to a workspace's self-check). The keys are `semantic`.
WEIGHTS: Final[dict[bool, dict[str, float]]] = {
    False: {
        "lead_squared": 5.865,
        "words": 3.463,
        "gap": 2.523,
        "lead_gap": -1.996,
        "content_words": -1.869,
    },
    True: {
        "lead_squared": 3.480,
        "words": 2.239,
        "gap": 0.476,
        "centre_above": 0.820,
        "plain_above": -0.336,
        "tightness": -4.693,
    },
}
INTERCEPT: Final[dict[bool, float]] = {False: -4.948, True: -4.691}
# The evidence from which on to answer where nothing is known of a workspace: the mean over the sets.
BAR: Final[dict[bool, float]] = {False: -0.016, True: -1.545}
TAIL: Final[dict[bool, Tail]] = {
    False: Tail(above=0.25, share=0.0175, pace=0.75, weight=200),
    True: Tail(above=0.25, share=0.025, pace=0.6, weight=20),
}
# No self-check may lower the bar below the lowest of the sets: where hardly anything is alike, as with five
# articles, every probe finds next to nothing, which does not make next to nothing an answer.
LOWEST_BAR: Final[dict[bool, float]] = {False: -1.15, True: -3.5}
# The learned bar counts as much as this many probes.
PRIOR_PROBES: Final = 5
# Slope and offset from (evidence - bar) to log-odds of being right.
CALIBRATION: Final[dict[bool, tuple[float, float]]] = {False: (0.867, 2.099), True: (0.810, 2.174)}
# Below this chance the bot does not even name candidates.
ASK: Final = 0.4
