"""Each side sees what the other has read."""

from __future__ import annotations

from tests.house import Server


async def test_a_visitor_sees_that_the_person_who_has_the_talk_has_read_it(server: Server) -> None:
    vera, stranger = await server.vera(), await server.vera()
    aidan, lena = await server.desk(), await server.desk("lena")
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    await lena.does("open", conversation=talk)
    await aidan.takes_over(talk)
    said = await vera.says("it is Biology 101")
    await aidan.does("open", conversation=talk)
    heard = await vera.heard.until(lambda facts: any(fact["fact"] == "seen" for fact in facts))
    seen = [fact for fact in heard if fact["fact"] == "seen"]
    # Lena only looked in; she does not have the talk.
    assert [(fact["conversation"], fact["seq"]) for fact in seen] == [(talk, said["head"])]
    # Proof that the stranger could have heard something: what is theirs arrives.
    own = (await stranger.says("nobody can log in here either"))["conversation"]
    await aidan.replies(own, "for the stranger")
    await stranger.hears(lambda event: event.get("text") == "for the stranger")
    assert talk not in str(stranger.heard.facts)


async def test_a_desk_sees_what_the_visitor_has_read(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    await vera.does("seen", seq=3)
    heard = await aidan.heard.until(lambda facts: any(fact["fact"] == "seen" for fact in facts))
    assert [fact["seq"] for fact in heard if fact["fact"] == "seen" and fact["conversation"] == talk] == [3]


async def test_a_desk_that_comes_later_learns_how_far_the_visitor_has_read(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    assert (await aidan.does("open", conversation=talk))["read"] == 0
    await vera.does("seen", seq=4)
    await vera.does("seen", seq=2)
    opened = await aidan.does("open", conversation=talk)
    assert opened["read"] == 4, "what was read stays read"
    await vera.does("seen", seq=9_999)
    opened = await aidan.does("open", conversation=talk)
    assert opened["read"] == opened["head"], "nobody has read what was not said"
