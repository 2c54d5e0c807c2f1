"""The four policies promise exactly what their documents print, as we read them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from slabot.domain.policy import Impact
from slabot.domain.support import Support
from slabot.domain.target import Metric, Target, Unit
from slabot.policies import PolicyFile, load_workspace, workspaces

Row = tuple[str, str]


def shown(target: Target) -> str:
    if target.unit is Unit.WORDS:
        return f"“{target.words}”"
    number = f"{target.most:g}" if target.least is None else f"{target.least:g}–{target.most:g}"
    return f"{number} {target.unit.value}"


def table(support: Support) -> dict[str, dict[str, str]]:
    return {
        level.key: {metric.value: shown(target) for metric, target in level.targets.items()}
        for level in support.policy.levels
    }


TARGETS: dict[str, dict[str, dict[str, str]]] = {
    "human-esources": {
        "high": {"first_response": "4 business_hours"},
        "normal": {"first_response": "8 business_hours"},
    },
    "element-human": {
        "P1": {"first_response": "2 business_hours", "resolution": "4 business_hours"},
        "P2": {"first_response": "2 business_hours", "resolution": "12 business_days"},
        "P3": {"first_response": "2 business_days", "resolution": "7 business_days"},
        "P4": {"first_response": "4 business_days", "resolution": "“Future software release”"},
        "general": {"first_response": "2 business_days"},
        "service_delivery": {"first_response": "2 business_days"},
        "csm": {"first_response": "1 business_days"},
        "privacy": {"first_response": "2 business_days"},
    },
    "prosper-ex": {
        "T1": {"acknowledge": "24 hours", "first_response": "24 hours", "resolution": "1–3 business_days"},
        "T2": {"acknowledge": "24 hours", "first_response": "24 hours", "resolution": "1–3 business_days"},
        "T3": {
            "acknowledge": "24 hours",
            "first_response": "1–3 business_days",
            "resolution": "1–7 business_days",
        },
        "general": {"acknowledge": "24 hours", "first_response": "1–3 business_days"},
        "bespoke": {"acknowledge": "24 hours", "first_response": "7 business_days"},
    },
    "velsoft": {
        "high": {
            "acknowledge": "2 business_hours",
            "first_response": "4 business_hours",
            "resolution": "1 business_days",
        },
        "medium": {
            "acknowledge": "2 business_hours",
            "first_response": "1 business_days",
            "resolution": "3 business_days",
        },
    },
}

QUEUES = {
    "human-esources": {"high": "CustomerCare", "normal": "CustomerCare"},
    "element-human": {
        "P1": "account-manager",
        "P2": "account-manager",
        "P3": "support",
        "P4": "support",
        "general": "support",
        "service_delivery": "service-delivery",
        "csm": "csm",
        "privacy": "privacy",
    },
    "prosper-ex": {"T1": "support", "T2": "support", "T3": "csm", "general": "csm", "bespoke": "csm"},
    "velsoft": {"high": "helpdesk", "medium": "helpdesk"},
}

WORKSPACES = sorted(TARGETS)


def test_the_four_workspaces_are_found_and_their_voices_are_not(seeds: Path) -> None:
    assert set(WORKSPACES) <= set(workspaces(seeds))
    assert not [name for name in workspaces(seeds) if "voice" in name]


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_every_level_has_the_targets_of_its_document(
    seed_files: dict[str, PolicyFile], workspace: str
) -> None:
    assert table(seed_files[workspace].support) == TARGETS[workspace]
    assert list(table(seed_files[workspace].support)) == list(TARGETS[workspace])


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_every_level_waits_in_its_queue(seed_files: dict[str, PolicyFile], workspace: str) -> None:
    policy = seed_files[workspace].support.policy
    assert {level.key: level.queue for level in policy.levels} == QUEUES[workspace]
    assert {queue.key for queue in policy.queues} == set(QUEUES[workspace].values())


@pytest.mark.parametrize("workspace", WORKSPACES)
def test_every_target_and_every_severity_names_its_line(
    seed_files: dict[str, PolicyFile], workspace: str
) -> None:
    policy = seed_files[workspace].support.policy
    for level in policy.levels:
        assert level.source is not None
        assert level.source.line
        assert level.definition
        for target in level.targets.values():
            assert target.source.document == policy.document
            assert target.source.line
            assert target.source.quote
    for level in policy.severities:
        assert level.examples
        assert all(example.quote and example.line and example.clause for example in level.examples)


@pytest.mark.parametrize(
    ("workspace", "impacts"),
    [
        ("human-esources", {"critical": "high", "major": "high", "minor": "normal", "low": "normal"}),
        ("element-human", {"critical": "P2", "major": "P2", "minor": "P3", "low": "P4"}),
        ("prosper-ex", {"critical": "T1", "major": "T2", "minor": "T3", "low": "T3"}),
        ("velsoft", {"critical": "high", "major": "high", "minor": "medium", "low": "medium"}),
    ],
)
def test_every_impact_leads_to_one_severity(
    seed_files: dict[str, PolicyFile], workspace: str, impacts: dict[str, str]
) -> None:
    policy = seed_files[workspace].support.policy
    found = {impact: level.key for level in policy.severities for impact in level.impacts}
    assert found == {Impact(impact): key for impact, key in impacts.items()}


def test_at_element_human_only_the_whole_service_down_is_priority_1(
    seed_files: dict[str, PolicyFile],
) -> None:
    policy = seed_files["element-human"].support.policy
    assert policy.severity_rules["whole_service_down"] == "P1"
    assert policy.severity_rules["data_exposed"] == "P2"


def test_priority_1_is_reported_formally_and_never_pauses(seed_files: dict[str, PolicyFile]) -> None:
    policy = seed_files["element-human"].support.policy
    first, second, third = policy.severities[:3]
    resolution = first.targets[Metric.RESOLUTION]
    assert (resolution.pausable, resolution.continuous_effort) == (False, True)
    assert first.formal_channels == ("email", "telephone")
    assert second.formal_channels == ("email",)
    assert not third.needs_formal_report
    assert "account manager" in first.formal_report_words
    assert first.contact_keys == second.contact_keys == ("account_manager",)


@pytest.mark.parametrize(
    ("workspace", "acknowledged_by"),
    [
        ("human-esources", None),
        ("element-human", None),
        ("prosper-ex", "confirmation"),
        ("velsoft", "confirmation"),
    ],
)
def test_the_confirmation_acknowledges_where_an_acknowledgement_is_promised(
    seed_files: dict[str, PolicyFile], workspace: str, acknowledged_by: str | None
) -> None:
    levels = seed_files[workspace].support.policy.levels
    assert {level.acknowledged_by for level in levels} == {acknowledged_by}


@pytest.mark.parametrize(
    ("workspace", "contractual"),
    [("human-esources", True), ("element-human", False), ("prosper-ex", False), ("velsoft", True)],
)
def test_softened_promises_are_objectives(
    seed_files: dict[str, PolicyFile], workspace: str, contractual: bool
) -> None:
    levels = seed_files[workspace].support.policy.levels
    assert {target.contractual for level in levels for target in level.targets.values()} == {contractual}


def test_low_is_another_name_of_medium_at_velsoft(seed_files: dict[str, PolicyFile]) -> None:
    policy = seed_files["velsoft"].support.policy
    assert policy.level("low").key == policy.level("Low").key == "medium"
    assert [level.key for level in policy.severities] == ["high", "medium"]


def test_the_words_visitors_read(seed_files: dict[str, PolicyFile]) -> None:
    policies = {name: file.support.policy for name, file in seed_files.items()}
    assert {name: p.ticket_prefix for name, p in policies.items()} == {
        "human-esources": "HES-",
        "element-human": "EH-",
        "prosper-ex": "PX-",
        "velsoft": "VS-",
    }
    assert {name for name, p in policies.items() if p.ticket_noun == "case"} == {"velsoft"}
    assert policies["element-human"].brand.bot_name == "Elliebot"
    assert policies["element-human"].brand.corner == "top-right"
    assert "24 hours, 7 days" in policies["element-human"].live_chat.bot_hours_words
    assert "alternative arrangements" in policies["velsoft"].holiday_wording
    assert "couple hours" in policies["human-esources"].typical_reply_words
    assert {name for name, p in policies.items() if p.live_chat.calendar} == {"human-esources"}
    assert {name: p.question_level for name, p in policies.items()} == {
        "human-esources": "normal",
        "element-human": "general",
        "prosper-ex": "T3",
        "velsoft": "medium",
    }


def test_blank_and_redacted_contacts_stay_unset_and_say_where_to_find_them(
    seed_files: dict[str, PolicyFile],
) -> None:
    blank = {
        ("human-esources", "email"),
        ("human-esources", "portal"),
        ("element-human", "account_manager"),
        ("element-human", "csm"),
        ("prosper-ex", "csm"),
        ("prosper-ex", "feedback"),
    }
    for workspace, key in blank:
        contact = seed_files[workspace].support.policy.contact(key)
        assert (contact.email, dict(contact.phones), contact.url) == (None, {}, None)
        assert contact.unset_wording
    emails = {c.email for f in seed_files.values() for c in f.support.policy.contacts if c.email}
    assert emails == {
        "support@elementhuman.com",
        "projects@elementhuman.com",
        "privacy@elementhuman.com",
        "support@velsoft.com",
    }


def test_telephone_numbers_are_exactly_as_published(seed_files: dict[str, PolicyFile]) -> None:
    policy = seed_files["prosper-ex"].support.policy
    assert policy.contact("support").phones == {
        "AU": "+61 1300 529 909",
        "GB": "+44 207 097 1244",
        "US": "+1914 202 4186",
        "NZ": "+64 9889 1978",
    }
    assert policy.contact("emergency").phones == {"": "1300 529 909"}
    assert policy.level("T1").contact_keys == ("emergency",)
    assert policy.level("T3").contact_keys == ("csm",)


def test_only_prosper_ex_publishes_an_escalation_contact(seed_files: dict[str, PolicyFile]) -> None:
    contacts = {name: file.support.policy.escalation_contact for name, file in seed_files.items()}
    assert {name: key for name, key in contacts.items() if key} == {"prosper-ex": "coo"}
    coo = seed_files["prosper-ex"].support.policy.contact("coo")
    assert (coo.person, dict(coo.phones), coo.only_after_unresolved) == (
        "Ken",
        {"": "+61 1300 529 909"},
        True,
    )
    assert all(file.support.policy.escalation_words for file in seed_files.values())


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("workspace", "at", "is_open"),
    [
        ("human-esources", "2026-03-09T09:00:00-04:00", True),
        ("human-esources", "2026-03-09T19:00:00-04:00", False),
        ("human-esources", "2026-07-03T12:00:00-04:00", False),  # Saturday's Independence Day, observed
        ("human-esources", "2027-12-31T12:00:00-05:00", False),  # 1 January 2028, observed
        ("human-esources", "2027-12-24T12:00:00-05:00", False),
        ("element-human", "2026-07-06T09:30:00+01:00", True),  # "GMT" is London's civil time
        ("element-human", "2026-08-31T12:00:00+01:00", False),
        ("element-human", "2026-12-28T12:00:00+00:00", False),
        ("prosper-ex", "2026-01-05T09:30:00+11:00", True),
        ("prosper-ex", "2026-06-08T12:00:00+10:00", True),  # the King's Birthday is not kept in every state
        ("prosper-ex", "2026-04-27T12:00:00+10:00", True),
        ("prosper-ex", "2026-12-28T12:00:00+11:00", False),
        ("velsoft", "2026-07-01T12:00:00-03:00", False),
        ("velsoft", "2026-05-18T12:00:00-03:00", True),  # Victoria Day is an ordinary day in Nova Scotia
        ("velsoft", "2026-08-03T12:00:00-03:00", True),
        ("velsoft", "2026-09-30T12:00:00-03:00", True),
        ("velsoft", "2026-10-12T12:00:00-03:00", True),
        ("velsoft", "2026-12-28T12:00:00-04:00", True),
        ("velsoft", "2026-03-09T16:29:59-03:00", True),
        ("velsoft", "2026-03-09T16:30:00-03:00", False),
    ],
)
def test_desks_keep_their_hours_and_holidays(
    seed_files: dict[str, PolicyFile], workspace: str, at: str, is_open: bool
) -> None:
    assert seed_files[workspace].support.calendar().is_open(local(at)) is is_open


def test_the_version_is_the_content_whatever_its_comments(
    seeds: Path, tmp_path: Path, seed_files: dict[str, PolicyFile]
) -> None:
    text = (seeds / "velsoft.yaml").read_text("utf-8")
    (tmp_path / "velsoft.yaml").write_text("# another comment\n" + text, "utf-8")
    same = load_workspace(tmp_path, "velsoft", date(2026, 3, 9))
    assert same.policy.version == seed_files["velsoft"].support.policy.version
    (tmp_path / "velsoft.yaml").write_text(text.replace("4 business hours", "5 business hours"), "utf-8")
    assert load_workspace(tmp_path, "velsoft").policy.version != same.policy.version


def test_a_calendar_stays_the_same_from_day_to_day(seeds: Path) -> None:
    digests = {
        load_workspace(seeds, "velsoft", day).calendar().digest
        for day in (date(2026, 1, 1), date(2026, 12, 31))
    }
    assert len(digests) == 1
