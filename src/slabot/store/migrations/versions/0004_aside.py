"""Tags, what was put aside and follow-ups as columns of the inbox; canned replies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("tags", sa.Text(), nullable=False, server_default="[]"))
    op.add_column(
        "conversations", sa.Column("is_snoozed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("conversations", sa.Column("snoozed_until", sa.BigInteger()))
    op.add_column("conversations", sa.Column("follow_up_at", sa.BigInteger()))
    op.create_table(
        "canned_replies",
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("does", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", name="pk_canned_replies"),
    )


def downgrade() -> None:
    op.drop_table("canned_replies")
    for column in ("follow_up_at", "snoozed_until", "is_snoozed", "tags"):
        op.drop_column("conversations", column)
