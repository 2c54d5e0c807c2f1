"""The tables of docs/api.md, made of the models, kinds and routes themselves; `python -m tests.web.api_tables` writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from slabot.domain.timeline import VISITOR_SEES, Kind
from slabot.web.app import House, rest_operations
from slabot.web.limits import Limits
from slabot.web.rest.operation import Operation
from slabot.wire import desk, visitor
from slabot.wire.command import Command

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"

MEANINGS = {
    Kind.CONVERSATION_STARTED: "The first event of every conversation.",
    Kind.IDENTIFIED: "The host page vouched for an anonymous visitor: the talk is theirs on every device from here on.",
    Kind.VISITOR_WROTE: "A message of the visitor; `client_id` is the one it was sent under.",
    Kind.BOT_WROTE: "A message of the bot: `text`, `action`, and where it helps `card`, `choices` and `article`.",
    Kind.AGENT_WROTE: "A public message of a person; meets a response deadline.",
    Kind.NOTE_WRITTEN: "A line for the desk's eyes.",
    Kind.SEVERITY_ASSESSED: "What the description was weighed as, with clause and reason.",
    Kind.OTHERS_REPORTED: "Other visitors told the same within ten minutes: `conversations`, and how many `visitors`.",
    Kind.SEVERITY_CHANGED: "Another `level`; unmet deadlines are computed anew.",
    Kind.TICKET_OPENED: "`number` and `level`; its clocks start.",
    Kind.ACKNOWLEDGED: "The acknowledgement deadline was met.",
    Kind.FORMAL_REPORT_RECORDED: "The channel that the policy asks for was used; deadlines are no longer provisional.",
    Kind.EMAIL_GIVEN: "An address for this conversation; the address itself stays with the desk.",
    Kind.DEVICE_ALLOWED: "The visitor said yes to having browser and device told; the widget may `describe` them.",
    Kind.DEVICE_DECLINED: "They said no; nothing is told, and nobody asks again in this conversation.",
    Kind.DEVICE_DESCRIBED: "Browser and device, told once after the yes; the facts stay with the desk.",
    Kind.CLAIMED: "A person took the conversation; the bot is silent from here on.",
    Kind.RELEASED: "The person gave it back.",
    Kind.TRANSFERRED: "To a colleague or a queue.",
    Kind.WAITING_ON_VISITOR: "The resolution clock stands still, where the policy lets it.",
    Kind.WAITING_ENDED: "It runs again.",
    Kind.SOLVED_CONFIRMED: "The visitor said that the answer helped; there was no ticket.",
    Kind.RESOLVED: "The ticket is resolved; a rating is asked for.",
    Kind.REOPENED: "The same ticket, open again.",
    Kind.MERGED_INTO: "It ends and goes on in `conversation`, whose ticket is `ticket`; what is said here is said there.",
    Kind.MERGED_FROM: "`conversation`, with its `ticket`, goes on here; what was promised there is owed here by then.",
    Kind.RATED: "`score` from 1 to 5.",
    Kind.WARNED: "A deadline is near.",
    Kind.BREACHED: "A deadline was missed; `at` is the due instant, whenever it was noticed.",
    Kind.ESCALATED: "A share of a deadline's time is used up and somebody was told.",
    Kind.RISK_FORESEEN: "A deadline is likely to be missed.",
    Kind.PLAN_SET: "An agent said whose contract this is; unmet deadlines are computed anew.",
    Kind.TIME_COMMITTED: "A new time that a person commits to; the promise itself stays.",
    Kind.THIRD_PARTY_NAMED: "Somebody else's system is the cause.",
    Kind.THIRD_PARTY_CLEARED: "It no longer is.",
    Kind.TAGGED: "Tags that an agent `added` and `removed`.",
    Kind.SNOOZED: "An agent put it aside `until` an instant, or (null) until the visitor writes.",
    Kind.WOKEN: "It is back in the lists, `because` of its time or of an agent.",
    Kind.FOLLOW_UP_REACHED: "It is time to ask the visitor again whom the ticket waits on.",
    Kind.VISITOR_LEFT: "The visitor closed the page and stayed away.",
    Kind.VISITOR_RETURNED: "They are back.",
    Kind.TRANSCRIPT_ASKED: "The visitor wants the talk by mail.",
    Kind.ERASED: "The visitor had everything personal erased; the conversation is nobody's from here on.",
}

OTHER_ROUTES = {
    "/socket.io/": "Both namespaces, over WebSocket or long-polling.",
    "/metrics": "Prometheus text; keep it inside your network.",
    "/api/openapi.json": "This REST interface as OpenAPI 3.1.",
    "/api/asyncapi.json": "Both namespaces as AsyncAPI 3.0.",
}


def operations() -> tuple[Operation, ...]:
    """Every REST operation, of a house in which nobody is home: only the table is wanted."""
    nobody: Any = None
    house = House(**{place.name: nobody for place in fields(House)})
    return rest_operations(house, nobody, Limits(), (), nobody)


def tables() -> dict[str, str]:
    """By the name of their marker."""
    return {
        "visitor-commands": _commands(visitor.COMMANDS),
        "visitor-facts": _table(("Fact", "Meaning"), ((f"`{k}`", v) for k, v in visitor.FACTS.items())),
        "desk-commands": _commands(desk.COMMANDS),
        "desk-facts": _table(("Fact", "Meaning"), ((f"`{k}`", v) for k, v in desk.FACTS.items())),
        "kinds": _table(
            ("Kind", "Widget", "Meaning"),
            ((f"`{kind}`", "yes" if kind in VISITOR_SEES else "", MEANINGS[kind]) for kind in Kind),
        ),
        "rest": _table(("Route", "Login", "What"), _routes()),
    }


def written(document: str) -> str:
    """The document with every table as it is now."""
    for name, table in tables().items():
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        if document.count(start) != 1 or document.count(end) != 1:
            raise ValueError(
                f"docs/api.md: expected the markers of {name!r} once each, {start.strip()} and {end}"
            )
        before, _, rest = document.partition(start)
        document = before + start + table + end + rest.partition(end)[2]
    return document


def _commands(commands: Mapping[str, type[Command]]) -> str:
    rows = []
    for name, model in commands.items():
        taken = [
            f"`{field}`" if info.is_required() else f"`{field}`?"
            for field, info in model.model_fields.items()
        ]
        rows.append((f"`{name}`", ", ".join(taken), " ".join((model.__doc__ or "").split())))
    return _table(("Command", "Fields (? may be left out)", "Meaning"), rows)


def _routes() -> Iterable[tuple[str, ...]]:
    for operation in operations():
        login = "agent" if operation.needs_agent else ""
        yield f"`{operation.method} {operation.path}`", login, operation.summary
    for path, meaning in OTHER_ROUTES.items():
        yield f"`{path}`", "", meaning


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text()))
