"""The one door of every socket: known names only, validated, limited, always answered, and no failure leaks."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import socketio
import structlog
from pydantic import ValidationError
from socketio.exceptions import ConnectionRefusedError

from slabot.services.turn import AtCapacity, ReusedClientId, StoreUnavailable, Unstorable
from slabot.services.turns import Refused
from slabot.web.limits import Limits, TooMany
from slabot.web.metrics import COMMANDS_SECONDS
from slabot.web.socket_server import TryLater
from slabot.wire.command import Command

log = structlog.get_logger(__name__)

MOST_FAULTS = 20
LONGEST_PLACE = 80

Handler = Callable[[str, Any], Awaitable[Mapping[str, Any]]]


class Door(socketio.AsyncNamespace, ABC):  # type: ignore[misc]  # python-socketio ships no types
    """A namespace whose commands are models and whose answers are `{ok: …}`.

    Subclasses name their `models`, and handle command `x` in `on_x(sid, model)`, which answers a mapping.
    """

    models: Mapping[str, type[Command]] = {}

    def __init__(self, namespace: str, limits: Limits) -> None:
        super().__init__(namespace)
        self._limits = limits
        self._seconds = {
            command: COMMANDS_SECONDS.labels(namespace, command) for command in (*self.models, "unknown")
        }

    async def trigger_event(self, event: str, *args: Any) -> Any:
        """Called by python-socketio. `SocketServer` lets no client emit its reserved names."""
        if event == "connect":
            return await self._let_in(args[0], args[1]["aiohttp.request"], args[2])
        if event == "disconnect":
            return await self.disconnected(args[0])
        sid, payload = args[0], args[1:]
        started = time.perf_counter()
        answer = await self._answer(event, sid, payload)
        seconds = self._seconds.get(event) or self._seconds["unknown"]
        seconds.observe(time.perf_counter() - started)
        return answer

    async def _let_in(self, sid: str, request: Any, auth: Any) -> None:
        """A reason that passes ends the transport, and the client tries again; a refusal would stop it for good."""
        try:
            await self.connected(sid, request, auth)
        except ConnectionRefusedError:
            raise
        except (StoreUnavailable, TooMany) as error:
            raise TryLater from error
        except Exception as error:
            log.exception("connect_failed", namespace=self.namespace)
            raise TryLater from error

    async def _answer(self, event: str, sid: str, payload: tuple[Any, ...]) -> Mapping[str, Any]:
        model = self.models.get(event)
        if model is None:
            known = ", ".join(sorted(self.models))
            return failure("unknown_command", f"{str(event)[:40]!r} is no command; there are {known}.")
        who = self.limited_as(sid)
        if who is None:
            return failure("not_connected", "This connection is not open yet, or no longer.")
        try:
            self._limits.check(who, event)
            command = model.model_validate(payload[0] if payload else {})
            handler: Handler = getattr(self, f"on_{event}")
            return {"ok": True, **await handler(sid, command)}
        except ValidationError as error:
            return failure("invalid", "Some fields are not as expected.", fields_of(error))
        except TooMany as error:
            return failure("too_many", str(error), {"retry_after": error.retry_after})
        except Refused as error:
            return failure(error.code, error.message, error.fields)
        except ReusedClientId:
            return failure(
                "reused_client_id", "This client_id was used before for something else. Make a new one."
            )
        except AtCapacity:
            return failure(
                "at_capacity", "You hold as many conversations as you may. Resolve or release one first."
            )
        except Unstorable:
            return failure("invalid", "Something in this cannot be stored; leave out what is no text.")
        except StoreUnavailable:
            return failure(
                "unavailable", "This could not be saved now. Nothing was lost; try again in a moment."
            )
        except Exception:
            log.exception("command_failed", command=event)
            return failure("internal", "Something failed on our side. Nothing was changed; try again.")

    @abstractmethod
    def limited_as(self, sid: str) -> str | None:
        """Whose limit this command counts against; None for a connection that is not open."""
        ...

    @abstractmethod
    async def connected(self, sid: str, request: Any, auth: Any) -> None:
        """Raises ConnectionRefusedError for good (see `refusal`), TooMany or StoreUnavailable for now."""
        ...

    @abstractmethod
    async def disconnected(self, sid: str) -> None: ...


def failure(code: str, message: str, fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
    error: dict[str, Any] = {"code": code, "message": message}
    if fields:
        error["fields"] = dict(fields)
    return {"ok": False, "error": error}


def refusal(code: str, message: str) -> ConnectionRefusedError:
    """The client gets `{message, data: {code}}`, which every Socket.IO client makes a `connect_error` of."""
    return ConnectionRefusedError(message, {"code": code})


def fields_of(error: ValidationError) -> dict[str, str]:
    """Place → what was expected there; of many faults the first. A place may hold names of the client's making."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return {_place(fault["loc"]): fault["msg"] for fault in faults[:MOST_FAULTS]}


def _place(parts: tuple[int | str, ...]) -> str:
    place = ".".join(str(part) for part in parts)[:LONGEST_PLACE]
    return place.encode("utf-8", "replace").decode() or "payload"
