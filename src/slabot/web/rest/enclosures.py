"""Pictures and files of articles: taken from editors, handed to whoever reads the article, never run."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from slabot.domain.attachment import IMAGES
from slabot.services.accounts import Accounts
from slabot.services.attachments import too_large
from slabot.services.enclosures import LARGEST, TAKEN, Enclosures
from slabot.web.limits import Limits
from slabot.web.rest.operation import Operation, bytes_up_to
from slabot.web.rest.session import agent_of
from slabot.wire import workshop as wire


class EnclosureRoutes:
    def __init__(self, enclosures: Enclosures, accounts: Accounts, limits: Limits) -> None:
        self._enclosures = enclosures
        self._accounts = accounts
        self._limits = limits

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "POST",
                "/api/workspaces/{workspace}/workshop/files",
                self.take,
                wire.TakenEnclosure,
                "Take in a picture or file for articles, the body as it is.",
                needs_agent=True,
                query=(("name", "The file's name, percent-encoded."),),
            ),
            Operation(
                "GET",
                "/kb/{workspace}/files/{name}",
                self.hand_out,
                wire.EnclosureFacts,
                "The bytes of a picture or file that an article shows.",
            ),
        )

    async def take(self, request: web.Request) -> web.Response:
        editor = await agent_of(request, self._accounts)
        self._limits.check(editor.agent, "upload")
        data = await bytes_up_to(request, LARGEST)
        if data is None:
            raise too_large(TAKEN)
        name = request.query.get("name", "")
        taken = await self._enclosures.take(editor, request.match_info["workspace"], name, data)
        facts = wire.EnclosureFacts(
            name=taken.name,
            path=f"files/{taken.name}",
            type=taken.type,
            size=taken.size,
            width=taken.width,
            height=taken.height,
            is_picture=taken.is_picture,
        )
        return web.json_response(wire.TakenEnclosure(file=facts).model_dump())

    async def hand_out(self, request: web.Request) -> web.Response:
        workspace, name = request.match_info["workspace"], request.match_info["name"]
        type, data = await self._enclosures.hand_out(workspace, name)
        shown = "inline" if type in IMAGES else "attachment"
        headers = {
            "Content-Type": type,
            "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Cache-Control": "public, max-age=3600",
        }
        return web.Response(body=data, headers=headers)
