"""Queues and languages of agents, who was last heard of when, whom a visitor spoke with, and today's breaches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BREACHED = sa.text("kind = 'breached'")


def upgrade() -> None:
    op.add_column("agents", sa.Column("queues", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("agents", sa.Column("languages", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("conversations", sa.Column("spoke_with", sa.Text()))
    # The fold knows it from the timeline; an actor is written as `agent:ID`.
    op.execute(
        "UPDATE conversations SET spoke_with = (SELECT substr(actor, 7) FROM timeline"
        " WHERE timeline.conversation = conversations.conversation AND kind = 'agent_wrote'"
        " ORDER BY seq DESC LIMIT 1)"
    )
    op.create_table(
        "attendance",
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column("heard_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("agent", name="pk_attendance"),
    )
    op.create_index(
        "ix_timeline_breached",
        "timeline",
        ["workspace", "at"],
        sqlite_where=BREACHED,
        postgresql_where=BREACHED,
    )


def downgrade() -> None:
    op.drop_index("ix_timeline_breached", "timeline")
    op.drop_table("attendance")
    op.drop_column("conversations", "spoke_with")
    op.drop_column("agents", "languages")
    op.drop_column("agents", "queues")
