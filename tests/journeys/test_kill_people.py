"""`kill -9` while an agent holds a conversation: the next server knows since when nobody has been there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from slabot.services.accounts import Accounts
from slabot.services.clock import SystemClock
from slabot.store.engine import open_store
from tests.cast import agent, visitor
from tests.house import PASSWORD, Start
from tests.journeys.mortal import WORKSPACE, Mortals


async def session_of(name: str, store_url: str) -> str:
    """The token of a new account."""
    async with await open_store(store_url) as store:
        accounts = Accounts(store.agents, store.sessions, SystemClock(), (WORKSPACE,))
        await accounts.add(f"{name}@example.org", name.title(), PASSWORD, id=name)
        token, _ = await accounts.log_in(f"{name}@example.org", PASSWORD)
        return token


def next_monday() -> datetime:
    """15:00 UTC, when the desk in New York is open in winter and in summer."""
    now = datetime.now(UTC)
    return (now + timedelta(days=7 - now.weekday())).replace(hour=15, minute=0, second=0, microsecond=0)


async def test_a_visitor_is_told_after_the_server_and_the_agents_machine_have_both_died(
    start: Start, store_url: str, tmp_path: Path
) -> None:
    token = await session_of("aidan", store_url)
    mortals = await Mortals.ready()
    try:
        pid, url = await mortals.serve(store_url, tmp_path / "data")
        async with agent(url, token) as aidan, visitor(url, WORKSPACE) as vera:
            talk = (await vera.says("nobody in my course can log in"))["conversation"]
            await aidan.takes_over(talk)
            await vera.says("are you there?")
            await mortals.kill(pid)
    finally:
        await mortals.close()
    server = await start(store_url, at=next_monday())
    back = await server.vera(token=vera.token)
    holder = await server.running.house.timelines.inbox_row(talk)
    assert holder is not None
    assert holder.holder == "aidan"
    await server.settles()
    told = await back.hears(lambda event: event["kind"] == "released")
    assert told["who"]["name"] == "Aidan"
    after = await server.running.house.timelines.inbox_row(talk)
    assert after is not None
    assert (after.holder, after.status) == (None, "waiting")
    lena = await server.desk("lena")
    await server.settles()
    await lena.heard.until(lambda facts: any(fact["fact"] == "offered" for fact in facts))
