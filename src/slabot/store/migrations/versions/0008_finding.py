"""The words that conversations are found by, with the database's own index over them, and the views that agents save."""

from __future__ import annotations

import itertools

import sqlalchemy as sa
from alembic import op
from sqlalchemy.engine import Connection

from slabot.domain.conversation import Conversation, fold
from slabot.domain.finding import findables
from slabot.store.rows import event_of, findable_values

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SQLITE = (
    "CREATE VIRTUAL TABLE findable_words USING fts5 (words, content='findable', content_rowid='id', detail=none,"
    " tokenize=\"unicode61 remove_diacritics 0 tokenchars '=-_'\", prefix='2 3')",
    "CREATE TRIGGER findable_words_added AFTER INSERT ON findable BEGIN"
    " INSERT INTO findable_words (rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER findable_words_removed AFTER DELETE ON findable BEGIN"
    " INSERT INTO findable_words (findable_words, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER findable_words_changed AFTER UPDATE OF words ON findable BEGIN"
    " INSERT INTO findable_words (findable_words, rowid, words) VALUES ('delete', old.id, old.words);"
    " INSERT INTO findable_words (rowid, words) VALUES (new.id, new.words); END",
    "INSERT INTO findable_words (findable_words) VALUES ('rebuild')",
)
"""FTS5 over the words, kept in step by triggers, in the transaction of whoever writes them."""

POSTGRESQL = (
    "ALTER TABLE findable ADD COLUMN findable_words tsvector"
    " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
    "CREATE INDEX findable_words_held ON findable USING gin (findable_words)",
)
"""The words are lexemes as they are: no parser, no dictionary, the same words as on SQLite."""


def upgrade() -> None:
    op.create_table(
        "findable",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_findable"),
        sa.UniqueConstraint("conversation", "seq", name="uq_findable_conversation_seq"),
    )
    connection = op.get_bind()
    _fill(connection)
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.exec_driver_sql(statement)
    op.create_table(
        "saved_views",
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sorted_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("agent", "id", name="pk_saved_views"),
    )


def downgrade() -> None:
    op.drop_table("saved_views")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE findable_words")
    op.drop_table("findable")


def _fill(connection: Connection) -> None:
    """What was said before this revision, as turns will keep it from now on."""
    rows = connection.execute(
        sa.text(
            "SELECT workspace, position, conversation, seq, at, recorded_at, actor, kind, data, content, salt,"
            " content_digest, digest FROM timeline ORDER BY conversation, seq"
        )
    )
    kept: list[dict[str, object]] = []
    for conversation, told in itertools.groupby(rows, lambda row: str(row.conversation)):
        timeline = list(told)
        workspace, events = timeline[0].workspace, list(map(event_of, timeline))
        before = Conversation(conversation, workspace)
        for found in findables(before, fold(before, events), events):
            words = findable_values(workspace, conversation, found)
            kept.append(dict(zip(("conversation", "seq", "words"), words, strict=True)))
        if len(kept) > 5_000:
            _put(connection, kept)
            kept = []
    _put(connection, kept)


def _put(connection: Connection, kept: list[dict[str, object]]) -> None:
    if kept:
        put = sa.text("INSERT INTO findable (conversation, seq, words) VALUES (:conversation, :seq, :words)")
        connection.execute(put, kept)
