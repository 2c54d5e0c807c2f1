"""What changed between two versions is said in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from slabot.policies import read_policy
from slabot.policies.difference import differences

Write = Callable[..., Path]
TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("first_response: 2 business hours", "first_response: 3 business hours",
         ["high first response was 2 business hours and is 3 business hours: later."]),
        ("resolution: 1–3 business days", "resolution: 1–2 business days",
         ["high resolution was 1–3 business days and is 1–2 business days: sooner."]),
        ("first_response: 1 business day", "first_response: 8 hours",
         ["low first response was 1 business day and is 8 elapsed hours: sooner."]),
        ("    resolution: 1–3 business days\n", "",
         ["high has no resolution any more; it was 1–3 business days."]),
        ("resolution: {text: Future software release}", "acknowledge: 1 business hour",
         ["low now has an acknowledgement: 1 business hour.",
          "low has no resolution any more; it was “Future software release”."]),
        ("resolution: 1–3 business days",
         "resolution: {within: 1–3 business days, pausable: false, contractual: true}",
         ["high resolution is now a duty of the contract.", "high resolution no longer pauses."]),
        ("Mon–Fri 09:00–17:00", "Mon–Fri 09:00–18:00",
         ["The calendar desk opens Mon–Fri 09:00–18:00; it was Mon–Fri 09:00–17:00."]),
        ("timezone: Europe/London", "timezone: Europe/Dublin",
         ["The calendar desk keeps the clock of Europe/Dublin; it was Europe/London.",
          "timezone was “Europe/London” and is “Europe/Dublin”."]),
        ("{country: GB, subdivisions: [ENG]}", "{country: GB, subdivisions: [ENG], add: {2026-06-01: Fair}}",
         ["desk now has as special days: Mon 2026-06-01 Fair."]),
        ("  low:\n    name: Low", "  lesser:\n    name: Low",
         ["low is gone.",
          "lesser is new: Low, first response 1 business day; resolution Future software release."]),
        ("email: help@example.org", "email: desk@example.org",
         ["contacts.support.email was “help@example.org” and is “desk@example.org”."]),
        ("impacts: [minor, low]", "impacts: [low, minor]",
         ["severities.low.impacts was “minor”, “low” and is “low”, “minor”."]),
        ("first_response: 2 business hours", "first_response: {within: 2 business hours, outside_prime: 4 hours}",
         ["high first response is now 4 elapsed hours where the clock starts outside prime time."]),
        ("resolution: 1–3 business days",
         "resolution: {within: 9 business hours, continuous_effort: around_the_clock_after_first_response}",
         ["high resolution was 1–3 business days and is 9 business hours: sooner.",
          "high resolution is now worked on with continuous effort.",
          "high resolution runs around the clock after the first response."]),
        ("severities:\n", "plans: {gold: {floor: high}}\nseverities:\n", ["plans is new: gold: floor: “high”."]),
        ("live_chat: {}", "live_chat: {words: Hello}", ["live_chat.words is new: “Hello”."]),
    ],
)  # fmt: skip
def test_a_change_is_said_in_words(write: Write, old: str, new: str, said: list[str]) -> None:
    before = read_policy(write(), TODAY)
    after = read_policy(write({old: new}), TODAY)
    assert list(differences(before, after)) == said


def test_an_unchanged_policy_differs_in_nothing(write: Write) -> None:
    assert differences(read_policy(write(), TODAY), read_policy(write(), TODAY)) == ()
