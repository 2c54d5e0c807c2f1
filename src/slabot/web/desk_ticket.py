"""Commands of `/desk` about the ticket: its severity, whom it waits for, what was promised, how it ended."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, Any

from slabot.services.colleague import Colleague
from slabot.services.desk import Desk
from slabot.services.merging import Merging
from slabot.services.turns import Taken
from slabot.wire import desk as wire


class TicketCommands:
    """Mixed into `DeskDoor`, which knows who sits at each socket."""

    _desk: Desk
    _merging: Merging
    _colleagues: dict[str, Colleague]

    if TYPE_CHECKING:

        async def _acted(self, verb: Awaitable[Taken]) -> Mapping[str, Any]: ...

    async def on_resolve(self, sid: str, resolve: wire.Resolve) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.resolve(colleague, resolve.conversation, resolve.client_id, resolve.code)
        )

    async def on_change_severity(self, sid: str, change: wire.ChangeSeverity) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.change_severity(
                colleague, change.conversation, change.client_id, change.level, change.reason
            )
        )

    async def on_wait(self, sid: str, wait: wire.Wait) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.wait(colleague, wait.conversation, wait.client_id, wait.reason, wait.follow_up)
        )

    async def on_wait_ended(self, sid: str, ended: wire.WaitEnded) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(self._desk.end_waiting(colleague, ended.conversation, ended.client_id))

    async def on_record_formal_report(self, sid: str, record: wire.RecordFormalReport) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.record_formal_report(colleague, record.conversation, record.client_id, record.channel)
        )

    async def on_set_plan(self, sid: str, setting: wire.SetPlan) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.set_plan(colleague, setting.conversation, setting.client_id, setting.plan)
        )

    async def on_commit_to_time(self, sid: str, commit: wire.CommitToTime) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.commit_to_time(colleague, commit.conversation, commit.client_id, commit.until)
        )

    async def on_name_third_party(self, sid: str, named: wire.NameThirdParty) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.name_third_party(colleague, named.conversation, named.client_id, named.name)
        )

    async def on_merge(self, sid: str, merge: wire.Merge) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._merging.merge(colleague, merge.conversation, merge.client_id, merge.into)
        )

    async def on_merge_into(self, sid: str, asked: wire.MergeInto) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return {"found": await self._merging.candidates(colleague, asked.conversation, asked.words)}

    async def on_foresee_merge(self, sid: str, asked: wire.ForeseeMerge) -> Mapping[str, Any]:
        return await self._merging.foreseen(self._colleagues[sid], asked.conversation, asked.into)

    async def on_clear_third_party(self, sid: str, cleared: wire.ClearThirdParty) -> Mapping[str, Any]:
        colleague = self._colleagues[sid]
        return await self._acted(
            self._desk.clear_third_party(colleague, cleared.conversation, cleared.client_id)
        )
