"""Questions about hours: the week and the zone always, then the day asked about, then now and the next change."""

from __future__ import annotations

import pytest

from tests.dialogues.playing import WORKSPACES, Dialogue

WEEK = {
    "human-esources": ("09:00–19:00", "Eastern"),
    "element-human": ("09:00–18:00", "GMT"),
    "prosper-ex": ("09:00–17:00", "Australian Eastern"),
    "velsoft": ("08:00–16:30", "Halifax"),
}
ASKED = [
    "are you open now?", "what are your opening hours", "opning huors plz", "until when are you there today?",
    "habt ihr gerade offen?", "Wie sind eure Öffnungszeiten?", "¿están abiertos ahora?", "¿cuál es su horario?",
    "êtes-vous ouverts maintenant ?", "quels sont vos horaires ?", "are you open on Canada Day?", "and tomorrow?",
]  # fmt: skip


@pytest.mark.parametrize("name", WORKSPACES)
@pytest.mark.parametrize("text", ASKED)
def test_every_answer_about_hours_states_the_week_and_the_zone(name: str, text: str) -> None:
    talk = Dialogue(name)
    talk.vera("are you open?", text)
    hours, zone = WEEK[name]
    assert talk.action == "hours"
    assert hours in talk.said
    assert zone in talk.said
    if name == "element-human":
        assert "Elliebot" in talk.said
        assert "24" in talk.said


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [
        ("human-esources", "2026-03-06T22:00:00Z", "open now, until Fri 6 Mar, 19:00 Eastern"),
        ("human-esources", "2026-03-07T00:00:00Z", "closed now and opens Mon 9 Mar, 09:00 Eastern"),
        ("human-esources", "2026-05-25T15:00:00Z", "closed now for Memorial Day and opens Tue 26 May, 09:00"),
        ("element-human", "2026-03-27T18:00:00Z", "opens Mon 30 Mar, 09:00 GMT"),
        ("element-human", "2026-04-03T10:00:00Z", "closed now for Good Friday and opens Tue 7 Apr"),
        ("prosper-ex", "2026-04-02T21:00:00Z", "closed now for Good Friday"),
        ("velsoft", "2026-07-01T15:00:00Z", "closed now for Canada Day and opens Thu 2 Jul, 08:00 Halifax"),
    ],
)
def test_now_and_the_next_change_are_computed_at_the_instant(name: str, at: str, expected: str) -> None:
    talk = Dialogue(name, at)
    talk.vera("are you open now?")
    assert expected in talk.said


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("human-esources", "and Memorial Day?", "On Mon 25 May it is closed for Memorial Day"),
        ("human-esources", "are you open on July 3?", "closed for Independence Day (observed)"),
        (
            "human-esources",
            "are you open on the 4th of July?",
            "On Fri 3 Jul it is closed for Independence Day (observed)",
        ),
        ("human-esources", "open on Christmas Eve at 3pm?", "Thu 24 Dec, 15:00 Eastern, it is open"),
        ("human-esources", "are you open tomorrow at 8pm?", "Wed 11 Mar, 20:00 Eastern, it is closed"),
        ("velsoft", "are you open on Boxing Day?", "Boxing Day is Sat 26 Dec, when it is closed anyway"),
        ("velsoft", "are you open on Canada Day?", "On Wed 1 Jul it is closed for Canada Day"),
        ("velsoft", "are you open on Victoria Day?", "Victoria Day (Mon 18 May) is an ordinary day"),
        ("velsoft", "what about Thanksgiving, are you open?", "Mon 12 Oct"),
        ("prosper-ex", "are you open on Boxing Day?", "is observed on Mon 28 Dec"),
        ("prosper-ex", "habt ihr am 25.12. offen?", "Am Fr 25. Dez. ist"),
        ("element-human", "¿abren el 25 de diciembre?", "El vie 25 dic está cerrado"),
        ("element-human", "êtes-vous ouverts samedi ?", "Le sam 14 mars, c'est fermé"),
        ("element-human", "are you open next Friday?", "On Fri 20 Mar it is open 09:00–18:00 GMT"),
    ],
)
def test_the_day_asked_about_is_answered(name: str, text: str, expected: str) -> None:
    talk = Dialogue(name)
    talk.vera("are you open?", text)
    assert expected in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "are you open on Canada Day?",
        "what about Christmas?",
        "open on public holidays?",
        "habt ihr an Neujahr offen?",
    ],
)
def test_a_named_holiday_at_velsoft_gets_the_alternative_arrangements(text: str) -> None:
    talk = Dialogue("velsoft")
    talk.vera("are you open?", text)
    assert "alternative arrangements" in talk.said


def test_times_are_shown_on_both_clocks_where_the_visitors_zone_is_known() -> None:
    talk = Dialogue("velsoft", "2026-03-09T06:00:00Z", zone="Europe/Berlin")
    talk.vera("are you open now?")
    assert "opens Mon 9 Mar, 08:00 Halifax (12:00 your time)" in talk.said


def test_a_day_that_differs_is_said_with_the_visitors_time() -> None:
    talk = Dialogue("prosper-ex", "2026-03-06T22:00:00Z", zone="America/New_York")
    talk.vera("are you open now?")
    assert "Mon 9 Mar, 09:00 Australian Eastern (Sun 8 Mar, 18:00 your time)" in talk.said
