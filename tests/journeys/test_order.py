"""Order and exactly once: what was said stays in its order, a repetition shows once, and of two who claim one wins."""

from __future__ import annotations

import asyncio

from tests.cast import PATIENCE, Agent, Fact, Visitor, own
from tests.house import Server, Start

ROUNDS = 50
CLAIMS = 200


async def timeline(server: Server, conversation: str) -> list[Fact]:
    events = await server.running.house.timelines.events(conversation)
    return [
        {"seq": event.seq, "kind": event.kind.value, "text": event.text, "who": event.actor.id}
        for event in events
    ]


async def said(server: Server, conversation: str) -> list[str]:
    happened = await timeline(server, conversation)
    return [event["text"] for event in happened if event["kind"] == "visitor_wrote"]


async def test_quick_messages_keep_their_order_and_each_is_answered(server: Server) -> None:
    vera = await server.vera()
    answers: asyncio.Queue[Fact] = asyncio.Queue()
    texts = [f"question number {number}" for number in range(12)]
    for text in texts:
        await vera.socket.emit(
            "say",
            {"client_id": vera.client_id(), "text": text},
            namespace="/visitor",
            callback=answers.put_nowait,
        )
    got = [await asyncio.wait_for(answers.get(), PATIENCE) for _ in texts]
    assert [answer["ok"] for answer in got] == [True] * len(texts)
    assert [own(answer)["text"] for answer in got] == texts
    assert {answer["conversation"] for answer in got} == {got[0]["conversation"]}
    assert await said(server, got[0]["conversation"]) == texts


async def test_two_quick_messages_keep_their_order_on_long_polling_as_well(house: Server) -> None:
    vera = Visitor(house.url)
    await vera.connect({"workspace": "human-esources"}, transports=["polling"])
    house.stack.push_async_callback(vera.leaves)
    answers: asyncio.Queue[Fact] = asyncio.Queue()
    for text in ("first", "second"):
        fields = {"client_id": vera.client_id(), "text": text}
        await vera.socket.emit("say", fields, namespace="/visitor", callback=answers.put_nowait)
    got = [await asyncio.wait_for(answers.get(), PATIENCE) for _ in range(2)]
    assert await said(house, got[0]["conversation"]) == ["first", "second"]


async def test_a_repeated_client_id_shows_once_and_gets_the_first_answer(server: Server) -> None:
    vera = await server.vera()
    await vera.says("hello there")
    first = await vera.says("are you open now?", client_id="said-just-once")
    await vera.says("and tomorrow?")
    again = await vera.says("are you open now?", client_id="said-just-once")
    assert [again[key] for key in ("conversation", "seq", "head")] == [
        first[key] for key in ("conversation", "seq", "head")
    ]
    assert own(again) == own(first)
    assert (await said(server, first["conversation"])).count("are you open now?") == 1


async def test_the_message_that_starts_a_conversation_starts_it_once(server: Server) -> None:
    vera = await server.vera()
    first = await vera.says("hello there", client_id="the-very-first-one")
    # A widget that never heard the answer knows no conversation and says it again over a new connection.
    other = await server.vera(token=vera.token)
    again = await other.asks("say", client_id="the-very-first-one", text="hello there", new=True)
    assert again["conversation"] == first["conversation"]
    rows = await server.running.house.timelines.conversations_of(
        "human-esources", (await other.does("hello"))["visitor"], 10
    )
    assert len(rows) == 1


async def test_a_repetition_sent_at_the_same_time_shows_once(server: Server) -> None:
    vera = await server.vera()
    tab = await server.vera(token=vera.token)
    for number in range(10):
        fields = {"client_id": f"at-the-same-time-{number}", "text": f"hello {number}", "new": True}
        one, other = await asyncio.gather(vera.asks("say", **fields), tab.asks("say", **fields))
        assert one["ok"]
        assert other["ok"]
        assert one["conversation"] == other["conversation"]


async def test_a_repetition_of_an_older_message_does_not_lead_back_to_its_conversation(house: Server) -> None:
    vera = await house.vera()
    old = await vera.says("hello there", client_id="of-the-old-conversation")
    new = await vera.says("something else", new=True)
    assert new["conversation"] != old["conversation"]
    await vera.says("hello there", client_id="of-the-old-conversation")
    assert (await vera.says("go on"))["conversation"] == new["conversation"]


async def test_another_text_under_the_same_client_id_is_refused(server: Server) -> None:
    vera = await server.vera()
    first = await vera.says("hello there", client_id="used-already-1")
    refused = await vera.asks("say", client_id="used-already-1", text="something else")
    assert refused["error"]["code"] == "reused_client_id"
    assert await said(server, first["conversation"]) == ["hello there"]


async def test_client_ids_of_two_visitors_do_not_meet(house: Server) -> None:
    vera, other = await house.vera(), await house.vera()
    one = await vera.says("hello there", client_id="the-same-for-both")
    two = await other.says("hello there", client_id="the-same-for-both")
    assert one["conversation"] != two["conversation"]


