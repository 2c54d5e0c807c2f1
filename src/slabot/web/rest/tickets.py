"""`/api/tickets`: tickets of the agent's workspaces, for lists and for other systems."""

from __future__ import annotations

from aiohttp import web

from slabot.domain.instants import written_finely
from slabot.domain.projection import TicketRow
from slabot.services.accounts import Accounts
from slabot.services.turn import Timelines
from slabot.services.turns import NotFound
from slabot.web.rest.operation import Operation
from slabot.web.rest.session import agent_of
from slabot.wire import rest as wire


class TicketRoutes:
    def __init__(self, timelines: Timelines, accounts: Accounts) -> None:
        self._timelines = timelines
        self._accounts = accounts

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "GET",
                "/api/workspaces/{workspace}/tickets/{number}",
                self.read,
                wire.OneTicket,
                "One ticket with its due instants.",
                needs_agent=True,
            ),
        )

    async def read(self, request: web.Request) -> web.Response:
        colleague = await agent_of(request, self._accounts)
        workspace, number = request.match_info["workspace"], request.match_info["number"]
        if workspace not in colleague.workspaces or not number.isprintable():
            raise NotFound
        row = await self._timelines.ticket(workspace, number)
        if row is None:
            raise NotFound
        return web.json_response(wire.OneTicket(ticket=_facts(row)).model_dump())


def _facts(row: TicketRow) -> wire.TicketFacts:
    return wire.TicketFacts(
        number=row.number,
        workspace=row.workspace,
        conversation=row.conversation,
        severity=row.level,
        queue=row.queue,
        state=row.state,
        opened_at=written_finely(row.opened_at) or "",
        resolved_at=written_finely(row.resolved_at),
        acknowledge=written_finely(row.acknowledge),
        first_response=written_finely(row.first_response),
        next_response=written_finely(row.next_response),
        resolution=written_finely(row.resolution),
        rating=row.rating,
    )
