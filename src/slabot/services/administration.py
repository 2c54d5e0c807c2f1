"""What administrators do at the desk: people, keys, receivers of webhooks, mail, and the record of who did what.

Whoever is no administrator is answered as if nothing of it existed.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from slabot.domain.instants import written_finely
from slabot.domain.webhooks import Type
from slabot.services.accounts import CAPACITY, Accounts, AddressTaken, Agent
from slabot.services.colleague import Colleague
from slabot.services.deeds import CLI, EVERYTHING, Deed, Deeds, Sought
from slabot.services.keyring import IdentityKey, Keyring
from slabot.services.letterbox import Letterbox, Posted
from slabot.services.outbox import Fate
from slabot.services.supports import Supports
from slabot.services.turns import NotFound, Refused
from slabot.services.webhooks import Delivery, Endpoint, NoSuchEndpoint, Webhooks

ROLES = ("agent", "editor", "lead", "admin")
LISTED = 100


@dataclass(frozen=True, slots=True)
class AgentChange:
    """None leaves a thing as it is."""

    email: str | None = None
    name: str | None = None
    role: str | None = None
    workspaces: tuple[str, ...] | None = None
    queues: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    capacity: int | None = None
    is_disabled: bool | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be added; without workspaces, queues or languages: all of them."""

    email: str
    name: str
    password: str
    role: str = "agent"
    workspaces: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    capacity: int = CAPACITY


