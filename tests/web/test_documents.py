"""OpenAPI and AsyncAPI say what the running server does."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from slabot.wire import desk, visitor
from tests.house import Server


@pytest.fixture
async def openapi(house: Server) -> Any:
    return await document(house, "openapi")


async def document(house: Server, name: str) -> Any:
    async with aiohttp.ClientSession() as session, session.get(f"{house.url}/api/{name}.json") as response:
        assert response.status == 200
        return await response.json()


async def test_the_openapi_document_is_valid(house: Server) -> None:
    validate(await document(house, "openapi"))


async def test_every_reference_of_the_asyncapi_document_leads_somewhere(house: Server) -> None:
    described = await document(house, "asyncapi")
    for reference in _references(described):
        place = described
        for part in reference.removeprefix("#/").split("/"):
            assert part in place, reference
            place = place[part]


async def test_every_command_and_fact_is_described(house: Server) -> None:
    described = await document(house, "asyncapi")
    for name, wire in (("visitor", visitor), ("desk", desk)):
        for command in wire.COMMANDS:
            assert f"{name}.{command}" in described["operations"]
            message = described["channels"][name]["messages"][command]
            schema = message["payload"]["$ref"].rsplit("/", 1)[1]
            fields = wire.COMMANDS[command].model_fields
            assert set(described["components"]["schemas"][schema].get("properties", {})) == set(fields)
        for fact in wire.FACTS:
            assert f"{name}.{fact}.pushed" in described["operations"]


async def test_every_command_answers_as_described(house: Server) -> None:
    vera, aidan = await house.vera(), await house.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    asked: dict[str, Any] = {"client_id": "as-it-is-described", "conversation": talk}
    values = {
        "text": "hello", "score": 5, "on": True, "seq": 1, "slug": "lms-integration-time", "seen_seq": 99,
        "positions": {}, "level": "normal", "reason": "why", "until": "2026-03-10T12:00:00Z", "name": "the LMS",
        "id": "a-view", "words": "hello", "state": "online", "queue": "CustomerCare", "workspace": "human-esources",
        "key": "hello", "title": "Hello",
        "device": {"browser": "Safari"}, "into": talk,
    }  # fmt: skip
    for client, wire in ((vera, visitor), (aidan, desk)):
        for command, model in wire.COMMANDS.items():
            needed = [field for field, info in model.model_fields.items() if info.is_required()]
            fields = {field: asked[field] if field in asked else values[field] for field in needed}
            if "client_id" in fields:
                fields["client_id"] = f"described-{command}"
            answer = await client.asks(command, **fields)
            assert answer["ok"] in (True, False)
            if not answer["ok"]:
                assert answer["error"]["code"] not in ("internal", "unknown_command"), (command, answer)
            broken = await client.asks(command, **fields, no_such_field=1)
            assert broken["error"]["code"] == "invalid", command
            assert "no_such_field" in broken["error"]["fields"]


async def test_facts_that_are_pushed_are_among_those_described(house: Server) -> None:
    vera, aidan = await house.vera(), await house.desk()
    talk = (await vera.says("nobody in my course can log in"))["conversation"]
    await vera.does("typing", on=True)
    await vera.does("seen", seq=1)
    await aidan.does("typing", conversation=talk, on=True)
    await aidan.replies(talk, "hello")
    await aidan.does("presence", state="away")
    await aidan.heard.until(
        lambda facts: {"changed", "typing", "seen", "presence"} <= {f["fact"] for f in facts}
    )
    await vera.heard.until(lambda facts: {"happened", "typing"} <= {fact["fact"] for fact in facts})
    assert {fact["fact"] for fact in aidan.heard.facts} <= set(desk.FACTS)
    assert {fact["fact"] for fact in vera.heard.facts} <= set(visitor.FACTS)


async def test_generated_requests_get_described_answers(house: Server, openapi: Any) -> None:
    """Schemathesis calls the running server from a thread: its client is a blocking one."""
    session = await house.session()
    await asyncio.to_thread(_call_everything, house.url, openapi, session)


def _call_everything(url: str, described: Any, session: str) -> None:
    schema = schemathesis.openapi.from_dict(described)
    checks = [
        not_a_server_error,
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    ]
    called = 0
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]  # an invalid schema raises here

        @settings(
            max_examples=15, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        def once(case: Any) -> None:
            nonlocal called
            called += 1
            cookies = {"slabot_session": session} if "logout" not in case.path else {}
            case.call_and_validate(base_url=url, cookies=cookies, checks=checks)

        given(case=operation.as_strategy())(once)()
    assert called > 50


def _references(place: Any) -> list[str]:
    if isinstance(place, dict):
        own = [place["$ref"]] if isinstance(place.get("$ref"), str) else []
        return own + [reference for value in place.values() for reference in _references(value)]
    if isinstance(place, list):
        return [reference for value in place for reference in _references(value)]
    return []
