"""Several visitors who report the same within ten minutes are one incident, told to each and shown at the desk."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from slabot.domain.timeline import Event, Kind
from slabot.services.reception import Guest
from tests.services.watched import MONDAY, House, JumpingClock, house, vera

DOWN = "nobody here can log in, the whole site is down"


async def _tells(running: House, guest: Guest, words: str) -> tuple[str, str]:
    """The conversation's id and what the bot said."""
    taken = await running.reception.say(guest, None, f"client-{guest.visitor}", words)
    said = [event.text for event in taken.events if event.kind is Kind.BOT_WROTE]
    return taken.conversation.id, "\n".join(said)


async def _shared(running: House, id: str) -> list[Event]:
    return [e for e in await running.store.timelines.events(id) if e.kind is Kind.OTHERS_REPORTED]


async def test_the_same_report_of_two_visitors_is_one_incident_in_both_talks(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        first, alone = await _tells(running, vera("one"), DOWN)
        second, together = await _tells(running, vera("two"), "the platform is down for our entire campus")
        assert "Others have reported" not in alone
        assert "Others have reported the same within the last ten minutes." in together
        [earlier], [later] = await _shared(running, first), await _shared(running, second)
        assert (earlier.data["conversations"], earlier.data["visitors"]) == ([second], 2)
        assert (later.data["conversations"], later.data["visitors"]) == ([first], 2)


async def test_a_third_visitor_is_counted_in_every_talk(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        ids = [(await _tells(running, vera(name), DOWN))[0] for name in ("one", "two", "three")]
        assert [(await _shared(running, id))[-1].data["visitors"] for id in ids] == [3, 3, 3]


async def test_another_trouble_or_a_visitor_who_repeats_makes_no_common_incident(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        first, _ = await _tells(running, vera("one"), DOWN)
        _, other = await _tells(running, vera("two"), "the grade upload fails for my section")
        assert "Others have reported" not in other
        repeated = await running.reception.say(vera("one"), first, "client-again", DOWN)
        assert not [event for event in repeated.events if event.kind is Kind.OTHERS_REPORTED]


async def test_what_was_told_more_than_ten_minutes_ago_is_another_incident(
    store_url: str, tmp_path: Path
) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        await _tells(running, vera("one"), DOWN)
        clock.at += timedelta(minutes=11)
        _, later = await _tells(running, vera("two"), DOWN)
        assert "Others have reported" not in later
        clock.at += timedelta(minutes=5)
        _, soon = await _tells(running, vera("three"), DOWN)
        assert "Others have reported" in soon


async def test_a_question_asks_nobody_what_others_tell(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        await _tells(running, vera("one"), DOWN)
        _, answered = await _tells(running, vera("two"), "are you open now?")
        assert "Others have reported" not in answered


async def test_the_list_says_how_many_visitors_report_it(store_url: str, tmp_path: Path) -> None:
    clock = JumpingClock(MONDAY)
    async with house(store_url, tmp_path, clock) as running:
        ids = [(await _tells(running, vera(name), DOWN))[0] for name in ("one", "two", "three")]
        other, _ = await _tells(running, vera("four"), "are you open now?")
        rows = {
            row.conversation: row for row in await running.store.timelines.inbox(vera("one").workspace, 10)
        }
        assert [rows[id].reported_by for id in ids] == [3, 3, 3]
        assert rows[other].reported_by == 1
