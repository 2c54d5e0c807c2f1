"""Numbers learned on development sets by bench/fit_confidence.py, and how they were obtained."""

from __future__ import annotations

from typing import Final

# Logistic regression of "the first article is right" on `evidence.features`, over five development sets, each
# query asked with and without its right article, an intercept for each set besides (sets differ in how sure a
# match is; that part is left to a workspace's self-check). The keys are `semantic`.
WEIGHTS: Final[dict[bool, dict[str, float]]] = {
    False: {
        "lead": 3.586,
        "lead_squared": 1.501,
        "lead_covered": -1.354,
        "words": 2.221,
        "covered_squared": 2.335,
        "uncovered": 1.722,
        "gap": 2.902,
        "gap_lead": -3.36,
        "gap_two_leads": 1.254,
        "gap_covered": -0.808,
        "gap_lead_covered": 1.317,
        "gap_lead_uncovered": -1.515,
    },
    True: {
        "lead": 0.126,
        "lead_squared": 1.639,
        "lead_covered": -1.074,
        "words": 1.208,
        "covered_squared": 1.64,
        "uncovered": 0.819,
        "gap": 0.828,
        "gap_lead": -0.516,
        "gap_two_leads": -0.65,
        "gap_covered": 0.674,
        "gap_lead_covered": 2.096,
        "gap_lead_uncovered": -1.838,
        "meaning": 0.492,
        "meaning_squared": -1.767,
        "meaning_plain": 2.076,
        "centre": 3.237,
        "gap_meaning": 0.078,
        "gap_centre": 2.435,
    },
}
INTERCEPT: Final[dict[bool, float]] = {False: -5.041, True: -5.015}
# The evidence from which on to answer where nothing is known of a workspace: the mean over the sets.
BAR: Final[dict[bool, float]] = {False: 1.5, True: 1.75}
# Of the firsts known to be wrong (self-check), the share that may stand above the bar. Lower than the 4 %
# aimed at, because visitors' words come closer to wrong articles than the titles of the others do.
WRONG_SHARE: Final[dict[bool, float]] = {False: 0.025, True: 0.03}
# The learned bar counts as much as this many probes.
PRIOR_PROBES: Final = 40
# Slope and offset from (evidence - bar) to log-odds of being right.
CALIBRATION: Final[dict[bool, tuple[float, float]]] = {False: (0.888, 1.703), True: (0.777, 1.906)}
# Below this chance the bot does not even name candidates.
ASK: Final = 0.25
