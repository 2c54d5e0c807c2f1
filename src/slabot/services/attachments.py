"""Files of visitors and agents: checked for what they are, kept once, handed out to those who may see them, erased."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from slabot.domain.attachment import MEGABYTE, Attaching, Attachment
from slabot.services.clock import Clock
from slabot.services.ids import Ids
from slabot.services.supports import Supports
from slabot.services.turns import Refused

UNSENT_LASTS = timedelta(days=1)
"""A file that no message carried by then goes."""

AT_ONCE = 2
"""Files inspected at the same time; each may take a few hundred megabytes."""

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a file was found to be, with the bytes to keep: an image drawn anew, anything else as it came."""

    type: str
    data: bytes
    width: int = 0
    height: int = 0


class Inspector(Protocol):
    def inspect(self, name: str, data: bytes, types: frozenset[str]) -> Inspected:
        """Raises Unacceptable. Takes its time: call it in a thread."""
        ...


class Unacceptable(Exception):
    """The file is none of the types, or not what it claims to be; in words for who sent it."""


class Vault(Protocol):
    """Bytes by their digest, each kept once. Not to be called on the loop."""

    def keep(self, data: bytes) -> str: ...

    def read(self, digest: str) -> bytes | None: ...

    def remove(self, digest: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was taken in."""

    attachment: Attachment
    workspace: str
    owner: str
    """The visitor or agent who sent it."""
    digest: str
    created_at: datetime
    conversation: str | None = None
    """Whose message carries it; None while nobody's does."""


class FileRecords(Protocol):
    async def add(self, kept: Kept) -> None: ...

    async def by_id(self, workspace: str, id: str) -> Kept | None: ...

    async def attach(self, workspace: str, ids: Iterable[str], conversation: str) -> None: ...

    async def drop_of(self, workspace: str, conversation: str, owner: str) -> tuple[str, ...]:
        """Forgets the conversation's files and those that the owner never sent; the digests nobody needs any more."""
        ...

    async def drop_unsent(self, before: datetime) -> tuple[str, ...]:
        """The digests that nobody needs any more."""
        ...


class NoSuchFile(Refused):
    """The same for missing and for somebody else's."""

    def __init__(self) -> None:
        super().__init__("not_found", "There is no such file here.")


class Attachments:
    def __init__(
        self,
        records: FileRecords,
        vault: Vault,
        inspector: Inspector,
        supports: Supports,
        ids: Ids,
        clock: Clock,
    ) -> None:
        self._records = records
        self._vault = vault
        self._inspector = inspector
        self._supports = supports
        self._ids = ids
        self._clock = clock
        self._inspecting = asyncio.Semaphore(AT_ONCE)

    def taken_by(self, workspace: str) -> Attaching:
        return self._supports.current(workspace).policy.attaching

    async def take(
        self, workspace: str, owner: str, name: str, data: bytes, conversation: str | None = None
    ) -> Attachment:
        """Raises Refused `file` with what is taken instead."""
        allowed = self.taken_by(workspace)
        if len(data) > allowed.largest:
            raise too_large(allowed)
        try:
            async with self._inspecting:
                found = await asyncio.to_thread(self._inspector.inspect, name, data, allowed.types)
        except Unacceptable as why:
            raise Refused("file", str(why), kinds=list(allowed.kinds)) from None
        now = self._clock.now()
        attachment = Attachment(
            f"f_{self._ids.message()}", _plain(name), found.type, len(found.data), found.width, found.height
        )
        digest = await asyncio.to_thread(self._vault.keep, found.data)
        await self._records.add(Kept(attachment, workspace, owner, digest, now, conversation))
        await self._clear(await self._records.drop_unsent(now - UNSENT_LASTS))
        return attachment

    async def of(self, workspace: str, owner: str, ids: Iterable[str]) -> tuple[Attachment, ...]:
        """What the owner is about to send. Raises NoSuchFile."""
        found = [await self._records.by_id(workspace, id) for id in ids]
        own = [kept.attachment for kept in found if kept is not None and kept.owner == owner]
        if len(own) != len(found):
            raise NoSuchFile
        return tuple(own)

    async def attach(self, workspace: str, attachments: tuple[Attachment, ...], conversation: str) -> None:
        if attachments:
            await self._records.attach(workspace, [one.id for one in attachments], conversation)

    async def kept(self, workspace: str, id: str) -> Kept:
        """Raises NoSuchFile. Who may see it is for the caller to ask."""
        kept = await self._records.by_id(workspace, id)
        if kept is None:
            raise NoSuchFile
        return kept

    async def read(self, kept: Kept) -> bytes:
        """Raises NoSuchFile when it was erased."""
        data = await asyncio.to_thread(self._vault.read, kept.digest)
        if data is None:
            raise NoSuchFile
        return data

    async def erase(self, workspace: str, conversation: str, owner: str) -> None:
        await self._clear(await self._records.drop_of(workspace, conversation, owner))

    async def _clear(self, digests: Iterable[str]) -> None:
        for digest in digests:
            await asyncio.to_thread(self._vault.remove, digest)


def too_large(allowed: Attaching) -> Refused:
    return Refused(
        "file", f"A file may have {allowed.largest // MEGABYTE} MB at most.", largest=allowed.largest
    )


def _plain(name: str) -> str:
    """The last part of a path, without what a header or a file system would choke on."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(sign if sign.isprintable() and sign not in '"<>|:*?' else "_" for sign in last).strip(
        ". "
    )
    stem, dot, ending = shown.rpartition(".")
    if not dot:
        return shown[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(ending[:10]) - 1] or 'file'}.{ending[:10]}"
