"""Everything of a workspace's knowledge base as Markdown, drafts included, to take along."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from slabot.services.workshop_ports import ArticleFiles, Manuscripts

DRAFTS = "_drafts"
"""A folder that begins with _ is not published, wherever the export is put."""


class Exports:
    """Asks nobody's leave: the doors that call it do."""

    def __init__(self, files: ArticleFiles, manuscripts: Manuscripts) -> None:
        self._files = files
        self._manuscripts = manuscripts

    async def everything(self, workspace: str) -> Iterator[tuple[str, bytes]]:
        """Articles and their files by path, drafts in a folder of their own. Raises UnusableFile, also while read."""
        drafts = await self._manuscripts.drafts(workspace)
        published = await asyncio.to_thread(self._files.everything, workspace)
        return self._entries(published, {slug: draft.text for slug, draft in drafts.items()})

    def _entries(
        self, published: Iterator[tuple[str, bytes]], drafts: dict[str, str]
    ) -> Iterator[tuple[str, bytes]]:
        yield from published
        for slug, text in sorted(drafts.items()):
            yield f"{DRAFTS}/{slug}.md", text.encode()
