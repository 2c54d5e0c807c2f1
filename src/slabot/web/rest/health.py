"""`/api/health` and `/api/ready`: for whoever restarts processes and whoever sends them traffic."""

from __future__ import annotations

from importlib.metadata import version

from aiohttp import web

from slabot.services.search import ArticleSearch
from slabot.services.supports import Supports
from slabot.services.turn import StoreUnavailable, Timelines
from slabot.web.rest.operation import Operation
from slabot.wire import rest as wire


class HealthRoutes:
    def __init__(self, timelines: Timelines, supports: Supports, search: ArticleSearch) -> None:
        self._timelines = timelines
        self._supports = supports
        self._search = search

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation("GET", "/api/health", self.health, wire.Health, "Is the process alive?"),
            Operation("GET", "/api/ready", self.ready, wire.Readiness, "Can it serve? 503 while it cannot."),
        )

    async def health(self, _: web.Request) -> web.Response:
        return web.json_response(wire.Health(ok=True, version=version("slabot")).model_dump())

    async def ready(self, _: web.Request) -> web.Response:
        try:
            await self._timelines.next_clock_at()
            store = True
        except StoreUnavailable:
            store = False
        articles = {name: len(self._search.articles(name)) for name in self._supports.workspaces()}
        ready = wire.Readiness(ok=store and bool(articles), store=store, workspaces=articles)
        return web.json_response(ready.model_dump(), status=200 if ready.ok else 503)
