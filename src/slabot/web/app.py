"""The web application: sockets, REST, pages and metrics around the services that bootstrap made."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import structlog
from aiohttp import web

from slabot.domain.timeline import Kind
from slabot.services.accounts import Accounts
from slabot.services.administration import Administration
from slabot.services.arranging import Arranging
from slabot.services.attachments import Attachments
from slabot.services.board import Board
from slabot.services.bulletin import Bulletin, News
from slabot.services.casebook import Casebook
from slabot.services.clock import Clock
from slabot.services.desk import Desk
from slabot.services.dispatch import Dispatch
from slabot.services.enclosures import Enclosures
from slabot.services.exports import Exports
from slabot.services.finding import Finder
from slabot.services.front_desk import FrontDesk
from slabot.services.gaps import Gaps
from slabot.services.identification import Identification
from slabot.services.ids import Ids
from slabot.services.imports import Imports
from slabot.services.links import Links
from slabot.services.merging import Merging
from slabot.services.privacy import Privacy
from slabot.services.reception import Reception
from slabot.services.replies import ReplyBook
from slabot.services.roster import Roster
from slabot.services.saved_views import SavedViews
from slabot.services.search import ArticleSearch
from slabot.services.staffing import Staff
from slabot.services.supports import Supports, UnknownWorkspace
from slabot.services.turn import Timelines
from slabot.services.turns import Turns
from slabot.services.workshop import Workshop
from slabot.web.admission import Admission
from slabot.web.desk import DeskDoor
from slabot.web.door import failure
from slabot.web.limits import Limits
from slabot.web.metrics import EVENTS, REQUESTS_SECONDS, metrics
from slabot.web.origins import is_allowed, shared_with_pages
from slabot.web.pages import Pages
from slabot.web.readings import Readings
from slabot.web.rest.admin import AdminRoutes
from slabot.web.rest.arrangement import ArrangementRoutes
from slabot.web.rest.documents import asyncapi, openapi
from slabot.web.rest.enclosures import EnclosureRoutes
from slabot.web.rest.files import FileRoutes
from slabot.web.rest.gaps import GapRoutes
from slabot.web.rest.health import HealthRoutes
from slabot.web.rest.knowledge import KnowledgeRoutes
from slabot.web.rest.links import LinkRoutes
from slabot.web.rest.moving import MovingRoutes, Pack, ReadFiles
from slabot.web.rest.operation import Handler, Operation, answering
from slabot.web.rest.session import SessionRoutes
from slabot.web.rest.tickets import TicketRoutes
from slabot.web.rest.widget import WidgetRoutes
from slabot.web.rest.workshop import WorkshopRoutes
from slabot.web.socket_server import SocketServer
from slabot.web.tokens import VisitorTokens
from slabot.web.visitor import VisitorDoor

log = structlog.get_logger(__name__)

BIGGEST_BODY = 256 * 1024


@dataclass(frozen=True, slots=True)
class House:
    """The services a server speaks for."""

    accounts: Accounts
    administration: Administration
    arranging: Arranging
    attachments: Attachments
    board: Board
    bulletin: Bulletin
    casebook: Casebook
    clock: Clock
    desk: Desk
    dispatch: Dispatch
    finder: Finder
    front_desk: FrontDesk
    identification: Identification
    ids: Ids
    links: Links
    enclosures: Enclosures
    exports: Exports
    imports: Imports
    merging: Merging
    privacy: Privacy
    reception: Reception
    roster: Roster
    reply_book: ReplyBook
    saved_views: SavedViews
    search: ArticleSearch
    staff: Staff
    supports: Supports
    timelines: Timelines
    turns: Turns
    gaps: Gaps
    workshop: Workshop
    read_files: ReadFiles
    pack: Pack


def build_app(
    house: House,
    *,
    secret: bytes,
    pages: Path | None,
    demo: bool = False,
    trusted_proxies: tuple[str, ...] = (),
    max_connections: int = 20_000,
    limits: Limits | None = None,
    grace: float = 90.0,
    grace_at_start: float = 90.0,
) -> web.Application:
    """`pages` None serves no pages, only sockets and REST. `grace`: see Farewells."""
    limits = limits or Limits()
    app = web.Application(
        middlewares=[_measured, shared_with_pages(house.supports), answering, _no_such_workspace],
        client_max_size=BIGGEST_BODY,
    )
    sockets = SocketServer(
        lambda origin, environ: _any_allows(origin, environ.get("HTTP_HOST", ""), house.supports),
        max_connections,
    )
    admission = Admission(
        house.identification, house.supports, house.front_desk, VisitorTokens(secret), house.ids
    )
    readings = Readings()
    visitors = VisitorDoor(
        house.reception,
        house.privacy,
        house.attachments,
        house.front_desk,
        house.timelines,
        house.supports,
        admission,
        limits,
        readings,
        trusted_proxies,
        grace,
        grace_at_start,
    )
    desks = DeskDoor(
        house.desk,
        house.merging,
        house.casebook,
        house.attachments,
        house.board,
        house.accounts,
        house.roster,
        house.dispatch,
        limits,
        readings,
        house.reply_book,
        house.finder,
        house.saved_views,
    )
    sockets.register_namespace(visitors)
    sockets.register_namespace(desks)
    sockets.serve_in(app)
    for listener in (_counted, visitors.listen, desks.listen):
        house.bulletin.join(listener)

    operations = rest_operations(house, admission, limits, trusted_proxies, desks.log_out)
    for operation in operations:
        app.router.add_route(operation.method, operation.path, operation.handler)
    app.router.add_get("/metrics", metrics)
    app.router.add_get("/api/openapi.json", _document(openapi(operations)))
    app.router.add_get("/api/asyncapi.json", _document(asyncapi()))
    if pages is not None:
        Pages(pages, demo=demo).add_to(app)

    async def begin(_: web.Application) -> None:
        await visitors.open()

    async def stop(_: web.Application) -> None:
        await visitors.close()
        await sockets.shutdown()

    app.on_startup.append(begin)
    app.on_shutdown.append(stop)
    return app


def rest_operations(
    house: House,
    admission: Admission,
    limits: Limits,
    trusted_proxies: tuple[str, ...],
    ended: Callable[[str], Awaitable[None]],
) -> tuple[Operation, ...]:
    """Every REST operation; OpenAPI is made of the same list. `ended(token)` hears of sessions logged out."""
    return (
        *HealthRoutes(house.timelines, house.supports, house.search).operations(),
        *SessionRoutes(house.accounts, limits, trusted_proxies, ended).operations(),
        *KnowledgeRoutes(house.search, house.supports, admission).operations(),
        *TicketRoutes(house.timelines, house.accounts).operations(),
        *FileRoutes(
            house.attachments, house.reception, house.desk, house.accounts, house.supports, admission, limits
        ).operations(),
        *WorkshopRoutes(house.workshop, house.accounts, house.clock).operations(),
        *EnclosureRoutes(house.enclosures, house.accounts, limits).operations(),
        *MovingRoutes(
            house.workshop, house.imports, house.exports, house.read_files, house.pack, house.accounts, limits
        ).operations(),
        *GapRoutes(house.workshop, house.gaps, house.accounts, house.clock).operations(),
        *AdminRoutes(house.administration, house.accounts).operations(),
        *ArrangementRoutes(house.arranging, house.accounts).operations(),
        *LinkRoutes(
            house.links, house.turns, house.supports, admission, house.clock, limits, trusted_proxies
        ).operations(),
        *WidgetRoutes(house.front_desk, house.supports, admission).operations(),
    )


def _any_allows(origin: str | None, host: str, supports: Supports) -> bool:
    """Which workspace is meant is known only once the namespace connects, and checked there again."""
    policies: Iterable[str] = supports.workspaces()
    return any(is_allowed(origin, host, supports.current(name).policy) for name in policies)


_EVENTS = {kind: EVENTS.labels(kind.value) for kind in Kind}
"""Every kind from the start, also those that did not happen yet."""


def _counted(news: News) -> None:
    for event in news.events:
        _EVENTS[event.kind].inc()


def _document(document: object) -> Handler:
    async def serve(_: web.Request) -> web.StreamResponse:
        return web.json_response(document, headers={"Access-Control-Allow-Origin": "*"})

    return serve


@web.middleware
async def _no_such_workspace(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except UnknownWorkspace:
        return web.json_response(failure("not_found", "There is no such workspace here."), status=404)


@web.middleware
async def _measured(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Time by route template; a failure is logged whole here and told to nobody."""
    started = time.perf_counter()
    status = 500
    try:
        response = await handler(request)
        status = response.status
        return response
    except web.HTTPException as error:
        status = error.status
        raise
    except asyncio.CancelledError:
        raise
    except Exception:
        log.exception("request_failed", path=request.path)
        answer = failure("internal", "Something failed on our side; try again.")
        return web.json_response(answer, status=500)
    finally:
        resource = request.match_info.route.resource
        route = resource.canonical if resource is not None else "none"
        REQUESTS_SECONDS.labels(route, str(status)).observe(time.perf_counter() - started)
