"""What judged messages teach: packed weights, the words that tell, and where the rules stand all the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from slabot.domain.policy import Impact
from slabot.domain.triage.assess import assess
from slabot.domain.triage.experience import ZERO, Experience, packed
from slabot.domain.triage.verdict import Verdict
from slabot.policies.cues import load_cues
from slabot.policies.experience import packaged_experience
from slabot.policies.loader import load_workspace

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
POLICY = load_workspace(SEEDS, "prosper-ex").policy
_TWO = (Verdict.LOST, Verdict.QUESTION)


def _taught(**weights: tuple[int, int]) -> Experience:
    trust = {f"{said.value} {doubt}": (0.0, 0.0) for said in Verdict for doubt in ("sure", "likely", "guess")}
    rows = {f"={word}": packed(bytes(ZERO + each for each in pair)) for word, pair in weights.items()}
    return Experience(_TWO, rows, (0.0, 0.0), 0.1, {}, trust)


def test_the_weights_of_words_add_up_and_each_verdict_keeps_its_own() -> None:
    experience = _taught(vanished=(100, -100), how=(-90, 120))
    lost = experience.opinion(["all", "vanished"], "all vanished")
    asked = experience.opinion(["how"] * 300, "how " * 300)
    assert lost.shares[0] > 0.99
    assert asked.shares[1] > 0.99
    assert lost.known == 1


def test_the_words_quoted_are_those_that_speak_for_the_verdict() -> None:
    experience = _taught(vanished=(100, -100), goals=(40, 0), how=(-90, 120))
    words = ["how", "odd", "goals", "vanished", "today"]
    start, end = experience.telling(words, *_TWO)
    assert words[start:end] == ["goals", "vanished"]


def test_of_a_text_that_was_never_met_nothing_is_known() -> None:
    assert packaged_experience().opinion(["qzzx", "wvvk"], "qzzx wvvk").known == 0


def test_a_workspace_is_not_overruled_about_its_own_words() -> None:
    text = "the wall has turned purple again for all of the managers here"
    own = replace(POLICY, cues={"dead_service": ("turned purple",)})
    assert assess(text, own, load_cues(own)).impact is Impact.CRITICAL


def test_the_same_message_is_always_weighed_alike() -> None:
    cues = load_cues(POLICY)
    text = "three quarters of last year's goals have ceased to be. I checked twice."
    first = assess(text, POLICY, cues)
    assert assess("how do I add a goal?", POLICY, cues) != first
    assert assess(text, POLICY, cues) == first
    assert first.impact is Impact.CRITICAL
    assert first.reasons[0].because in text
