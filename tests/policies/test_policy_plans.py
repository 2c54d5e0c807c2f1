"""What holds for some customers, messages or hours alone is written in the file and kept by the clocks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from slabot.domain.clocks.explain import explain, text
from slabot.domain.clocks.facts import Fact, FactKind
from slabot.domain.clocks.promise import promise
from slabot.domain.policy import Policy, UnknownPlan
from slabot.domain.support import Support
from slabot.domain.target import Metric
from slabot.policies import PolicyError, read_policy
from slabot.policies.lint import Weight, lint
from tests.policies.conftest import TODAY

Write = Callable[..., Path]

PLANS = """\
plans:
  gold:
    name: Gold plan
    source: {document: gold.txt, line: 4}
    severities:
      high:
        first_response: 1 business hour
    floor: high
  basic:
    ceiling: Lower
severities:
"""
PAGE = Path(__file__).parents[2] / "docs" / "policies.md"


@pytest.fixture
def planned(write: Write) -> Support:
    path = write({"severities:\n": PLANS, "    name: Low\n": "    name: Low\n    also_called: [Lower]\n"})
    return read_policy(path, TODAY).support


def march(day: int, hour: int, minute: int = 0) -> datetime:
    """Of 2026; London keeps UTC until the 29th."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def due(
    support: Support,
    level: str,
    at: datetime,
    *facts: Fact,
    plan: str | None = None,
    metric: str = "first_response",
) -> datetime | None:
    return promise(support.policy, level, at, facts, support.calendars, plan).due(Metric(metric))


def test_a_plan_promises_single_targets_otherwise(planned: Support) -> None:
    at = march(9, 10)
    assert due(planned, "high", at) == march(9, 12)
    assert due(planned, "high", at, plan="gold") == march(9, 11)
    assert due(planned, "high", at, plan="basic") == march(9, 12)
    for metric in ("resolution", "acknowledge"):
        assert due(planned, "high", at, plan="gold", metric=metric) == due(planned, "high", at, metric=metric)


def test_a_changed_severity_keeps_the_plan(planned: Support) -> None:
    changed = Fact(FactKind.SEVERITY_CHANGED, march(9, 11), "high")
    assert due(planned, "low", march(9, 10), changed, plan="gold") == march(9, 11)


def test_the_next_response_is_the_plans_too(planned: Support) -> None:
    facts = Fact(FactKind.AGENT_RESPONSE, march(9, 10, 30)), Fact(FactKind.CUSTOMER_REPLY, march(9, 13))
    assert due(planned, "high", march(9, 10), *facts, plan="gold", metric="next_response") == march(9, 14)


def test_an_explanation_names_the_plan_and_its_contract(planned: Support) -> None:
    owed = promise(planned.policy, "high", march(9, 10), (), planned.calendars, "gold")
    line = text(explain(owed.clocks[Metric.FIRST_RESPONSE], planned.calendar()))
    assert line.startswith("target 1 business hour, “1 business hour” (gold.txt:4) (Gold plan)")


def test_an_unknown_plan_names_those_there_are(planned: Support) -> None:
    with pytest.raises(UnknownPlan, match="'silver'; this policy has gold, basic"):
        due(planned, "high", march(9, 10), plan="silver")


def bounded(policy: Policy, level: str, plan: str | None = None, kind: str | None = None) -> str:
    return policy.bounded(policy.level(level), plan, kind).key


def test_a_floor_and_a_ceiling_hold_an_assessment_and_take_any_name_of_a_severity(planned: Support) -> None:
    assert bounded(planned.policy, "low", "gold") == "high"
    assert bounded(planned.policy, "high", "basic") == "low"
    assert bounded(planned.policy, "high") == "high"
    assert (
        planned.policy.bounded(planned.policy.level("low"), "gold").targets[Metric.FIRST_RESPONSE].most == 1
    )


def test_the_plan_has_the_last_word_and_before_it_the_kind_of_message(write: Write) -> None:
    rules = (
        "ceiling: low\nkind_bounds: {incident: {floor: high}}\nplans: {basic: {ceiling: low}}\nseverities:\n"
    )
    policy = read_policy(write({"severities:\n": rules}), TODAY).support.policy
    assert bounded(policy, "high") == "low"
    assert bounded(policy, "low", kind="question") == "low"
    assert bounded(policy, "low", kind="incident") == "high"
    assert bounded(policy, "high", "basic", "incident") == "low"


