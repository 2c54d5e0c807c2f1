"""Takes erased words out of the bytes of SQLite's index: FTS5 only marks them until it happens to merge their pages."""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine import Connection

from slabot.store.statements import run

PAGES = 200
"""Of the index, rewritten in one step: some milliseconds that a turn may have to wait."""


class Forgetting:
    """Whoever uses it has the writer's connection, and takes a step whenever nobody waits for it."""

    def __init__(self) -> None:
        self.is_wanted = True  # A process that ended half-way left the rest.
        self._is_begun = True

    def begin(self) -> None:
        """Something was erased and committed."""
        self.is_wanted, self._is_begun = True, False

    def step(self, connection: Connection) -> None:
        """A bounded piece; afterwards it is wanted again unless nothing was left to rewrite."""
        driver: Any = connection.connection.driver_connection
        before = driver.total_changes
        # Below zero it begins with every page of the index, above it goes on with what was begun.
        pages = PAGES if self._is_begun else -PAGES
        run(connection, "INSERT INTO findable_words (findable_words, rank) VALUES ('merge', ?)", (pages,))
        self._is_begun = True
        self.is_wanted = driver.total_changes - before >= 2  # The command itself counts as one.
