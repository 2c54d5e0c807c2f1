"""Which host pages may embed a workspace, at sockets and at REST."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web

from slabot.domain.policy import Policy
from slabot.services.turns import Refused


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


def readable(request: web.Request, answer: web.Response) -> web.Response:
    """The answer with what a browser asks for before a page of another origin may read it."""
    origin = request.headers.get("Origin")
    if origin is not None:
        answer.headers["Access-Control-Allow-Origin"] = origin
    answer.headers["Vary"] = "Origin"
    return answer
