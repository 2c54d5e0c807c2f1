"""docs/api.md names every command, fact, event kind and route there is."""

from __future__ import annotations

from slabot.domain.timeline import Kind
from slabot.web.app import build_app
from slabot.wire import desk, visitor
from tests.house import Server
from tests.web.api_tables import DOCUMENT, MEANINGS, operations, written


def test_the_tables_are_those_that_the_models_give() -> None:
    document = DOCUMENT.read_text()
    assert document == written(document), "run `python -m tests.web.api_tables`"


def test_every_command_fact_kind_and_operation_is_in_the_document() -> None:
    document = DOCUMENT.read_text()
    names = [*visitor.COMMANDS, *visitor.FACTS, *desk.COMMANDS, *desk.FACTS, *Kind]
    assert [name for name in names if f"`{name}`" not in document] == []
    paths = [f"{operation.method} {operation.path}" for operation in operations()]
    assert [path for path in paths if path not in document] == []
    assert set(MEANINGS) == set(Kind)


async def test_every_route_that_is_served_is_in_the_document(house: Server) -> None:
    app = build_app(house.running.house, secret=house.running.secret, pages=None)
    document = DOCUMENT.read_text()
    paths = {route.resource.canonical for route in app.router.routes() if route.resource is not None}
    assert sorted(path for path in paths if path not in document) == []
    for shut in app.on_shutdown:
        await shut(app)
