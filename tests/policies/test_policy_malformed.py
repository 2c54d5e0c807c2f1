"""A wrong file is refused with the place, the expectation, the find and the remedy; all faults at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from slabot.policies import PolicyError, UnknownWorkspace, load_workspace, read_policy

Write = Callable[..., Path]

MALFORMED = [
    # what stands there, what is written instead, line:column, words of the message
    ("timezone: Europe/London", "timezone: GMT", "4:11", ["IANA zone", "'GMT'", "Europe/London"]),
    ("timezone: Europe/London", "timezone: AEST", "4:11", ["Australia/Sydney", "Australia/Brisbane"]),
    ("timezone: Europe/London", "timezone: EST", "4:11", ["America/New_York", "?"]),
    ("timezone: Europe/London", "timezone: Atlantic Standard Time", "4:11", ["America/Halifax"]),
    ("timezone: Europe/London", "timezone: europe/london", "4:11", ["Is Europe/London meant"]),
    ("zone_words: London", "zone_words:", "5:1", ["text", "nothing"]),
    (
        "zone_words: London",
        "zone_word: London",
        "5:1",
        ["unknown key 'zone_word'", "Did you mean `zone_words`"],
    ),
    (
        "zone_words: London",
        "zone_words: London\nsupported_browsers: [Chrome 110, Netscape]",
        "6:34",
        ["a browser", "'Netscape'", "Firefox"],
    ),
    ("{prefix: SM-}", "{prefix: sm}", "6:18", ["capital letters"]),
    ("support_calendar: desk", "support_calendar: dsk", "7:19", ["calendar", "'dsk'", "Did you mean `desk`"]),
    ("Mon–Fri 09:00–17:00", "Mon–Fri 09:00–25:00", "10:12", ["00:00 to 24:00", "'25:00'"]),
    ("Mon–Fri 09:00–17:00", "Mon–Fri 17:00", "10:12", ["two times"]),
    ("Mon–Fri 09:00–17:00", "Mon–Fri 9–17", "10:12", ["days and times"]),
    ("Mon–Fri 09:00–17:00", "Mon–Fri 09:00–13:00, 12:00–17:00", "10:12", ["overlap"]),
    ("Mon–Fri 09:00–17:00", "Mon–Fri 09:00–17:00; Fri 09:00–12:00", "10:12", ["Fri twice"]),
    ("Mon–Fri 09:00–17:00", "", "10:5", ["weekly hours"]),
    ("{country: GB, subdivisions: [ENG]}", "{country: XX}", "11:25", ["known holidays", "'XX'"]),
    ("{country: GB, subdivisions: [ENG]}", "{country: GB, subdivisions: [LON]}", "11:44", ["ENG"]),
    ("{country: GB, subdivisions: [ENG]}", "{country: GB, categories: [bank]}", "11:42", ["public"]),
    ("{country: GB, subdivisions: [ENG]}", "{country: GB, remove: [Foo Day]}", "11:38", ["Christmas Day"]),
    ("{country: GB, subdivisions: [ENG]}", "{country: GB, match: some}", "11:36", ["any or all"]),
    ("{country: GB, subdivisions: [ENG]}", "{country: GB, add: {02-30: X}}", "11:34", ["a day"]),
    ("live_chat: {}", "live_chat: {calendar: chat}", "12:23", ["calendar of this policy", "desk"]),
    ("email: help@example.org", "email: '[email protected]'", "16:35", ["mail address", "unset_wording"]),
    ("email: help@example.org", "e-mail: help@example.org", "16:28", ["Did you mean `email`"]),
    ("impacts: [critical, major]", "impacts: [critical]", "17:1", ["major", "impacts"]),
    ("impacts: [minor, low]", "impacts: [minor, low, major]", "28:27", ["one severity", "'major' again"]),
    ("first_response: 2 business hours", "first_response: 2", "23:21", ["unit"]),
    ("first_response: 2 business hours", "first_response: 3 days", "23:21", ["3 business days", "72 hours"]),
    ("first_response: 2 business hours", "first_response: soon", "23:21", ["a duration"]),
    ("first_response: 2 business hours", "first_response: 0 hours", "23:21", ["above zero"]),
    ("first_response: 2 business hours", "first_response: [2]", "23:21", ["keys and values"]),
    (
        "first_response: 2 business hours",
        "first_response: {within: 2 hours, pausable: yes}",
        "23:49",
        ["true or false", "'yes'"],
    ),
    ("first_response: 2 business hours", "first_response: {}", "23:21", ["`within` or `text`"]),
    ("first_response: 2 business hours", "first_repsonse: 2 business hours", "23:5", ["`first_response`"]),
    ("resolution: 1–3 business days", "resolution: 3–1 business days", "24:17", ["from less to more", "1–3"]),
    ("resolution: 1–3 business days", "resolution: 1.5 business days", "24:17", ["whole business days"]),
    ("source: 4", "source: four", "29:13", ["line"]),
    ("  low:\n    name: Low", "  HIGH:\n    name: Low", "25:3", ["no level has yet", "severities.high"]),
    (
        "escalation: {words",
        "escalation: {contact: ceo, words",
        "32:23",
        ["contact of this policy", "support"],
    ),
    ("escalation: {words", "escalation: {text", "32:1", ["the key 'words' in escalation"]),
    ("name: Small\n", "name: Small\nname: Smaller\n", "3:1", ["each key once", "line 2"]),
    ("name: Small\n", "name: true\n", "2:7", ["text", "true"]),
    ("workspace: small", "workspace: other", "1:12", ["'small'", "'other'"]),
]


@pytest.mark.parametrize(("old", "new", "place", "words"), MALFORMED)
def test_a_fault_is_told_with_its_place_and_its_remedy(
    write: Write, old: str, new: str, place: str, words: list[str]
) -> None:
    path = write({old: new})
    with pytest.raises(PolicyError) as refused:
        load_workspace(path.parent, "small")
    told = [str(problem) for problem in refused.value.problems]
    at_place = [line for line in told if line.startswith(f"{path}:{place}: expected ")]
    assert at_place, told
    for word in words:
        assert word in at_place[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [1\n", "2:1"),
        ("\ta: 1\n", "1:1"),
        ("a: b: c\n", "1:5"),
        ("", "1:1"),
        ("- a\n", "1:1"),
        ("word\n", "1:1"),
        ("a: 1\nb: \x00\n", "2:4"),
        ("a: 1\n--- \nb: 2\n", "2:1"),
    ],
)
def test_a_file_that_is_no_yaml_is_told_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text)
    with pytest.raises(PolicyError) as refused:
        read_policy(path)
    assert str(refused.value).startswith(f"{path}:{place}: expected ")


def test_a_file_in_another_encoding_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"workspace: x\nname: Caf\xe9\n")
    with pytest.raises(PolicyError, match=r"x\.yaml:2:10: expected text in UTF-8; found the byte 0xe9"):
        read_policy(path)


def test_a_reference_is_refused_because_each_line_must_read_on_its_own(write: Write) -> None:
    path = write({"name: High": "name: &n High", "name: Low": "name: *n"})
    with pytest.raises(PolicyError) as refused:
        read_policy(path)
    assert str(refused.value).startswith(f"{path}:26:5: expected a value; found a reference (*).")
    assert len(refused.value.problems) == 1


def test_all_faults_come_at_once_in_the_order_of_the_file(write: Write) -> None:
    path = write(
        {
            "timezone: Europe/London": "timezone: GMT",
            "support_calendar: desk": "support_calendar: dsk",
            "Mon–Fri 09:00–17:00": "closed",
            "queues:\n  support:": "queues:\n  other:",
            "first_response: 2 business hours": "first_response: 3 days",
            "resolution: 1–3 business days": "resolution: {within: 1 business day, calendar: night}",
            "impacts: [minor, low]": "impacts: [minor]",
        }
    )
    with pytest.raises(PolicyError) as refused:
        read_policy(path)
    lines = [problem.line for problem in refused.value.problems]
    assert lines == sorted(lines)
    assert lines == [4, 7, 10, 17, 20, 23, 24, 27]


def test_a_calendar_that_never_opens_is_refused_beside_other_faults(write: Write) -> None:
    closure = "exceptions: [{first: 1990-01-01, last: 2190-01-01, name: Gone}]"
    path = write(
        {
            "holidays: {country: GB, subdivisions: [ENG]}": closure,
            "first_response: 1 business day": "first_response: 1 day",
        }
    )
    with pytest.raises(PolicyError) as refused:
        read_policy(path)
    told = str(refused.value)
    assert f"{path}:9:3: expected a calendar that opens" in told
    assert f"{path}:30:21: expected business days or hours" in told


def test_an_unknown_workspace_names_those_there_are(write: Write) -> None:
    directory = write().parent
    with pytest.raises(UnknownWorkspace, match=r"no workspace 'smal'.*Choose one of: small\."):
        load_workspace(directory, "smal")


def test_a_workspace_cannot_lead_out_of_its_directory(write: Write) -> None:
    directory = write().parent
    (directory / "inner").mkdir()
    with pytest.raises(UnknownWorkspace):
        load_workspace(directory / "inner", "../small")


@pytest.mark.parametrize("absurd", ["[" * 5000, "[" * 5000 + "]" * 5000, "{a: " * 5000, "- " * 5000])
def test_absurd_nesting_is_refused_within_a_second(tmp_path: Path, absurd: str) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(f"workspace: small\nname: {absurd}\n", "utf-8")
    began = process_time()
    with pytest.raises(PolicyError, match=r"small\.yaml:\d+:\d+: expected"):
        read_policy(path)
    assert process_time() - began < 1


def test_brackets_are_counted_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text("workspace: small\nname: " + "[" * 65, "utf-8")
    with pytest.raises(PolicyError, match=r"small\.yaml:2:71: expected brackets at most 64 deep"):
        read_policy(path)


def test_the_small_policy_itself_is_sound(write: Write) -> None:
    assert load_workspace(write().parent, "small").policy.name == "Small"
