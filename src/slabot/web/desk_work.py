"""Commands of `/desk` that help an agent work: several acts in one turn, tags, what is put aside."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, Any

from slabot.domain.canned import CannedReply
from slabot.services.colleague import Colleague
from slabot.services.desk import Desk
from slabot.services.finding import Finder
from slabot.services.handling import Handling
from slabot.services.replies import ReplyBook
from slabot.services.saved_views import SavedView, SavedViews
from slabot.services.turns import Taken
from slabot.web import views
from slabot.web.rooms import agents_room
from slabot.wire import desk_work as wire


class WorkCommands:
    """Mixed into `DeskDoor`, which knows who sits at each socket."""

    _desk: Desk
    _replies: ReplyBook
    _finder: Finder
    _saved_views: SavedViews
    _colleagues: dict[str, Colleague]

    if TYPE_CHECKING:
        server: Any

        async def _acted(self, verb: Awaitable[Taken]) -> Mapping[str, Any]: ...

    async def on_handle(self, sid: str, handle: wire.Handle) -> Mapping[str, Any]:
        handling = Handling(
            text=handle.text or "",
            seen=handle.seen_seq,
            anyway=handle.anyway,
            article=handle.article,
            level=handle.level,
            reason=handle.reason,
            tags=tuple(handle.tags),
            then=handle.then,
            wait_reason=handle.wait_reason,
            follow_up=handle.follow_up,
            code=handle.code,
        )
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.handle(colleague, handle.conversation, handle.client_id, handling)
        )

    async def on_tag(self, sid: str, tag: wire.TagIt) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.tag(colleague, tag.conversation, tag.client_id, tag.add, tag.remove)
        )

    async def on_snooze(self, sid: str, snooze: wire.Snooze) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.snooze(colleague, snooze.conversation, snooze.client_id, snooze.until)
        )

    async def on_wake(self, sid: str, wake: wire.Wake) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(self._desk.wake(colleague, wake.conversation, wake.client_id))

    async def on_canned(self, sid: str, asked: wire.Canned) -> Mapping[str, Any]:
        return {"replies": await self._replies.offered(self._colleagues[sid], asked.conversation)}

    async def on_canned_kept(self, sid: str, asked: wire.CannedKept) -> Mapping[str, Any]:
        return await self._replies.kept(self._colleagues[sid], asked.workspace)

    async def on_keep_canned(self, sid: str, keep: wire.KeepCanned) -> Mapping[str, Any]:
        await self._replies.keep(self._colleagues[sid], CannedReply(**keep.model_dump()))
        return {}

    async def on_drop_canned(self, sid: str, drop: wire.DropCanned) -> Mapping[str, Any]:
        await self._replies.drop(self._colleagues[sid], drop.workspace, drop.key)
        return {}

    async def on_find(self, sid: str, asked: wire.Find) -> Mapping[str, Any]:
        return await self._finder.find(self._colleagues[sid], asked.words)

    async def on_save_view(self, sid: str, save: wire.SaveView) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._tell_saved(
            sid, await self._saved_views.save(colleague, SavedView(**save.model_dump()))
        )

    async def on_drop_view(self, sid: str, drop: wire.DropView) -> Mapping[str, Any]:
        return await self._tell_saved(sid, await self._saved_views.drop(self._colleagues[sid], drop.id))

    async def _tell_saved(self, sid: str, saved: tuple[SavedView, ...]) -> Mapping[str, Any]:
        """The agent's other desks are told; this one has its answer."""
        fact, room = views.saved(saved), agents_room(self._colleagues[sid].agent)
        await self.server.emit("views_saved", fact, room=room, skip_sid=sid, namespace="/desk")
        return fact

    async def on_find_articles(self, sid: str, asked: wire.FindArticles) -> Mapping[str, Any]:
        found = await self._replies.articles(self._colleagues[sid], asked.conversation, asked.words)
        return {"articles": found}

    async def on_preview(self, sid: str, preview: wire.Preview) -> Mapping[str, Any]:  # noqa: ARG002 - the same for everybody
        return {"html": self._desk.preview(preview.text)}
