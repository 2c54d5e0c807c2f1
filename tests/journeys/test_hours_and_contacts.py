"""Hours and contacts in each workspace: computed from its policy at that very instant, in the visitor's zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.house import Server, Start
from tests.journeys.test_main_job import bot_words, welcome

WORKSPACES = ("human-esources", "element-human", "prosper-ex", "velsoft")

INSTANTS = (
    # Monday 10:00 in New York, 14:00 in London, 11:00 in Halifax, one in the morning of Tuesday in Sydney.
    (datetime(2026, 3, 9, 14, 0, tzinfo=UTC), (True, True, False, True)),
    # Monday 18:30 in New York, 22:30 in London, 19:30 in Halifax, 09:30 of Tuesday in Sydney.
    (datetime(2026, 3, 9, 22, 30, tzinfo=UTC), (True, False, True, False)),
    # A Saturday: nobody anywhere.
    (datetime(2026, 3, 14, 15, 0, tzinfo=UTC), (False, False, False, False)),
    # Good Friday: a holiday in England, Nova Scotia and all of Australia, none of the United States.
    (datetime(2026, 4, 3, 14, 0, tzinfo=UTC), (True, False, False, False)),
    # Independence Day of 2026 is a Saturday and observed on Friday 3 July.
    (datetime(2026, 7, 3, 14, 0, tzinfo=UTC), (False, True, False, True)),
)

OPENS_AT = {"human-esources": "9", "element-human": "9", "prosper-ex": "9", "velsoft": "8"}
ZONE_WORDS = {
    "human-esources": "Eastern",
    "element-human": "GMT",
    "prosper-ex": "Australian Eastern",
    "velsoft": "Atlantic",
}
REACHED_BY = {
    "human-esources": "chat",
    "element-human": "support@elementhuman.com",
    "prosper-ex": "1300 529 909",
    "velsoft": "velsoft.com",
}


@pytest.fixture
async def travelling(start: Start, tmp_path: object) -> Server:
    """A server whose clock goes from instant to instant."""
    return await start(f"sqlite:///{tmp_path}/slabot.db", only=None)


async def test_open_now_is_computed_at_that_instant_in_every_workspace(travelling: Server) -> None:
    for at, expected in INSTANTS:
        await travelling.moves_to(at)
        for workspace, is_open in zip(WORKSPACES, expected, strict=True):
            shown = await welcome(travelling, workspace)
            assert shown["hours"]["open"] is is_open, (workspace, at)
            vera = await travelling.vera(workspace)
            answer = await vera.says("are you open now?")
            [said] = [event for event in answer["events"] if event["kind"] == "bot_wrote"]
            assert said["action"] == "hours", (workspace, at, said)
            assert ZONE_WORDS[workspace] in said["text"], (workspace, said["text"])
            opens = said["text"].lower()
            assert ("open now" in opens or "yes" in opens) is is_open, (workspace, at, said["text"])


async def test_contacts_are_those_of_the_policy_in_every_workspace(travelling: Server) -> None:
    for at, _ in INSTANTS[:2]:
        await travelling.moves_to(at)
        for workspace in WORKSPACES:
            vera = await travelling.vera(workspace)
            answer = await vera.says("who do I call?")
            said = next(event for event in answer["events"] if event["kind"] == "bot_wrote")
            assert said["action"] == "contacts", (workspace, said)
            assert REACHED_BY[workspace].lower() in bot_words(answer).lower(), (workspace, said["text"])
            assert "[email" not in said["text"]


async def test_the_next_opening_is_shown_in_the_visitors_own_time(travelling: Server) -> None:
    await travelling.moves_to(datetime(2026, 3, 14, 15, 0, tzinfo=UTC))
    shown = await welcome(travelling, "human-esources", zone="Europe/Berlin")
    # Monday 9:00 in New York, a week after its clocks changed and before Berlin's do.
    assert shown["hours"]["next_change"] == "2026-03-16T13:00:00Z"
    assert "14:00" in shown["hours"]["line"]
