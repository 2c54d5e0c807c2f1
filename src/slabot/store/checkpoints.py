"""SQLite's log is moved into the file by a thread of its own, so that the writer never waits for it."""

from __future__ import annotations

import threading

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from slabot.store.database import Database, reason

log = structlog.get_logger(__name__)

EVERY = 1_000
"""Turns between two checkpoints."""

LONG_LOG = 16_000
"""Pages (64 MB) after which the writer is held up for a moment, so that the log starts from its beginning.

A passive checkpoint under steady load never catches the end of the log, which would grow without bound.
"""


class Checkpoints:
    """Call `after` from the writer's thread; everything else happens elsewhere."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turns = 0
        self._wanted = threading.Event()
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="slabot-checkpoints", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def after(self, turns: int) -> None:
        """So many more turns were committed."""
        self._turns += turns
        if self._turns >= EVERY:
            self._turns = 0
            self._wanted.set()

    def close(self) -> None:
        """Waits for a running checkpoint."""
        self._is_closing = True
        self._wanted.set()
        self._thread.join()

    def _run(self) -> None:
        engine = self._database.checkpointing()
        while self._wanted.wait():
            self._wanted.clear()
            if self._is_closing:
                break
            try:
                _checkpoint(engine)
            except DBAPIError as error:
                # Nothing is lost: the log keeps everything and the next round tries again.
                log.warning("checkpoint_failed", reason=reason(error))
        engine.dispose()


def _checkpoint(engine: Engine) -> None:
    with engine.connect() as connection:
        _, pages, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").one()
        if pages > LONG_LOG:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(RESTART)").one()
