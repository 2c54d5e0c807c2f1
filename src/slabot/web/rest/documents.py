"""OpenAPI and AsyncAPI, generated from the very operations and models that validate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from slabot.web.rest.operation import Operation
from slabot.wire import desk, desk_work, visitor
from slabot.wire.command import Command, Failure, Success

INFO = {
    "title": "slabot",
    "version": version("slabot"),
    "description": "A support chat that makes promises it can prove.",
}


def openapi(operations: Iterable[Operation]) -> dict[str, Any]:
    """OpenAPI 3.1 of every REST operation."""
    every = tuple(operations)
    models: list[type[BaseModel]] = [operation.answers for operation in every]
    models += [operation.takes for operation in every if operation.takes is not None]
    schemas = _schemas([*models, Failure], "#/components/schemas/{model}")
    paths: dict[str, dict[str, Any]] = {}
    for operation in every:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    security = {"session": {"type": "apiKey", "in": "cookie", "name": "slabot_session"}}
    components = {"schemas": schemas, "securitySchemes": security}
    return {"openapi": "3.1.0", "info": INFO, "paths": paths, "components": components}


def asyncapi() -> dict[str, Any]:
    """AsyncAPI 3.0 of both namespaces: commands with their answers, and the facts that are pushed."""
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    every: list[type[BaseModel]] = [Failure, Success]
    for name, commands, facts in (
        ("visitor", visitor.COMMANDS, visitor.FACTS),
        ("desk", desk.COMMANDS, desk.FACTS),
    ):
        every += commands.values()
        channels[name] = {"address": f"/{name}", "messages": _messages(name, commands, facts)}
        for command in commands:
            operations[f"{name}.{command}"] = {
                "action": "receive",
                "channel": {"$ref": f"#/channels/{name}"},
                "messages": [{"$ref": f"#/channels/{name}/messages/{command}"}],
                "reply": {
                    "channel": {"$ref": f"#/channels/{name}"},
                    "messages": [
                        {"$ref": f"#/channels/{name}/messages/{kind}"} for kind in ("success", "failure")
                    ],
                },
            }
        for fact in facts:
            operations[f"{name}.{fact}.pushed"] = {
                "action": "send",
                "channel": {"$ref": f"#/channels/{name}"},
                "messages": [{"$ref": f"#/channels/{name}/messages/{fact}.pushed"}],
            }
    schemas: dict[str, Any] = {}
    for model in every:
        for schema_name, schema in _schemas([model], "#/components/schemas/{model}").items():
            # Both sides have a command of the same name; what commands are made of is shared.
            is_command = schema_name == model.__name__
            schemas[f"{_prefix(model)}{schema_name}" if is_command else schema_name] = schema
    return {
        "asyncapi": "3.0.0",
        "info": INFO,
        "channels": channels,
        "operations": operations,
        "components": {"schemas": schemas},
    }


def _described(operation: Operation) -> dict[str, Any]:
    answers = {
        "200": {"description": "Done.", "content": _json(operation.answers.__name__)},
        "default": {"description": "Refused, with the reason.", "content": _json("Failure")},
    }
    described: dict[str, Any] = {
        "operationId": operation.handler.__qualname__.replace("Routes.", "."),
        "summary": operation.summary,
        "responses": answers,
    }
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)\}", operation.path)
    ]
    parameters += [
        {"name": name, "in": "query", "description": meaning, "schema": {"type": "string"}}
        for name, meaning in operation.query
    ]
    if parameters:
        described["parameters"] = parameters
    if operation.takes is not None:
        described["requestBody"] = {"required": True, "content": _json(operation.takes.__name__)}
    if operation.needs_agent:
        described["security"] = [{"session": []}]
    return described


def _messages(name: str, commands: Mapping[str, type[Command]], facts: Mapping[str, str]) -> dict[str, Any]:
    messages: dict[str, Any] = {
        command: {
            "name": command,
            "summary": " ".join((model.__doc__ or "").split()),
            "payload": {"$ref": f"#/components/schemas/{name}.{model.__name__}"},
        }
        for command, model in commands.items()
    }
    for kind in ("success", "failure"):
        messages[kind] = {"name": kind, "payload": {"$ref": f"#/components/schemas/{kind.title()}"}}
    for fact, meaning in facts.items():
        messages[f"{fact}.pushed"] = {"name": fact, "summary": meaning, "payload": {"type": "object"}}
    return messages


def _prefix(model: type[BaseModel]) -> str:
    sides = {visitor: "visitor.", desk: "desk.", desk_work: "desk."}
    return {side.__name__: prefix for side, prefix in sides.items()}.get(model.__module__, "")


def _schemas(models: Iterable[type[BaseModel]], template: str) -> dict[str, Any]:
    _, definitions = models_json_schema([(model, "validation") for model in models], ref_template=template)
    schemas: dict[str, Any] = definitions.get("$defs", {})
    return schemas


def _json(model: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}
