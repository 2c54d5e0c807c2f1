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


AGAIN = 5.0
"""Seconds until an erasure's checkpoint that readers stood in the way of is tried again."""


class Checkpoints:
    """Call `after` from the writer's thread; everything else happens elsewhere."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turns = 0
        self._wanted = threading.Event()
        self._must_forget = True  # A process that died may have left in the log what it had erased.
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="slabot-checkpoints", daemon=True)

    def start(self) -> None:
        self._wanted.set()
        self._thread.start()

    def after(self, turns: int) -> None:
        """So many more turns were committed."""
        self._turns += turns
        if self._turns >= EVERY:
            self._turns = 0
            self._wanted.set()

    def forget(self) -> None:
        """Something was erased: the log may not keep it either."""
        self._must_forget = True
        self._wanted.set()

    def close(self) -> None:
        """Waits for a running checkpoint."""
        self._is_closing = True
        self._wanted.set()
        self._thread.join()

    def _run(self) -> None:
        engine = self._database.checkpointing()
        while True:
            self._wanted.wait(AGAIN if self._must_forget else None)
            self._wanted.clear()
            if self._is_closing:
                break
            try:
                if self._must_forget:
                    self._must_forget = False  # Before it is done: what is erased meanwhile asks anew.
                    self._must_forget |= not _emptied(engine)
                else:
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


def _emptied(engine: Engine) -> bool:
    """Whether the log is in the file as a whole and has no bytes left; a reader may stand in the way."""
    with engine.connect() as connection:
        is_busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    return not is_busy
