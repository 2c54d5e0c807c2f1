"""Search at the desk: whatever was said and whatever it is about, of the agent's workspaces, and nothing that was erased."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from slabot.services.audit import audit
from tests.cast import Agent, Fact
from tests.house import Server


async def found(agent: Agent, words: str) -> dict[str, Fact]:
    """The hits by conversation."""
    answer = await agent.does("find", words=words)
    return {one["row"]["conversation"]: one["hit"] for one in answer["found"]}


async def a_ticket(server: Server, words: str) -> tuple[str, str]:
    vera = await server.vera()
    talk = (await vera.says(f"nobody in my course can log in, {words}"))["conversation"]
    return talk, (await vera.does("hello"))["tickets"][0]["number"]


async def test_a_conversation_is_found_by_everything_that_was_said_in_it(server: Server) -> None:
    aidan = await server.desk()
    talk, number = await a_ticket(server, "since the Quetzalcoatl update, write to quill@quetzal.example")
    await aidan.does("claim", conversation=talk, client_id=aidan.client_id())
    await aidan.replies(talk, "We restarted the Xochimilco server.")
    await aidan.acts("note", talk, text="the Popocatepetl cluster again")
    await aidan.acts("tag", talk, add=["Teotihuacan"])
    for words in (
        "quetzalcoatl",
        "QUETZALC",
        "xochimilco",
        "popocatepetl",
        "teotihuacan",
        "quill@quetzal",
        number,
        f"{number} high",
        "quetzalcoatl popocatepetl",
        "restarted update cluster",
    ):
        assert talk in await found(aidan, words), words
    for words in ("quetzalcoatl iztaccihuatl", "etzalcoatl", f"{number}999", "x", "…"):
        assert talk not in await found(aidan, words), words
    hit = (await found(aidan, "xochi"))[talk]
    assert hit["role"] == "agent"
    [(start, end)] = hit["marks"]
    assert hit["text"][start:end] == "Xochimilco"
    assert (await found(aidan, "popoc"))[talk]["role"] == "note"


async def test_an_answer_is_found_by_the_article_it_shows(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    said = await vera.says("how long does the LMS integration take? Tlahuizcalpan")
    slug = next(event["article"] for event in said["events"] if event.get("article"))
    hit = await found(aidan, f"{slug} tlahuiz")
    assert said["conversation"] in hit
    assert any(one["article"] == slug for one in (await found(aidan, slug)).values())


async def test_an_agent_finds_only_in_their_own_workspaces(server: Server) -> None:
    talk, _ = await a_ticket(server, "Huitzilopochtli")
    aidan, stranger = await server.desk(), await server.desk("velma", ("velsoft",))
    assert list(await found(aidan, "huitzilopochtli")) == [talk]
    assert await found(stranger, "huitzilopochtli") == {}


async def test_the_newest_are_found_first_and_a_long_list_says_that_there_is_more(server: Server) -> None:
    aidan = await server.desk()
    talks = [
        (await (await server.vera()).says(f"Nezahualcoyotl number {n}"))["conversation"] for n in range(52)
    ]
    answer = await aidan.does("find", words="nezahualcoyotl")
    assert [one["row"]["conversation"] for one in answer["found"]] == talks[:1:-1]
    assert answer["more"]
    assert not (await aidan.does("find", words="nezahualcoyotl 51"))["more"]


async def test_what_was_erased_is_found_no_more_and_is_in_no_index(server: Server) -> None:
    aidan, vera = await server.desk(), await server.vera()
    talk = (await vera.says("nobody in my course can log in, Mictlantecuhtli"))["conversation"]
    number = (await vera.does("hello"))["tickets"][0]["number"]
    assert talk in await found(aidan, "mictlantecuhtli")
    await vera.does("erase")
    assert await found(aidan, "mictlantecuhtli") == {}
    kept = await server.running.store.reader.run(
        lambda connection: connection.execute(
            text("SELECT words FROM findable WHERE conversation = :talk"), {"talk": talk}
        ).all()
    )
    assert "mictlantecuhtli" not in str(kept)
    assert talk in await found(aidan, number), "the ticket is the organisation's own"
    report = await audit(number, server.running.store.timelines, server.running.house.supports)
    assert report.findings == ()


async def test_the_audit_tells_a_search_that_does_not_say_what_was_said(server: Server) -> None:
    talk, number = await a_ticket(server, "Tezcatlipoca")
    store, supports = server.running.store, server.running.house.supports
    assert (await audit(number, store.timelines, supports)).findings == ()
    changed = text(
        "UPDATE findable SET words = '=human-esources nothing' WHERE conversation = :talk AND seq > 0"
    )
    await store.writer.execute(lambda connection: connection.execute(changed, {"talk": talk}).rowcount)
    assert [finding.place[:6] for finding in (await audit(number, store.timelines, supports)).findings] == [
        "search"
    ]
    assert await found(await server.desk(), "tezcatlipoca") == {}


async def test_words_said_at_the_same_time_are_found_as_soon_as_they_were_acknowledged(
    server: Server,
) -> None:
    aidan = await server.desk()
    veras = [await server.vera() for _ in range(5)]
    said = await asyncio.gather(*(vera.says(f"Coatlicue {n}") for n, vera in enumerate(veras)))
    assert set(await found(aidan, "coatlicue")) == {one["conversation"] for one in said}


async def test_a_severity_is_found_by_what_it_is_called_in_each_of_our_languages(server: Server) -> None:
    aidan = await server.desk()
    talk, _ = await a_ticket(server, "since the Tezcatlipoca update")
    other = (await (await server.vera()).says("can I talk to a person about Tezcatlipoca"))["conversation"]
    for name in ("High priority", "hohe Priorität", "prioridad alta", "priorité haute", "hohe prio"):
        assert list(await found(aidan, f"{name} tezcatlip")) == [talk], name
    assert {talk, other} <= set(await found(aidan, "tezcatlip"))
    assert await found(aidan, "hohe tezcatlip") == {}
