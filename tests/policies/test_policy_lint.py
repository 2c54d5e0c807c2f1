"""The linter says what a document deserves, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from slabot.policies import PolicyFile, read_policy
from slabot.policies.lint import Weight, lint

Write = Callable[..., Path]
TODAY = date(2026, 3, 9)

DESERVED = {
    "human-esources": {("unset_contact", "contacts.email"), ("unset_contact", "contacts.portal")},
    "element-human": {
        ("standard_time_words", "calendars.support"),
        ("unset_contact", "contacts.learning_center"),
        ("unset_contact", "contacts.csm"),
        ("unset_contact", "contacts.account_manager"),
        ("inversion", "severities.P2.resolution"),
        ("unit_unsaid", "request_types.csm.first_response"),
    },
    "prosper-ex": {
        ("standard_time_words", "calendars.support"),
        ("unset_contact", "contacts.emergency"),
        ("unset_contact", "contacts.support"),
        ("unset_contact", "contacts.csm"),
        ("unset_contact", "contacts.coo"),
        ("unset_contact", "contacts.feedback"),
        ("shorter_than_closed_gap", "severities.T1.first_response"),
        ("shorter_than_closed_gap", "severities.T2.first_response"),
    },
    "velsoft": {
        ("standard_time_words", "calendars.support"),
        ("unset_contact", "contacts.helpdesk"),
        ("published_levels", "published_levels"),
        ("unit_unsaid", "severities.high.resolution"),
        ("unit_unsaid", "severities.medium.first_response"),
        ("unit_unsaid", "severities.medium.resolution"),
    },
}


@pytest.mark.parametrize("workspace", sorted(DESERVED))
def test_the_seeds_pass_with_exactly_the_warnings_their_documents_deserve(
    seed_files: dict[str, PolicyFile], workspace: str
) -> None:
    findings = lint(seed_files[workspace])
    assert {finding.weight for finding in findings} == {Weight.WARNING}
    assert {(finding.rule, finding.key) for finding in findings} == DESERVED[workspace]
    assert len(findings) == len(DESERVED[workspace])


def test_a_sound_policy_has_no_finding(write: Write) -> None:
    assert lint(read_policy(write(), TODAY)) == ()


@pytest.mark.parametrize(
    ("old", "new", "weight", "rule", "place"),
    [
        ("first_response: 1 business day", "first_response: 1 business hour", "warning", "inversion", "23:5"),
        (
            "first_response: 2 business hours",
            "first_response: 2 business hours\n    acknowledge: 3 business hours",
            "error",
            "later_than_next_metric",
            "24:5",
        ),
        (
            "first_response: 2 business hours",
            "first_response: 24 hours",
            "warning",
            "shorter_than_closed_gap",
            "23:5",
        ),
        (
            "first_response: 2 business hours",
            "first_response: {within: 1 business hour, contractual: true, source: {line: 1, quote: aim to}}",
            "warning",
            "soft_words",
            "23:5",
        ),
        (
            "first_response: 1 business day",
            "first_response: {within: 1 business day, words: one day}",
            "warning",
            "unit_unsaid",
            "30:5",
        ),
        ("    source: 3\n", "", "warning", "no_source", "22:5"),
        ("zone_words: London", "zone_words: GMT", "warning", "standard_time_words", "9:3"),
        ("    holidays: {country: GB, subdivisions: [ENG]}\n", "", "warning", "no_holidays", "9:3"),
        (
            "holidays: {country: GB, subdivisions: [ENG]}",
            "exceptions: [{day: 2026-12-25, name: Christmas}]",
            "warning",
            "next_year_missing",
            "9:3",
        ),
        (
            "    holidays: {country: GB, subdivisions: [ENG]}\n",
            "    holidays: {country: GB, subdivisions: [ENG]}\n"
            "  early: {hours: Mon–Fri 07:00–12:00, holidays: {country: GB, subdivisions: [ENG]}}\n",
            None,
            "",
            "",
        ),
        ("email: help@example.org", "unset_wording: Ask your dean.", "warning", "unset_contact", "16:3"),
        ("{words: The document", "{words: We guarantee it. The document", "warning", "never_said", "32:14"),
        (
            "ticket: {prefix: SM-}",
            'ticket: {prefix: SM-}\nbrand: {accent: "#ffcc00"}',
            "warning",
            "pale_accent",
            "7:9",
        ),
        ("severities:\n", "published_levels: 3\nseverities:\n", "warning", "published_levels", "17:1"),
    ],
)
def test_each_rule_finds_its_fault_and_nothing_else(
    write: Write, old: str, new: str, weight: str | None, rule: str, place: str
) -> None:
    path = write({old: new})
    findings = lint(read_policy(path, TODAY))
    found = [(finding.weight.value, finding.rule, f"{finding.line}:{finding.column}") for finding in findings]
    if weight is None:
        assert found == []
    else:
        assert (weight, rule, place) in found
        assert {each[1] for each in found} == {rule}
        assert str(findings[0]).startswith(f"{path}:")


def test_a_contact_reachable_when_the_desk_is_closed_is_told(write: Write) -> None:
    path = write(
        {
            "live_chat: {}": "  late: {hours: Mon–Fri 16:00–20:00, holidays: {country: GB}}\nlive_chat: {}",
            "email: help@example.org": "email: help@example.org, calendar: late",
        }
    )
    (found,) = lint(read_policy(path, TODAY))
    assert (found.rule, found.key) == ("outside_desk_hours", "contacts.support")
    assert "Mon 9 Mar 2026 16:00" in found.what


def test_a_level_that_sends_people_to_an_unreachable_contact_is_an_error(write: Write) -> None:
    path = write(
        {
            "email: help@example.org": "when: always",
            "    source: 3\n": "    source: 3\n    contacts: [support]\n",
        }
    )
    (found,) = lint(read_policy(path, TODAY))
    assert (found.weight, found.rule) == (Weight.ERROR, "unset_contact")


def test_a_metric_that_is_at_times_due_after_the_next_one_is_a_warning(write: Write) -> None:
    # Of a report in closed time: the same time of day falls on the opening, eight hours on the close before.
    path = write(
        {
            "first_response: 2 business hours": "first_response: 1 business day",
            "resolution: 1–3 business days": "resolution: 8 business hours",
        }
    )
    (found,) = lint(read_policy(path, TODAY))
    assert (found.weight, found.rule, found.line) == (Weight.WARNING, "later_than_next_metric", 23)
    assert "at times" in found.what
