"""Newer tables move no promise; what they would have moved is said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from slabot.domain.support import Support
from slabot.domain.target import Metric
from slabot.policies.in_force import PoliciesInForce
from slabot.services.impact import Moved, impact
from slabot.services.supports import Supports
from tests.services.watched import MONDAY, JumpingClock, aidan, house, opens_a_ticket, vera

HES = "human-esources"


class NewerTables(PoliciesInForce):
    """As if a later release of the holidays had the Monday on which the ticket was opened."""

    def rebuild(self, workspace: str, source: str, calendars: Mapping[str, Mapping[str, Any]]) -> Support:
        if not calendars:
            source = source.replace(
                "      country: US\n", "      country: US\n      add: {2026-03-09: New Day}\n"
            )
            assert "New Day" in source
        return super().rebuild(workspace, source, calendars)


async def test_a_promise_that_newer_tables_would_move_is_told_and_stays(
    store_url: str, tmp_path: Path
) -> None:
    async with house(store_url, tmp_path, JumpingClock(MONDAY)) as running:
        conversation = await opens_a_ticket(running)
        before = await running.store.timelines.clocks_of(conversation)
        same = Supports(PoliciesInForce(tmp_path / "seeds", MONDAY.date()), running.store.policies)
        newer = Supports(NewerTables(tmp_path / "seeds", MONDAY.date()), running.store.policies)

        unmoved = await impact(running.store.timelines, same, [HES])
        assert (unmoved.tickets, unmoved.moved, unmoved.unread) == (1, (), ())
        found = await impact(running.store.timelines, newer, [HES])
        # Four open hours from Tuesday's opening instead of from Monday 10:00.
        tuesday = datetime(2026, 3, 10, 17, tzinfo=UTC)
        due = MONDAY + timedelta(hours=4)
        assert found.moved == (Moved("HES-1", Metric.FIRST_RESPONSE, due, tuesday, (date(2026, 3, 9),)),)
        assert await running.store.timelines.clocks_of(conversation) == before
        assert (await impact(running.store.timelines, newer, [HES])).moved == found.moved


async def test_what_is_met_or_resolved_is_no_open_promise(store_url: str, tmp_path: Path) -> None:
    async with house(store_url, tmp_path, JumpingClock(MONDAY)) as running:
        conversation = await opens_a_ticket(running)
        newer = Supports(NewerTables(tmp_path / "seeds", MONDAY.date()), running.store.policies)
        await running.desk.claim(aidan(), conversation, "claim-1")
        await running.desk.reply(aidan(), conversation, "reply-01", "I am on it.", seen=99)
        found = await impact(running.store.timelines, newer, [HES])
        assert (found.tickets, found.moved) == (1, ())
        await running.desk.resolve(aidan(), conversation, "solve-01", "fixed")
        assert (await impact(running.store.timelines, newer, [HES])).tickets == 0


async def test_the_archive_knows_its_versions_and_who_holds_on_to_them(
    store_url: str, tmp_path: Path
) -> None:
    async with house(store_url, tmp_path, JumpingClock(MONDAY)) as running:
        supports = Supports(PoliciesInForce(tmp_path / "seeds", MONDAY.date()), running.store.policies)
        assert await supports.bound(HES) == ()
        conversation = await opens_a_ticket(running)
        await opens_a_ticket(running, vera("second"))
        (kept,) = await supports.versions(HES)
        assert kept.version == supports.current(HES).policy.version
        assert "workspace: human-esources" in await supports.source_of(kept)
        bound = await supports.bound(HES)
        assert (bound[0], len(bound)) == (conversation, 2)
        assert await supports.bound("velsoft") == ()