async def test_every_verb_of_an_agent_is_carried_out_once_however_often_it_is_sent(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    verbs: list[tuple[str, Fact]] = [
        ("claim", {}),
        ("note", {"text": "known since this morning"}),
        ("reply", {"text": "I am on it", "seen_seq": 99}),
        ("wait", {"reason": "needs a screenshot"}),
        ("wait_ended", {}),
        ("change_severity", {"level": "normal", "reason": "only one course"}),
        ("release", {}),
        ("claim", {}),
        ("resolve", {"code": "fixed"}),
    ]
    for place, (verb, fields) in enumerate(verbs):
        asked = {"conversation": talk, "client_id": f"{verb}-once-{place}-{talk[:6]}", **fields}
        first = await aidan.does(verb, **asked)
        if verb != "wait":  # The visitor's words would end it.
            await vera.says(f"meanwhile {place}")
        length = len(await timeline(server, talk))
        assert await aidan.asks(verb, **asked) == first, verb
        assert len(await timeline(server, talk)) == length, verb


async def test_another_reply_under_the_same_client_id_is_refused(house: Server) -> None:
    vera, aidan = await house.vera(), await house.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    asked = {"conversation": talk, "client_id": "an-agents-own-id", "seen_seq": 99}
    await aidan.does("reply", text="I am on it", **asked)
    refused = await aidan.asks("reply", text="I am not", **asked)
    assert refused["error"]["code"] == "reused_client_id"


async def test_no_reply_of_the_bot_decided_before_a_claim_lands_after_it(server: Server) -> None:
    vera, aidan = await server.vera(), await server.desk()
    talk = (await vera.says("hello there"))["conversation"]
    for number in range(ROUNDS):
        both = [vera.says(f"are you open now? {number}"), aidan.takes_over(talk)]
        await asyncio.gather(*(both if number % 2 else reversed(both)))
        assert (await aidan.acts("release", talk))["ok"]
    is_held, claims = False, 0
    for event in await timeline(server, talk):
        assert not (is_held and event["kind"] == "bot_wrote"), event
        claims += event["kind"] == "claimed"
        is_held = {"claimed": True, "released": False}.get(event["kind"], is_held)
    assert claims == ROUNDS


async def test_of_two_agents_who_claim_at_once_exactly_one_holds(server: Server) -> None:
    vera = await server.vera()
    agents: list[Agent] = [await server.desk("aidan"), await server.desk("lena")]
    talk = (await vera.says("hello there"))["conversation"]
    for number in range(CLAIMS):
        claims = [agent.acts("claim", talk) for agent in agents]
        answers = await asyncio.gather(*(claims if number % 2 else reversed(claims)))
        answers = answers if number % 2 else answers[::-1]
        assert sorted(answer["ok"] for answer in answers) == [False, True], answers
        [lost] = [answer for answer in answers if not answer["ok"]]
        assert lost["error"]["code"] == "held"
        winner = agents[[answer["ok"] for answer in answers].index(True)]
        holder = (await winner.does("open", conversation=talk))["row"]["holder"]
        assert lost["error"]["fields"]["holder"] == holder
        assert (await winner.acts("release", talk))["ok"]


async def test_two_servers_over_one_database_keep_one_order(start: Start, store_url: str) -> None:
    one, two = await start(store_url), await start(store_url)
    vera = await one.vera()
    talk = (await vera.says("hello there"))["conversation"]
    tab = await two.vera(token=vera.token)
    aidan = await two.desk()
    for number in range(8):
        await asyncio.gather(
            vera.says(f"from the first {number}"),
            tab.says(f"from the second {number}"),
            aidan.takes_over(talk),
        )
        assert (await aidan.acts("release", talk))["ok"]
    events = await timeline(one, talk)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    is_held = False
    for event in events:
        assert not (is_held and event["kind"] == "bot_wrote"), event
        is_held = {"claimed": True, "released": False}.get(event["kind"], is_held)
    assert len(await said(one, talk)) == 17


async def test_an_agent_holds_no_more_than_they_may(server: Server) -> None:
    busy = await server.desk("busy")
    known = await server.running.store.agents.by_id("busy")
    assert known is not None
    talks = [
        (await (await server.vera()).says("hello there"))["conversation"] for _ in range(known.capacity + 1)
    ]
    answers = await asyncio.gather(*(busy.acts("claim", talk) for talk in talks))
    assert [answer["ok"] for answer in answers].count(True) == known.capacity
    [refused] = [answer for answer in answers if not answer["ok"]]
    assert refused["error"]["code"] == "at_capacity"


async def test_a_visitor_who_says_it_is_solved_frees_the_agents_hands(server: Server) -> None:
    free = await server.desk("free")
    known = await server.running.store.agents.by_id("free")
    assert known is not None
    for _ in range(known.capacity + 1):
        vera = await server.vera()
        talk = (await vera.says("nobody in my course can log in"))["conversation"]
        assert (await free.acts("claim", talk))["ok"]
        await vera.says("it is solved, thank you")
        assert (await free.does("open", conversation=talk))["row"]["status"] == "resolved"