class Administration:
    """Every verb checks that the colleague is an administrator of all that it touches. Raises NotFound otherwise."""

    def __init__(
        self,
        accounts: Accounts,
        keyring: Keyring,
        webhooks: Webhooks,
        letterbox: Letterbox,
        deeds: Deeds,
        supports: Supports,
        *,
        sends_mail: bool,
    ) -> None:
        """`sends_mail`: whether there is a mail server; without one letters wait."""
        self._accounts = accounts
        self._keyring = keyring
        self._webhooks = webhooks
        self._letterbox = letterbox
        self._deeds = deeds
        self._supports = supports
        self._sends_mail = sends_mail
        self._changing = asyncio.Lock()

    async def overview(self, admin: Colleague) -> dict[str, Any]:
        self._check(admin)
        return {
            "agents": [_agent(one) for one in await self._accounts.everybody() if self._covers(admin, one)],
            "workspaces": [await self._workspace(name) for name in sorted(admin.workspaces)],
            "webhooks": [
                _endpoint(one) for one in await self._webhooks.all() if one.workspace in admin.workspaces
            ],
            "types": [type.value for type in Type],
            "roles": list(ROLES),
            "sends_mail": self._sends_mail,
        }

    async def log(self, admin: Colleague, sought: Sought = EVERYTHING) -> list[dict[str, Any]]:
        """Newest first; of the admin's workspaces, and of the people whom they administrate."""
        self._check(admin)
        everybody = await self._accounts.everybody()
        names = {one.id: one.name for one in everybody}
        people = None
        if not admin.workspaces >= set(self._supports.workspaces()):
            people = frozenset(one.email for one in everybody if self._covers(admin, one))
        within = replace(sought, workspaces=admin.workspaces, people=people)
        deeds = await self._deeds.latest(LISTED, within)
        return [_deed(deed, names) for deed in deeds]

    async def add_agent(self, admin: Colleague, newcomer: Newcomer) -> str:
        """The new agent's id. Raises Refused `invalid`, naming the field."""
        self._check(admin)
        self._check_reach(admin, newcomer.workspaces)
        self._check_queues(newcomer.queues)
        try:
            added = await self._accounts.add(
                newcomer.email,
                newcomer.name,
                newcomer.password,
                role=newcomer.role,
                workspaces=newcomer.workspaces,
                queues=newcomer.queues,
                languages=newcomer.languages,
                capacity=newcomer.capacity,
                by=admin.agent,
            )
        except AddressTaken as taken:
            raise Refused("invalid", f"{taken}.", email="taken") from None
        except ValueError as wrong:
            raise Refused("invalid", f"{wrong}.", password="too short") from None
        return added.id

    async def change_agent(self, admin: Colleague, id: str, change: AgentChange) -> None:
        """Nobody takes away what they administrate with, so a house keeps an administrator. Raises Refused."""
        # One change after the other: of two administrators who disable each other at once, one stays.
        async with self._changing:
            acting = await self._accounts.colleague(admin.agent)
            if acting is None:
                raise NotFound
            await self._change_agent(acting, id, change)

    async def _change_agent(self, admin: Colleague, id: str, change: AgentChange) -> None:
        self._check(admin)
        agent = await self._accounts.account(id)
        if agent is None or not self._covers(admin, agent):
            raise NotFound
        if change.workspaces is not None:
            self._check_reach(admin, change.workspaces)
        self._check_queues(change.queues or ())
        if id == admin.agent:
            self._check_stays(admin, change)
        try:
            await self._accounts.change(
                agent.email,
                by=admin.agent,
                new_email=change.email,
                name=change.name,
                role=change.role,
                workspaces=change.workspaces,
                queues=change.queues,
                languages=change.languages,
                capacity=change.capacity,
                is_disabled=change.is_disabled,
                password=change.password,
            )
        except AddressTaken as taken:
            raise Refused("invalid", f"{taken}.", email="taken") from None
        except ValueError as wrong:
            raise Refused("invalid", f"{wrong}.", password="too short") from None

    async def add_key(self, admin: Colleague, workspace: str, public_key: str | None) -> IdentityKey:
        """Its secret is for the one answer that is given now. Raises Refused `invalid`."""
        self._check(admin, workspace)
        try:
            return await self._keyring.add(workspace, public_key=public_key, by=admin.agent)
        except ValueError as wrong:
            raise Refused("invalid", f"{wrong}.", public_key="no such key") from None

    async def retire_key(self, admin: Colleague, workspace: str, kid: str) -> None:
        self._check(admin, workspace)
        try:
            await self._keyring.retire(workspace, kid, by=admin.agent)
        except ValueError:
            raise NotFound from None

    async def add_webhook(
        self, admin: Colleague, workspace: str, url: str, types: tuple[Type, ...]
    ) -> Endpoint:
        self._check(admin, workspace)
        try:
            return await self._webhooks.add(admin.agent, workspace, url, types)
        except ValueError as wrong:
            raise Refused("invalid", f"{wrong}.", url="not allowed") from None

    async def act_on_webhook(self, admin: Colleague, id: str, act: str) -> str | None:
        """`rotate` (its new secret is returned), `pause`, `resume` or `drop`."""
        endpoint = await self._endpoint_of(admin, id)
        match act:
            case "rotate":
                return (await self._webhooks.rotate(admin.agent, endpoint.id)).secret
            case "pause":
                await self._webhooks.pause(admin.agent, endpoint.id)
            case "resume":
                await self._webhooks.resume(admin.agent, endpoint.id)
            case "drop":
                await self._webhooks.drop(admin.agent, endpoint.id)
            case _:
                raise NotFound
        return None

    async def deliveries(self, admin: Colleague, id: str, fate: Fate | None) -> list[dict[str, Any]]:
        endpoint = await self._endpoint_of(admin, id)
        return [_delivery(one) for one in await self._webhooks.deliveries(endpoint.id, fate)]

    async def replay(self, admin: Colleague, id: str, delivery: str | None) -> int:
        endpoint = await self._endpoint_of(admin, id)
        try:
            return await self._webhooks.replay(admin.agent, endpoint.id, delivery)
        except ValueError:
            raise NotFound from None

    async def letters(self, admin: Colleague, workspace: str, fate: Fate | None) -> list[dict[str, Any]]:
        self._check(admin, workspace)
        return [_letter(one) for one in await self._letterbox.of(workspace, fate)]

    async def send_again(self, admin: Colleague, workspace: str, letter: str | None) -> int:
        """One letter that was given up, or every one of the workspace; how many."""
        self._check(admin, workspace)
        try:
            return await self._letterbox.send_again(admin.agent, workspace, letter)
        except ValueError:
            raise NotFound from None

    async def _endpoint_of(self, admin: Colleague, id: str) -> Endpoint:
        self._check(admin)
        try:
            endpoint = await self._webhooks.by_id(id)
        except NoSuchEndpoint:
            raise NotFound from None
        self._check(admin, endpoint.workspace)
        return endpoint

    async def _workspace(self, name: str) -> dict[str, Any]:
        """What the policy file says stands beside what is kept here: it is changed in the file."""
        policy = self._supports.current(name).policy
        colleagues = await self._accounts.colleagues()
        return {
            "workspace": name,
            "name": policy.name,
            "queues": [
                {
                    "key": queue.key,
                    "name": queue.name,
                    "routing": queue.routing.value,
                    "served_by": [one.name for one in colleagues if one.serves(name, queue.key)],
                }
                for queue in policy.queues
            ],
            "allowed_origins": list(policy.allowed_origins),
            "customers": dict(policy.customer_contacts),
            "customers_else": policy.customer_contact_fallback,
            "keys": [_key(key) for key in await self._keyring.of(name)],
        }

    def _check(self, admin: Colleague, workspace: str | None = None) -> None:
        is_reached = workspace is None or workspace in admin.workspaces
        if admin.role != "admin" or not is_reached:
            raise NotFound

    def _check_reach(self, admin: Colleague, workspaces: tuple[str, ...]) -> None:
        """Nobody gives what they do not have; none named means every one."""
        if not set(workspaces or self._supports.workspaces()) <= admin.workspaces:
            raise NotFound

    def _check_stays(self, admin: Colleague, change: AgentChange) -> None:
        if change.is_disabled or change.role not in (None, "admin"):
            field = "disabled" if change.is_disabled else "role"
            said = "Ask another administrator to take your own role or account away."
            raise Refused("invalid", said, **{field: "your own"})
        if change.workspaces is not None:
            left = admin.workspaces - set(change.workspaces or self._supports.workspaces())
            if left:
                said = f"Ask another administrator to take {', '.join(sorted(left))} away from you."
                raise Refused("invalid", said, workspaces="your own")

    def _check_queues(self, queues: tuple[str, ...]) -> None:
        """Raises Refused, naming the queues there are: a name misspelt would serve nothing, silently."""
        known = [
            (name, queue.key)
            for name in self._supports.workspaces()
            for queue in self._supports.current(name).policy.queues
        ]
        unknown = set(queues) - {key for _, key in known} - {f"{name}/{key}" for name, key in known}
        if unknown:
            there = ", ".join(f"{name}/{key}" for name, key in known)
            said = f"No queue {', '.join(sorted(unknown))}; there are {there}."
            raise Refused("invalid", said, queues="unknown")

    def _covers(self, admin: Colleague, agent: Agent) -> bool:
        return set(agent.workspaces or self._supports.workspaces()) <= admin.workspaces


