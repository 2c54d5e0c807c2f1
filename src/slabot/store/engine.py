"""Opens the store: migrated, with its one writer and its readers, and closes it without losing a turn."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

from slabot.services.accounts import AgentRecords, SessionRecords
from slabot.services.attachments import FileRecords
from slabot.services.deeds import Deeds
from slabot.services.identification import SpentTokens
from slabot.services.keyring import IdentityKeys
from slabot.services.letterbox import PostedLetters
from slabot.services.outbox import Outbox
from slabot.services.replies import CannedReplies
from slabot.services.saved_views import SavedViewRecords
from slabot.services.staffing import Attendance
from slabot.services.supports import PolicyArchive
from slabot.services.tally import Tallies
from slabot.services.turn import Timelines
from slabot.services.webhooks import Endpoints
from slabot.services.workshop_ports import Manuscripts
from slabot.store.agents import StoredAgents, StoredSessions
from slabot.store.archive import StoredArchive, StoredSecrets
from slabot.store.attendance import StoredAttendance
from slabot.store.canned import StoredReplies
from slabot.store.database import Database
from slabot.store.deeds import StoredDeeds
from slabot.store.files import StoredFiles
from slabot.store.identities import StoredIdentityKeys, StoredSpentTokens
from slabot.store.letters import StoredLetters
from slabot.store.manuscripts import StoredManuscripts
from slabot.store.outbox import StoredOutbox
from slabot.store.reads import Reader, StoredTimelines
from slabot.store.saved_views import StoredSavedViews
from slabot.store.schema import migrate
from slabot.store.tallies import StoredTallies
from slabot.store.webhooks import StoredWebhooks
from slabot.store.writer import GroupWriter


class Store:
    """Everything slabot keeps. The attributes satisfy the ports of `services`."""

    def __init__(self, database: Database) -> None:
        self.reader = Reader(database)
        self.writer = GroupWriter(database)
        self.timelines: Timelines = StoredTimelines(self.reader)
        self.policies: PolicyArchive = StoredArchive(self.writer, self.reader)
        self.agents: AgentRecords = StoredAgents(self.writer, self.reader)
        self.sessions: SessionRecords = StoredSessions(self.writer, self.reader)
        self.attendance: Attendance = StoredAttendance(self.writer, self.reader)
        self.outbox: Outbox = StoredOutbox(self.writer, self.reader)
        self.manuscripts: Manuscripts = StoredManuscripts(self.writer, self.reader)
        self.tallies: Tallies = StoredTallies(self.writer, self.reader)
        self.replies: CannedReplies = StoredReplies(self.writer, self.reader)
        self.saved_views: SavedViewRecords = StoredSavedViews(self.writer, self.reader)
        self.identity_keys: IdentityKeys = StoredIdentityKeys(self.writer, self.reader)
        self.spent_tokens: SpentTokens = StoredSpentTokens(self.writer, self.reader)
        self.webhooks: Endpoints = StoredWebhooks(self.writer, self.reader)
        self.deeds: Deeds = StoredDeeds(self.reader)
        self.letters: PostedLetters = StoredLetters(self.writer, self.reader)
        self.files: FileRecords = StoredFiles(self.writer, self.reader)
        self.secrets = StoredSecrets(self.writer)

    async def close(self) -> None:
        """Every waiting turn is committed first; what comes later is refused as StoreUnavailable."""
        await self.writer.close()
        await self.reader.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


async def open_store(url: str) -> Store:
    """`sqlite:///path` or `postgresql://…`, brought to the newest schema.

    Raises BadAddress or StoreUnavailable.
    """
    database = Database(url)
    await asyncio.to_thread(migrate, url)
    store = Store(database)
    store.writer.start()
    return store
