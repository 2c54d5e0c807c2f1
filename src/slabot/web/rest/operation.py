"""One REST operation: route, handler and models in one place, so that OpenAPI cannot drift from what is served."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from slabot.services.turn import StoreUnavailable
from slabot.services.turns import Refused
from slabot.web.door import failure, fields_of
from slabot.web.limits import TooMany

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Model = TypeVar("Model", bound=BaseModel)

STATUS_OF = {
    "not_found": 404,
    "login": 401,
    "login_failed": 401,
    "identity": 401,
    "forbidden": 403,
    "origin": 403,
    "link_expired": 410,
    "invalid": 422,
    "file": 422,
}


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    handler: Handler
    answers: type[BaseModel]
    summary: str
    takes: type[BaseModel] | None = None
    needs_agent: bool = False
    query: tuple[tuple[str, str], ...] = ()
    """Names and meanings of optional query parameters, all text."""


async def body_of(request: web.Request, model: type[Model]) -> Model:
    """The validated JSON body. Raises ValidationError; malformed JSON is one too."""
    return model.model_validate_json(await request.read() or b"{}")


async def bytes_up_to(request: web.Request, most: int) -> bytes | None:
    """Read as far as it may be, and no further; None where there is more."""
    if (request.content_length or 0) > most:
        return None
    body = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)


@web.middleware
async def answering(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns what services refuse into an answer with the right status; never a stack trace."""
    try:
        return await handler(request)
    except ValidationError as error:
        answer = failure("invalid", "Some fields are not as expected.", fields_of(error))
        return web.json_response(answer, status=422)
    except TooMany as error:
        answer = failure("too_many", str(error))
        return web.json_response(answer, status=429, headers={"Retry-After": str(error.retry_after)})
    except Refused as error:
        answer = failure(error.code, error.message, error.fields)
        return web.json_response(answer, status=STATUS_OF.get(error.code, 409))
    except StoreUnavailable:
        answer = failure("unavailable", "The store does not answer now; try again in a moment.")
        return web.json_response(answer, status=503)
    except web.HTTPException as error:
        if error.status < 400 or not request.path.startswith("/api/"):
            raise
        answer = failure(error.reason.lower().replace(" ", "_"), f"{request.method} here: {error.reason}.")
        allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else None
        return web.json_response(answer, status=error.status, headers=allow)
