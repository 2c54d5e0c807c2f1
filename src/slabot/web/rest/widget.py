"""`/api/widget/{workspace}`: all that the widget shows before its socket connects."""

from __future__ import annotations

from aiohttp import web

from slabot.services.front_desk import FrontDesk
from slabot.services.reception import Guest
from slabot.services.supports import Supports
from slabot.services.turns import Refused
from slabot.web.admission import Admission
from slabot.web.origins import check_origin
from slabot.web.rest.operation import Operation
from slabot.wire import rest as wire


class WidgetRoutes:
    def __init__(self, front_desk: FrontDesk, supports: Supports, admission: Admission) -> None:
        self._front_desk = front_desk
        self._supports = supports
        self._admission = admission

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "GET",
                "/api/widget/{workspace}",
                self.welcome,
                wire.Welcome,
                "Hours, contacts and the promise of a reply, at this instant.",
                query=(("locale", "The visitor's language."), ("zone", "The visitor's IANA time zone.")),
            ),
        )

    async def welcome(self, request: web.Request) -> web.Response:
        workspace = request.match_info["workspace"]
        policy = self._supports.current(workspace).policy
        check_origin(request, policy)
        try:
            await self._admission.bearer(request, workspace)
        except Refused as refused:
            # What the button is drawn with; nothing else is told to somebody who has not signed in.
            raise Refused(refused.code, refused.message, **self._front_desk.face(policy)) from None
        zone = self._front_desk.known_zone(request.query.get("zone"))
        guest = Guest("", workspace, request.query.get("locale", "en"), zone)
        response = web.json_response(self._front_desk.welcome(guest))
        response.headers["Cache-Control"] = "no-store"
        return response