def _agent(agent: Agent) -> dict[str, Any]:
    return {
        "id": agent.id,
        "email": agent.email,
        "name": agent.name,
        "role": agent.role,
        "workspaces": list(agent.workspaces),
        "queues": list(agent.queues),
        "languages": list(agent.languages),
        "capacity": agent.capacity,
        "disabled_at": written_finely(agent.disabled_at),
    }


def _key(key: IdentityKey) -> dict[str, Any]:
    return {
        "kid": key.kid,
        "algorithm": key.algorithm.value,
        "created_at": written_finely(key.created_at),
        "retired_at": written_finely(key.retired_at),
    }


def _endpoint(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "id": endpoint.id,
        "workspace": endpoint.workspace,
        "url": endpoint.url,
        "types": [type.value for type in endpoint.types],
        "disabled_at": written_finely(endpoint.disabled_at),
        "why_disabled": endpoint.why_disabled,
        "old_secret_until": written_finely(endpoint.old_secret_until),
    }


def _delivery(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.id,
        "type": delivery.type,
        "at": written_finely(delivery.at),
        "state": delivery.fate.value,
        "tries": delivery.tries,
        "next_try_at": written_finely(delivery.next_try_at),
        "error": delivery.error,
    }


def _letter(letter: Posted) -> dict[str, Any]:
    return {
        "id": letter.id,
        "occasion": letter.occasion,
        "ticket": letter.ticket,
        "at": written_finely(letter.at),
        "state": letter.fate.value,
        "tries": letter.tries,
        "next_try_at": written_finely(letter.next_try_at),
        "error": letter.error,
    }


def _deed(deed: Deed, names: dict[str, str]) -> dict[str, Any]:
    return {
        "at": written_finely(deed.at),
        "by": deed.by,
        "name": names.get(deed.by, CLI if deed.by == CLI else ""),
        "what": deed.what,
        "subject": deed.subject,
        "workspace": deed.workspace,
        "before": dict(deed.before),
        "after": dict(deed.after),
    }
