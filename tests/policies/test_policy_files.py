"""Reading takes what is good, reports what is not, and never leaves a workspace without its policy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from slabot.policies import PolicyError
from slabot.policies.in_force import PoliciesInForce, Read
from slabot.services.supports import UnknownWorkspace

Write = Callable[..., Path]
TODAY = date(2026, 3, 9)


def reload(policies: PoliciesInForce, today: date = TODAY) -> Read:
    """As the server does: read, then put in force what is new."""
    read = policies.read(today)
    for version in read.news:
        policies.put_in_force(version)
    return read


def changed(read: Read) -> list[str]:
    return [version.workspace for version in read.news]


def test_the_last_good_version_stays_in_force_while_a_file_is_broken(write: Write) -> None:
    path = write()
    policies = PoliciesInForce(path.parent, TODAY)
    good = policies.current("small")
    write({"first_response: 2 business hours": "first_response: 2 days"})
    read = reload(policies)
    assert [str(problem).startswith(f"{path}:23:21: ") for problem in read.problems] == [True]
    assert changed(read) == []
    assert policies.current("small") is good
    write({"first_response: 2 business hours": "first_response: 3 business hours"})
    assert changed(reload(policies)) == ["small"]
    assert policies.current("small").policy.version != good.policy.version


def test_a_good_file_is_taken_while_another_is_broken(write: Write) -> None:
    write()
    path = write(name="other")
    policies = PoliciesInForce(path.parent, TODAY)
    write({"timezone: Europe/London": "timezone: GMT"})
    write({"name: Small": "name: Other"}, name="other")
    assert changed(reload(policies)) == ["other"]
    assert policies.current("other").policy.name == "Other"
    assert policies.current("small").policy.zone == "Europe/London"


def test_an_unchanged_file_changes_nothing(write: Write) -> None:
    policies = PoliciesInForce(write().parent, TODAY)
    assert reload(policies) == Read((), ())


def test_reading_alone_puts_nothing_in_force(write: Write) -> None:
    policies = PoliciesInForce(write().parent, TODAY)
    before = policies.current("small")
    write({"name: Small": "name: Other"})
    assert changed(policies.read(TODAY)) == ["small"]
    assert policies.current("small") is before


def test_a_new_year_brings_new_calendars(write: Write) -> None:
    policies = PoliciesInForce(write().parent, TODAY)
    assert changed(reload(policies, date(2027, 1, 1))) == ["small"]


def test_a_removed_file_leaves_its_policy_in_force(write: Write) -> None:
    path = write()
    policies = PoliciesInForce(path.parent, TODAY)
    path.unlink()
    assert reload(policies) == Read((), ())
    assert policies.current("small").policy.name == "Small"


def test_a_new_file_brings_a_new_workspace(write: Write) -> None:
    policies = PoliciesInForce(write().parent, TODAY)
    with pytest.raises(UnknownWorkspace):
        policies.current("other")
    write(name="other")
    assert changed(reload(policies)) == ["other"]
    assert policies.workspaces() == ("other", "small")


def test_a_start_with_a_broken_file_is_refused(write: Write) -> None:
    path = write({"timezone: Europe/London": "timezone: GMT"})
    with pytest.raises(PolicyError, match=r"small\.yaml:4:11"):
        PoliciesInForce(path.parent, TODAY)


def test_an_earlier_version_is_rebuilt_from_its_text_and_its_kept_calendars(write: Write) -> None:
    policies = PoliciesInForce(write().parent, TODAY)
    support = policies.current("small")
    kept = {key: calendar.to_record() for key, calendar in support.calendars.items()}
    rebuilt = policies.rebuild("small", policies.source("small"), kept)
    assert rebuilt.policy.version == support.policy.version
    assert {key: each.digest for key, each in rebuilt.calendars.items()} == {
        key: each.digest for key, each in support.calendars.items()
    }
