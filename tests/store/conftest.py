"""An open store, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from slabot.store.engine import Store, open_store


@pytest_asyncio.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    async with await open_store(store_url) as store:
        yield store