def test_a_request_type_has_no_floor(write: Write) -> None:
    asks = "request_types: {billing: {name: Billing, queue: support, first_response: 1 business day}}\n"
    policy = read_policy(write({"severities:\n": f"{asks}floor: high\nseverities:\n"}), TODAY).support.policy
    assert bounded(policy, "billing") == "billing"


PRIME = "{within: 2 business hours, outside_prime: 4 hours, source: {line: 3, quote: two hours}}"


def test_a_clock_that_starts_outside_prime_time_has_another_duration(write: Write) -> None:
    path = write({"first_response: 2 business hours": f"first_response: {PRIME}"})
    support = read_policy(path, TODAY).support
    assert due(support, "high", march(9, 16, 59)) == march(10, 10, 59)
    assert due(support, "high", march(9, 17)) == march(9, 21)
    # The next response starts outside, whatever the first did.
    facts = Fact(FactKind.AGENT_RESPONSE, march(9, 11)), Fact(FactKind.CUSTOMER_REPLY, march(9, 20))
    assert due(support, "high", march(9, 10), *facts, metric="next_response") == march(10, 0)
    clock = promise(support.policy, "high", march(9, 17), (), support.calendars).clocks[Metric.FIRST_RESPONSE]
    assert "4 elapsed hours, “4 hours” (small.txt:3) (outside prime time)" in text(
        explain(clock, support.calendar())
    )


def test_prime_time_can_be_a_calendar_of_its_own(write: Write) -> None:
    outside = "outside_prime: {within: 3 business hours, words: three hours, calendar: late}, prime: early"
    path = write(
        {
            "live_chat: {}": "  early: Mon–Fri 09:00–12:00\n  late: Mon–Fri 12:00–24:00\nlive_chat: {}",
            "first_response: 2 business hours": f"first_response: {{within: 2 business hours, {outside}}}",
        }
    )
    support = read_policy(path, TODAY).support
    assert due(support, "high", march(9, 11)) == march(9, 13)
    assert due(support, "high", march(9, 16)) == march(9, 19)


def test_continuous_effort_around_the_clock_is_a_setting(write: Write) -> None:
    effort = "{within: 8 business hours, continuous_effort: around_the_clock_after_first_response}"
    path = write({"resolution: 1–3 business days": f"resolution: {effort}"})
    support = read_policy(path, TODAY).support
    answered = Fact(FactKind.AGENT_RESPONSE, march(9, 16))
    assert due(support, "high", march(9, 14), metric="resolution") == march(10, 14)
    # Two open hours until the answer at 16:00; the other six run through the night.
    assert due(support, "high", march(9, 14), answered, metric="resolution") == march(9, 22)


def test_a_customer_is_looked_after_by_the_contact_of_their_mail_domain(write: Write) -> None:
    path = write(
        {
            "contacts:\n": "contacts:\n  anna: {name: Anna, email: anna@example.org}\n",
            "escalation:": "customer_contacts: {by_email_domain: {Acme.com: anna}, fallback: support}\nescalation:",
        }
    )
    policy = read_policy(path, TODAY).support.policy
    found = [
        policy.customer_contact(email) for email in ("vera@ACME.com", "v@eu.acme.com", "v@notacme.com", None)
    ]
    assert [contact.key if contact else None for contact in found] == ["anna", "anna", "support", "support"]


def test_without_a_map_nobody_in_particular_looks_after_a_customer(planned: Support) -> None:
    assert planned.policy.customer_contact("vera@acme.com") is None


