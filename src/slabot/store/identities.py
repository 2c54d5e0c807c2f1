"""The keys that host pages sign with, and which of their tokens were used or ended."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from slabot.domain.timeline import microseconds
from slabot.services.deeds import Deed
from slabot.services.keyring import Algorithm, IdentityKey
from slabot.store.archive import add_once
from slabot.store.deeds import record
from slabot.store.reads import Reader
from slabot.store.rows import instant, instant_or_none, micros
from slabot.store.tables import identity_keys, spent_tokens
from slabot.store.writer import GroupWriter

_KEYS = (
    select(identity_keys)
    .where(identity_keys.c.workspace == bindparam("workspace"))
    .order_by(identity_keys.c.created_at, identity_keys.c.kid)
)
_SPENDER = select(spent_tokens.c.spender).where(
    spent_tokens.c.workspace == bindparam("workspace"), spent_tokens.c.id == bindparam("id")
)


class StoredIdentityKeys:
    """Satisfies `services.keyring.IdentityKeys`."""

    def __init__(self, writer: GroupWriter, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def add(self, key: IdentityKey, deed: Deed) -> None:
        added = insert(identity_keys).values(
            workspace=key.workspace,
            kid=key.kid,
            algorithm=key.algorithm.value,
            material=key.material,
            created_at=microseconds(key.created_at),
            retired_at=micros(key.retired_at),
        )

        def add(connection: Connection) -> None:
            connection.execute(added)
            record(connection, deed)

        try:
            await self._writer.execute(add)
        except IntegrityError:
            raise ValueError(
                f"{key.workspace} has a key {key.kid!r} already; give another with --kid"
            ) from None

    async def of(self, workspace: str) -> tuple[IdentityKey, ...]:
        rows = await self._reader.rows(_KEYS, workspace=workspace)
        return tuple(
            IdentityKey(
                row.workspace,
                row.kid,
                Algorithm(row.algorithm),
                row.material,
                instant(row.created_at),
                instant_or_none(row.retired_at),
            )
            for row in rows
        )

    async def retire(self, workspace: str, kid: str, deed: Deed) -> bool:
        named = (identity_keys.c.workspace == workspace) & (identity_keys.c.kid == kid)
        retired = update(identity_keys).where(named, identity_keys.c.retired_at.is_(None))
        values = {"retired_at": microseconds(deed.at)}

        def retire(connection: Connection) -> bool:
            was_in_use = bool(connection.execute(retired.values(values)).rowcount)
            if was_in_use:
                record(connection, deed)
            return was_in_use

        return await self._writer.execute(retire)


class StoredSpentTokens:
    """Satisfies `services.identification.SpentTokens`. What has run out is swept away with the next use."""

    def __init__(self, writer: GroupWriter, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def spend(self, workspace: str, id: str, spender: str, until: datetime) -> str:
        values = {"workspace": workspace, "id": id, "spender": spender, "until": microseconds(until)}

        def spend(connection: Connection) -> str:
            over = spent_tokens.c.until < microseconds(datetime.now(UTC))
            connection.execute(delete(spent_tokens).where(over))
            add_once(connection, spent_tokens, values)
            first: str = connection.execute(_SPENDER, {"workspace": workspace, "id": id}).scalar_one()
            return first

        return await self._writer.execute(spend)

    async def is_spent(self, workspace: str, id: str) -> bool:
        return bool(await self._reader.rows(_SPENDER, workspace=workspace, id=id))
