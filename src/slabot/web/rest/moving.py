"""Articles that move in and out: an archive or files to look through and bring in, and everything as an archive."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping

from aiohttp import BodyPartReader, web

from slabot.domain.attachment import MEGABYTE
from slabot.services.accounts import Accounts
from slabot.services.exports import Exports
from slabot.services.imports import Arrival, Arrivals, BadParcel, Haul, Imports, untold
from slabot.services.turns import Refused
from slabot.services.workshop import Workshop
from slabot.services.workshop_ports import UnusableFile
from slabot.web.limits import Limits
from slabot.web.rest.operation import Operation
from slabot.web.rest.session import agent_of
from slabot.wire import workshop as wire

ROOT = "/api/workspaces/{workspace}/workshop"
LARGEST_PARCEL = 100 * MEGABYTE
"""Over the wire; `slabot kb import` has no such limit."""
MOST_PARTS = 5_000

ReadFiles = Callable[[Mapping[str, bytes], str], Haul]
"""Files by path, and the workspace. Takes its time; raises BadParcel."""

Pack = Callable[[Iterable[tuple[str, bytes]]], bytes]


class MovingRoutes:
    def __init__(
        self,
        workshop: Workshop,
        imports: Imports,
        exports: Exports,
        read: ReadFiles,
        pack: Pack,
        accounts: Accounts,
        limits: Limits,
    ) -> None:
        self._workshop = workshop
        self._imports = imports
        self._exports = exports
        self._read = read
        self._pack = pack
        self._accounts = accounts
        self._limits = limits
        self._one_at_a_time = asyncio.Lock()

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "POST",
                f"{ROOT}/import",
                self.bring,
                wire.Arrivals,
                "Look through an archive or files (`multipart/form-data`, each part named by its path), or bring them in.",
                needs_agent=True,
                query=(("bring", "`yes`: as drafts; else nothing is kept."),),
            ),
            Operation(
                "GET",
                f"{ROOT}/export",
                self.hand_out,
                wire.Exported,
                "Every article, its files and drafts, as a .zip.",
                needs_agent=True,
            ),
        )

    async def bring(self, request: web.Request) -> web.Response:
        editor, workspace = await agent_of(request, self._accounts), request.match_info["workspace"]
        self._workshop.admit(editor, workspace)
        self._limits.check(editor.agent, "upload")
        try:
            async with self._one_at_a_time:
                haul = await asyncio.to_thread(self._read, await _files_of(request), workspace)
                if request.query.get("bring") == "yes":
                    arrivals = await self._imports.bring(
                        workspace, haul, editor.agent, publish=False, progress=untold
                    )
                else:
                    arrivals = await self._imports.look(workspace, haul, publish=False, progress=untold)
        except (BadParcel, UnusableFile) as refused:
            raise Refused("file", str(refused)) from None
        return web.json_response(_told(arrivals).model_dump())

    async def hand_out(self, request: web.Request) -> web.Response:
        editor, workspace = await agent_of(request, self._accounts), request.match_info["workspace"]
        self._workshop.admit(editor, workspace)
        try:
            entries = await self._exports.everything(workspace)
            archive = await asyncio.to_thread(self._pack, entries)
        except UnusableFile as refused:
            raise Refused("file", str(refused)) from None
        headers = {
            "Content-Type": "application/zip",
            "Content-Disposition": f'attachment; filename="{workspace}-articles.zip"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        }
        return web.Response(body=archive, headers=headers)


async def _files_of(request: web.Request) -> dict[str, bytes]:
    """By path. Raises Refused where there are none or too many, or too much of them."""
    if not request.content_type.startswith("multipart/"):
        raise Refused("file", "Send files as multipart/form-data, each part named by its path.")
    too_much = Refused(
        "file",
        f"That is more than {LARGEST_PARCEL // MEGABYTE} MB at a time. Leave films and backups out, send it in parts, or"
        " use `slabot kb import` at the server.",
    )
    if (request.content_length or 0) > LARGEST_PARCEL + MEGABYTE:
        raise too_much
    files: dict[str, bytes] = {}
    left = LARGEST_PARCEL
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or len(files) >= MOST_PARTS:
                raise Refused("file", f"Send at most {MOST_PARTS} files at a time, or one archive.")
            content = bytearray()
            while chunk := await part.read_chunk(64 * 1024):
                content += chunk
                if len(content) > left:
                    raise too_much
            left -= len(content)
            files[part.name or part.filename or ""] = bytes(content)
    except (ValueError, AssertionError):
        raise Refused("file", "The form cannot be read. Send it as multipart/form-data.") from None
    if not files:
        raise Refused("file", "There is no file in it. Choose an archive, a folder or files.")
    return files


def _told(arrivals: Arrivals) -> wire.Arrivals:
    return wire.Arrivals(
        articles=[*map(_arrival, arrivals.arrivals)],
        unread=[wire.Unread(source=one.source, why=one.why) for one in arrivals.unread],
        coming=arrivals.coming,
    )


def _arrival(one: Arrival) -> wire.Arrival:
    article = one.article
    return wire.Arrival(
        slug=article.slug,
        title=article.title,
        language=article.language,
        source=article.source,
        fate=one.fate,
        pictures=one.pictures,
        remarks=[*one.remarks],
    )
