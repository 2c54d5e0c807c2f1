"""`/api/workspaces/{workspace}/links`: from the link in a mail to a session for that one conversation."""

from __future__ import annotations

from aiohttp import web

from slabot.services.clock import Clock
from slabot.services.links import Links
from slabot.services.supports import Supports
from slabot.services.turns import NotFound, Turns
from slabot.web import peers
from slabot.web.admission import Admission
from slabot.web.limits import Limits
from slabot.web.origins import is_own
from slabot.web.rest.operation import Operation, body_of
from slabot.wire import rest as wire


class LinkRoutes:
    def __init__(
        self,
        links: Links,
        turns: Turns,
        supports: Supports,
        admission: Admission,
        clock: Clock,
        limits: Limits,
        trusted_proxies: tuple[str, ...],
    ) -> None:
        self._links = links
        self._turns = turns
        self._supports = supports
        self._admission = admission
        self._clock = clock
        self._limits = limits
        self._trusted = trusted_proxies

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "POST",
                "/api/workspaces/{workspace}/links",
                self.follow,
                wire.Followed,
                "Come back into a conversation by the link in a mail.",
                wire.FollowLink,
            ),
        )

    async def follow(self, request: web.Request) -> web.Response:
        """For our own page alone; a conversation that was erased is as if it had never been."""
        self._limits.check(peers.address(request, self._trusted), "link")
        workspace = request.match_info["workspace"]
        policy = self._supports.current(workspace).policy
        origin = request.headers.get("Origin")
        if origin is not None and not is_own(origin, request.host):
            raise NotFound
        asked = await body_of(request, wire.FollowLink)
        id = self._links.conversation_of(workspace, asked.token, self._clock.now())
        conversation = await self._turns.conversation(id)
        if conversation.workspace != workspace or conversation.erased_at is not None:
            raise NotFound
        if policy.identity_required:
            raise NotFound
        token = self._admission.by_link(conversation)
        response = web.json_response(wire.Followed(token=token, conversation=id).model_dump())
        response.headers["Cache-Control"] = "no-store"
        return response
