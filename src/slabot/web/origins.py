"""Which host pages may embed a workspace, at sockets and at REST."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Middleware

from slabot.domain.policy import Policy
from slabot.services.supports import Supports, UnknownWorkspace
from slabot.services.turns import Refused
from slabot.web.rest.operation import Handler

FOR_PAGES = ("widget", "workspaces")
"""`/api/<these>/<workspace>/…` is asked for by host pages."""


def is_allowed(origin: str | None, host: str, policy: Policy) -> bool:
    """Our own pages always; without `allowed_origins` in the policy every page; otherwise those listed.

    No Origin header means that no browser sent it across pages, so there is nothing to protect.
    """
    return (
        origin is None
        or is_own(origin, host)
        or not policy.allowed_origins
        or origin in policy.allowed_origins
    )


def is_own(origin: str, host: str) -> bool:
    """Whether the page was served by this very host."""
    try:
        return urlsplit(origin).netloc == host != ""
    except ValueError:
        return False


def check_origin(request: web.Request, policy: Policy) -> None:
    """Raises Refused `origin`."""
    if not is_allowed(request.headers.get("Origin"), request.host, policy):
        raise Refused("origin", "This page may not embed this workspace.")


def shared_with_pages(supports: Supports) -> Middleware:
    """Lets host pages of other origins read what is meant for them, refusals included; asks the policy which pages."""

    @web.middleware
    async def shared(request: web.Request, handler: Handler) -> web.StreamResponse:
        workspace = _workspace_of(request.path)
        if workspace is None:
            return await handler(request)
        is_asking = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        answer = web.Response(status=204) if is_asking else await handler(request)
        answer.headers["Vary"] = "Origin"
        origin = request.headers.get("Origin")
        if origin is not None and _may_read(origin, request.host, workspace, supports):
            answer.headers["Access-Control-Allow-Origin"] = origin
            answer.headers["Access-Control-Allow-Headers"] = "authorization, content-type"
            answer.headers["Access-Control-Allow-Methods"] = "GET, POST"
            answer.headers["Access-Control-Max-Age"] = "600"
        return answer

    return shared


def _workspace_of(path: str) -> str | None:
    """The workspace whose visitors this path serves; None for all else, as what agents alone may read."""
    parts = path.split("/")
    return parts[3] if parts[:2] == ["", "api"] and len(parts) > 3 and parts[2] in FOR_PAGES else None


def _may_read(origin: str, host: str, workspace: str, supports: Supports) -> bool:
    """That there is no such workspace may be read by every page."""
    try:
        return is_allowed(origin, host, supports.current(workspace).policy)
    except UnknownWorkspace:
        return True
