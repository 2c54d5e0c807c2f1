"""The first schema: the timeline, its projections, accounts, mail that waits, and the server's keys."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _only(where: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}


def upgrade() -> None:
    op.create_table(
        "agent_sessions",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("token_hash", name="pk_agent_sessions"),
    )
    op.create_index("ix_agent_sessions_agent", "agent_sessions", ["agent"])

    op.create_table(
        "agents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("workspaces", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("disabled_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_agents"),
        sa.UniqueConstraint("email", name="uq_agents_email"),
    )
    op.create_table(
        "calendars",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_calendars"),
    )
    op.create_table(
        "clocks",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger()),
        sa.Column("met_at", sa.BigInteger()),
        sa.Column("next_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("conversation", "metric", "generation", name="pk_clocks"),
    )
    op.create_index("ix_clocks_next_at", "clocks", ["next_at"], **_only("next_at IS NOT NULL"))

    op.create_table(
        "conversations",
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text()),
        sa.Column("queue", sa.Text()),
        sa.Column("level", sa.Text()),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("claim_differs", sa.Boolean(), nullable=False),
        sa.Column("ticket", sa.Text()),
        sa.Column("first_words", sa.Text(), nullable=False),
        sa.Column("last_words", sa.Text(), nullable=False),
        sa.Column("last_role", sa.Text(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("next_due", sa.BigInteger()),
        sa.Column("next_metric", sa.Text()),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("owes_reply", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name="pk_conversations"),
    )
    op.create_index(
        "ix_conversations_due",
        "conversations",
        ["workspace", "next_due", "conversation"],
        **_only("status IN ('waiting', 'held')"),
    )
    op.create_index(
        "ix_conversations_rest",
        "conversations",
        ["workspace", "last_at"],
        **_only("NOT (status IN ('waiting', 'held'))"),
    )
    op.create_index(
        "ix_conversations_workspace_visitor_started_at",
        "conversations",
        ["workspace", "visitor", "started_at"],
    )

    op.create_table(
        "holdings",
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agent", name="pk_holdings"),
    )
    op.create_table(
        "numbers",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_numbers"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("send_at", sa.BigInteger(), nullable=False),
        sa.Column("next_try_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.BigInteger()),
        sa.Column("failed_at", sa.BigInteger()),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index(
        "ix_outbox_unsent",
        "outbox",
        ["channel", "next_try_at"],
        **_only("sent_at IS NULL AND failed_at IS NULL"),
    )

    op.create_table(
        "policy_versions",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "version", name="pk_policy_versions"),
    )
    op.create_table(
        "positions",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name="pk_positions"),
    )
    op.create_table(
        "receipts",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "author", "client_id", name="pk_receipts"),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secrets"),
    )
    op.create_table(
        "tickets",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("resolved_at", sa.BigInteger()),
        sa.Column("policy_version", sa.Text(), nullable=False),
        sa.Column("acknowledge", sa.BigInteger()),
        sa.Column("first_response", sa.BigInteger()),
        sa.Column("next_response", sa.BigInteger()),
        sa.Column("resolution", sa.BigInteger()),
        sa.Column("rating", sa.Integer()),
        sa.PrimaryKeyConstraint("workspace", "number", name="pk_tickets"),
    )
    op.create_index(
        "ix_tickets_workspace_visitor_opened_at", "tickets", ["workspace", "visitor", "opened_at"]
    )

    op.create_table(
        "timeline",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("content", sa.Text()),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("content_digest", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "seq", name="pk_timeline"),
        sa.UniqueConstraint("workspace", "position", name="uq_timeline_workspace_position"),
    )


def downgrade() -> None:
    for table in (
        "timeline",
        "tickets",
        "secrets",
        "receipts",
        "positions",
        "policy_versions",
        "outbox",
        "numbers",
        "holdings",
        "conversations",
        "clocks",
        "calendars",
        "agents",
        "agent_sessions",
    ):
        op.drop_table(table)