def test_reminders_can_keep_a_calendar_of_their_own(write: Write) -> None:
    path = write({"escalation:": "reminders_calendar: desk\nescalation:"})
    assert read_policy(path, TODAY).support.policy.reminders_calendar == "desk"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("severities:\n", "plans: {gold: {severities: {higher: {resolution: 1 hour}}}}\nseverities:\n",
         "17:29: expected a key of severities; found 'higher'. Use one that is written here: high, low."),
        ("severities:\n", "plans: {gold: {severities: {high: {}}}}\nseverities:\n", "17:35: expected one of acknowledge"),
        ("severities:\n", "floor: medium\nseverities:\n", "17:8: expected a severity of this policy; found 'medium'"),
        ("severities:\n", "floor: high\nceiling: low\nseverities:\n", "17:8: expected a floor below the ceiling"),
        ("severities:\n", "kind_bounds: {incident: {}}\nseverities:\n", "17:25: expected `floor` or `ceiling`"),
        ("first_response: 2 business hours", "first_response: {within: 2 hours, prime: desk}",
         "23:21: expected `outside_prime` beside `prime`"),
        ("first_response: 2 business hours", "first_response: {text: soon, outside_prime: 2 hours}",
         "23:21: expected `within` beside `outside_prime`"),
        ("first_response: 2 business hours",
         "first_response: {within: 2 hours, outside_prime: {within: 1 hour, calendar: dsk}}", "Did you mean `desk`?"),
        ("first_response: 2 business hours",
         "first_response: {within: 2 hours, continuous_effort: around_the_clock_after_first_response}",
         "23:21: expected business hours"),
        ("first_response: 2 business hours", "first_response: {within: 2 hours, continuous_effort: often}",
         "expected true, false or around_the_clock_after_first_response; found 'often'"),
        ("escalation:", "customer_contacts: {by_email_domain: {acme.com: ana}}\nescalation:", "a contact of this policy"),
        ("escalation:", "customer_contacts: {by_email_domain: {acme: support}}\nescalation:", "the domain of mail"),
        ("escalation:", "reminders_calendar: night\nescalation:", "a calendar of this policy; found 'night'"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(write: Write, old: str, new: str, told: str) -> None:
    with pytest.raises(PolicyError, match=re.escape(told)):
        read_policy(write({old: new}), TODAY)


@pytest.mark.parametrize(
    ("old", "new", "weight", "rule", "key"),
    [
        ("severities:\n",
         "plans: {gold: {source: 3, severities: {high: {first_response: 3 business hours}}}}\nseverities:\n",
         Weight.WARNING, "slower_plan", "plans.gold.severities.high.first_response"),
        ("severities:\n", "plans: {gold: {severities: {high: {first_response: 1 business hour}}}}\nseverities:\n",
         Weight.WARNING, "no_source", "plans.gold.severities.high.first_response"),
        ("severities:\n",
         "plans: {gold: {source: 3, severities: {high: {resolution: 1 business hour}}}}\nseverities:\n",
         Weight.ERROR, "later_than_next_metric", "plans.gold.severities.high.first_response"),
        ("first_response: 2 business hours", f"first_response: {PRIME}",
         Weight.WARNING, "shorter_than_closed_gap", "severities.high.first_response"),
    ],
)  # fmt: skip
def test_what_holds_for_some_is_linted_too(
    write: Write, old: str, new: str, weight: Weight, rule: str, key: str
) -> None:
    found = lint(read_policy(write({old: new}), TODAY))
    assert [(each.weight, each.rule, each.key) for each in found] == [(weight, rule, key)]


def test_a_prime_time_that_never_ends_is_told(write: Write) -> None:
    outside = "{within: 2 business hours, outside_prime: 3 business hours, prime: always, source: 3}"
    path = write(
        {
            "live_chat: {}": "  always: 24/7\nlive_chat: {}",
            "first_response: 2 business hours": f"first_response: {outside}",
        }
    )
    assert [each.rule for each in lint(read_policy(path, TODAY))] == ["always_prime"]


def test_the_plan_of_the_page_is_a_plan(seeds: Path, tmp_path: Path) -> None:
    example = re.search(r"```yaml\n(plans:\n.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert example is not None
    path = tmp_path / "element-human.yaml"
    path.write_text((seeds / "element-human.yaml").read_text("utf-8") + example[1], "utf-8")
    policy = read_policy(path, TODAY).support.policy
    assert bounded(policy, "P4", "gold") == "P3"
    assert policy.level("P1", "gold").targets[Metric.FIRST_RESPONSE].words == "1 business hour"
