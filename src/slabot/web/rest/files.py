"""Files that go along with messages: taken in as they are read, handed out to those who may see them, never run."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from slabot.domain.attachment import IMAGES, Attachment
from slabot.services.accounts import Accounts
from slabot.services.attachments import Attachments, Kept, NoSuchFile, too_large
from slabot.services.desk import Desk
from slabot.services.reception import Guest, Reception
from slabot.services.supports import Supports
from slabot.services.turns import NotFound, Refused
from slabot.web.admission import Admission
from slabot.web.limits import Limits
from slabot.web.origins import check_origin
from slabot.web.rest.operation import Operation, bytes_up_to
from slabot.web.rest.session import agent_of
from slabot.wire import rest as wire

NAMED = (("name", "The file's name, percent-encoded."),)


class FileRoutes:
    def __init__(
        self,
        attachments: Attachments,
        reception: Reception,
        desk: Desk,
        accounts: Accounts,
        supports: Supports,
        admission: Admission,
        limits: Limits,
    ) -> None:
        self._attachments = attachments
        self._reception = reception
        self._desk = desk
        self._accounts = accounts
        self._supports = supports
        self._admission = admission
        self._limits = limits

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "POST",
                "/api/widget/{workspace}/files",
                self.take,
                wire.TakenFile,
                "Take in a visitor's file, the body as it is; with `Authorization: Bearer`.",
                query=NAMED,
            ),
            Operation(
                "GET",
                "/api/widget/{workspace}/files/{id}",
                self.hand_out,
                wire.FileFacts,
                "The bytes of a file of the visitor's own conversations.",
            ),
            Operation(
                "POST",
                "/api/workspaces/{workspace}/conversations/{conversation}/files",
                self.take_from_agent,
                wire.TakenFile,
                "Take in an agent's file for a conversation, the body as it is.",
                needs_agent=True,
                query=NAMED,
            ),
            Operation(
                "GET",
                "/api/workspaces/{workspace}/files/{id}",
                self.hand_to_agent,
                wire.FileFacts,
                "The bytes of a file of the workspace.",
                needs_agent=True,
            ),
        )

    async def take(self, request: web.Request) -> web.Response:
        guest = await self._guest(request)
        self._limits.check(guest.visitor, "upload")
        data = await self._body(request, guest.workspace)
        return _taken(
            await self._attachments.take(guest.workspace, guest.visitor, request.query.get("name", ""), data)
        )

    async def hand_out(self, request: web.Request) -> web.Response:
        guest = await self._guest(request)
        kept = await self._attachments.kept(guest.workspace, request.match_info["id"])
        if kept.owner != guest.visitor or not guest.may_see(kept.conversation or ""):
            await self._check_own(guest, kept)
        return _handed(kept.attachment, await self._attachments.read(kept))

    async def take_from_agent(self, request: web.Request) -> web.Response:
        colleague = await agent_of(request, self._accounts)
        self._limits.check(colleague.agent, "upload")
        conversation = await self._desk.conversation(colleague, request.match_info["conversation"])
        if conversation.workspace != request.match_info["workspace"]:
            raise NotFound
        data = await self._body(request, conversation.workspace)
        name = request.query.get("name", "")
        return _taken(
            await self._attachments.take(conversation.workspace, colleague.agent, name, data, conversation.id)
        )

    async def hand_to_agent(self, request: web.Request) -> web.Response:
        colleague = await agent_of(request, self._accounts)
        workspace = request.match_info["workspace"]
        if workspace not in colleague.workspaces:
            raise NoSuchFile
        kept = await self._attachments.kept(workspace, request.match_info["id"])
        return _handed(kept.attachment, await self._attachments.read(kept))

    async def _guest(self, request: web.Request) -> Guest:
        """Raises Refused: a file is nobody's who has no session."""
        workspace = request.match_info["workspace"]
        check_origin(request, self._supports.current(workspace).policy)
        guest = await self._admission.bearer(request, workspace)
        if guest is None:
            raise Refused("login", "Send the visitor's token as `Authorization: Bearer`.")
        return guest

    async def _check_own(self, guest: Guest, kept: Kept) -> None:
        """What an agent sent to the guest, or what the guest sent before they signed in."""
        if kept.conversation is None:
            raise NoSuchFile
        try:
            await self._reception.conversation(guest, kept.conversation)
        except NotFound:
            raise NoSuchFile from None

    async def _body(self, request: web.Request, workspace: str) -> bytes:
        """Read as far as it may be, and no further. Raises Refused `file`."""
        allowed = self._attachments.taken_by(workspace)
        body = await bytes_up_to(request, allowed.largest)
        if body is None:
            raise too_large(allowed)
        return body


def _taken(attachment: Attachment) -> web.Response:
    return web.json_response({"ok": True, "file": attachment.facts})


def _handed(attachment: Attachment, data: bytes) -> web.Response:
    """Nothing in it can run: the type is the one that was found, and only redrawn images are shown in place."""
    shown = "inline" if attachment.type in IMAGES else "attachment"
    headers = {
        "Content-Type": attachment.type,
        "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(attachment.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=3600",
    }
    return web.Response(body=data, headers=headers)
