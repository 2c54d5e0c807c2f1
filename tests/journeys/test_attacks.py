"""Whatever a client sends, it is answered or its line is closed, and nobody else notices."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from slabot.web.app import build_app
from slabot.web.limits import Limits
from tests.cast import Visitor, own
from tests.house import Server, Start
from tests.journeys.raw import raw_polling, raw_socket

HANDED = {"aiohttp.request": {}, "x": 1}


@pytest.fixture
async def bystander(house: Server, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Visitor]:
    """Somebody else: still connected afterwards, their next message answered, nothing logged as a failure of ours."""
    vera = await house.vera()
    await vera.says("hello there")
    with caplog.at_level(logging.WARNING):
        yield vera
    assert (await vera.says("are you open now?"))["events"][-1]["kind"] == "bot_wrote"
    assert not vera.gone.is_set()
    failures = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert not failures


@pytest.mark.parametrize("event", ["connect", "disconnect", "connect_error"])
@pytest.mark.parametrize(
    "arguments",
    [[], [{}], ["sid", HANDED, {"workspace": "velsoft"}], [None, None, None], ["transport close"]],
)
async def test_reserved_names_are_no_commands(
    house: Server, bystander: Visitor, event: str, arguments: list[object]
) -> None:
    async with raw_socket(house.url) as client:
        await client.enters()
        answer = await client.asks(json.dumps([event, *arguments]))
        assert answer["error"]["code"] == "unknown_command"
        assert (await client.asks('["hello", {}]'))["ok"]


async def test_a_desk_that_emits_disconnect_is_still_at_its_desk(house: Server, bystander: Visitor) -> None:
    async with raw_socket(house.url, Cookie=f"slabot_session={await house.session()}") as client:
        await client.sends("40/desk,{}")
        await client.until("40/desk")
        for name in ("disconnect", "connect"):
            answer = await client.asks(json.dumps([name, "x", HANDED, {}]), "/desk")
            assert answer["error"]["code"] == "unknown_command"
        assert (await client.asks('["inbox", {}]', "/desk"))["ok"]


@pytest.mark.parametrize(
    "packet",
    [
        '["no_such_command", {}]',
        '["__init__", {}]',
        '["say"]',
        '["say", null]',
        '["say", 7]',
        '["say", "text"]',
        '["say", []]',
        '["say", {}]',
        '["say", {"client_id": "abcdefgh"}]',
        '["say", {"client_id": "short", "text": "hello"}]',
        '["say", {"client_id": "with spaces!", "text": "hello"}]',
        '["say", {"client_id": 12345678, "text": "hello"}]',
        '["say", {"client_id": "abcdefgh", "text": ["hello"]}]',
        '["say", {"client_id": "abcdefgh", "text": ""}]',
        '["say", {"client_id": "abcdefgh", "text": " \\u200b\\u00a0\\u2060 "}]',
        '["say", {"client_id": "abcdefgh", "text": "\\u0000\\u0001"}]',
        '["say", {"client_id": "abcdefgh", "text": "hello", "visitor": "v_somebody"}]',
        '["say", {"client_id": "abcdefgh", "text": "hello", "conversation": {"$ne": null}}]',
        '["say", {"client_id": "abcdefgh", "text": "hello", "conversation": "\' OR 1=1 --"}]',
        '["say", {"client_id": "abcdefgh", "text": "hello", "\\ud800": 1}]',
        '["say", {"client_id": "abcd\\ud800efgh", "text": "hello"}]',
        '["rate", {"client_id": "abcdefgh", "score": 6}]',
        '["rate", {"client_id": "abcdefgh", "score": 4.5}]',
        '["rate", {"client_id": "abcdefgh", "score": true}]',
        '["resume", {"after_seq": -1}]',
        '["resume", {"after_seq": 99999999999999999999999999}]',
        '["seen", {"seq": "NaN"}]',
        '["article", {"slug": "../../etc/passwd"}]',
        '["article", {"slug": "nothing-of-that-name"}]',
        '["\\ud83d\\ud800", {}]',
        "[7, {}]",
        "[null]",
        '[["say"], {}]',
        "[{}]",
        "[]",
        "{}",
        '"say"',
    ],
)
async def test_a_command_that_makes_no_sense_is_answered_with_an_error(
    house: Server, bystander: Visitor, packet: str
) -> None:
    async with raw_socket(house.url) as client:
        await client.enters()
        answer = await client.asks(packet)
        assert answer["ok"] is False
        assert answer["error"]["code"] in ("unknown_command", "invalid", "not_found")
        assert answer["error"]["message"]
        assert (await client.asks('["hello", {}]'))["ok"]


async def test_an_error_names_the_field_and_what_was_expected(house: Server) -> None:
    vera = await house.vera()
    answer = await vera.asks("say", client_id="abcdefgh", txt="hello")
    assert answer["error"]["fields"] == {
        "txt": "Extra inputs are not permitted",
    }


async def test_many_unknown_fields_make_no_large_answer(house: Server, bystander: Visitor) -> None:
    async with raw_socket(house.url) as client:
        await client.enters()
        answer = await client.asks(json.dumps(["hello", {f"field-{number}": 0 for number in range(3_000)}]))
        assert len(json.dumps(answer)) < 5_000
        longest = await client.asks(json.dumps(["hello", {"x" * 50_000: 0}]))
        assert len(json.dumps(longest)) < 5_000


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "4",
        "x",
        "42/visitor,[",
        '42/visitor,1["resume", {"after_seq": 1e400}]',
        '42/visitor,1["resume", {"after_seq": NaN}]',
        '42/visitor,["say", {"client_id": ',
        "42/visitor,1" + "0" * 200 + '["hello"]',
        "42²",
        "45/visitor,",
        '451-/visitor,["say", {"_placeholder": true, "num": 0}]',
        '459999999999-/visitor,["say"]',
        "461-/visitor,1[]",
        '44/visitor,{"message": "no"}',
        "49/visitor,[]",
        '4{"a": 1}',
        "4[[[[]]]]",
        "42/visitor,1" + "[" * 30_000,
        "42/visitor,1" + '["say", ' + '{"a":' * 10_000 + "1" + "}" * 10_000 + "]",
        "42/visitor,1" + '["\\u0041",' + "[" * 20_000 + "]" * 20_000 + "]",
        "0{}",
        "6",
        "7",
        b"\x00\x01\x02",
        b"4",
        b"",
        '42/visitor,1["say", {"text": "' + "x" * 70_000 + '"}]',
    ],
    ids=lambda frame: repr(frame[:24]),
)
async def test_a_broken_frame_ends_its_own_line_only(
    house: Server, bystander: Visitor, frame: str | bytes
) -> None:
    async with raw_socket(house.url) as client:
        await client.enters()
        await client.sends(frame)
        assert await client.is_closed() or (await client.asks('["hello", {}]'))["ok"]


@pytest.mark.parametrize(
    "frame", ['43/visitor,1[]', '43/visitor,77["x"]', "43/desk,1[]", "41/desk,", "3", "3x", "40/nowhere,{}",
              "40/,", '42/desk,1["inbox",{}]', '42["say",{}]', '42/nowhere,1["say",{}]', "5", "2probe", "42", "42/visitor",
              "42/visitor,", '42/visitor,["disconnect"]']
)  # fmt: skip
async def test_a_frame_out_of_place_is_passed_over(house: Server, bystander: Visitor, frame: str) -> None:
    async with raw_socket(house.url) as client:
        await client.enters()
        await client.sends(frame)
        assert (await client.asks('["hello", {}]'))["ok"]


async def test_entering_a_namespace_twice_changes_nobody(house: Server, bystander: Visitor) -> None:
    async with raw_socket(house.url) as client:
        await client.enters()
        before = await client.asks('["hello", {}]')
        await client.sends('40/visitor,{"workspace": "velsoft"}')
        await client.until("44/visitor")
        assert (await client.asks('["hello", {}]'))["visitor"] == before["visitor"]


@pytest.mark.parametrize(
    "auth",
    [
        "",
        "null",
        "[]",
        "7",
        '"human-esources"',
        "{}",
        '{"workspace": 7}',
        '{"workspace": "../velsoft"}',
        '{"workspace": "human-esources", "visitor": "v_somebody"}',
        '{"workspace": "human-esources", "zone": "' + "x" * 65 + '"}',
        r'{"workspace": "human-esources", "token": "a.\ud83d.c"}',
        '{"workspace": "human-esources", "token": ' + "[" * 50 + "]" * 50 + "}",
    ],
)
async def test_a_connection_that_makes_no_sense_is_refused_with_the_reason(
    house: Server, bystander: Visitor, auth: str
) -> None:
    async with raw_socket(house.url) as client:
        await client.sends(f"40/visitor,{auth}")
        refused = json.loads((await client.until("44/visitor,")).removeprefix("44/visitor,"))
        assert refused["data"]["code"] == "invalid"


@pytest.mark.parametrize(
    "auth",
    [
        r'{"workspace": "human-esources", "locale": "\ud83d\u0000"}',
        r'{"workspace": "human-esources", "locale": "xx-not-a-language-at-all"}',
        r'{"workspace": "human-esources", "zone": "../../etc/passwd"}',
        r'{"workspace": "human-esources", "zone": "\u0000"}',
        r'{"workspace": "human-esources", "zone": "/etc/localtime"}',
        r'{"workspace": "human-esources", "zone": "Mars/Olympus"}',
    ],
)
async def test_strange_settings_of_a_browser_are_passed_over(
    house: Server, bystander: Visitor, auth: str
) -> None:
    async with raw_socket(house.url) as client:
        await client.sends(f"40/visitor,{auth}")
        await client.until("40/visitor")
        said = {"client_id": "strange-browser", "text": "are you open now?", "page": "javascript:alert(1)"}
        fields = json.dumps(["say", said])
        assert (await client.asks(fields))["events"][-1]["action"] == "hours"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (r"hal\u0000lo", "hallo"),
        (r"half \ud83d a face", "half \ufffd a face"),
        (r"\ud83d\ude00\ud83d\ude00", "😀😀"),
        (r"\u202eolleh\u202c", "\u202eolleh\u202c"),
        ("مرحبا، لا أستطيع تسجيل الدخول", "مرحبا، لا أستطيع تسجيل الدخول"),
        (r"Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d algo", None),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE timeline; --", "'; DROP TABLE timeline; --"),
        (r"line one\r\nline two\ttab", "line one\nline two\ttab"),
        ("x" * 8_000, "x" * 8_000),
        ("😀" * 8_000, "😀" * 8_000),
        ("{{7*7}} %s {0} ${x}", "{{7*7}} %s {0} ${x}"),
    ],
    ids=lambda text: repr(text)[:24],
)
async def test_whatever_people_type_is_kept_and_answered(server: Server, sent: str, kept: str | None) -> None:
    async with raw_socket(server.url) as client:
        await client.enters()
        answer = await client.asks(f'["say", {{"client_id": "typed-by-people", "text": "{sent}"}}]')
        assert answer["ok"], answer
        shown = own(answer)["text"]
        assert kept is None or shown == kept
        resumed = await client.asks('["resume", {}]')
        assert shown in [event.get("text") for event in resumed["events"]]


async def test_a_message_too_long_is_refused_with_the_limit(house: Server, bystander: Visitor) -> None:
    async with raw_socket(house.url) as client:
        await client.enters()
        for length in (8_001, 40_000):
            text = "x" * length
            answer = await client.asks(json.dumps(["say", {"client_id": "too-long-to-say", "text": text}]))
            assert "8000" in answer["error"]["fields"]["text"]


async def test_a_hundred_thousand_characters_end_the_line_and_nobody_elses(
    house: Server, bystander: Visitor
) -> None:
    async with raw_socket(house.url) as client:
        await client.enters()
        await client.sends(
            '42/visitor,1["say", {"client_id": "far-too-long-1", "text": "%s"}]' % ("x" * 100_000)
        )
        assert await client.is_closed()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"garbage", 400),
        (b"", 400),
        (b"\xff\xfe", 400),
        (b"d=4hello", 400),
        (b"bAAAA", 400),
        (b"4{", 400),
        (b"40/visitor,{}\x1egarbage", 400),
        (b"\x1e".join([b"3"] * 201), 400),
        (b"4" + b"2" * 70_000, 413),
    ],
    ids=lambda value: repr(value)[:24],
)
async def test_garbage_on_long_polling_ends_its_own_session(
    house: Server, bystander: Visitor, body: bytes, status: int
) -> None:
    async with raw_polling(house.url) as client:
        assert await client.posts(body) == status
        assert await client.posts(b"3") == 400
        assert (await client.polls())[0] == 400


async def test_many_packets_in_one_request_are_all_answered(house: Server, bystander: Visitor) -> None:
    async with raw_polling(house.url) as client:
        packets = [f'42/visitor,{number}["hello",{{}}]' for number in range(100)]
        assert await client.posts('40/visitor,{"workspace":"human-esources"}') == 200
        assert await client.posts("\x1e".join(packets)) == 200
        answered = ""
        while answered.count("43/visitor,") < 100:
            status, more = await client.polls()
            assert status == 200
            answered += more


async def test_who_asks_too_much_is_told_when_to_come_back(start: Start, tmp_path: object) -> None:
    server = await start(f"sqlite:///{tmp_path}/slabot.db", factor=1)
    vera, other = await server.vera(), await server.vera()
    answers = [await vera.asks("say", client_id=vera.client_id(), text="hello") for _ in range(25)]
    refused = [answer for answer in answers if not answer["ok"]]
    assert len(refused) == 5
    assert refused[0]["error"]["code"] == "too_many"
    assert 1 <= refused[0]["error"]["fields"]["retry_after"] <= 60
    assert (await other.says("hello there"))["ok"]
    assert len((await vera.does("resume"))["events"]) > 20


async def test_sockets_beyond_the_limit_are_refused_and_the_others_stay(house: Server) -> None:
    app = build_app(
        house.running.house, secret=house.running.secret, pages=None, max_connections=2, limits=Limits(100)
    )
    async with TestServer(app) as server:
        url = str(server.make_url("")).rstrip("/")
        async with raw_socket(url) as one, raw_socket(url) as two:
            with pytest.raises(aiohttp.WSServerHandshakeError):
                async with raw_socket(url):
                    pass
            for client in (one, two):
                await client.enters()
                assert (await client.asks('["hello", {}]'))["ok"]


async def test_one_who_hangs_up_in_the_middle_of_a_message_harms_nobody(
    house: Server, bystander: Visitor
) -> None:
    for number in range(20):
        async with raw_socket(house.url) as client:
            await client.enters()
            await client.sends(f'42/visitor,1["say", {{"client_id": "hangs-up-{number}", "text": "hello"}}]')
    assert (await bystander.says("how long does the LMS integration take?"))["ok"]
