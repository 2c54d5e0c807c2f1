"""What a command opens for itself: the few rooms it needs, beside a running server or without one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slabot.config import Config
from slabot.domain.support import Support
from slabot.files.inspection import Inspection
from slabot.knowledge.enclosures import EnclosureFolder
from slabot.knowledge.folder import Folder
from slabot.policies.folder import PolicyFolder
from slabot.policies.in_force import PoliciesInForce, Version
from slabot.policies.loader import workspaces
from slabot.services.accounts import Accounts
from slabot.services.arranging import Arranging
from slabot.services.clock import SystemClock
from slabot.services.colleague import Colleague
from slabot.services.deeds import CLI, Deeds
from slabot.services.exports import Exports
from slabot.services.imports import Imports
from slabot.services.keyring import Keyring
from slabot.services.replies import CannedReplies
from slabot.services.supports import CurrentPolicies, Supports
from slabot.services.turn import Timelines
from slabot.services.webhooks import Webhooks
from slabot.store.engine import Store, open_store
from slabot.webhooks.post import HttpPost


@asynccontextmanager
async def archived(config: Config) -> AsyncIterator[tuple[Timelines, Supports]]:
    """What an audit reads: the store and the policies."""
    policies = await asyncio.to_thread(PoliciesInForce, config.policies_folder)
    async with await open_store(config.database_url) as store:
        yield store.timelines, Supports(policies, store.policies)


@asynccontextmanager
async def canned(config: Config) -> AsyncIterator[tuple[CannedReplies, CurrentPolicies]]:
    """Canned replies and the policies they are checked against."""
    policies = await asyncio.to_thread(PoliciesInForce, config.policies_folder)
    async with _store(config) as store:
        yield store.replies, policies


@asynccontextmanager
async def moving(config: Config) -> AsyncIterator[tuple[Imports, Exports]]:
    """What brings articles in and takes them out."""
    folder, enclosures = Folder(config.kb_folder), EnclosureFolder(config.kb_folder)
    async with _store(config) as store:
        imports = Imports(folder, enclosures, Inspection(), store.manuscripts, SystemClock())
        yield imports, Exports(folder, store.manuscripts)


@asynccontextmanager
async def accounts(config: Config) -> AsyncIterator[tuple[Accounts, tuple[str, ...]]]:
    """Agents and their sessions, with the names of the workspaces they may work in."""
    names = workspaces(config.policies_folder)
    async with _store(config) as store:
        yield Accounts(store.agents, store.sessions, SystemClock(), names), names


@asynccontextmanager
async def keyring(config: Config) -> AsyncIterator[tuple[Keyring, tuple[str, ...]]]:
    """The keys that host pages sign with, and the names of the workspaces."""
    names = workspaces(config.policies_folder)
    async with _store(config) as store:
        yield Keyring(store.identity_keys, SystemClock()), names


@asynccontextmanager
async def deeds(config: Config) -> AsyncIterator[tuple[Deeds, dict[str, str]]]:
    """What administrators did, and the names of agents by id."""
    names = workspaces(config.policies_folder)
    async with _store(config) as store:
        yield store.deeds, await Accounts(store.agents, store.sessions, SystemClock(), names).names()


@asynccontextmanager
async def arranging(config: Config, workspace: str) -> AsyncIterator[tuple[Arranging, Colleague]]:
    """What changes the policy file of a workspace, and this terminal as its administrator."""
    policies = await asyncio.to_thread(PoliciesInForce, config.policies_folder, None, workspace)
    names = workspaces(config.policies_folder)

    def put_in_force(workspace: str, support: Support, source: str) -> None:
        policies.put_in_force(Version(workspace, support, source))

    async with _store(config) as store:
        clock = SystemClock()
        yield (
            Arranging(
                PolicyFolder(config.policies_folder, is_packaged=config.is_packaged_policies),
                Supports(policies, store.policies),
                Accounts(store.agents, store.sessions, clock, names),
                store.timelines,
                store.deeds,
                put_in_force,
                clock,
            ),
            Colleague(CLI, CLI, frozenset({workspace}), "admin"),
        )


@asynccontextmanager
async def webhooks(config: Config) -> AsyncIterator[tuple[Webhooks, tuple[str, ...]]]:
    """Receivers of webhooks, and the names of the workspaces."""
    names = workspaces(config.policies_folder)
    post = HttpPost(allow_private=config.webhooks_private)
    async with _store(config) as store:
        yield Webhooks(store.webhooks, store.timelines, SystemClock(), post.check), names


@asynccontextmanager
async def _store(config: Config) -> AsyncIterator[Store]:
    """The folder of data is made where this command is the first to need it."""
    config.data.mkdir(parents=True, exist_ok=True)
    async with await open_store(config.database_url) as store:
        yield store
