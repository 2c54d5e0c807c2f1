"""`/api/admin/workspaces/{workspace}/policy`: queues, customers and origins, proposed and put into force."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from aiohttp import web

from slabot.domain.instants import written_finely
from slabot.services.accounts import Accounts
from slabot.services.arrangement import Act, ArrangedQueue, Arrangement
from slabot.services.arranging import Arranging, Meanwhile, Proposal
from slabot.services.colleague import Colleague
from slabot.services.turns import Refused
from slabot.web.rest.operation import Operation, body_of
from slabot.web.rest.session import agent_of
from slabot.wire import arrangement as wire

POLICY = "/api/admin/workspaces/{workspace}/policy"


class ArrangementRoutes:
    def __init__(self, arranging: Arranging, accounts: Accounts) -> None:
        self._arranging = arranging
        self._accounts = accounts

    def operations(self) -> tuple[Operation, ...]:
        operations = (
            Operation("GET", POLICY, self.sheet, wire.PolicySheet, "What its policy file arranges."),
            Operation(
                "POST",
                f"{POLICY}/proposal",
                self.propose,
                wire.Proposal,
                "What a change of the policy file would mean.",
                wire.Propose,
            ),
            Operation("PUT", POLICY, self.put, wire.InForce, "Write it as a new version.", wire.PutIntoForce),
        )
        return tuple(replace(operation, needs_agent=True) for operation in operations)

    async def sheet(self, request: web.Request) -> web.Response:
        admin, workspace = await self._asked(request)
        sheet = await self._arranging.sheet(admin, workspace)
        facts = wire.PolicySheet(
            file=sheet.file,
            digest=sheet.digest,
            arrangement=_written(sheet.arrangement),
            contacts=dict(sheet.contacts),
            calendars=[*sheet.calendars],
            levels={queue: [*levels] for queue, levels in sheet.levels.items()},
            locked=sheet.locked,
        )
        return web.json_response(facts.model_dump())

    async def propose(self, request: web.Request) -> web.Response:
        admin, workspace = await self._asked(request)
        asked = await body_of(request, wire.Propose)
        proposal = await self._arranging.propose(
            admin, workspace, asked.base, _read(asked.was), _read(asked.wanted)
        )
        return web.json_response(_proposal(proposal).model_dump())

    async def put(self, request: web.Request) -> web.Response:
        admin, workspace = await self._asked(request)
        asked = await body_of(request, wire.PutIntoForce)
        proposal = await self._arranging.put_into_force(
            admin, workspace, asked.base, _read(asked.wanted), frozenset(asked.accepted)
        )
        support = proposal.drawn.support
        return web.json_response(wire.InForce(version=support.policy.version if support else "").model_dump())

    async def _asked(self, request: web.Request) -> tuple[Colleague, str]:
        """The session's own agent; whether they administrate, the service says."""
        return await agent_of(request, self._accounts), request.match_info["workspace"]


def _read(asked: wire.Arrangement) -> Arrangement:
    """Raises Refused where two lines are about one thing: which of them is meant cannot be told."""
    customers = [(each.domain.removeprefix("@").lower(), each.contact) for each in asked.customers]
    _refuse_twice("queues", [each.key for each in asked.queues])
    _refuse_twice("customers", [domain for domain, _ in customers])
    return Arrangement(
        tuple(
            ArrangedQueue(each.key, each.name, each.routing, each.calendar or None) for each in asked.queues
        ),
        dict(customers),
        asked.customers_else or None,
        tuple(dict.fromkeys(asked.origins)),
    )


def _refuse_twice(section: str, names: list[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        fields = {f"{section}.{name}": "twice" for name in twice}
        raise Refused("invalid", f"Each only once: {', '.join(twice)}.", **fields)


def _written(arrangement: Arrangement) -> dict[str, Any]:
    return {
        "queues": [{"key": queue.key, **queue.facts} for queue in arrangement.queues],
        "customers": [
            {"domain": domain, "contact": contact} for domain, contact in arrangement.customers.items()
        ],
        "customers_else": arrangement.customers_else,
        "origins": [*arrangement.origins],
    }


def _proposal(proposal: Proposal) -> wire.Proposal:
    drawn, meanwhile = proposal.drawn, proposal.meanwhile
    return wire.Proposal(
        digest=proposal.sheet.digest,
        arrangement=_written(proposal.arrangement),
        acts=[_act(act) for act in proposal.acts],
        doubts=[{"rule": doubt.rule, "words": doubt.words} for doubt in drawn.doubts],
        words=[*drawn.words],
        lines=[*drawn.lines],
        meanwhile=_meanwhile(meanwhile) if meanwhile else None,
    )


def _meanwhile(meanwhile: Meanwhile) -> dict[str, Any]:
    return {
        "acts": [_act(act) for act in meanwhile.acts],
        "name": meanwhile.by,
        "at": written_finely(meanwhile.at),
    }


def _act(act: Act) -> dict[str, Any]:
    return {"what": act.what, "subject": act.subject, "before": dict(act.before), "after": dict(act.after)}
