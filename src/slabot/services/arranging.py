"""Arranging a workspace's queues, customers and pages: drawn up, shown, then written as a new version of the policy.

Nothing is half-applied: the act and the version are in the store in one transaction, between the comparison of
the file with what was seen and its replacement. Tickets keep the version that they were opened under.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from slabot.domain.conversation import Status
from slabot.domain.support import Support
from slabot.services.accounts import Accounts
from slabot.services.arrangement import Act, Arrangement, acts_between, on_top
from slabot.services.clock import Clock
from slabot.services.colleague import Colleague
from slabot.services.deeds import Deed, Deeds, Sought
from slabot.services.supports import Supports
from slabot.services.turn import Timelines
from slabot.services.turns import NotFound, Refused

ROWS = 10_000
"""Conversations in which a queue that goes is looked for; those with people come first."""
NOUNS = ("queue", "customer", "origin")
"""Of the acts that change an arrangement."""


@dataclass(frozen=True, slots=True)
class PolicySheet:
    """A policy file as it is on disk, and what of it is arranged here."""

    workspace: str
    file: str
    """Its name, as `velsoft.yaml`."""
    text: str
    digest: str
    arrangement: Arrangement
    contacts: Mapping[str, str]
    """Key → name; whom customers can be given to."""
    calendars: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]
    """Queue → the levels whose tickets wait in it."""
    locked: str | None
    """Why it cannot be written here: `packaged`, `link` or `folder`."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field: `queues.helpdesk.name`, `customers.acme.com`, `origins.https://…`."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What may be meant so, and is accepted by whoever has read it."""

    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A new version, drawn up and checked, not written yet."""

    text: str
    support: Support | None
    """None where there are faults."""
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    words: tuple[str, ...] = ()
    """The change, a sentence each."""
    lines: tuple[str, ...] = ()
    """The changed lines of the file, each after its sign."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody else changed since the sheet was read; `by` is empty where it was done in the file itself."""

    acts: tuple[Act, ...]
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change as it would come into force now."""

    sheet: PolicySheet
    arrangement: Arrangement
    acts: tuple[Act, ...]
    drawn: Drawn
    meanwhile: Meanwhile | None = None


class PolicyMoved(Exception):
    """The file is no longer the one that was read."""


class UnusablePolicy(Exception):
    """A policy file that cannot be read or written; the message says what to do."""


class PolicyFiles(Protocol):
    def read(self, workspace: str) -> PolicySheet:
        """Raises UnusablePolicy."""
        ...

    def draw_up(self, sheet: PolicySheet, arrangement: Arrangement) -> Drawn:
        """Raises UnusablePolicy."""
        ...

    def replace(self, workspace: str, text: str, expected: str, ready: Callable[[], None]) -> None:
        """Whole or not at all. `ready` is called when only the name is left to be changed; what it raises stops it.

        Raises PolicyMoved where the file has not the digest `expected`, or UnusablePolicy.
        """
        ...


class Arranging:
    """Every verb raises NotFound for who is no administrator of the workspace."""

    def __init__(
        self,
        files: PolicyFiles,
        supports: Supports,
        accounts: Accounts,
        timelines: Timelines,
        deeds: Deeds,
        put_in_force: Callable[[str, Support, str], None],
        clock: Clock,
    ) -> None:
        """`put_in_force`: a workspace's new policy, with its text, in this process."""
        self._files = files
        self._supports = supports
        self._accounts = accounts
        self._timelines = timelines
        self._deeds = deeds
        self._put_in_force = put_in_force
        self._clock = clock

    async def sheet(self, admin: Colleague, workspace: str) -> PolicySheet:
        """Raises Refused `policy_file` where the file on disk cannot be used."""
        self._check(admin, workspace)
        return await self._read(workspace)

    async def propose(
        self, admin: Colleague, workspace: str, base: str, was: Arrangement, wanted: Arrangement
    ) -> Proposal:
        """What would change, checked as `slabot policy check` does. Raises Refused `invalid`, naming the fields.

        `was` is what the administrator had before them and `base` its digest: if the file was changed meanwhile,
        what they changed goes on top of it.
        """
        sheet = await self.sheet(admin, workspace)
        meanwhile = None
        if sheet.digest != base:
            meanwhile = await self._meanwhile(sheet, was)
            wanted = on_top(was, wanted, sheet.arrangement)
        return replace(await self._proposed(sheet, wanted), meanwhile=meanwhile)

    async def put_into_force(
        self, admin: Colleague, workspace: str, base: str, wanted: Arrangement, accepted: frozenset[str]
    ) -> Proposal:
        """`accepted`: the rules of the doubts that were read. Raises Refused `moved`, `doubts` or `invalid`."""
        sheet = await self.sheet(admin, workspace)
        if sheet.locked is not None:
            raise Refused("locked", f"{sheet.file} cannot be written here: {LOCKED[sheet.locked]}.")
        if sheet.digest != base:
            raise _moved(sheet)
        proposal = await self._proposed(sheet, wanted)
        unread = [doubt.words for doubt in proposal.drawn.doubts if doubt.rule not in accepted]
        if unread:
            raise Refused("doubts", " ".join(unread))
        await self._replace(admin, proposal)
        return proposal

    async def _replace(self, admin: Colleague, proposal: Proposal) -> None:
        workspace, drawn, now = proposal.sheet.workspace, proposal.drawn, self._clock.now()
        support = drawn.support
        assert support is not None, "a proposal without faults"
        deeds = tuple(
            Deed(admin.agent, now, act.what, act.subject, workspace, act.before, act.after)
            for act in proposal.acts
        )
        loop = asyncio.get_running_loop()

        def ready() -> None:
            """Kept before the file is replaced: no ticket can refer to a version that is not there."""
            keeping = self._supports.keep(workspace, support, drawn.text, deeds)
            asyncio.run_coroutine_threadsafe(keeping, loop).result()

        try:
            await asyncio.to_thread(self._files.replace, workspace, drawn.text, proposal.sheet.digest, ready)
        except PolicyMoved:
            raise _moved(proposal.sheet) from None
        except UnusablePolicy as error:
            raise Refused("policy_file", str(error)) from None
        self._put_in_force(workspace, support, drawn.text)

    async def _proposed(self, sheet: PolicySheet, wanted: Arrangement) -> Proposal:
        acts = acts_between(sheet.arrangement, wanted)
        if not acts:
            raise Refused("unchanged", "Nothing of it differs from what stands in the file.")
        await self._check_unused(sheet, wanted)
        try:
            drawn = await asyncio.to_thread(self._files.draw_up, sheet, wanted)
        except UnusablePolicy as error:
            raise Refused("policy_file", str(error)) from None
        _refuse(drawn.faults)
        doubts = (*drawn.doubts, *[doubt async for doubt in self._doubts(sheet, wanted)])
        return Proposal(sheet, wanted, acts, replace(drawn, doubts=doubts))

    async def _check_unused(self, sheet: PolicySheet, wanted: Arrangement) -> None:
        """A queue goes when no level, nobody and no open ticket refers to it. Raises Refused."""
        gone = [queue.key for queue in sheet.arrangement.queues if wanted.queue(queue.key) is None]
        if not gone:
            return
        people = await self._accounts.colleagues()
        rows = await self._timelines.inbox(sheet.workspace, ROWS)
        faults = []
        for key in gone:
            named = (key, f"{sheet.workspace}/{key}")
            users = [*sheet.levels.get(key, ())]
            users += [
                one.name
                for one in people
                if sheet.workspace in one.workspaces and not one.queues.isdisjoint(named)
            ]
            users += [
                row.ticket or row.conversation
                for row in rows
                if row.queue == key and row.status in (Status.WAITING, Status.HELD)
            ]
            if users:
                shown = ", ".join(users[:8]) + (f" and {len(users) - 8} more" if len(users) > 8 else "")
                words = f"{key} cannot go while it is referred to: {shown}. Give them another queue first."
                faults.append(Fault(f"queues.{key}", words))
        _refuse(tuple(faults))

    async def _doubts(self, sheet: PolicySheet, wanted: Arrangement) -> AsyncIterator[Doubt]:
        was = sheet.arrangement
        if was.origins and not wanted.origins:
            yield Doubt(
                "origins_open", "No page is named any more: from now on any page may embed the widget."
            )
        if wanted.origins and not was.origins:
            words = "Until now any page could embed the widget; from now on only those that are named."
            yield Doubt("origins_closed", words)
        new = [queue.key for queue in wanted.queues if was.queue(queue.key) is None]
        people = await self._accounts.colleagues() if new else ()
        for key in new:
            if not any(one.serves(sheet.workspace, key) for one in people):
                yield Doubt("queue_unserved", f"Nobody serves the queue {key} yet; its tickets would wait.")

    async def _meanwhile(self, sheet: PolicySheet, was: Arrangement) -> Meanwhile:
        acts = acts_between(was, sheet.arrangement)
        names = await self._accounts.names()
        for deed in await self._latest(sheet.workspace):
            if any(_led_to(deed, act) for act in acts):
                return Meanwhile(acts, names.get(deed.by, deed.by), deed.at)
        return Meanwhile(acts, "", None)

    async def _latest(self, workspace: str) -> list[Deed]:
        """The newest act of each noun."""
        here = frozenset({workspace})
        found = [await self._deeds.latest(1, Sought(noun=noun, workspaces=here)) for noun in NOUNS]
        return sorted((deed for deeds in found for deed in deeds), key=lambda deed: deed.at, reverse=True)

    async def _read(self, workspace: str) -> PolicySheet:
        try:
            return await asyncio.to_thread(self._files.read, workspace)
        except UnusablePolicy as error:
            raise Refused("policy_file", str(error)) from None

    def _check(self, admin: Colleague, workspace: str) -> None:
        is_served = workspace in self._supports.workspaces()
        if admin.role != "admin" or workspace not in admin.workspaces or not is_served:
            raise NotFound


LOCKED = {
    "packaged": "it is the one that came with slabot and the next update would overwrite it; "
    "copy the folder and name the copy in SLABOT_POLICIES",
    "link": "it is a link; change the file that it points to",
    "folder": "the server may not write to its folder (SLABOT_POLICIES); give it the right, or change the file there",
}
"""What to say of a file that cannot be written, by its reason."""


def _led_to(deed: Deed, act: Act) -> bool:
    """What somebody did is what is seen; if it was changed again since, in the file, it is not."""
    is_about_it = (deed.what, deed.subject) == (act.what, act.subject)
    return is_about_it and deed.after.items() <= act.after.items()


def _moved(sheet: PolicySheet) -> Refused:
    said = f"{sheet.file} was changed meanwhile, and nothing was overwritten. Look at both and try again."
    return Refused("moved", said)


def _refuse(faults: tuple[Fault, ...]) -> None:
    """Raises Refused `invalid`, naming the fields."""
    if faults:
        words = " ".join(fault.words for fault in faults)
        raise Refused("invalid", words, **{fault.field: fault.words for fault in faults})
